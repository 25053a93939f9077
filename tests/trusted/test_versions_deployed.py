"""Which versions count where several are deployed, side by side or one after the other: false verdicts that
were once certified.
"""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.situation import Request, Situation, Step, Trace
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from tests.support.evidence_made import certified, decided, law, loaded, reasons, written
from tests.support.keys_to_safes import KEYS

LOOSE = Column("loose")


# ------------------------------------------------ versions side by side

MIXED = """
deployment gate-first "The gate is tight, the vault is loose.": Gate at tight, Vault at loose
deployment vault-first "The vault is tight, the gate is loose.": Gate at loose, Vault at tight
"""


def test_an_effect_that_only_another_version_has_is_a_step_where_that_is_deployed() -> None:
    """Painting is new in the tight version, and is carried out at the gate: it raises the alarm where the
    gate is tight, also if the loose version is named first.
    """
    painting = """
    by TIGHT insert after dropping:
    effect painting when act is Paint
        alarm(safe) becomes true inference "x"
    """
    rules = KEYS.replace("Pass, Drop\n", "Pass, Drop, Paint\n")
    rules = rules.replace("event ring by Bank with s: Safe when key(s) is present\n", "", 1)
    rules = rules.replace('    alarm(s) becomes true inference "x"\n', "", 1)
    claims = """
    claim 1 quiet "The alarm is never on." from "K"
        for s: Safe
        always not alarm(s)
        expect proved in loose, vault-first
        expect refuted in tight, gate-first
    claim 2 quiet-while-moving "The alarm is never on." from "K"
        for s: Safe
        always not alarm(s)
            with deployment steps over loose, tight
        expect refuted in loose
    """
    found = decided(loaded(law(rules + painting + MIXED, claims)))
    assert [each.verdict for each in found] == [each.expected for each in found]


def test_orders_are_those_of_the_checks_that_are_deployed() -> None:
    """The loose version publishes the order of its three checks at the gate. The tight one has a fourth
    there, of which nothing is published: where the gate is tight, two of them may answer first.
    """
    published = 'order at Gate: vacancy, holder, no-bank because "it is said"'
    rules = KEYS.replace('order at Gate unpublished because "nobody says"', published) + MIXED
    claims = """
    claim 1 one-answer "It does not matter what is asked first." from "K"
        any two orders of checks decide alike, with codes
        expect proved in loose, vault-first
        expect refuted in tight, gate-first
    """
    sources = law(rules, claims)
    regime = loaded(sources)
    found = decided(regime)
    assert [each.verdict for each in found] == [each.expected for each in found]

    # Two checks refuse the bank that asks for a key that is taken, but their order is published.
    taken = Situation(
        {"Person": ("ann", "Bank"), "Safe": ("safe",)},
        {("light", ()): "Red", ("key", ("safe",)): "ann"},
        dict(regime.deployed(LOOSE)),
    )
    request = Request({"sender": "Bank", "act": "Take", "safe": "safe"})
    forged = Result(
        claim=found[0].claim,
        column=LOOSE,
        verdict="refuted",
        reason="which check answers depends on their order",
        evidence=Evidence(trace=Trace((taken,), ()), requests={"r": request}),
        expected="proved",
    )
    judged = certified(regime, sources, written(regime, sources, (forged,)))
    assert judged.code == 5
    assert [each.endswith("the request has only one answer") for each in reasons(judged)] == [True]


def test_what_a_clause_does_is_what_any_of_its_checks_does_in_any_version_deployed() -> None:
    """In the tight version, K 3 has two checks. A marked sender is refused by the first of them, wherever the
    gate is tight.
    """
    second = """
    by TIGHT insert after unmarked:
    check sober for "K 3" at Gate, reject with T5
        requires light is not Off inference "x"
    """
    claims = """
    claim 1 passed "Whoever holds the key can pass it on." from "K"
        always, for every request r where r.act is Pass and key(r.safe) is r.sender and r.heir is not Bank:
            r accepted
        expect refuted by "K 3" in tight, gate-first
        expect proved in vault-first
    """
    found = decided(loaded(law(KEYS + second + MIXED, claims)))
    assert [each.verdict for each in found] == [each.expected for each in found]


# -------------------------------------------------- deployments that move

STAIRS = """
sort Person
enum Act: First, Second, Third, Fourth, Fifth
enum Stair: S0, S1, S2, S3, S4, S5
state stair: Stair "the stair"
define up(from-here: Stair, to: Stair): Stair means to when stair is from-here, stair otherwise
request "{sender} takes the {act}"
    sender: Person
    act: Act
component Gate "the gate"
route Gate
order at Gate unpublished because "nobody says"
start inference "at the bottom": stair is S0
check turn for "K 1" at Gate, reject with T1
    requires act in {First, Third, Fifth} inference "x"
effect first when act is First
    stair becomes up(S0, S1) inference "x"
effect second when act is Second
    stair becomes up(S1, S2) inference "x"
effect third when act is Third
    stair becomes up(S2, S3) inference "x"
effect fourth when act is Fourth
    stair becomes up(S3, S4) inference "x"
effect fifth when act is Fifth
    stair becomes up(S4, S5) inference "x"
event fall by the environment when stair is S5
    stair becomes S0 inference "x"
version odd "odd steps only"
version even "even steps only" is odd with EVEN
modification EVEN "even steps"
by EVEN replace turn:
check turn for "K 1" at Gate, reject with T1
    requires act in {Second, Fourth} inference "x"
"""


def verdicts(rules: str, *statements: str) -> list[str]:
    """The verdicts on the statements, each asked in its column: `column: statement`."""
    claims = ""
    for number, each in enumerate(statements, 1):
        column, statement = each.split(": ", 1)
        claims += (
            f'claim {number} claim-{number} "A claim." from "K"\n    {statement}\n'
            f"    expect proved in {column}\n"
        )
    return [each.verdict for each in decided(loaded(law(rules, claims)))]


def test_the_version_may_change_at_every_step() -> None:
    """The top is reached in five steps, with another version for every one of them."""
    moving = "\n        with deployment steps over odd, even"
    found = verdicts(
        STAIRS,
        "odd: always stair is not S5" + moving,
        "odd: possibly stair is S5 by requests" + moving,
        "odd: always, if stair is S0, then never stair is S5 by requests" + moving,
        "odd: always stair is not S2",
    )
    assert found[:2] == ["refuted", "proved"]
    assert found[2] in ("refuted", "unknown")
    assert found[3] == "proved"


SWITCH = """
sort Person
state lit(Person) "{1} has light"
fixed able(Person) "{1} is able"
request "{sender} asks for light"
    sender: Person
component Desk "the desk"
route Desk
start inference "dark": for every p: Person: not lit(p)
check closed for "K 1" at Desk, reject with T1
    requires false inference "x"
effect light
    lit(sender) becomes true inference "x"
version shut "shut"
version open "open" is shut with OPENING
modification OPENING "opened"
by OPENING replace closed: check closed for "K 1" at Desk, reject with T1
    requires true inference "x"
by OPENING replace light: effect light
    lit(sender) becomes able(sender) inference "x"
version barred "barred" is shut with BARRING
modification BARRING "barred as well"
by BARRING insert after closed: check bar for "K 2" at Desk, reject with T2
    requires able(sender) inference "x"
"""


def test_a_step_is_taken_under_the_versions_that_accept_it() -> None:
    """One version gives everybody light and accepts no request; the other accepts all, and gives light to
    those who are able. So nobody else ever gets it, whatever is deployed when.
    """
    found = verdicts(
        SWITCH,
        "open: for p: Person always, if not lit(p), then possibly lit(p) by requests\n"
        "    with deployment steps over shut, open",
        "open: for p: Person where able(p) always, if not lit(p), then possibly lit(p) by requests\n"
        "    with deployment steps over shut, open",
        "shut: for p: Person always lit(p) implies able(p)\n    with deployment steps over shut, open",
    )
    assert found == ["refuted", "proved", "proved"]


def test_a_deployment_is_a_next_step() -> None:
    """Where no request is accepted, a deployment leaves everything as it is but for the versions, and brings
    another one to the desk; and light comes from none.
    """
    asked = "shut: for p: Person always, if not lit(p), then possibly next "
    moving = " by requests\n    with deployment steps over shut, "
    found = verdicts(
        SWITCH,
        f"{asked}not lit(p){moving}barred",
        f"{asked}version(Desk) is barred{moving}barred",
        f"{asked}lit(p){moving}barred",
        f"{asked}not lit(p) by requests",
        f"{asked}not lit(p){moving}open",
    )
    assert found == ["proved", "refuted", "refuted", "refuted", "proved"]


def test_a_story_stops_where_its_condition_holds() -> None:
    """It is shut, which it is not at first, and opened again before somebody gets light."""
    found = verdicts(
        SWITCH,
        "open: for p: Person always, if version(Desk) is shut, then never lit(p) by requests\n"
        "    with deployment steps over shut, open",
    )
    assert found == ["refuted"]


def test_what_a_claim_is_about_may_move_as_well() -> None:
    """That the gate is even at the top does not say that it was even on the way there."""
    found = verdicts(
        STAIRS,
        "odd: for p: Person where version(Gate) is even\n        always stair is not S1"
        "\n        with deployment steps over odd, even",
    )
    assert found == ["refuted"]


def test_waiting_does_not_stop_deployments() -> None:
    """Where the gate is even the first step is refused, so that whoever waits for it may wait for
    ever. Without deployments it is taken in the end.
    """
    waiting = (
        "odd: always, if stair is S0 and version(Gate) is odd, then eventually stair is S1,"
        "\n        given that a request r where r.act is First is made, while event fall"
    )
    moving = "\n        with deployment steps over odd, even"
    fixed, moved = verdicts(STAIRS, waiting, waiting + moving)
    assert fixed == "proved"
    assert moved in ("refuted", "unknown")


def test_a_deployment_is_neither_request_nor_event() -> None:
    """What is said of every request and event is not refuted by a deployment; nor is it a change by them."""
    sources = law(
        STAIRS,
        """
        claim 1 somebody-acts "Every step is somebody's, or a fall." from "K"
            always, after any step r: r.sender is present or step is fall
                with deployment steps over odd, even
            expect proved in odd
        claim 2 no-deployment "No step deploys anything." from "K"
            always, after any step r: version(Gate) is before version(Gate)
                with deployment steps over odd, even
            expect proved in odd
        """,
    )
    regime = loaded(sources)
    found = decided(regime)
    assert [each.verdict for each in found] == ["proved", "proved"]

    start = Situation({"Person": ("ann",)}, {("stair", ()): "S0"}, {("Gate", None): "odd"})
    moved = Situation({"Person": ("ann",)}, {("stair", ()): "S0"}, {("Gate", None): "even"})
    step = Step("event", event="deploy", arguments={"component": "Gate", "version": "even"})
    for honest in found:
        forged = Result(
            claim=honest.claim,
            column=honest.column,
            verdict="refuted",
            reason="",
            evidence=Evidence(trace=Trace((start, moved), (step,))),
            expected="proved",
        )
        judged = certified(regime, sources, written(regime, sources, (forged,)))
        assert judged.code == 5
        assert any("does not show what it should" in each for each in reasons(judged))


def test_versions_that_differ_in_events_do_not_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """The light is broken by an event that only the tight version has: what the loose one says proves nothing
    where both are deployed.
    """
    smash = """
    by TIGHT insert after turn:
    event smash by the environment
        light becomes Broken inference "x"
    """
    sources = law(
        KEYS + smash + MIXED,
        """
        claim 1 whole "The light is never broken." from "K"
            always light is not Broken
            expect refuted in gate-first
        """,
    )
    regime = loaded(sources)
    (honest,) = decided(regime)
    assert honest.verdict in ("unknown", "bounded")
    with monkeypatch.context() as careless:
        careless.setattr(Question, "check_alike", lambda _question: None)
        (forged,) = decided(regime)
        assert forged.verdict == "proved"
        files = written(regime, sources, (forged,))
    judged = certified(regime, sources, files)
    assert judged.code == 5
    assert any("the event `smash` is not the same" in each for each in reasons(judged))

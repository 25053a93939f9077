"""Requests under way: a box office whose desk and till check a seat before it is sold, worked out by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from checker.cli import run
from checker.exits import BAD_USAGE
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.evaluate import apply_event, decide, event_enabled, replay, successor
from checker.model.situation import Request, Situation, Step
from checker.model.under_way import sent
from checker.prove.decide import Prover
from checker.question.jobs import Job, both_ways, jobs_for
from checker.question.problem import GaveUp
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.question.workbench import Workshop
from checker.regime.additions import with_claims
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.report.case_paragraphs import case_paragraphs
from checker.report.json_documents import told_column
from checker.report.paper import text_of
from checker.report.staged_matrix import staged_paragraphs
from checker.report.summary import Run
from checker.story.narrate import narrate
from checker.trusted.requirements import obligations
from tests.agreement.compare import Law, Tally
from tests.support.evidence_made import BOTH, certified, claim, decided, law, loaded, reasons, written
from tests.support.places import PERMITS, ROOT

RULES = """
sort Person
sort Seat
enum Act: Book "books", Look "looks at"
fixed adult(Person) "{1} is of age"
state listed(Person) "{1} is on the list"
state holder(Seat): optional Person "the holder of {1}"
names for Person p: "Guest" otherwise
request "{sender} {act} {seat}"
    sender: Person
    act: Act
    seat: Seat
component Desk "the desk"
component Till "the till"
route Desk, then Till when act is Book
start inference "nothing is sold": for every s: Seat: holder(s) is absent
check list for "Rule 1" at Desk, reject with D1 "not on the list"
    requires listed(sender) inference "guests"
check age for "Rule 2" at Desk, reject with D2 "too young"
    requires adult(sender) inference "the law"
check free for "Rule 3" at Till, reject with T1 "sold"
    applies when act is Book inference "looking is free"
    requires holder(seat) is absent inference "one guest a seat"
effect selling when act is Book
    holder(seat) becomes sender inference "that is a ticket"
event struck-off by the environment with p: Person when listed(p) "{p} is struck off"
    listed(p) becomes false inference "guests may be uninvited"
version old "as it was"
modification AGAIN "the till asks for the list, too"
version new "as it will be" is old with AGAIN
by AGAIN insert after "Rule 3":
check list-again for "Rule 4" at Till, reject with T2 "not on the list any more"
    requires listed(sender) inference "guests"
deployment desk-old "The till is new.": Desk at old, Till at new
"""

CLAIMS = """
claim 1 sold-once "A seat that is sold is not sold again." from "1"
    for s: Seat
    always, after an accepted request r where r.act is Book and r.seat is s: before holder(s) is absent
    expect proved in old, new
    expect refuted in old staged, new staged
claim 2 of-age "Nobody under age gets a seat." from "1"
    always, after an accepted request r: adult(r.sender)
    expect proved in old, old staged, new staged, desk-old staged
claim 3 listed-when-sold "Whoever gets a seat is on the list." from "1"
    always, after an accepted request r where r.act is Book: listed(r.sender)
    expect proved in old
    expect refuted in old staged
claim 4 let-pass-is-sold "What the desk lets pass is not refused for the list by the till." from "1"
    always, for every request r: not r rejected by list-again
    expect proved in new, desk-old
    expect refuted in new staged, desk-old staged
claim 5 a-holder-stays "A seat that has a holder keeps that one." from "1"
    for s: Seat, p: Person
    always, if holder(s) is p, then never holder(s) is not p by requests
    expect proved in old
    expect refuted in old staged
claim 6 anyone-can "A free seat can be had." from "1"
    for s: Seat, p: Person
    always, if holder(s) is absent and listed(p) and adult(p), then possibly holder(s) is p by requests
    expect proved in old, old staged, new staged
claim 7 two-by-two "Two people can have had a seat by requests." from "1"
    for s: Seat, p: Person, q: Person where p is not q
    possibly, after an accepted request r where holder(s) is q: holder(s) is p
    expect refuted in old
    expect proved in old staged
claim 8 not-so "A seat that is sold stays as it is." from "1"
    for s: Seat
    always, if holder(s) is present, then possibly holder(s) is absent by requests
    expect refuted in old
claim 9 till-later "What the desk lets pass is not refused for the list by the till." from "1"
    always, for every request r: not r rejected by list-again
    with deployment steps over old, new
    expect proved in old
    expect refuted in old staged
claim 10 by-its-own "A holder does not lose its seat by requests of its own." from "1"
    for s: Seat, p: Person
    always, if holder(s) is p, then never holder(s) is not p by requests of p
    expect proved in old
"""


MADE = "a request r where true is made"


@pytest.fixture(scope="module")
def regime() -> Regime:
    return loaded(law(RULES, CLAIMS))


@pytest.fixture(scope="module")
def results(regime: Regime) -> dict[tuple[str, str], Result]:
    return {(each.claim.number, str(each.column)): each for each in decided(regime)}


def steps_of(result: Result) -> list[str]:
    """What each step of a story is: an event's name, or `carried out`, of a request under way or not."""
    assert result.evidence.trace is not None
    return [
        each.event or ("carried out" if "in flight" in (each.request or Request({})).values else "in one go")
        for each in result.evidence.trace.steps
    ]


def told(regime: Regime, result: Result) -> str:
    return text_of(case_paragraphs(result, narrate(regime, result)))


# ----------------------------------------------------------------- verdicts


def test_every_verdict_is_as_worked_out_by_hand(results: dict[tuple[str, str], Result]) -> None:
    """What never changes survives staging; what changes between check and sale does not."""
    assert len(results) == 25
    assert not [
        f"{key}: {each.verdict} {each.reason}" for key, each in results.items() if not each.as_expected
    ]
    assert not [key for key, each in results.items() if each.vacuous]


def test_a_seat_is_sold_twice(results: dict[tuple[str, str], Result]) -> None:
    """Both pass the till while the seat is free: the second ticket is stored over the first."""
    story = results["1", "old staged"]
    assert steps_of(story) == ["let pass by Till", "in one go", "carried out"]
    trace = story.evidence.trace
    assert trace is not None
    seat = trace.steps[-1].request
    assert seat is not None
    holders = [each.values.get(("holder", (seat.values["seat"],))) for each in trace.situations]
    assert holders[:2] == [None, None]
    assert holders[3] == seat.values["sender"]


def test_the_list_is_asked_at_the_moment(results: dict[tuple[str, str], Result]) -> None:
    """One step between the desk and the till, or the till and the sale, is enough."""
    assert steps_of(results["3", "old staged"])[1:] == ["struck-off", "carried out"]
    assert steps_of(results["4", "new staged"]) == ["let pass by Desk", "struck-off"]


def test_the_version_deployed_at_the_component_counts(results: dict[tuple[str, str], Result]) -> None:
    """In a mixed deployment, too, the till of the new version refuses what the desk of the old let pass."""
    story = results["4", "desk-old staged"]
    assert steps_of(story) == ["let pass by Desk", "struck-off"]
    assert story.evidence.requests["r"].values.get("in flight")


def test_a_version_may_move_while_a_request_is_under_way(results: dict[tuple[str, str], Result]) -> None:
    """The till asks for the list only once it has gone over; both orders of the two steps between will do."""
    steps = steps_of(results["9", "old staged"])
    assert steps[0] == "let pass by Desk"
    assert sorted(steps[1:]) == ["deploy", "struck-off"]


def test_only_requests_of_the_senders_count(regime: Regime) -> None:
    """Another's request would take the seat away; the holder's own would not, and so there is no story."""
    found = Prover(regime).decide(Job(claim(regime, "by-its-own"), Column("old", staged=True)))
    assert found.verdict == "unknown"
    assert "not decided" in found.reason


def test_every_story_replays(regime: Regime, results: dict[tuple[str, str], Result]) -> None:
    """Under the plain meaning of the rules, from a start."""
    traces = [(each.column, each.evidence.trace) for each in results.values() if each.evidence.trace]
    assert len(traces) == 9
    for column, trace in traces:
        both = [regime.rules(replace(column, base=base)) for base in ("old", "new")]
        assert replay({**both[0], **both[1]}, trace, starts=True) is None


def test_a_story_with_a_step_left_out_does_not_replay(
    regime: Regime, results: dict[tuple[str, str], Result]
) -> None:
    """Without having been let pass, the second request is refused at the till."""
    trace = results["1", "old staged"].evidence.trace
    assert trace is not None
    rules = regime.rules(Column("old", staged=True))
    model = rules["old"]
    first, sale, last = trace.steps
    here = successor(rules, trace.situations[0], sale)
    assert last.request is not None
    assert not decide(rules, here, last.request).accepted
    assert first.event is not None
    assert not event_enabled(model, here, first.event, first.arguments, rules)


# -------------------------------------------------- with nothing in between


def test_with_nothing_in_between_it_is_as_in_one_go(regime: Regime) -> None:
    """A request that is let pass everywhere and carried out at once changes what it changes in one go, and is
    let pass exactly if it is accepted.
    """
    rules = regime.rules(Column("new", staged=True))
    plain = regime.rules(Column("new"))
    accepted = 0
    for number in range(300):
        given = Law(regime, Column("new", staged=True), ()).sample(random.Random(number))
        flight = given.situation.things["in.flight"][0]
        request = sent(rules["new"], given.situation, flight)
        asked = Request({k: v for k, v in request.values.items() if k != "in flight"})
        start = _progress(given.situation, flight, "not sent")
        whole = decide(plain, _bare(start), asked)
        assert (
            whole.accepted == decide(rules, start, request).accepted == decide(rules, start, asked).accepted
        )
        here, passed = start, True
        for component in ("Desk", "Till") if asked.values["act"] == "Book" else ("Desk",):
            event, arguments = f"let pass by {component}", {"the request": flight}
            passed = passed and event_enabled(rules["new"], here, event, arguments, rules)
            here = apply_event(rules["new"], here, event, arguments) if passed else here
        assert passed == whole.accepted
        if passed:
            accepted += 1
            assert not [each for each in decide(rules, here, request).stages if each.checks]
            after = successor(rules, here, Step("request", request=request))
            assert _bare(after) == successor(plain, _bare(start), Step("request", request=asked))
    assert 50 < accepted < 250


def _progress(situation: Situation, flight: str, value: str) -> Situation:
    return replace(situation, values={**situation.values, ("progress in flight", (flight,)): value})


def _bare(situation: Situation) -> Situation:
    """The situation without what is in flight."""
    things = {sort: each for sort, each in situation.things.items() if sort != "in.flight"}
    values = {at: each for at, each in situation.values.items() if not at[0].endswith("in flight")}
    return Situation(things, values, situation.versions)


def test_a_request_is_carried_out_once(regime: Regime) -> None:
    """Carried out, it is not under way any more: sent again, it meets all checks again."""
    rules = regime.rules(Column("old", staged=True))
    model = rules["old"]
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {
        ("sender in flight", ("f",)): "ann",
        ("act in flight", ("f",)): "Book",
        ("seat in flight", ("f",)): "a1",
        ("progress in flight", ("f",)): "past Till",
        ("adult", ("ann",)): True,
    }
    things = {"Person": ("ann",), "Seat": ("a1",), "in.flight": ("f",)}
    here = Situation(things, values, {("Desk", None): "old", ("Till", None): "old"})
    request = sent(model, here, "f")
    assert decide(rules, here, request).accepted
    after = successor(rules, here, Step("request", request=request))
    assert after.values["holder", ("a1",)] == "ann"
    assert [each.check.name for each in decide(rules, after, request).refusing] == ["list"]


def test_a_request_that_is_changed_is_not_the_one_that_is_under_way(regime: Regime) -> None:
    """To have another let pass in its name, it would have to be the same."""
    rules = regime.rules(Column("old", staged=True))
    given = Law(regime, Column("old", staged=True), ()).sample(random.Random(1))
    flight = given.situation.things["in.flight"][0]
    here = _progress(given.situation, flight, "past Till")
    own = sent(rules["old"], here, flight)
    assert decide(rules, here, own).accepted
    act = "Look" if own.values["act"] == "Book" else "Book"
    other = Request({**own.values, "act": act})
    assert not any(each.behind for each in decide(rules, here, other).stages)


@pytest.mark.parametrize("base", ["old", "new", "desk-old"])
def test_solver_and_meaning_agree(regime: Regime, base: str) -> None:
    """On random situations with requests under way: guards, outcomes, and what steps change."""
    tally, asked = Tally(), Law(regime, Column(base, staged=True), regime.claims)
    for number in range(60):
        chance = random.Random(f"{base} {number}")
        asked.compare(asked.sample(chance), chance, tally, solve=number % 20 == 0)
    assert tally.kinds["accepted"] > 10
    assert tally.kinds["event enabled"] > 5


# ---------------------------------------------------------- what is not asked


def test_what_cannot_be_asked_is_refused_where_it_is_expected() -> None:
    """Comparisons, any situation, exemptions and other columns make no sense of requests under way."""
    unaskable = (
        ("old and new decide alike", "compares"),
        ("in any situation, for every request r: r accepted", "any situation"),
        ("always, for every request r: r accepted in new", "one law only"),
        (
            f"always, if true, then eventually true, given that {MADE}, while requests",
            "in the end",
        ),
    )
    for statement, why in unaskable:
        text = f'claim 1 odd "Odd." from "1" {statement} expect proved in old staged'
        with pytest.raises(SpecError) as error:
            loaded(law(RULES, text))
        (found,) = error.value.diagnostics
        assert found.code == "not-staged"
        assert why in found.message


def test_what_cannot_be_asked_is_unknown_elsewhere() -> None:
    """On the command line the claim stands in another column: then there is no verdict, and a reason."""
    text = 'claim 1 alike "Alike." from "1" old and new decide alike expect refuted in old'
    other = loaded(law(RULES, text))
    found = Prover(other).decide(Job(other.claims[0], Column("old", staged=True)))
    assert found.verdict == "unknown"
    assert "staged" in found.reason


@pytest.mark.parametrize("column", ["r accepted in (old staged)", "r rejected by list in (new staged)"])
def test_an_outcome_is_not_asked_of_a_staged_column(column: str) -> None:
    """`in COLUMN` is about one request in one go."""
    text = f'claim 1 odd "Odd." from "1" always, for every request r: {column} expect proved in old'
    with pytest.raises(SpecError, match="staged"):
        loaded(law(RULES, text))


def test_a_component_that_is_visited_twice_cannot_be_staged() -> None:
    """`r fails Till` would not say which of the two visits is meant."""
    twice = RULES.replace("then Till when act is Book", "then Till when act is Book, then Desk")
    once, _ = CLAIMS.split("claim 2", maxsplit=1)
    regime = loaded(law(twice, once.replace("    expect refuted in old staged, new staged\n", "")))
    with pytest.raises(SpecError, match="on the route twice"):
        regime.model(Column("old", staged=True))


def test_possibly_is_never_refuted_by_halves(regime: Regime) -> None:
    """That requests in one go do not bring it about says nothing of others; no evidence can say otherwise."""
    job = Job(claim(regime, "not-so"), Column("old", staged=True), "refuted")
    found = Prover(regime).decide(job)
    assert found.verdict == "unknown"
    assert "others might" in found.reason
    question = Question(regime, job)
    with pytest.raises(GaveUp, match="others might"):
        list(obligations(question, question.problem(Workshop(regime, 0)), "refuted", Evidence()))


# ------------------------------------------------------------- in the language


def test_a_column_is_read_as_it_is_written(regime: Regime) -> None:
    """With readings and suppositions after it; JSON has it in parts."""
    column = regime.parse_column("old staged")
    assert column == Column("old", staged=True)
    assert regime.parse_column(str(column)) == column
    assert str(Column("a", ("b",), ("c",), staged=True)) == "a staged under b without c"
    assert told_column(column).staged is True
    with pytest.raises(SpecError):
        regime.parse_column("nowhere staged")


def test_staged_is_a_name_elsewhere() -> None:
    """The word is a key word only behind the base of a column."""
    named = RULES.replace("version old", "state staged(Person)\nversion old", 1)
    assert "staged" in loaded(law(named, CLAIMS)).model(Column("old", staged=True)).functions


def test_quick_leaves_staged_columns_out(regime: Regime) -> None:
    """As it does readings."""
    quick = jobs_for(regime.claims, everything=False)
    assert quick
    assert not [each for each in quick if each.column.staged]


# ------------------------------------------------------------------ reports


def test_two_requests_that_cross_are_told_apart(
    regime: Regime, results: dict[tuple[str, str], Result]
) -> None:
    """The one that is under way has a name, by which it goes on; what let it pass is told once."""
    text = told(regime, results["1", "old staged"])
    assert "1. Request 1: Guest A books Seat 1." in text
    assert "Let pass, and under way." in text
    assert re.search(r"2\. In one go: Guest [AB] books Seat 1\.", text)
    assert "3. Request 1 goes on: Guest A books Seat 1." in text
    assert "the desk has let it pass already" in text
    assert "the till has let it pass already" in text
    assert "in flight" not in text


def test_what_a_component_asked_is_told_when_it_did(
    regime: Regime, results: dict[tuple[str, str], Result]
) -> None:
    """The desk at its time, the till later; and what had to be so at the start."""
    text = told(regime, results["4", "new staged"])
    first, asked = text.split("Asked: ")
    assert "Guest A is on the list" in first.split("1. Request 1")[0]
    assert "Rule 1 (list)" in first
    assert "Rule 4" not in first
    assert "the desk has let it pass already" in asked
    assert "REFUSES        Rule 4 (list-again): T2" in asked


def test_both_ways_side_by_side(regime: Regime) -> None:
    """Every claim that can be asked both ways, what differs as a story, and why others are not asked."""
    text_of_alike = 'claim 19 alike "Alike." from "1" old and new decide alike expect refuted in old'
    more = with_claims(regime, f"```redline\n{text_of_alike}\n```\n")
    jobs = both_ways(jobs_for(more.claims, ("old",)))
    assert {each.column for each in jobs} == {Column("old"), Column("old", staged=True)}
    made = Run(tuple(decided(more, jobs)), "redline prove --staged", 1.0)
    text = text_of(staged_paragraphs(more, made, more.claims, stories="versions"))
    (row,) = (line for line in text.splitlines() if line.startswith("1 "))
    assert row.split() == ["1", "sold-once", "old", "proved", "refuted"]
    (same,) = (line for line in text.splitlines() if line.startswith("2 "))
    assert same.split() == ["2", "of-age", "old", "proved", "proved"]
    assert "19: it compares" in text
    assert "Claim 1, sold-once, in old staged: refuted" in text
    assert "Claim 2," not in text


# ----------------------------------------------------------------- evidence


def test_evidence_is_certified_by_both_solvers(regime: Regime) -> None:
    """Stories replay, and obligations of staged columns are built anew from the law."""
    sources = law(RULES, CLAIMS)
    asked = [each for each in jobs_for(regime.claims) if each.column.staged]
    files = written(regime, sources, decided(regime, asked))
    found = certified(regime, sources, files, BOTH)
    assert not reasons(found)
    assert found.code == 0
    assert len(found.entries) > len(asked)


# ------------------------------------------------------------ other regimes


def test_permits_are_given_twice_but_only_to_residents() -> None:
    """People only ever move in, so that a check of residence stays right; that a street is free does not."""
    folder = PERMITS
    regime = with_claims(
        load_regime(folder / "spec", folder / "properties"),
        """```redline
claim 91 given-once "A permit that is held is not given to another who applies." from "Gazette 7"
    always, after an accepted request r where r.act is Apply: not before held(r.street)
    expect proved in old
    expect refuted in old staged
claim 92 residents "Who is given a permit lives in the street." from "Gazette 7"
    always, after an accepted request r where r.act is Apply and r.sender is not Office:
        lives(r.sender, r.street)
    expect proved in old, old staged, new staged under strict
    expect refuted in new staged
```
""",
    )
    chosen = [each for each in jobs_for(regime.claims) if each.claim.number in ("91", "92")]
    found = decided(regime, chosen)
    assert not [
        f"{each.claim.number} in {each.column}: {each.verdict}" for each in found if not each.as_expected
    ]
    (twice,) = (each for each in found if each.claim.number == "91" and each.column.staged)
    assert steps_of(twice) == ["let pass by Desk", "in one go", "carried out"]


@pytest.fixture(scope="module")
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


def _shipped(regime: Regime, numbers: Iterable[str], column: str) -> dict[str, Result]:
    prover, asked = Prover(regime), regime.parse_column(column)
    return {
        each.number: prover.decide(Job(each, asked))
        for each in regime.claims
        if each.number in tuple(numbers)
    }


def test_a_repair_is_undone_without_any_change_of_registration(shipped: Regime) -> None:
    """With the modification two requests of one owner are enough: the story that the claim is about. As short
    is the one in which the data update makes the repair that the owner's request undoes.
    """
    found = _shipped(shipped, ("26a",), "mp107 staged")["26a"]
    assert found.verdict == "refuted"
    kinds = steps_of(found)
    assert len(kinds) == 4
    assert (kinds[1], kinds[3]) == ("let pass by S1SP", "carried out")
    assert kinds[2] in ("in one go", "corrective-update")
    assert found.evidence.trace is not None
    crossing = [each.request for each in found.evidence.trace.steps[2:]]
    senders = {each.values["sender"] for each in crossing if each is not None}
    assert len(senders) == 1


def test_before_the_change_registration_must_change_as_well(shipped: Regime) -> None:
    """A request that passes both registration checks comes from the registered operator."""
    found = _shipped(shipped, ("26a",), "baseline staged")["26a"]
    assert found.verdict == "refuted"
    assert "registration-changes" in steps_of(found) or "corrective-update" in steps_of(found)


def test_an_s1sp_refuses_what_the_dsp_let_pass(shipped: Regime) -> None:
    """Registration changes in between; nothing else is needed."""
    found = _shipped(shipped, ("20a",), "baseline staged")["20a"]
    assert steps_of(found) == ["let pass by DSP", "registration-changes"]


def test_exemptions_are_not_asked_of_what_is_behind(shipped: Regime) -> None:
    """A claim about whoever is exempted would leave out those whom the exemption has let pass already."""
    found = _shipped(shipped, ("15", "17b"), "mp107 staged")
    assert {each.verdict for each in found.values()} == {"unknown"}
    assert all("exempted" in each.reason for each in found.values())


@pytest.mark.parametrize(
    "command",
    [
        ("diff", "baseline", "mp107 staged"),
        ("export", "--tla", "nowhere", "--version", "mp107 staged"),
        ("cover", "mp107 staged"),
        ("show", "mp107 staged"),
        ("who", "3", "--version", "mp107 staged"),
    ],
    ids=lambda command: command[0],
)
def test_other_commands_are_about_requests_in_one_go(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """They refuse a staged column, and name the one that they can be asked of."""
    folders = ("--spec", str(ROOT / "spec"), "--properties", str(ROOT / "properties"))
    assert run([*command, *folders]) == BAD_USAGE
    told = capsys.readouterr().err
    assert "staged" in told
    assert "expected: `mp107`" in told


SUPPOSING = """# Law

```redline
sort User
constant Bank: User
enum Act: A0, A1
state f1 "f1"
component K0 "k"
request "{sender} does {act}"
    sender: User
    act: Act
    item: optional User when act is A1
route K0
check c2 for "C c2" at K0, reject with XX
    requires not f1 inference "by chance 26"
effect e0 when act is A0
    f1 becomes true inference "by chance 38"
start inference "by chance": not f1
version old "old"
claim 1 supposed "With other parameters it would not be rejected." from "F"
    possibly, after an accepted request r: f1 and not (r rejected by K0 with item Bank, act A1)
    expect proved in old staged
```
"""


def test_a_request_with_other_parameters_may_be_one_under_way() -> None:
    """It is past the desk then, which refuses all that come later; the story is replayed as it was found."""
    regime = load_texts({"law.md": SUPPOSING})
    (job,) = jobs_for(regime.claims)
    found = Prover(regime).decide(job)
    assert found.verdict == "proved"
    assert steps_of(found)[0] == "let pass by K0"

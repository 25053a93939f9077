"""What versions that are deployed side by side have in common, and what a claim's own words mean there.

Each verdict was worked out by hand on the rules below. The desk lets a request pass, and the hall
carries it out and flags the sender; anybody may turn bad. The desk of version w refuses whoever is bad.
"""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.additions import with_claims, with_readings
from checker.story.narrate import narrate
from tests.question.desk_and_hall import ANY, COLUMNS, ROWS, TABLE, both_orders, law, verdicts
from tests.support.load import load

ALL_GOOD = 'replace good: premise good(u: User) "x" because "y" means true'
NOT_KNOWN = 'replace known: premise known(u: User) "x" because "y" means not trusted(u)'
NO_BAD_FLAG = "always, after an accepted request r: not (flag(r.sender) and before bad(r.sender))"


@both_orders
@pytest.mark.parametrize("reader", ["good(sender)", "fine(sender)", "worthy(sender)"])
def test_an_effect_reads_the_premises_of_its_own_version(reader: str, *, swapped: bool) -> None:
    """By its premise v flags nobody bad; w flags whoever passes, and its desk lets nobody bad pass. With the
    desk of v and the hall of w somebody bad is flagged.
    """
    rules = law(ALL_GOOD, swapped=swapped, EFFECT=reader)
    found = verdicts(
        rules, NO_BAD_FLAG.replace("before bad", "not before flag(r.sender) and before bad"), *COLUMNS
    )
    assert {name: verdict for name, (verdict, _) in found.items()} == {
        "v": "proved",
        "w": "proved",
        "m1": "refuted",
        "m2": "proved",
    }


@both_orders
@pytest.mark.parametrize("reader", ["good(sender)", "fine(sender)", "worthy(sender)"])
def test_a_check_reads_the_premises_of_its_components_version(reader: str, *, swapped: bool) -> None:
    """The desk of v refuses whoever is bad by its own premise; that of w, by its own, nobody for that."""
    rules = law(ALL_GOOD, swapped=swapped).replace(
        'requires true inference "x"', f'requires {reader} inference "x"', 1
    )
    rules = rules.replace('requires not bad(sender) inference "x"', 'requires true inference "x"')
    found = verdicts(rules, "always, after an accepted request r: not before bad(r.sender)", *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == ["proved", "refuted", "proved", "refuted"]


WORDS = (
    ("always not (for some u: User: bad(u) and flag(u) and good(u))", "premise `good`"),
    ("always not (for some u: User: flag(u) and worthy(u))", "premise `good`"),
    ("for u: User given fine(u) always not flag(u)", "premise `good`"),
    ("for u: User where worthy(u) always not flag(u)", "premise `good`"),
    ("for u: User always flag(u) implies bad(u) witness good(u)", "premise `good`"),
    ("for u: User always, if worthy(u), then never flag(u) by requests", "premise `good`"),
    ("possibly, after an accepted request r where good(r.sender): flag(r.sender)", "premise `good`"),
    ("always, for every request r where worthy(r.sender): r accepted", "premise `good`"),
)


@both_orders
@pytest.mark.parametrize(("statement", "word"), WORDS)
def test_a_claims_own_words_may_not_mean_two_things(statement: str, word: str, *, swapped: bool) -> None:
    """What is good is not the same in v and w, so in a mixture of them the claim says nothing, whatever is
    declared first; in each version it does.
    """
    found = verdicts(law(ALL_GOOD, swapped=swapped), statement, *COLUMNS)
    assert all(found[each][0] in ("proved", "refuted") for each in ("v", "w")), found
    for mixture in ("m1", "m2"):
        verdict, reason = found[mixture]
        assert verdict == "unknown"
        assert reason.startswith(
            f"the claim reads the {word}, which does not mean the same in `v` and in `w`"
        )


@both_orders
@pytest.mark.parametrize("ending", ["with deployment steps over v, w", "in every deployment over v, w"])
def test_words_of_a_claim_about_deployments(ending: str, *, swapped: bool) -> None:
    """The same where a claim ranges over the versions itself."""
    rules = law(ALL_GOOD, swapped=swapped)
    said = f"always not (for some u: User: flag(u) and worthy(u)) {ending}"
    assert {verdict for verdict, _ in verdicts(rules, said, "v", "w").values()} == {"unknown"}


READERS = (
    ({"START": "worthy(u)"}, ALL_GOOD, "where stories start reads the premise `good`"),
    ({"AXIOM": "(not worthy(u) and false)"}, ALL_GOOD, "the axiom `flags` reads the premise `good`"),
    ({"EVENT": "worthy(u)"}, ALL_GOOD, "the event `spoil` reads the premise `good`"),
    ({"PASSED": "worthy(sender)"}, ALL_GOOD, "the route reads the premise `good`"),
    ({"SENT": "known(sender)"}, NOT_KNOWN, "what a request carries reads the premise `known`"),
)


@both_orders
@pytest.mark.parametrize(("places", "change", "why"), READERS, ids=[each[2] for each in READERS])
def test_what_is_read_once_for_all_versions(
    places: dict[str, str], change: str, why: str, *, swapped: bool
) -> None:
    """A premise that the versions do not share, below one that start, axiom, event, route or request read."""
    found = verdicts(law(change, swapped=swapped, **places), ANY, *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == ["proved", "proved", "unknown", "unknown"]
    assert found["m1"][1].startswith(why)


@both_orders
def test_a_function_is_of_one_kind(*, swapped: bool) -> None:
    """What may be absent in one version only."""
    rules = law("replace last: fixed last: optional Srv", swapped=swapped, SENT="srv is A1")
    found = verdicts(rules, "for s: Srv where last is s always not (last is A1 and s is B1)", *COLUMNS)
    assert {found[each][0] for each in ("m1", "m2")} == {"unknown"}
    assert "is declared differently in `v` and in `w`" in found["m1"][1]


@both_orders
@pytest.mark.parametrize("change", ["replace last: state last: Srv", "replace trusted: state trusted(User)"])
def test_what_nothing_writes_is_of_either_kind(change: str, *, swapped: bool) -> None:
    """What never changes in one version and might in the other, where nothing changes it."""
    rules = law(change, swapped=swapped, SENT="srv is A1")
    found = verdicts(rules, "for s: Srv where last is s always not (last is A1 and s is B1)", *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == ["proved"] * 4


DESK_AND_HALL = """
sort User
enum Srv: A1, B1
state done: optional Srv
fixed last: Srv
request "{sender} sends {srv}"
    sender: User
    srv: Srv
component Desk "the desk"
component Hall "the hall"
route Desk, then Hall
start inference "s": done is absent and last is A1
check k for "1" at Desk, reject with N1 "m"
    requires true inference "one"
effect e
    done becomes srv inference "x"
modification M "m"
by M replace last: state last: Srv
by M replace e: effect e
    done becomes srv inference "x"
    last becomes srv inference "x"
deployment m1 "m": Desk at v, Hall at w
deployment m2 "m": Desk at w, Hall at v
"""
V_AND_W = ('version v "v"\n', 'version w "w" is v with M\n')


@both_orders
@pytest.mark.parametrize(
    ("statement", "in_m1", "in_m2"),
    [
        ("for s: Srv where last is s always not (done is B1 and s is B1)", "refuted", "proved"),
        ("always not (done is B1 and last is B1)", "refuted", "proved"),
        ("always last is A1", "refuted", "proved"),
        ("possibly done is B1 and last is A1", "refuted", "proved"),
    ],
)
def test_what_changes_in_one_version_may_change(
    statement: str, in_m1: str, in_m2: str, *, swapped: bool
) -> None:
    """The hall of w notes what was last, and that of v, to which it is fixed, leaves it as it is."""
    rules = DESK_AND_HALL + "".join(V_AND_W[::-1] if swapped else V_AND_W)
    found = verdicts(rules, statement, *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == [in_m2, in_m1, in_m1, in_m2]


def test_what_has_been_of_something_else_is_no_obstacle() -> None:
    """A claim that asks what has been done leaves others as they were; one that asks what was last does not:
    what has been last was worked out for each version by itself.
    """
    asked = "claim {} a{} 'A.'\n    from '1'\n    {}\n    expect proved in m1\n".replace("'", '"')
    plain = asked.format(1, 1, "always last is A1")
    rules = DESK_AND_HALL + "".join(V_AND_W)
    for other, expected in (("ever done is B1", "refuted"), ("ever last is B1", "unknown")):
        regime = load(rules, plain + asked.format(2, 2, f"always not {other}"))
        found = Prover(regime, budget=60, explore=0).decide(jobs_for(regime.claims)[0])
        assert found.verdict == expected


@both_orders
def test_what_changes_in_one_version_may_change_while_versions_do(*, swapped: bool) -> None:
    """From v everywhere the hall may go over to w, and then what was last changes; not while it is at v."""
    rules = DESK_AND_HALL + "".join(V_AND_W[::-1] if swapped else V_AND_W)
    over = " with deployment steps over {}"
    assert verdicts(rules, "always last is A1" + over.format("v, w"), "v")["v"][0] == "refuted"
    assert verdicts(rules, "always last is A1" + over.format("v"), "v")["v"][0] == "proved"


def test_a_name_of_a_mixture_means_what_its_own_law_says() -> None:
    """Two laws made of one by further deployments, or readings, of the same name do not share their rules."""
    other = """version x "x" is v with N
modification N "n"
by N replace k: check k for "1" at Desk, reject with N1 "m"
    requires false inference "one"
"""
    base = load(DESK_AND_HALL + "".join(V_AND_W) + other, "")
    text = '```redline\ndeployment half "h": Desk at v, Hall at {}\n```\n'
    for version in ("w", "x"):
        law = with_claims(base, text.format(version))
        assert sorted(law.rules(law.parse_column("half"))) == ["v", version]
    reading = '```redline\nreading said "r" because "r"\n    in k, inference "one" means requires {}\n```\n'
    base.rules(base.parse_column("m1"))
    read = [with_readings(base, reading.format(each)) for each in ("true", "false")]
    rules = [each.rules(each.parse_column("m1 under said")) for each in read]
    meant = [next(iter(each.items)).meaning for one in rules for each in one["v"].checks]
    assert meant[0] != meant[1]


SPOIL = 'event spoil by the environment with u: User when true "{u}"\n    bad(u) becomes true inference "x"'
LABELS = (
    'replace bad: state bad(User) "{1} has been spoilt"',
    'replace good: premise good(u: User) "nobody is bad" because "it is said" means not bad(u)',
    'replace flags: axiom flags "another sentence" because "z": for every u: User: not (flag(u) and false)',
    f"replace spoil: {SPOIL}",
    'replace worthy: define worthy(u: User) "{u} is worthy" means fine(u)',
    'replace e: effect e when worthy(sender)\n    flag(sender) becomes true inference "z"',
)


@both_orders
@pytest.mark.parametrize("change", LABELS)
def test_words_alone_do_not_tell_versions_apart(change: str, *, swapped: bool) -> None:
    """Where only labels, sentences and reasons differ, a mixture is as good as a version."""
    found = verdicts(
        law(change, swapped=swapped, EFFECT="worthy(sender)"),
        "always not (for some u: User: flag(u) and not worthy(u) and false)",
        *COLUMNS,
    )
    assert {verdict for verdict, _ in found.values()} == {"proved"}, found


def test_a_version_read_in_a_definition() -> None:
    """Which version the hall has is the same question in all versions; the answer is the deployment's."""
    rules = law("insert after worthy: define unused means true").replace(
        "define worthy", "define late means version(Hall) is w\ndefine worthy"
    )
    found = verdicts(rules, "always late", *COLUMNS)
    assert [found[each][0] for each in COLUMNS] == ["refuted", "proved", "proved", "refuted"]


FREE = (
    ("always, for every request r where r passes Desk: free(r.srv)", "function `free`"),
    ("always, for every request r where costs(r.srv): r rejected", "function `free`"),
    ("always, after an accepted request r: not costs(r.srv)", "function `free`"),
)


@both_orders
@pytest.mark.parametrize(("statement", "word"), FREE)
def test_a_table_that_is_amended_is_not_read_in_the_version_declared_first(
    statement: str, word: str, *, swapped: bool
) -> None:
    """The claim asks about what is free by a table that w amends."""
    rules = TABLE.replace("version v", ROWS + "version v", 1)
    if swapped:
        first, second = 'version v "v"\n', 'version w "w" is v with M\n'
        rules = rules.replace(first + second, second + first)
    found = verdicts(rules, statement, *COLUMNS)
    assert {found[each][0] for each in ("v", "w")} == {"proved"}
    for mixture in ("m1", "m2"):
        assert found[mixture][0] == "unknown"
        assert word in found[mixture][1]
    # that B1 is refused somewhere is not a matter of the claim's own words
    refused = verdicts(rules, "always, for every request r where r.srv is B1: r rejected", *COLUMNS)
    assert [refused[each][0] for each in COLUMNS] == ["proved", "refuted", "proved", "proved"]


def test_a_story_is_told_in_the_same_words_whichever_version_is_declared_first() -> None:
    """The versions call it otherwise when somebody is bad, and the story of a mixture has one of the two."""
    told = set[int]()
    for swapped in (False, True):
        text = f'claim 1 a "A claim." from "1"\n    {BAD_NEVER}\n    expect refuted in m1'
        regime = load(law('replace bad: state bad(User) "{1} is spoilt"', swapped=swapped), text)
        (job,) = jobs_for(regime.claims)
        result = Prover(regime).decide(job)
        told.add(repr(narrate(regime, result)).count("is spoilt"))
    assert len(told) == 1


BAD_NEVER = "always not (for some u: User: bad(u))"


# --------------------------------------------------------- columns of one law


NESTED = ("good(sender)", "fine(sender)", "worthy(sender)")


@pytest.mark.parametrize("reader", NESTED)
def test_a_premise_that_a_rule_reads_is_part_of_the_law(reader: str) -> None:
    """Without it the desk lets the bad pass: that is another law, through whatever the premise is read."""
    rules = law("insert after worthy: define unused means true").replace(
        'requires true inference "x"', f'requires {reader} inference "x"', 1
    )
    said = "always, after an accepted request r: not before bad(r.sender)"
    found = verdicts(rules, said, "v", "v without good", "v without fine")
    expected = {"good(sender)": "proved"}.get(reader, "refuted")
    assert [each for each, _ in found.values()] == ["proved", "refuted", expected]


def test_a_premise_that_only_claims_read_leaves_the_law_alone() -> None:
    """The columns share what is built for them, and each reads its own premise."""
    rules = law("insert after worthy: define unused means true")
    said = "for u: User given fine(u) always not bad(u)"
    found = verdicts(rules, said, "v", "v without good", "v without fine")
    assert [each for each, _ in found.values()] == ["proved", "refuted", "refuted"]


# ------------------------------------------------- requests that visit nothing

LAMP = """
sort User
enum Place: East, West
state lit(User) "{1} is lit"
fixed home(User): Place
fixed away(User) "{1} is away"
request "{sender} asks"
    sender: User
component Desk "the desk"
component Hall[Place] "the hall"
ROUTE
start inference "s": for every u: User: not lit(u)
effect e when true
    lit(sender) becomes false inference "x"
FIRST
SECOND
modification M "m"
by M replace e: effect e when true
    lit(sender) becomes true inference "x"
deployment mixed "m": Desk at w, Hall at v
"""
VERSIONS = ('version v "v"', 'version w "w" is v with M')


@both_orders
@pytest.mark.parametrize(
    ("route", "verdict"),
    [
        ("route Desk when not away(sender), then Hall[home(sender)] when not away(sender)", "refuted"),
        ("route Desk when not away(sender)", "refuted"),
        ("route Desk, then Hall[home(sender)]", "proved"),
        ("route Hall[home(sender)] when not away(sender), then Desk when not away(sender)", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_a_request_changes_that_visits_nothing(route: str, verdict: str, *, swapped: bool) -> None:
    """The version at the first component of the route says so, if that has one instance; else nobody's."""
    first, second = reversed(VERSIONS) if swapped else VERSIONS
    rules = LAMP.replace("ROUTE", route).replace("FIRST", first).replace("SECOND", second)
    found, reason = verdicts(rules, "always not (for some u: User: lit(u))", "mixed")["mixed"]
    assert found == verdict
    assert verdict != "unknown" or "the effects of a request that visits no component" in reason

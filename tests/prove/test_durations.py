"""For how long something has been: a register on which one must have stood for 28 days."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.expressions import Truth
from checker.model.unparse import unparse
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.story.narrate import narrate
from tests.support.evidence_made import BOTH, as_expected, certified, decided, law, loaded, reasons, written

REGISTER = """
sort Person
enum Act: Register, Leave, Apply
state registered(Person) "{1} is [not] registered"
state granted(Person) "{1} has [not] been granted"
state due(Person): optional date "the day on which the fee of {1} is due"
state paid(Person) "{1} has [not] paid"
request "{sender} wants to {act}"
    sender: Person
    act: Act
component Registry
route Registry
version v "v"
start inference "at first":
    for every p: Person: registered(p) and not granted(p) and due(p) is 20 March 2026 and not paid(p)
start inference "on that day": today is 2 March 2026
effect register when act is Register
    registered(sender) becomes true inference "so"
effect leave when act is Leave
    registered(sender) becomes false inference "so"
    paid(sender) becomes true inference "who leaves has paid"
effect apply when act is Apply
    granted(sender) becomes true inference "so"
check fit for "R 2" at Registry, reject with E2
    requires registered(sender) for at least 28 days inference "for the last 28 days"
    applies when act is Apply inference "to apply"
"""

CLAIMS = """
claim 1 at-once "Who is registered can apply at once."
    from "R 2"
    for p: Person
    always, if registered(p), then possibly granted(p) by a request of p
    expect refuted in v
claim 2 waiting "Who is registered can apply if he waits."
    from "R 2"
    for p: Person
    always, if registered(p), then possibly granted(p) by a request of p and time
    expect proved in v
claim 3 last-day "Nobody is registered for 29 days who applies."
    from "R 2"
    always, after an accepted request r where r.act is Apply:
        not (registered(r.sender) for at least 29 days)
    expect refuted in v
claim 4 day-before "Nobody applies who has been registered for 27 days alone."
    from "R 2"
    always, after an accepted request r where r.act is Apply: registered(r.sender) for at least 28 days
    expect proved in v
claim 5 not-at-the-start "At the start, nobody has been registered for a day."
    from "R 2"
    for p: Person
    always registered(p) for at least 1 days implies today later than 2 March 2026
    expect proved in v
claim 6 began "What holds began on a day that has come."
    from "R 2"
    for p: Person
    always registered(p) iff beginning of (registered(p)) no later than today
    expect proved in v
claim 7 any "In any situation, too."
    from "R 2"
    in any situation, for every request r:
        registered(r.sender) iff beginning of (registered(r.sender)) no later than today
    expect proved in v
claim 8 long "Whoever is registered may have been for long."
    from "R 2"
    in any situation, for every request r: not (registered(r.sender) for at least 100 days)
    expect refuted in v
"""

TURNING = """
claim 1 late "Who has not paid when the fee was due has been late."
    from "R 2"
    for p: Person
    always today later than 21 March 2026 and not paid(p) implies
        ever (today later than due(p) and not paid(p))
    lemma same-day "The fee of all is due on one day.": for every p: Person: due(p) is 20 March 2026
    expect proved in v
claim 2 passed "Whoever is late has been since the day after it was due, wherever time stopped."
    from "R 2"
    for p: Person
    always today later than 20 March 2026 and not paid(p) implies
        beginning of (today later than due(p) and not paid(p)) is 21 March 2026
    lemma same-day "The fee of all is due on one day.": for every p: Person: due(p) is 20 March 2026
    expect proved in v
claim 3 in-time "Nobody is late for two days."
    from "R 2"
    for p: Person
    always not (today later than due(p) and not paid(p)) for at least 2 days
    expect refuted in v
"""


@pytest.fixture(scope="module")
def register() -> Regime:
    return loaded(law(REGISTER, CLAIMS))


@pytest.fixture(scope="module")
def results(register: Regime) -> dict[str, Result]:
    return {each.claim.name: each for each in decided(register)}


def test_claims_come_out_as_worked_out_by_hand(register: Regime, results: dict[str, Result]) -> None:
    """Twenty-eight days are needed and enough, begin at the start, and begin anew with every spell."""
    assert as_expected(results.values(), register)


def test_one_waits_until_the_day_on_which_the_period_ends(results: dict[str, Result]) -> None:
    """Waiting is one strategy: to the day from which one has been registered, and 28 days more."""
    evidence = results["waiting"].evidence
    assert evidence is not None
    said = [unparse(term) for each in evidence.ways for term in each.parameters.values() if term is not None]
    assert "beginning of (registered(p)) plus 28 days" in said


def test_stories_say_since_when_it_has_been(register: Regime, results: dict[str, Result]) -> None:
    """The day on which it began is told, and how long that is."""
    told = str(narrate(register, results["last-day"]))
    assert "Person A has been registered since Monday 2 March 2026, that is 29 days" in told
    refusal = str(narrate(register, results["at-once"]))
    assert "Person A has been registered since Monday 2 March 2026, that is 0 days" in refusal


def test_time_stops_where_what_is_remembered_turns_by_itself() -> None:
    """What is said of the present day turns on the day after the fee is due, and time stops there: so it is
    remembered from that day, and not from the day to which somebody waited.
    """
    regime = loaded(law(REGISTER, TURNING))
    when = unparse(regime.model(Column("v")).events["time"].when or Truth(value=True))
    assert (
        "where today earlier than due(Person 1) plus 1 days: day no later than due(Person 1) plus 1" in when
    )
    assert as_expected(decided(regime), regime)


def test_its_evidence_is_certified(register: Regime, results: dict[str, Result]) -> None:
    """Both solvers certify from files what the engines found of it."""
    sources = law(REGISTER, CLAIMS)
    files = written(register, sources, list(results.values()))
    assert not reasons(certified(register, sources, files, BOTH))

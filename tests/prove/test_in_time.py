"""Claims that say within which period something is to come, of a law by which silence approves on the sixth
day.
"""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.rooms.who.find import can_be_asked
from checker.story.narrate import narrate
from tests.support.evidence_made import BOTH, as_expected, certified, decided, law, loaded, reasons, written
from tests.support.transfers import TRANSFERS

OWED = """
claim 1 answered "Silence answers within six days."
    from "T 5"
    for d: Domain
    always, if pending(d) is present, then pending(d) is absent, within 6 days
    lemma owed-since "What is owed is owed since the day on which it was asked for.":
        for every d: Domain where pending(d) is present:
            asked-on(d) no later than beginning of (not pending(d) is absent since pending(d) is present)
            and asked-on(d) is present and today no later than asked-on(d) plus 6 days
    expect proved in v
claim 2 sooner "Silence answers within five days."
    from "T 5"
    for d: Domain
    always, if pending(d) is present, then pending(d) is absent, within 5 days
    expect refuted in v
"""

POSSIBLE = """
claim 3 waits "Whoever has asked can have it within six days, by nothing but waiting."
    from "T 5"
    for d: Domain, u: User
    always, if pending(d) is u, then possibly sponsor(d) is u, within 6 days by time
    expect proved in v
claim 4 waits-less "Whoever has asked can have it within five days, by nothing but waiting."
    from "T 5"
    for d: Domain, u: User
    always, if pending(d) is u, then possibly sponsor(d) is u, within 5 days by time
    expect refuted in v
claim 5 stands "What was asked for today stays pending for five days."
    from "T 5"
    for d: Domain
    always, if pending(d) is present and asked-on(d) is today,
        then never pending(d) is absent, within 5 days by time
    expect proved in v
claim 6 stands-longer "What was asked for today stays pending for six days."
    from "T 5"
    for d: Domain
    always, if pending(d) is present and asked-on(d) is today,
        then never pending(d) is absent, within 6 days by time
    expect refuted in v
"""


@pytest.fixture(scope="module", params=[OWED, POSSIBLE], ids=["owed", "possible"])
def claims(request: pytest.FixtureRequest) -> str:
    """Claims in folders of their own: where one asks what has been, time stops for all."""
    assert isinstance(request.param, str)
    return request.param


@pytest.fixture(scope="module")
def transfers(claims: str) -> Regime:
    return loaded(law(TRANSFERS, claims))


@pytest.fixture(scope="module")
def results(transfers: Regime) -> dict[str, Result]:
    return {each.claim.name: each for each in decided(transfers)}


def test_claims_come_out_as_worked_out_by_hand(transfers: Regime, results: dict[str, Result]) -> None:
    """Silence approves on the sixth day, and neither on the fifth nor later."""
    assert as_expected(results.values(), transfers)


def test_their_evidence_is_certified(transfers: Regime, claims: str, results: dict[str, Result]) -> None:
    """Both solvers certify it from files, strategies that name the day among them."""
    sources = law(TRANSFERS, claims)
    files = written(transfers, sources, list(results.values()))
    assert not reasons(certified(transfers, sources, files, BOTH))


def test_stories_say_what_was_to_come(transfers: Regime, results: dict[str, Result]) -> None:
    """What the claim promises is said in words, and by which day it was to come."""
    told = {name: str(narrate(transfers, each)) for name, each in results.items()}
    if "sooner" in told:
        assert "once there is an applicant for Domain 1" in told["sooner"]
        assert "within 5 days" in told["sooner"]
    else:
        assert "today is no later than 5 days after Monday 2 March 2026" in told["waits-less"]


def test_a_law_may_have_the_name_of_that_day() -> None:
    """The day that such a claim speaks of takes another name where the law has its own `that-day`."""
    own = TRANSFERS + 'state that-day(Domain): optional date "another day of {1}"\n'
    claim = POSSIBLE.split("claim 4", maxsplit=1)[0]
    assert as_expected(decided(regime := loaded(law(own, claim))), regime)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("always, if pending(d) is present, then pending(d) is absent, within 5", "`5` says no period"),
        ("always, if fee(d), then possibly not fee(d), within 5 by time", "`5` says no period"),
        ("always, if fee(d), then not step is time, within 5 days", "`step is` needs a step"),
        ("always, if fee(d), then not fee(d), within notice(d)", "may change while the period runs"),
        ("always, if fee(d), then possibly not fee(d), within notice(d) by time", "`notice.d.` may change"),
        ("always, if fee(d), then never fee(d), within 2 days plus notice(d) by time", "may change while"),
    ],
)
def test_what_is_no_period_or_no_situation_is_refused(statement: str, told: str) -> None:
    """A period is so many days, the same ones while it runs, and what is to come is said of situations."""
    claim = f'claim 1 a "A."\n    from "1"\n    for d: Domain\n    {statement}\n    expect proved in v\n'
    with pytest.raises(SpecError, match=told):
        loaded(law(TRANSFERS + 'state notice(Domain): days "the notice for {1}"\n', claim))


def test_who_asks_of_any_time_and_not_of_a_period(transfers: Regime) -> None:
    """The day from which a period is reckoned is no thing, so no such claim is a question of who can."""
    assert not any(map(can_be_asked, transfers.claims))

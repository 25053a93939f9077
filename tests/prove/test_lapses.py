"""Lapses in claims: waiting for them, and how far time may go."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.expressions import Truth
from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.additions import with_claims
from checker.story.narrate import narrate
from tests.support.load import load
from tests.support.transfers import TRANSFERS

CHAIN = """
lapse fees for "T 6" with d: Domain on asked-on(d) plus 8 days when pending(d) is absent
    fee(d) becomes true inference "two days later"
"""


def _decided(law: str, claim: str) -> Result:
    regime = load(law, f'claim 1 a "A."\n    from "1"\n{claim}\n    expect proved in v\n')
    (job,) = jobs_for(regime.claims)
    return Prover(regime, budget=60, explore=0).decide(job)


@pytest.mark.parametrize("law", [TRANSFERS, TRANSFERS + CHAIN])
def test_what_is_pending_was_asked_for_within_the_period(law: str) -> None:
    """The lapse comes on the sixth day, and time never passes beyond it with the request still pending."""
    claim = (
        "    for d: Domain\n    always pending(d) is present implies today within {} days after asked-on(d)"
    )
    assert _decided(law, claim.format(5)).verdict == "proved"
    assert _decided(law, claim.format(4)).verdict == "refuted"


def test_waiting_for_one_thing_is_not_held_up_by_others() -> None:
    """Time passes over lapses that have nothing to do with each other, so that one strategy is enough."""
    claim = (
        "    for d: Domain, u: User\n    always, if pending(d) is u, then possibly sponsor(d) is u by time"
    )
    found = _decided(TRANSFERS, claim)
    assert found.verdict == "proved"
    assert found.evidence is not None
    assert len(found.evidence.ways) == 1


def test_one_lapse_reads_what_another_did_on_an_earlier_day() -> None:
    """The fee falls due on the eighth day, since the lapse on the sixth has ended what was pending."""
    claim = "    for d: Domain\n    always not fee(d)"
    found = _decided(TRANSFERS + CHAIN, claim)
    assert found.verdict == "refuted"
    assert found.evidence is not None
    assert found.evidence.trace is not None
    days = [int(str(each.values["today", ()])) for each in found.evidence.trace.situations]
    assert [day - days[0] for day in days] == [0, 0, 6, 8]


ALWAYS = Truth(value=True)


def test_time_stops_where_a_lapse_reads_what_it_did_to_others() -> None:
    """Whoever is first has the fee, and nobody after him: so time cannot pass over the days of both."""
    law = TRANSFERS.replace("requires pending(domain) is absent", "requires asked-on(domain) is absent")
    first = CHAIN.replace("pending(d) is absent", "(for every e: Domain: not fee(e))")
    claim = "    for d: Domain, e: Domain\n    always fee(d) and fee(e) implies asked-on(d) is asked-on(e)"
    assert _decided(law + first, claim).verdict == "proved"
    assert _decided(law + CHAIN, claim).verdict == "refuted"


def test_what_is_asked_of_the_past_makes_time_stop() -> None:
    """Where something asks what has been that a lapse may end, each day on which one happens is a situation
    of its own; a fee that no lapse writes has been due by the end of a wait if it was at its beginning.
    """
    claim = 'claim 1 a "A."\n    from "1"\n    for d: Domain\n    always not {}\n    expect proved in v\n'
    past = "ever (pending(d) is present)"
    free, due, stopping = (
        unparse(load(TRANSFERS, claim.format(each)).model(Column("v")).events["time"].when or ALWAYS)
        for each in ("fee(d)", "ever fee(d)", past)
    )
    assert free == due == "day later than today"
    assert "day no later than asked-on(d) plus 6 days" in stopping
    asked_later = with_claims(
        load(TRANSFERS, claim.format("fee(d)")),
        f"```redline\n{claim.format(past).replace('claim 1 a', 'claim 2 b')}```\n",
    ).model(Column("v"))
    assert unparse(asked_later.events["time"].when or ALWAYS) == stopping


def test_stories_cite_the_clause_by_which_something_lapsed() -> None:
    """What a step of time changed is told with the clause that says so."""
    claim = 'claim 1 a "A."\n    from "1"\n    for d: Domain\n    always, after event time: {}\n'
    regime = load(TRANSFERS, claim.format("sponsor(d) is before sponsor(d)") + "    expect refuted in v\n")
    (job,) = jobs_for(regime.claims)
    told = narrate(regime, Prover(regime, budget=60, explore=0).decide(job))
    assert "By T 5: The sponsor of Domain 1 is now User B (before: User A)" in told.steps[-1].changes

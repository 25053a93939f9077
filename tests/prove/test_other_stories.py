"""Further stories: each of another kind, the shortest first, and the same in whatever order claims are asked.

How many kinds there are was worked out by hand: see `tests/support/house.py`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.model.claim import Column
from checker.model.situation import Trace
from checker.prove.decide import Prover
from checker.prove.other_stories import with_others
from checker.question.jobs import Job
from checker.question.verdict import Evidence, Others, Result
from checker.regime.regime import Regime
from tests.support.evidence_made import certified, law, loaded, reasons, written
from tests.support.house import CLAIMS, HOUSE


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return law(HOUSE, CLAIMS)


@pytest.fixture(scope="module")
def house(sources: dict[str, str]) -> Regime:
    return loaded(sources)


def found(prover: Prover, number: int, another: int = 9) -> Result:
    """The verdict on a claim, with its further stories."""
    assert isinstance(prover.regime, Regime)
    claim = prover.regime.claims[number - 1]
    job = Job(claim, Column("v"), claim.expectations[0].verdict, another=another)
    return with_others(prover, job, prover.decide(job))


def others(result: Result) -> Others:
    assert result.others is not None
    return result.others


def steps(evidence: Evidence) -> tuple[str, ...]:
    """What happens in a story: events by name, requests by what they do."""
    assert evidence.trace is not None
    return tuple(
        each.request.values["act"] if each.request is not None else str(each.event)
        for each in evidence.trace.steps
    )


def asked(evidence: Evidence) -> tuple[str, ...]:
    return tuple(each.values["act"] for each in evidence.requests.values())


def test_each_way_is_told_once(house: Regime) -> None:
    """Somebody comes in by either event or by a request, with a guide or without; all else repeats that."""
    result = found(Prover(house), 1)
    told = others(result)
    stories = (result.evidence, *told.stories)
    assert sorted(map(steps, stories)) == [("Enter",), ("Enter",), ("break-in",), ("let-in",)]
    assert told.end == "there is no other story of at most 3 steps"


def test_reasons_of_refusal_tell_requests_apart(house: Regime) -> None:
    """A request is refused by one check, or after a step by the other, in whatever situation that may be."""
    result = found(Prover(house), 2)
    told = others(result)
    assert [(steps(each), asked(each)) for each in (result.evidence, *told.stories)] == [
        ((), ("Knock",)),
        (("brand",), ("Leave",)),
    ]
    assert told.end == "there is no other story of at most 2 steps"


def test_a_story_of_what_is_possible_has_others(house: Regime) -> None:
    """Only steps that count lead to the goal: here two events."""
    result = found(Prover(house), 3)
    told = others(result)
    assert result.verdict == "proved"
    assert {steps(each) for each in (result.evidence, *told.stories)} == {("let-in",), ("break-in",)}
    assert told.end == "there is no other story of at most 3 steps"


def test_of_any_situation_nothing_is_left(house: Regime) -> None:
    """There are as many stories as reasons of refusal; that there is no other is said without a bound."""
    told = others(found(Prover(house), 4))
    assert len(told.stories) == 1
    assert told.end == "there is no other story"


def test_a_dead_end_has_others(house: Regime) -> None:
    """Nobody ever gets out again, however they came in; what leads there is proved anew for each."""
    result = found(Prover(house), 5)
    told = others(result)
    assert {steps(each) for each in (result.evidence, *told.stories)} >= {
        ("let-in",),
        ("break-in",),
        ("Enter",),
    }
    assert all(each.obligations for each in told.stories)


def test_a_way_past_the_condition_has_others(house: Regime) -> None:
    """Of a `never`: somebody comes in, by any way, and is marked before or after: then both hold."""
    result = found(Prover(house), 6)
    told = {steps(each) for each in (result.evidence, *others(result).stories)}
    ways = ("let-in", "break-in", "Enter")
    assert told == {pair for each in ways for pair in ((each, "brand"), ("brand", each))}


def test_the_last_step_is_what_tells_stories_of_steps_apart(house: Regime) -> None:
    """Of a claim about accepted requests: who enters is inside whatever happened before, and who leaves has
    come in before that (by a request with a guide or without).
    """
    result = found(Prover(house), 8)
    told = sorted(steps(each) for each in (result.evidence, *others(result).stories))
    before = ("Enter", "Enter", "break-in", "let-in")
    assert told == sorted([("Enter",), *((each, "Leave") for each in before)])


def test_what_fails_of_a_claim_tells_stories_apart(house: Regime) -> None:
    """Where a claim says two things, one story may be against the one, and another against the other."""
    result = found(Prover(house), 9)
    told = {steps(each) for each in (result.evidence, *others(result).stories)}
    assert {("brand",), ("let-in",)} <= told


def test_as_many_as_were_asked_for(house: Regime) -> None:
    """The shortest come first, and nothing is said of what was not looked for."""
    told = others(found(Prover(house), 1, another=2))
    assert [len(steps(each)) for each in told.stories] == [1, 1]
    assert told.end == ""


def test_neither_order_nor_company_matters(house: Regime) -> None:
    """The same stories are told by a prover that has decided other claims before."""
    busy = Prover(house)
    before = [found(busy, each) for each in (5, 2, 1)]
    alone = found(Prover(house), 1)
    assert [each.trace for each in others(before[-1]).stories] == [
        each.trace for each in others(alone).stories
    ]


def test_without_a_story_there_is_no_other(house: Regime) -> None:
    """What an invariant proves has no story, so `others` is not there at all."""
    prover = Prover(house)
    claim = replace(house.claims[0], where=house.parse_formula("false"))
    job = Job(claim, Column("v"), another=1)
    result = with_others(prover, job, prover.decide(job))
    assert (result.verdict, result.others) == ("proved", None)


def test_every_story_is_evidence(house: Regime, sources: dict[str, str]) -> None:
    """Each story is an entry that is checked again, and a story that shows nothing is rejected as ever."""
    result = found(Prover(house), 1)
    told = others(result).stories
    entries = [result, *(replace(result, evidence=each) for each in told)]
    good = certified(house, sources, written(house, sources, entries))
    assert (len(good.entries), reasons(good)) == (len(entries) + 1, [])
    assert told[0].trace is not None
    nothing = Trace(told[0].trace.situations[:1], ())
    invented = replace(result, evidence=replace(told[0], trace=nothing))
    bad = certified(house, sources, written(house, sources, [result, invented]))
    assert [bool(each.wrong) for each in bad.entries] == [False, False, True]

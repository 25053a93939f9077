"""The claims about the shipped law: every verdict expected, found twice, and steady."""

from __future__ import annotations

import pytest

from checker.prove.pool import run
from checker.question.jobs import Effort, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.seeds import shape
from tests.support.places import ROOT

EXPLORED = 1 << 20


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


@pytest.fixture(scope="module")
def results(regime: Regime) -> list[Result]:
    return [result for _, result in run(regime, jobs_for(regime.claims))]


def test_every_verdict_is_as_its_claim_expects(results: list[Result]) -> None:
    """Versions, deployments, readings and dropped suppositions: no verdict differs from the claim's own."""
    different = [f"{r.claim.number} in {r.column}: {r.verdict}" for r in results if not r.as_expected]
    assert not different


def test_claims_1_to_24_are_there(regime: Regime) -> None:
    """Each row of the register of claims has at least one claim, in baseline or mp107."""
    numbers = {int("".join(c for c in claim.number if c.isdigit())) for claim in regime.claims}
    assert numbers >= set(range(1, 25))


def test_no_claim_vacuous_claims(results: list[Result]) -> None:
    """Every proved `always` shows a story in which what it speaks of occurs."""
    assert not [f"{r.claim.number} in {r.column}" for r in results if r.vacuous]


def test_every_refutation_of_a_story_starts_at_a_start_or_says_otherwise(results: list[Result]) -> None:
    """A refutation has a replayed story, or obligations that show why nothing can come about."""
    bare = [r for r in results if r.verdict == "refuted" and not (r.evidence.trace or r.evidence.obligations)]
    assert not bare


def test_every_proof_rests_on_obligations_or_a_story(results: list[Result]) -> None:
    """No verdict stands without evidence."""
    bare = [r for r in results if r.verdict == "proved" and not (r.evidence.obligations or r.evidence.trace)]
    assert not bare


def test_needs_are_shown_both_ways(regime: Regime, results: list[Result]) -> None:
    """Whatever a claim says it needs, it is proved with and refuted without."""
    found = {(r.claim.name, r.column): r.verdict for r in results if r.by is None}
    for claim in regime.claims:
        for need in claim.needs:
            assert found[claim.name, need.column] == "proved", (claim.name, need)


def test_refutations_by_a_clause_use_that_clause(results: list[Result]) -> None:
    """A refutation that was asked of one limb ends in a request that this limb exempts."""
    asked = [r for r in results if r.by is not None]
    assert {r.by for r in asked} >= {"SRPD 6.2(a)", "SRPD 6.2(b)"}
    assert all(r.verdict == "refuted" and r.evidence.trace for r in asked)


def test_the_explorer_agrees(regime: Regime) -> None:
    """Versions as they stand: wherever the explorer applies, it finds the same, to the step.
    One job in twelve; `redline prove --explore` asks all.
    """
    jobs = jobs_for(regime.claims, ("baseline", "mp107"), everything=False)
    jobs = tuple(each for each in jobs if not each.column.staged)[::12]  # where the explorer does not apply
    results = [result for _, result in run(regime, jobs, Effort(explore=EXPLORED))]
    agreed = [r for r in results if r.explored.startswith("agrees")]
    assert not [r for r in results if not r.as_expected]
    assert len({r.claim.name for r in agreed}) >= 3


def test_another_seed_gives_the_same(regime: Regime, results: list[Result]) -> None:
    """Verdicts and the lengths of stories do not depend on the solver's seed; `tests.seeds` tries many."""
    bases = ("baseline", "mp107")
    jobs = jobs_for(regime.claims, bases, everything=False)
    again = [result for _, result in run(regime, jobs, Effort(seed=2026))]
    first = {(r.claim.name, r.column, r.by): shape(r) for r in results}
    assert {(r.claim.name, r.column, r.by): shape(r) for r in again}.items() <= first.items()

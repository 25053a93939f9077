"""Decides claims and reports progress."""

from __future__ import annotations

from collections.abc import Sequence

from checker.prove import pool
from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.results.answer import Watch, nobody


def decide(regime: Regime, jobs: Sequence[Job], effort: Effort, watch: Watch = nobody) -> tuple[Result, ...]:
    """Return the results in the order of the jobs. Raises Disagreement if two engines contradict each
    other.
    """
    results: dict[int, Result] = {}
    watch(0, len(jobs), "")
    for number, result in pool.run(regime, tuple(jobs), effort):
        results[number] = result
        watch(len(results), len(jobs), f"{result.claim.name} in {result.column}: {result.verdict}")
    return tuple(results[number] for number in sorted(results))

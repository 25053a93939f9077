"""Decides claims and reports progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.model.claim import Column
from checker.prove import run_jobs
from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.results.answer import Watch, nobody


def decide(
    regime: Regime, jobs: Sequence[Job], effort: Effort, watch: Watch = nobody, known: Iterable[Result] = ()
) -> tuple[Result, ...]:
    """Return the results in the order of the jobs; those that are `known`, of the same law and found with the
    same effort, are not looked for again. Raises Disagreement if two engines contradict each other.
    """
    found = {_key(each): each for each in known}
    results = {at: found[_key(job)] for at, job in enumerate(jobs) if _key(job) in found}
    waiting = [at for at in range(len(jobs)) if at not in results]
    watch(len(results), len(jobs), "")
    for number, result in run_jobs.run(regime, tuple(jobs[at] for at in waiting), effort):
        results[waiting[number]] = result
        watch(len(results), len(jobs), f"{result.claim.name} in {result.column}: {result.verdict}")
    return tuple(results[number] for number in sorted(results))


def _key(asked: Job | Result) -> tuple[str, Column, str | None, str | None]:
    return asked.claim.name, asked.column, asked.by, asked.expected

"""Decides jobs in several processes, and gives each result as soon as it is there. What was kept of earlier
runs is not decided again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from checker.language.diagnostics import SpecError
from checker.prove import pool
from checker.prove.kept_verdicts import KeptVerdicts
from checker.question.jobs import DEFAULT, Disagreement, Effort, Job
from checker.question.same_law import by_law
from checker.question.verdict import Result

if TYPE_CHECKING:
    from checker.question.columns import Columns
    from checker.question.workbench import Known


def run(
    regime: Columns, jobs: tuple[Job, ...], effort: Effort = DEFAULT, known: Known | None = None
) -> Iterator[tuple[int, Result]]:
    """Yield (position of the job, result) in order of completion. `known`: grounds that were found already.

    Raises Disagreement if two engines contradict each other, WorkerDied if a process dies, Stopped if that
    is asked.
    """
    if effort.kept is None:
        yield from _decided(regime, dict(enumerate(jobs)), effort, known)
        return
    kept = KeptVerdicts(effort.kept, regime)
    names = [kept.name(each, effort) for each in jobs]
    found = {n: kept.found(name, jobs[n], effort) for n, name in enumerate(names) if name is not None}
    left: dict[int, Job] = {}
    for number, job in enumerate(jobs):
        earlier = found.get(number)
        if earlier is None or effort.kept.recheck:
            left[number] = replace(job, like=earlier or job.like)
        else:
            yield number, earlier
    for number, result in _decided(regime, left, replace(effort, kept=None), known):
        name = names[number]
        if name is not None:
            kept.put(name, result)
        yield number, result


def _decided(
    regime: Columns, jobs: dict[int, Job], effort: Effort, known: Known | None
) -> Iterator[tuple[int, Result]]:
    """Decide the numbered jobs; without jobs, start no process."""
    if not jobs:
        return
    numbers, asked = tuple(jobs), tuple(jobs.values())
    starting = partial(_deciding, regime, asked, effort, known)
    groups = by_law(regime, asked)
    for place, result in pool.spread(starting, groups, effort.processes, apart=True, stop=effort.stop):
        yield numbers[place], replace(result, claim=asked[place].claim)


def _deciding(
    regime: Columns, jobs: tuple[Job, ...], effort: Effort, known: Known | None
) -> Callable[[int], Result]:
    from checker.prove.decide import Prover
    from checker.prove.other_stories import with_others
    from checker.question.workbench import Workshop

    prover = Prover(
        regime,
        budget=effort.budget,
        seed=effort.seed,
        explore=effort.explore,
        blame=effort.blame,
        witnesses=effort.witnesses,
        workshop=Workshop(regime, effort.seed, known),
        stop=effort.stop,
    )

    def decide(number: int) -> Result:
        try:
            return with_others(prover, jobs[number], prover.decide(jobs[number]))
        except Exception as error:
            if effort.stop is not None:  # a solver that is interrupted fails in any way
                effort.stop.keep()
            if isinstance(error, Disagreement | SpecError):  # readings that do not go together
                raise
            raise Disagreement(f"claim {jobs[number].claim.name}: {error!r}") from error

    return decide

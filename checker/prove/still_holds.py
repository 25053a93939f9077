"""Whether the verdict on a claim in an earlier text of a law still stands, without any search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checker.model.deadline import Deadline, OutOfTime
from checker.prove.decide import Attempt, Prover
from checker.prove.find_grounds import grounds_of
from checker.question.columns import Columns
from checker.question.jobs import Effort, Job
from checker.question.problem import GaveUp
from checker.question.verdict import Result
from checker.question.workbench import Workshop
from checker.trusted.obligations import Rejected
from checker.trusted.replay import NotReplayed


def still_holds(prover: Prover, job: Job) -> Result | None:
    """The verdict that `job.like` has in a law much like this one, if what stands behind it is checked anew
    and holds here; else None. Another story might be told of it if one were looked for.
    """
    if job.claim.lemmas or job.like is None:
        return None
    attempt = Attempt(prover, replace(job, told=False), Deadline.after(prover.budget, prover.stop))
    try:
        attempt.check_askable()
        grounds = grounds_of(attempt.question, prover.workshop)
        finding = attempt.as_before()
        if finding is None:
            return None
        finding, witness, empty = attempt.with_witness(finding)
    except (GaveUp, OutOfTime, RecursionError, NotReplayed, Rejected):
        return None
    found = Result(
        claim=job.claim,
        column=job.column,
        verdict=finding.verdict,
        reason=finding.reason,
        evidence=replace(finding.evidence, obligations=(*finding.evidence.obligations, *grounds)),
        by=job.by,
        expected=job.expected,
        witness=witness,
        vacuous=empty is not None,
        empty=empty,
    )
    return None if found.unwitnessed else found


def checking(
    regime: Columns, jobs: tuple[Job, ...], effort: Effort, workshop: Workshop
) -> Callable[[int], Result | None]:
    """Says of jobs, by number, whether their verdicts still hold. `workshop`: one of this law."""
    prover = Prover(
        regime,
        budget=effort.budget,
        seed=effort.seed,
        witnesses="any",
        workshop=workshop,
        stop=effort.stop,
    )

    def check(number: int) -> Result | None:
        try:
            return still_holds(prover, jobs[number])
        except Exception:
            if effort.stop is not None:  # a solver that is interrupted fails in any way
                effort.stop.keep()
            raise

    return check

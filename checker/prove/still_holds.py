"""Whether the verdict on a claim in an earlier text of a law still stands, without any search."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Shown:
    """A verdict that holds in an edited law. `sought`: its evidence was looked for now; else it was known."""

    result: Result
    sought: bool = False


def still_holds(prover: Prover, job: Job) -> Result | None:
    """The verdict that `job.like` has in a law much like this one, if what stands behind it is checked anew
    and holds here; else None. Another story might be told of it if one were looked for.
    """
    return None if job.like is None else _shown_by_any(prover, job, (job.like,))


def shown(prover: Prover, job: Job, likes: tuple[Result, ...]) -> Shown | None:
    """The verdict on the job: the first of `likes` whose evidence is checked anew and holds here; else one
    that is found in the prover's budget, by any story. `likes`: verdicts on the claim in laws much like this
    one, the likeliest first.
    """
    known = _shown_by_any(prover, job, likes)
    if known is not None:
        return Shown(known)
    found = prover.decide(replace(job, told=False))
    return None if not found.decided or found.unwitnessed else Shown(found, sought=True)


def _shown_by_any(prover: Prover, job: Job, likes: tuple[Result, ...]) -> Result | None:
    if job.claim.lemmas:
        return None
    deadline = Deadline.after(prover.budget, prover.stop)
    for like in likes:
        with contextlib.suppress(GaveUp, OutOfTime, RecursionError, NotReplayed, Rejected):
            found = _shown_by(prover, replace(job, like=like, told=False), deadline)
            if found is not None:
                return found
    return None


def _shown_by(prover: Prover, job: Job, deadline: Deadline) -> Result | None:
    attempt = Attempt(prover, job, deadline)
    attempt.check_askable()
    grounds = grounds_of(attempt.question, prover.workshop)
    finding = attempt.as_before()
    if finding is None:
        return None
    finding, witness, empty = attempt.with_witness(finding)
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
    regime: Columns,
    jobs: tuple[Job, ...],
    likes: tuple[tuple[Result, ...], ...],
    effort: Effort,
    workshop: Workshop,
) -> Callable[[int], Shown | None]:
    """Decides jobs, by number, in a hurry. `likes`: of each, verdicts that it may have; `workshop`: one of
    this law.
    """
    prover = Prover(
        regime,
        budget=effort.budget,
        seed=effort.seed,
        witnesses="any",
        workshop=workshop,
        stop=effort.stop,
    )

    def check(number: int) -> Shown | None:
        try:
            return shown(prover, jobs[number], likes[number])
        except Exception:
            if effort.stop is not None:  # a solver that is interrupted fails in any way
                effort.stop.keep()
            raise

    return check

"""The jobs: which claims to decide in which columns, according to their expectations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from checker.model.claim import Claim, Column, named_columns
from checker.model.deadline import Stop
from checker.model.under_way import unaskable
from checker.question.verdict import Evidence, Result


class Disagreement(Exception):
    """Two ways of deciding the same thing disagree: an internal error, never a verdict."""


class Keeper(Protocol):
    """Keeps data between runs, by name. Never fails; it may keep nothing."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """Verdicts on a shelf. `program`: identifies this version of the program and of its solver; `recheck`:
    ask the solver again about verdicts that are found, as about those of a similar law.
    """

    shelf: Keeper
    program: str
    recheck: bool = False


Witnesses: TypeAlias = Literal["ordinary", "any", "none"]
"""By what it is shown that a proof is not vacuous: by an ordinary situation, which takes longest to find; by
any, if the verdict is as expected, so that nobody reads of it; not at all. A story that is the proof itself
is ordinary but in the second case.
"""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. `budget`: seconds for each job, after which it is `unknown`. `seed`: the solver's.
    `explore`: the largest instance to explore, in situations; 0 for none. `blame`: find what each verdict
    rests on, with the same budget again. `witnesses`: how witnesses show that proved claims are not vacuous,
    which their evidence needs. `kept`: verdicts of earlier runs, and where to keep new ones. `stop`:
    lets another thread end the work, which then raises Stopped.
    """

    budget: float = 60.0
    seed: int = 0
    explore: int = 0
    blame: bool = False
    processes: int = 2
    witnesses: Witnesses = "ordinary"
    kept: Kept | None = None
    stop: Stop | None = None


DEFAULT = Effort()


@dataclass(frozen=True, slots=True)
class Job:
    """One claim to decide in one column. `by`: only a refutation that this clause causes counts.

    `dropped`: the supposition that the column goes without, to show that the claim needs it. `story`: a story
    that may decide the claim, and is as short as any can be: it is tried before the search. `like`: the
    verdict on the claim in a similar law, whose evidence is tried first of all. `one_by_one`: the question is
    about any one of the things in the goal (see `OneByOne`).
    `told`: people may read the evidence; otherwise any story will do. `surprises`: they read it only if the
    verdict is not as expected. `another`: how many further stories to find, if a story decides it.
    """

    claim: Claim
    column: Column
    expected: Literal["proved", "refuted"] | None = None
    by: str | None = None
    dropped: str | None = None
    story: Evidence | None = None
    like: Result | None = None
    one_by_one: bool = False
    told: bool = True
    surprises: bool = False
    another: int = 0


def jobs_for(
    claims: tuple[Claim, ...], bases: tuple[str, ...] = (), *, everything: bool = True
) -> tuple[Job, ...]:
    """The jobs for the claims' expectations and needs, in their order.

    `bases` keeps columns of these versions and deployments only (empty: all). Without `everything`, only
    columns as they stand, in which requests are processed in one go.
    """
    jobs = []
    for claim in claims:
        for job in _jobs(claim):
            if bases and job.column.base not in bases:
                continue
            if everything or job.column == Column(job.column.base):
                jobs.append(job)
    return tuple(jobs)


def both_ways(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """The jobs about unmodified columns that also make sense in the staged column, each followed by its
    staged twin. They do not ask which clause causes a refutation.
    """
    found: dict[tuple[str, Column], Job] = {}
    for job in jobs:
        plain = Column(job.column.base)
        if job.column not in (plain, replace(plain, staged=True)) or unaskable(job.claim) is not None:
            continue
        for column in (plain, replace(plain, staged=True)):
            expected = next((e.verdict for e in job.claim.expectations if e.column == column), None)
            found.setdefault((job.claim.name, column), Job(job.claim, column, expected))
    return tuple(found.values())


def names_columns(claim: Claim) -> bool:
    """Whether the claim compares columns that it names itself, so it says nothing about other columns."""
    return bool(named_columns(claim.statement))


def _jobs(claim: Claim) -> Iterator[Job]:
    for each in claim.expectations:
        yield Job(claim, each.column, each.verdict, each.by)
    for need in claim.needs:
        column = replace(need.column, without=(*need.column.without, need.supposition))
        yield Job(claim, column, "refuted", dropped=need.supposition)

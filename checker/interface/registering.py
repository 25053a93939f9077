"""Every open point, and the claims that turn on it: what `register` does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checker.interface.claims_to_ask import check_claims
from checker.interface.loaded_law import LoadedLaw
from checker.interface.watching import decide
from checker.model.claim import Column
from checker.prove.left_out import why_not_in
from checker.prove.reached_by_edits import columns_read
from checker.question.jobs import Effort, Job, jobs_for
from checker.question.same_law import premises_of
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.results.answer import Watch
from checker.results.register import OpenPoints, open_points_of


def register(
    law: LoadedLaw,
    effort: Effort,
    *,
    quick: bool,
    known: Sequence[Result] = (),
    command: str,
    watch: Watch,
) -> OpenPoints:
    """Decide all claims in every version with and without every point; `quick`: only what they expect.
    `known`: what `prove` has found of this law with the same effort.
    """
    if not (law.regime.not_modelled or law.regime.sources):
        check_claims(law)  # of a law that has nothing open, there is nothing to list without claims
    expected = jobs_for(law.regime.claims)
    turns = () if quick else tuple(_every_turn(law.regime, expected))
    alike = _alike(law.regime, turns, expected)
    apart = tuple(each for number, each in enumerate(turns) if number not in alike)
    whole, done = len(expected) + len(apart), len(expected)
    # The page tells no stories, so those are read only that `prove` tells of surprises, and shares with this.
    effort, read = replace(effort, witnesses="any"), tuple(replace(each, surprises=True) for each in expected)
    results = decide(law.regime, read, effort, lambda now, _, said: watch(now, whole, said), known)
    told = {(each.claim.name, each.column): each for each in results if each.by is None}
    if apart:
        asked = [_like(each, told) for each in apart]
        effort = replace(effort, witnesses="none")  # the page says nothing of what shows that a claim speaks
        found = decide(law.regime, asked, effort, lambda now, _, said: watch(done + now, whole, said))
        results = (*results, *found)
    shared = (
        replace(told[turns[number].claim.name, base], column=turns[number].column)
        for number, base in alike.items()
        if (turns[number].claim.name, base) in told
    )
    results = (*results, *shared)
    said = command or law.command(("register", *(("--quick",) if quick else ())))
    return open_points_of(law.regime, results, len(expected), said, heading=law.heading, shipped=law.shipped)


def _alike(regime: Regime, turns: Sequence[Job], expected: Sequence[Job]) -> dict[int, Column]:
    """Return the turns about a law that the point does not touch, by number, with the column whose verdict
    is theirs: one that is asked about anyway.
    """
    known = {(job.claim.name, job.column) for job in expected if job.by is None}
    bases = ((number, each, Column(each.column.base)) for number, each in enumerate(turns))
    same = _Same(regime)
    return {
        number: base
        for number, each, base in bases
        if (each.claim.name, base) in known and same.of(each, replace(each, column=base))
    }


class _Same:
    """Whether two jobs are about laws that say the same."""

    def __init__(self, regime: Regime) -> None:
        self._regime = regime
        self._known: dict[tuple[Column, Column], bool] = {}

    def of(self, one: Job, other: Job) -> bool:
        """Whether every column that matters to the one job says what that of the other says."""
        columns = (columns_read(self._regime, each) for each in (one, other))
        return one.column != other.column and all(self._say(*pair) for pair in zip(*columns, strict=True))

    def _say(self, one: Column, other: Column) -> bool:
        if (one, other) not in self._known:
            self._known[one, other] = self._rules(one) == self._rules(other)
        return self._known[one, other]

    def _rules(self, column: Column) -> object:
        rules = self._regime.rules(column)
        deployed = dict(self._regime.deployed(column))
        return {name: replace(model, column="") for name, model in rules.items()}, deployed


def _like(job: Job, told: Mapping[tuple[str, Column], Result]) -> Job:
    """Return the job, with the verdict on its claim in the version as it stands: what stands behind that is
    tried first, for most points turn few claims.
    """
    base = told.get((job.claim.name, Column(job.column.base)))
    return job if base is None or not base.decided else replace(job, like=base)


def _every_turn(regime: Regime, expected: tuple[Job, ...]) -> Iterator[Job]:
    """Yield what no claim expects anything about: each claim in its versions, under every reading and
    without every axiom, adopted check and premise of its own, and in every deployment of these versions."""
    known = {(job.claim.name, job.column) for job in expected}
    readings = [Column("", readings=(name,)) for name in regime.readings]
    dropped = [Column("", without=(each.name,)) for each in regime.suppositions.values()]
    for claim in regime.claims:
        for base in dict.fromkeys(job.column.base for job in expected if job.claim is claim):
            if base not in regime.versions or (claim.name, Column(base)) not in known:
                continue
            premises = frozenset[str]().union(*premises_of(regime.model(Column(base)), claim))
            for change in (*readings, *dropped):
                column = replace(change, base=base)
                if _droppable(regime, column, premises) and (claim.name, column) not in known:
                    yield Job(claim, column, told=False)
        for deployment in regime.deployments.values():
            column = Column(deployment.name)
            versions = {(claim.name, Column(version)) for version in deployment.versions.values()}
            new = versions <= known and (claim.name, column) not in known
            if new and why_not_in(regime, claim, column) is None:
                yield Job(claim, column, told=False)


def _droppable(regime: Regime, column: Column, premises: frozenset[str]) -> bool:
    """Whether what the column goes without is a rule, or a premise that the claim turns on."""
    kinds = [(name, regime.suppositions[name].kind) for name in column.without]
    return all(kind in ("axiom", "adopted check") or name in premises for name, kind in kinds)

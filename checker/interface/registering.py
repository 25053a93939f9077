"""Every open point, and the claims that turn on it: what `register` does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checker.interface.claims_to_ask import check_claims
from checker.interface.loaded_law import LoadedLaw
from checker.interface.watching import decide
from checker.model.claim import Column
from checker.prove.left_out import why_not_in
from checker.question.jobs import Effort, Job, jobs_for
from checker.question.same_law import premises_of
from checker.regime.regime import Regime
from checker.results.answer import Watch
from checker.results.register import OpenPoints, open_points_of


def register(law: LoadedLaw, effort: Effort, *, quick: bool, command: str, watch: Watch) -> OpenPoints:
    """Decide all claims in every version with and without every point; `quick`: only what they expect."""
    check_claims(law)
    expected = jobs_for(law.regime.claims)
    asked = expected if quick else (*expected, *_every_turn(law.regime, expected))
    results = decide(law.regime, asked, effort, watch)
    told = command or law.command(("register", *(("--quick",) if quick else ())))
    return open_points_of(law.regime, results, len(expected), told, heading=law.heading, shipped=law.shipped)


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
                    yield Job(claim, column)
        for deployment in regime.deployments.values():
            column = Column(deployment.name)
            versions = {(claim.name, Column(version)) for version in deployment.versions.values()}
            new = versions <= known and (claim.name, column) not in known
            if new and why_not_in(regime, claim, column) is None:
                yield Job(claim, column)


def _droppable(regime: Regime, column: Column, premises: frozenset[str]) -> bool:
    """Whether what the column goes without is a rule, or a premise that the claim turns on."""
    kinds = [(name, regime.suppositions[name].kind) for name in column.without]
    return all(kind in ("axiom", "adopted check") or name in premises for name, kind in kinds)

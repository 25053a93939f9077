"""`redline register`: the register of open points, with the claims that turn on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from checker.commands.asking import check_claims
from checker.commands.effort import decide, effort_of, effort_options
from checker.commands.files import check_place, write_files
from checker.commands.folders import find_folders, folder_options
from checker.commands.output import write_text
from checker.engines.job import Job, jobs_for
from checker.engines.laws import premises_of
from checker.engines.left_out import why_not_in
from checker.engines.loading import load_regime
from checker.exits import exit_code
from checker.model.claim import Column
from checker.regime.regime import Regime
from checker.reports.register import register_text
from checker.reports.summary import result_code


@click.command("register")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--quick", is_flag=True, help="Ask only what claims expect, not every claim of every point.")
@folder_options
@effort_options
def command(
    output: Path | None,
    *,
    quick: bool,
    spec: Path | None,
    properties: Path | None,
    budget: float,
    jobs: int | None,
    seed: int,
    explore: bool,
) -> int:
    """Write every open point as Markdown: readings, premises, adopted checks, axioms and what is left out.

    Decides all claims first, in every version with and without every point, to say which of them turn on it.
    """
    folders = find_folders(spec, properties)
    if output is not None:
        check_place(output)
    regime = load_regime(folders.spec, folders.properties)
    check_claims(regime, folders)
    effort = effort_of(budget, jobs, seed, explore=explore)
    expected = jobs_for(regime.claims)
    asked = expected if quick else (*expected, *_every_turn(regime, expected))
    results = decide(regime, asked, effort)
    text = f"{folders.heading}{register_text(regime, results)}"
    if output is None:
        write_text(text)
    else:
        write_files(output.parent, {output.name: text})
    return exit_code(map(result_code, results[: len(expected)]))


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

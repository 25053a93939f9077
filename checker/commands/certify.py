"""`redline certify`: re-check written evidence, with solvers that had no part in finding it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from checker.commands.output import Progress
from checker.commands.reporting import Reports, report_options
from checker.commands.session import Session, law_options
from checker.interface.choices import CERTIFYING, SOLVERS, Solver


@click.command("certify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIRECTORY")
@click.option(
    "--solver",
    "asked",
    type=click.Choice(SOLVERS),
    multiple=True,
    default=SOLVERS,
    help="Solver to ask about every obligation. May be repeated. Default: both.",
)
@report_options()
@law_options
@click.option(
    "--budget",
    type=click.FloatRange(min=0.001),
    default=CERTIFYING,
    show_default=True,
    metavar="SECONDS",
    help="Time for one obligation and solver; an obligation that takes longer is rejected.",
)
@click.option(
    "--before",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help="The folder of the law that the evidence compares with.",
)
@click.option(
    "--git",
    "revision",
    metavar="REV",
    help="The revision of the law that the evidence compares with.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Processes to use. Default: one for each core.",
)
def command(
    folder: Path,
    asked: tuple[Solver, ...],
    *,
    reports: Reports,
    session: Session,
    budget: float,
    jobs: int | None,
    before: Path | None,
    revision: str | None,
) -> int:
    """Re-check the evidence in DIRECTORY, written by `redline prove --evidence`.

    Builds every obligation anew from the law and the claims, compares it with the file, and asks the solvers
    about it; replays every story. Exit code 5 if anything is rejected.
    """
    law = replace(session, jobs=jobs).law()
    reports.check(law)
    with Progress() as progress:
        found = law.certify(
            folder, solvers=asked, budget=budget, before=before, git=revision, progress=progress
        )
    reports.write(law, found, found.paragraphs)
    return found.exit

"""`redline cover`: which edits of a version the claims would notice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from checker.commands.completion import COLUMN
from checker.commands.options import evidence_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, report_options
from checker.commands.session import Session, session_options


@click.command("cover")
@click.argument("column", metavar="VERSION", type=COLUMN)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="CLAUSE",
    help="Only the rules of this clause, in its own words. May be repeated.",
)
@click.option(
    "--all",
    "everyone",
    is_flag=True,
    help="Name all claims that notice an edit, instead of two, and list every edit, also those of effects, "
    "events and suppositions.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep finished edits in FILE; a run that was stopped continues from there.",
)
@report_options(pages=True)
@evidence_option
@session_options
def command(
    column: str,
    *,
    clauses: tuple[str, ...],
    everyone: bool,
    journal: Path | None,
    evidence: Path | None,
    reports: Reports,
    session: Session,
) -> int:
    """Strike, negate, widen and narrow every phrase of VERSION, and drop every rule and supposition.

    Makes one edit at a time. Lists the claims that notice it, the edits that are proved to change nothing,
    and those that change decisions although no claim notices: then a claim is missing (exit code 4).
    """
    law = session.law()
    reports.check(law)
    if evidence is not None:
        law.check_target(evidence)
    again = law.command(
        ("cover", column, *(("--all",) if everyone else ())),
        ("--clause", clauses),
        ("--evidence", () if evidence is None else (str(evidence),)),
        *session.given,
    )
    with Progress() as progress:
        found = law.cover(
            column,
            clauses=clauses,
            everyone=everyone,
            journal=journal,
            evidence=evidence is not None,
            progress=progress,
            command=again,
        )
    reports.write(law, found, partial(found.paragraphs, full=everyone), evidence)
    return found.exit

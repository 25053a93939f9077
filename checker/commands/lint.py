"""`redline lint`: rules without effect, and words and rules that do not fit each other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from checker.commands.completion import COLUMN
from checker.commands.options import evidence_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, report_options
from checker.commands.session import Session, session_options


@click.command("lint")
@click.argument("versions", nargs=-1, metavar="[VERSION]...", type=COLUMN)
@click.option("--all", "every", is_flag=True, help="Tell every notice in full, not only one of each kind.")
@evidence_option
@report_options()
@session_options
def command(
    versions: tuple[str, ...],
    *,
    every: bool,
    evidence: Path | None,
    reports: Reports,
    session: Session,
) -> int:
    """Look for rules without effect and words that no rule follows, in VERSIONs (by default, all).

    Exits with 4 if a rule never has an effect, 3 if a question could not be decided, 0 if there are at most
    notices.
    """
    law = session.law()
    reports.check(law)
    if evidence is not None:
        law.check_target(evidence)
    again = law.command(
        ("lint", *versions, *(("--all",) if every else ()), *(("--explore",) if session.explore else ())),
        ("--evidence", () if evidence is None else (str(evidence),)),
        *session.given,
    )
    with Progress() as progress:
        found = law.lint(*versions, progress=progress, command=again)
    reports.write(law, found, partial(found.paragraphs, every=every), evidence)
    return found.exit

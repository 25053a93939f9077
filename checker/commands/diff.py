"""`redline diff`: what one version, reading or deployment decides differently from another."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from checker.commands.completion import COLUMN
from checker.commands.options import evidence_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, report_options
from checker.commands.session import Session, session_options
from checker.interface.choices import DIFF_FAILING, DiffFailing


@click.command("diff")
@click.argument("old", metavar="OLD", type=COLUMN)
@click.argument("new", required=False, metavar="[NEW]", type=COLUMN)
@click.option(
    "--before",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help="Take OLD from the law in this folder. NEW defaults to the same column.",
)
@click.option(
    "--git",
    "revisions",
    metavar="REV[..REV]",
    help="Take OLD from the law at the first revision; NEW from the second, else from the files as they are.",
)
@click.option("--claims", "with_claims", is_flag=True, help="Say which claims change their verdict, and why.")
@click.option(
    "--stories",
    is_flag=True,
    help="Tell every check of every example, in both columns, and the stories of claims that change.",
)
@click.option(
    "--all",
    "full",
    is_flag=True,
    help="Tell all claims and cases, those in which only codes change in full, too; and quote the law.",
)
@click.option(
    "--fail-on",
    "failing",
    type=click.Choice(DIFF_FAILING),
    multiple=True,
    help="Exit with 1 for any difference, for one in what is accepted, or for this relation. Repeatable.",
)
@evidence_option
@report_options(pages=True)
@session_options
def command(
    old: str,
    new: str | None,
    *,
    before: Path | None,
    revisions: str | None,
    with_claims: bool,
    stories: bool,
    full: bool,
    failing: tuple[DiffFailing, ...],
    evidence: Path | None,
    reports: Reports,
    session: Session,
) -> int:
    """Say what the column NEW decides differently from the column OLD: exactly which requests, as cases.

    OLD and NEW are versions, versions under readings (`now under strict`) or deployments; with --before or
    --git, of the law as it was and as it is. redline proves that nothing else is decided differently.
    """
    law = session.law(claims=with_claims or evidence is not None)
    reports.check(law)
    if evidence is not None:
        law.check_target(evidence)
    flags = (("--claims", with_claims), ("--stories", stories), ("--all", full))
    names = (old, *(() if new is None else (new,)))
    again = law.command(
        ("diff", *names, *(name for name, given in flags if given)),
        ("--before", () if before is None else (str(before),)),
        ("--git", () if revisions is None else (revisions,)),
        ("--fail-on", failing),
        *session.given,
        ("--evidence", () if evidence is None else (str(evidence),)),
    )
    with Progress() as progress:
        found = law.diff(
            old,
            new,
            before=before,
            git=revisions,
            claims=with_claims,
            evidence=evidence is not None,
            fail_on=failing,
            progress=progress,
            command=again,
        )
    reports.write(law, found, partial(found.paragraphs, stories=stories, full=full), evidence)
    return found.exit

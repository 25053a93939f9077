"""`redline cover`: which edits of a version the claims would notice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from checker.commands.evidence import evidence_option
from checker.commands.output import Progress, write_evidence, write_text, write_with_evidence
from checker.commands.session import Session, session_options


@click.command("cover")
@click.argument("column", metavar="VERSION")
@click.option(
    "--all",
    "everyone",
    is_flag=True,
    help="Name every claim that notices, not only two, and tell each edit of what is not compared.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep finished edits in FILE; a run that was stopped continues from there.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@evidence_option
@session_options
def command(
    column: str,
    *,
    everyone: bool,
    journal: Path | None,
    evidence: Path | None,
    form: str,
    session: Session,
) -> int:
    """Strike, negate, widen and narrow every phrase of VERSION, and drop every rule and supposition.

    Makes one edit at a time. Lists the claims that notice it, the edits that are proved to change nothing,
    and those that change decisions although no claim notices: then a claim is missing (exit code 4).
    """
    law = session.law()
    if evidence is not None:
        law.check_target(evidence)
    again = law.command(
        ("cover", column, *(("--all",) if everyone else ())),
        ("--evidence", () if evidence is None else (str(evidence),)),
        *session.given,
    )
    with Progress() as progress:
        found = law.cover(
            column,
            everyone=everyone,
            journal=journal,
            evidence=evidence is not None,
            progress=progress,
            command=again,
        )
    if form == "markdown":
        write_text(f"{law.heading}{found.markdown()}")
        write_evidence(found, evidence)
    else:
        write_with_evidence(law, found, form, partial(found.paragraphs, full=everyone), evidence)
    return found.exit

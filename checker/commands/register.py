"""`redline register`: the register of open points, with the claims that turn on each."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.output import FORMS, Progress, write_json, write_markup, write_text
from checker.commands.session import Session, session_options
from checker.results.files import check_place


@click.command("register")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option(
    "--quick",
    is_flag=True,
    help="Decide only what claims expect, not every claim with and without every point.",
)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@session_options
def command(
    output: Path | None,
    *,
    quick: bool,
    form: str,
    session: Session,
) -> int:
    """Write every open point as Markdown: readings, premises, adopted checks, axioms and what is left out.

    Decides all claims first, in every version with and without every point, to find those that turn on it.
    """
    if output is not None:
        check_place(output)
    law = session.law()
    with Progress() as progress:
        found = law.register(quick=quick, progress=progress)
    if output is not None:
        found.write(output)
    if form == "json":
        write_json(found)
    elif form == "html":
        write_markup(law.page(found, command=found.command), form)
    elif output is None:
        write_text(found.markdown)
    return found.exit

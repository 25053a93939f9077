"""`redline init`: a small complete law in a folder, and what to do next."""

from __future__ import annotations

from pathlib import Path

import click

import checker
from checker.commands.output import write_json, write_paragraphs
from checker.exits import AS_EXPECTED


@click.command("init")
@click.argument("folder", metavar="DIRECTORY", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(folder: Path, *, form: str) -> int:
    """Write a small law into DIRECTORY, which must be empty or not be there yet: two versions, three claims,
    a case and a test. Then print the commands to try on it.
    """
    started = checker.start_law(folder)
    if form == "json":
        write_json(started)
    else:
        write_paragraphs(started.paragraphs())
    return AS_EXPECTED

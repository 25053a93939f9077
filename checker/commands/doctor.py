"""`redline doctor`: what redline runs with, and whether that works."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import checker
from checker.commands.output import coloured, page_width, write_json, write_paragraphs
from checker.commands.session import folder_options


@click.command("doctor")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@folder_options
def command(*, form: str, spec: Path | None, properties: Path | None) -> int:
    """Look at what redline needs: Python, packages and their versions, solvers (each is asked two questions),
    processors and memory, the cache, extras, the law that would be read, and the terminal.

    Exits with 2 if something does not work. A part that redline can do without is only listed as missing.
    """
    terminal = (
        ("width", f"{page_width(sys.stdout)} columns"),
        ("colour", "yes" if coloured(sys.stdout) else "no"),
        ("encoding", f"{sys.stdout.encoding or 'none'}"),
    )
    found = checker.examine(spec, properties, terminal)
    if form == "json":
        write_json(found)
    else:
        write_paragraphs(found.paragraphs())
    return found.exit

"""`redline lsp`: a language server for editors."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import click

from checker.commands.session import folder_options
from checker.exits import AS_EXPECTED
from checker.interface.choices import BUDGET
from checker.language.diagnostics import Diagnostic, SpecError


@click.command("lsp")
@click.option(
    "--budget",
    type=click.FloatRange(min=0.0, min_open=True),
    default=BUDGET,
    show_default=True,
    metavar="SECONDS",
    help="Time for each verdict; a verdict that takes longer is unknown.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that decide. Default: one a core."
)
@click.option(
    "--cache/--no-cache",
    default=True,
    envvar="REDLINE_CACHE",
    help="Use the verdicts of earlier runs, and keep new ones. Default: yes.",
)
@folder_options
def command(
    *, spec: Path | None, properties: Path | None, budget: float, jobs: int | None, cache: bool
) -> int:
    """Serve an editor by the Language Server Protocol, on standard input and output.

    An editor starts this; see spec/editors.md. Without --spec, each page belongs to the nearest spec/ and
    properties/ above it. Messages for people go to standard error.
    """
    try:
        from checker.lsp.create import create_server
    except ModuleNotFoundError as missing:
        name = (missing.name or "").partition(".")[0]
        message = f"a language server needs a library that is not installed: `{name}`"
        expected = ('`pip install "redline[lsp]"`',)
        raise SpecError((Diagnostic("not-installed", message, None, expected),)) from None
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = create_server(spec, properties, budget=budget, jobs=jobs, cache=cache)
    # The streams are closed when the editor hangs up; those of the program are for what comes after.
    heard, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    try:
        server.start_io(heard, told)
    finally:
        server.end()
    return AS_EXPECTED

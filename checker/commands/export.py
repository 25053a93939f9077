"""`redline export`: a column and its claims for other tools, which check a finite instance of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from checker.commands.completion import COLUMN
from checker.commands.options import claims_argument
from checker.commands.reporting import Reports, format_option
from checker.commands.session import Session, law_options
from checker.exits import AS_EXPECTED
from checker.language.diagnostics import Diagnostic, SpecError
from checker.results.exported import check_folder


@click.command("export")
@claims_argument
@click.option(
    "--tla",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Write TLA+ modules, and configurations for TLC, into this folder.",
)
@click.option("--version", "column", type=COLUMN, metavar="COLUMN", help="Default: the last version.")
@click.option(
    "--things",
    multiple=True,
    metavar="SORT=N",
    help="How many things of a sort there are besides the named ones. Default: two senders, else one.",
)
@format_option()
@law_options
def command(
    claims: tuple[str, ...],
    folder: Path,
    column: str | None,
    *,
    things: tuple[str, ...],
    reports: Reports,
    session: Session,
) -> int:
    """Write the law of a column, and CLAIMs (by default all that can be asked there), as TLA+.

    TLC then checks a finite instance. A story that it finds settles a claim; if it finds none, that is no
    proof. Claims that cannot be exported are listed with the reason, here and in the module of the law.
    """
    check_folder(folder)
    law = session.law()
    found = law.export(*claims, version=column, things=dict(map(_counted, things)))
    found.write(folder)
    reports.write(law, found, partial(found.paragraphs, str(folder)))
    return AS_EXPECTED


def _counted(text: str) -> tuple[str, int]:
    """Return the sort and the number that somebody typed. SpecError if it is no number."""
    name, _, number = text.partition("=")
    if not (number.isascii() and number.isdigit()):
        message = f"`{text}` is not a sort and a number, such as `{name}=2`"
        raise SpecError((Diagnostic("bad-option", message, None),))
    return name, int(number)

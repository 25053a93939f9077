"""`redline import`: a document of Word, HTML or Excel as a law that is to be given its meaning."""

from __future__ import annotations

from pathlib import Path

import click

import checker
from checker.commands.output import write_paragraphs
from checker.exits import AS_EXPECTED
from checker.results.imported import check_new


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--source", metavar="NAME", help="What the clauses, or requirements, come from. Default: the file."
)
@click.option("--modification", metavar="NAME", help="What the tracked changes are called. Default: Change.")
@click.option(
    "--header",
    type=click.IntRange(min=1),
    metavar="ROW",
    help="The row of each sheet that has the headings. Default: the first that looks like it.",
)
def command(
    file: Path, folder: Path, *, source: str | None, modification: str | None, header: int | None
) -> int:
    """Make a law of FILE (.docx, .html or .xlsx) in the new folder DIR.

    Each clause becomes a quote, and each tracked change a change by a modification. redline guesses
    no meaning: it leaves every phrase open, and says how many there are. A table of requirements becomes a
    source that claims cite.
    """
    check_new(folder)
    found = checker.import_document(file, source=source, modification=modification, header=header)
    found.write(folder)
    write_paragraphs(found.paragraphs(str(folder)))
    return AS_EXPECTED

"""`redline show`: the law of a version as redlined, with the meaning under the words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import click

import checker
from checker.commands.completion import COLUMN
from checker.commands.output import FORMS
from checker.commands.reporting import Printed, Reports
from checker.commands.session import Session, law_options
from checker.exits import AS_EXPECTED
from checker.results.files import check_place, write_file


@click.command("show")
@click.argument("column", metavar="VERSION", type=COLUMN)
@click.option("--format", "form", type=click.Choice([*FORMS, "docx"]), default="text", show_default=True)
@click.option(
    "--against",
    type=COLUMN,
    metavar="OLD",
    help="Show the law as changes to OLD, which may be any version. With docx, OLD defaults to the version "
    "that is made from no other.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="With docx: write to this file."
)
@click.option("--author", metavar="NAME", help="With docx: who makes the changes.")
@click.option("--date", metavar="DATE", help="With docx: when, as in 2024-05-31 or 2024-05-31T09:30.")
@law_options
def command(
    column: str,
    *,
    form: Printed | Literal["docx"],
    against: str | None,
    output: Path | None,
    author: str | None,
    date: str | None,
    session: Session,
) -> int:
    """Print the law of VERSION: struck and inserted words marked, the meaning under each phrase.

    VERSION may be under readings, in quotes: 'new under reading-a'. With --format docx, the law becomes a
    Word file with tracked changes, and the meaning of each phrase a comment.
    """
    options = {"--output": output, "--author": author, "--date": date}
    _check(form, options)
    if output is not None:
        check_place(output)
    law = session.law(claims=False)
    if form == "docx":
        assert output is not None  # else `_check` refuses
        assert author is not None
        assert date is not None
        write_file(output, checker.tracked_changes(law, column, against=against, author=author, date=date))
        return AS_EXPECTED
    found = law.show(column, against=against)
    Reports(form).write(law, found, found.paragraphs)
    return AS_EXPECTED


def _check(form: str, options: Mapping[str, object]) -> None:
    """Refuse options of a Word file without one, and a Word file without what it must have."""
    if form != "docx":
        given = [name for name, value in options.items() if value is not None]
        if given:
            raise click.UsageError(f"{given[0]} goes with --format docx.")
        return
    missing = [name for name, value in options.items() if value is None]
    if missing:
        raise click.UsageError(f"--format docx needs {' and '.join(missing)}.")

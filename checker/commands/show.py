"""`redline show`: the law of a version as redlined, with the meaning under the words."""

from __future__ import annotations

import click

from checker.commands.completion import COLUMN
from checker.commands.output import write_answer
from checker.commands.session import Session, law_options
from checker.exits import AS_EXPECTED


@click.command("show")
@click.argument("column", metavar="VERSION", type=COLUMN)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@law_options
def command(column: str, *, form: str, session: Session) -> int:
    """Print the law of VERSION: struck and inserted words marked, the meaning under each phrase.

    VERSION may be under readings, in quotes: 'new under reading-a'.
    """
    law = session.law(claims=False)
    found = law.show(column)
    write_answer(law, found, form, found.paragraphs)
    return AS_EXPECTED

"""`redline show`: the law of a version as redlined, with the meaning under the words."""

from __future__ import annotations

import click

from checker.commands.output import FORMS, write_answer
from checker.commands.session import Session, law_options
from checker.exits import AS_EXPECTED


@click.command("show")
@click.argument("column", metavar="VERSION")
@click.option(
    "--against", metavar="VERSION", help="Show the law as changes of this version, whichever it is."
)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@law_options
def command(column: str, *, against: str | None, form: str, session: Session) -> int:
    """Print the law of VERSION: struck and inserted words marked, the meaning under each phrase.

    VERSION may be under readings, in quotes: 'new under reading-a'.
    """
    law = session.law(claims=False)
    found = law.show(column, against=against)
    write_answer(law, found, form, found.paragraphs)
    return AS_EXPECTED

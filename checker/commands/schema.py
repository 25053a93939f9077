"""`redline schema`: the JSON Schema of a document."""

from __future__ import annotations

import click

from checker.commands.completion import DOCUMENT
from checker.commands.output import write_text
from checker.exits import AS_EXPECTED


@click.command("schema")
@click.argument("document", metavar="DOCUMENT", type=DOCUMENT)
def command(document: str) -> int:
    """Print the JSON Schema of DOCUMENT, which is the name of a command, or `diagnostics`.

    `redline COMMAND --format json` writes a document; if it cannot begin, it writes `diagnostics`.
    """
    from checker.documents import shipped_schema

    write_text(shipped_schema(document))
    return AS_EXPECTED

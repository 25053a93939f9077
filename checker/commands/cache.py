"""`redline cache`: the verdicts of earlier runs."""

from __future__ import annotations

import math

import click

from checker.commands.output import write_text
from checker.exits import AS_EXPECTED


@click.command("cache")
@click.option("--clear", is_flag=True, help="Delete all of them.")
def command(*, clear: bool) -> int:
    """Show where the verdicts of earlier runs are kept, how many there are, and how much space they take.

    A verdict is reused as long as the law that it is about, the claim, redline and its solver are the
    same.
    """
    from checker.api import Shelf

    with Shelf() as shelf:
        if clear:
            shelf.clear()
        count, size = shelf.size()
    told = f"{count} verdict{'' if count == 1 else 's'}, {math.ceil(size / 1_000):,} kB"
    write_text(f"{shelf.path}\n{told}\n")
    return AS_EXPECTED

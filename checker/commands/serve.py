"""`redline serve`: the workbench in a browser."""

from __future__ import annotations

import click

from checker.commands.output import write_text
from checker.commands.session import Session, session_options
from checker.exits import AS_EXPECTED


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    metavar="N",
    help="Port on this computer. Default: 8627, or another one if that is taken.",
)
@session_options
def command(*, port: int | None, session: Session) -> int:
    """Show the law in a browser: edit it, and see which verdicts turn, and the story of each.

    Prints an address with a token; open it. The pages of the law in force are not written to: an edit of
    theirs is saved as a modification. Edits that are not saved are kept when the server ends. It listens on
    this computer only. Ctrl-C ends it.
    """
    from checker import serving

    with serving.workbench(session.hold(), port=port) as bench:
        if bench.shipped:
            write_text("This is the law shipped with redline: edits can be tried, but not saved.\n")
        write_text(f"{bench.address}\nCtrl-C ends.\n")
        bench.serve()
    return AS_EXPECTED

"""`redline replay`: a log of requests held against the law."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.options import keep_option
from checker.commands.output import Progress
from checker.commands.reporting import Reports, format_option
from checker.commands.session import Session, session_options


@click.command("replay")
@click.argument("mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@keep_option
@format_option()
@session_options
def command(mapping: Path, *, keep: Path | None, reports: Reports, session: Session) -> int:
    """Hold a log of requests against the law in order of time, and list the answers that it does not give.

    MAPPING (TOML) says what the tables of things and the log have, and which version was in force from when.
    Needs `pip install "redline[data]"`.
    """
    law = session.law()
    with Progress() as progress:
        found = law.replay(mapping, keep=keep, progress=progress)
    reports.write(law, found, found.paragraphs)
    return found.exit

"""`redline report`: everything about a law and a change of it, as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from checker.commands.completion import CLAIM, COLUMN
from checker.commands.output import Progress, write_text
from checker.commands.session import Session, session_options

_MEGABYTE: Final = 1_000_000


@click.command("report")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("old", metavar="[OLD]", required=False, type=COLUMN)
@click.argument("new", metavar="[NEW]", required=False, type=COLUMN)
@click.option(
    "--claim", "claims", multiple=True, metavar="CLAIM", type=CLAIM, help="Only this claim. May be repeated."
)
@click.option("--quick", is_flag=True, help="Leave out readings, dropped suppositions and staged columns.")
@click.option("--blame", is_flag=True, help="Find the words that each verdict rests on; takes minutes.")
@click.option("--examples", is_flag=True, help="Find an ordinary example for each proof, as of named claims.")
@click.option("--cover", is_flag=True, help="Edit the new version in every place; takes minutes.")
@click.option("--register", is_flag=True, help="Ask every claim with and without every open point.")
@click.option("--no-rollout", is_flag=True, help="Leave out the mixtures of the two versions.")
@session_options
def command(
    folder: Path,
    old: str | None,
    new: str | None,
    *,
    claims: tuple[str, ...],
    quick: bool,
    blame: bool,
    examples: bool,
    cover: bool,
    register: bool,
    no_rollout: bool,
    session: Session,
) -> int:
    """Write the report into the folder DIR: one self-contained page of HTML, DIR/index.html.

    It tells what NEW changes in OLD: the claims and a story for each refutation, the redlined law, every
    request that is decided differently, the roll-out and the open points. OLD and NEW may be left out: then
    they are the version that the last one was made from, and the last one. redline does not write into a
    folder that holds anything but a report.
    """
    law = session.law()
    law.check_report(folder)
    flags = (
        ("--quick", quick),
        ("--blame", blame),
        ("--examples", examples),
        ("--cover", cover),
        ("--register", register),
    )
    names = (each for each in (old, new) if each is not None)
    again = law.command(
        (
            *("report", str(folder), *names),
            *(name for name, given in (*flags, ("--no-rollout", no_rollout)) if given),
        ),
        ("--claim", claims),
        *session.given,
    )
    with Progress() as progress:
        made = law.report(
            old,
            new,
            claims=claims,
            quick=quick,
            blame=blame,
            examples=examples,
            rollout=not no_rollout,
            cover=cover,
            register=register,
            progress=progress,
            command=again,
        )
    place = made.write(folder)
    write_text(f"{place}: {_size(len(made.html.encode()))}\n")
    if old is None and len(law.versions[1:]) > 1:
        before, after = law.pair()
        write_text(
            f"It says what {after} changes in {before}; `redline report DIR OLD NEW` compares others.\n"
        )
    return made.exit


def _size(count: int) -> str:
    """Return so many bytes in words."""
    return f"{count / 1e6:.1f} MB" if count >= _MEGABYTE else f"{count / 1e3:.0f} kB"

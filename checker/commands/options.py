"""Options and arguments that more than one command has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from checker.commands.completion import CLAIM, COLUMN

_ONLY = "Only this version, deployment or column (`new under reading-a`). May be repeated."


def claims_argument(command: click.decorators.FC) -> click.decorators.FC:
    """Let a command take any number of claims."""
    return click.argument("claims", nargs=-1, metavar="[CLAIM]...", type=CLAIM)(command)


def columns_option(command: click.decorators.FC, said: str = _ONLY) -> click.decorators.FC:
    """Give a command the option `--version`, for any number of columns. `said`: its line of help."""
    option = click.option("--version", "columns", multiple=True, type=COLUMN, metavar="COLUMN", help=said)
    return option(command)


def evidence_option(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the option `--evidence`."""
    option = click.option(
        "--evidence",
        type=click.Path(path_type=Path),
        metavar="DIRECTORY",
        help="Write the evidence for every verdict into this folder, for `redline certify`.",
    )
    return option(command)


def keep_option(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the option `--keep`."""
    option = click.option(
        "--keep",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Keep what is found there until all is: a run that is killed goes on where it was.",
    )
    return option(command)


def check_named_once(places: Sequence[Path]) -> None:
    """Raise BadParameter for a file or folder that is named twice, if only in other words."""
    absolute = [each.absolute() for each in places]
    twice = next((each for each in places if absolute.count(each.absolute()) > 1), None)
    if twice is not None:
        raise click.BadParameter(f"`{twice}` is named twice")

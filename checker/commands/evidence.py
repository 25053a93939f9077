"""The option that asks for evidence."""

from __future__ import annotations

from pathlib import Path

import click


def evidence_option(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the option `--evidence`."""
    option = click.option(
        "--evidence",
        type=click.Path(path_type=Path),
        metavar="DIRECTORY",
        help="Write the evidence for every verdict into this folder, for `redline certify`.",
    )
    return option(command)

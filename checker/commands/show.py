"""`redline show`: the law of a version as redlined, with the meaning under the words."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.folders import atomic_column, find_folders, folder_options
from checker.commands.output import write_paragraphs
from checker.engines.loading import load_regime
from checker.exits import AS_EXPECTED
from checker.reports.law import law_paragraphs


@click.command("show")
@click.argument("column", metavar="VERSION")
@folder_options
def command(column: str, *, spec: Path | None, properties: Path | None) -> int:
    """Print the law of VERSION: struck and inserted words marked, the meaning under each phrase.

    VERSION may be under readings: `new under reading-a`.
    """
    folders = find_folders(spec, properties, claims=False)
    regime = load_regime(folders.spec, None)
    chosen = atomic_column(regime, column)
    write_paragraphs((*folders.notice, *law_paragraphs(regime.model(chosen), regime.texts[chosen.base])))
    return AS_EXPECTED

"""Where the law and the claims are: as told, else in the project around, else as shipped; columns typed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import click

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.regime.regime import Regime

Decorated = TypeVar("Decorated", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Folders:
    """The two folders, and the options that name them when the run is repeated."""

    spec: Path
    properties: Path
    options: tuple[str, ...]


def folder_options(command: Decorated) -> Decorated:
    """Give a command the options `--spec` and `--properties`."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    with_properties = click.option(
        "--properties", type=kind, help="Folder of the claims. Default: as for --spec."
    )
    with_spec = click.option(
        "--spec",
        type=kind,
        help="Folder of the law. Default: spec/ of the project around, else the one that is shipped.",
    )
    return with_spec(with_properties(command))


def find_folders(spec: Path | None, properties: Path | None) -> Folders:
    """Return the folders to read. SpecError if they are not told and there are none."""
    told = (("--spec", spec), ("--properties", properties))
    options = tuple(part for name, path in told if path is not None for part in (name, str(path)))
    if spec is not None and properties is not None:
        return Folders(spec, properties, options)
    project = project_around(Path.cwd())
    around = shipped() if project is None else Path(os.path.relpath(project))
    return Folders(spec or around / "spec", properties or around / "properties", options)


def atomic_column(regime: Regime, text: str) -> Column:
    """Return the column that somebody has typed, of whose requests only what becomes of them in one go is
    asked. SpecError without a place.
    """
    column = column_called(regime, text)
    if column.staged:
        message = f"`{column}` is staged, and this is about requests that are processed in one go"
        raise SpecError((Diagnostic("not-staged", message, None, (f"`{replace(column, staged=False)}`",)),))
    return column


def column_called(regime: Regime, text: str) -> Column:
    """Return the column that somebody has typed. SpecError without a place, for it is in no file."""
    try:
        return regime.parse_column(text)
    except SpecError as wrong:
        raise SpecError(tuple(replace(each, span=None) for each in wrong.diagnostics)) from wrong


def project_around(place: Path) -> Path | None:
    """Return the nearest folder at or above `place` that has both `spec/` and `properties/`."""
    for each in (place, *place.parents):
        if (each / "spec").is_dir() and (each / "properties").is_dir():
            return each
    return None


def shipped() -> Path:
    """Return the folder that is shipped in the package. SpecError if it is not there."""
    place = Path(str(files("checker"))) / "shipped"
    if not (place / "spec").is_dir():
        message = "there is no `spec/` with a `properties/` beside it here or above"
        raise SpecError(
            (Diagnostic("no-spec", message, None, notes=("name them with --spec and --properties",)),)
        )
    return place

"""Where the law and the claims are: as told, else in the project around, else as shipped; columns typed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeVar

import click

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.regime.regime import Regime
from checker.reports.paper import BLANK, Paragraph, Words, paragraph

SPEC: Final = "spec"
PROPERTIES: Final = "properties"
SHIPPED: Final = "This is the law shipped with redline: there is no spec/ and no properties/ here or above."


Decorated = TypeVar("Decorated", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Folders:
    """The two folders, and the options that name them when the run is repeated. `shipped`: there were none at
    hand, so they are those that come with redline.
    """

    spec: Path
    properties: Path
    options: tuple[str, ...]
    shipped: bool = False

    @property
    def notice(self) -> tuple[Paragraph, ...]:
        """What a report says first, if it is about a law that nobody named."""
        return (paragraph(Words(SHIPPED, "warning")), BLANK) if self.shipped else ()

    @property
    def heading(self) -> str:
        """The same, for a document."""
        return f"{SHIPPED}\n\n" if self.shipped else ""


def folder_options(command: Decorated) -> Decorated:
    """Give a command the options `--spec` and `--properties`."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    with_properties = click.option(
        "--properties",
        type=kind,
        help="Folder of the claims. Default: beside --spec, else properties/ here or above.",
    )
    with_spec = click.option(
        "--spec",
        type=kind,
        help="Folder of the law. Default: spec/ here or above, else the one shipped, as the report says.",
    )
    return with_spec(with_properties(command))


def find_folders(spec: Path | None, properties: Path | None, *, claims: bool = True) -> Folders:
    """Return the folders to read. SpecError if one of them is not told and is not there. `claims`: they are
    read, too.
    """
    told = (("--spec", spec), ("--properties", properties))
    options = tuple(part for name, path in told if path is not None for part in (name, str(path)))
    if spec is not None:
        missing = spec.parent / PROPERTIES
        return Folders(spec, properties or (_other(spec, PROPERTIES) if claims else missing), options)
    if properties is not None:
        return Folders(_other(properties, SPEC), properties, options)
    project = project_around(Path.cwd())
    if project is not None:
        around = Path(os.path.relpath(project))
        return Folders(around / SPEC, around / PROPERTIES, ())
    law, asked = shipped() / SPEC, shipped() / PROPERTIES
    return Folders(law, asked, ("--spec", str(law), "--properties", str(asked)), shipped=True)


def _other(told: Path, name: str) -> Path:
    """Return the folder that belongs to one that is told: beside it, else in the project around."""
    beside = told.parent / name
    if beside.is_dir():
        return beside
    project = project_around(Path.cwd())
    if project is None:
        message = f"there is no `{name}/` beside `{told}`, and none here or above"
        option = "--spec" if name == SPEC else "--properties"
        raise SpecError((Diagnostic("no-spec", message, None, (f"`{option} DIRECTORY`",)),))
    return Path(os.path.relpath(project)) / name


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
    """Return the nearest folder at or above `place` that has `spec/` or `properties/`.

    SpecError if it has only one of them.
    """
    for each in (place, *place.parents):
        found = [name for name in (SPEC, PROPERTIES) if _is_there(each / name)]
        if len(found) == 1:
            other = PROPERTIES if found == [SPEC] else SPEC
            message = f"there is `{each / found[0]}`, and no `{other}/` beside it"
            expected = (f"`{SPEC}/` with the law and `{PROPERTIES}/` with the claims",)
            notes = ("name other folders with --spec and --properties",)
            raise SpecError((Diagnostic("no-spec", message, None, expected, notes=notes),))
        if found:
            return each
    return None


def _is_there(folder: Path) -> bool:
    """Whether there is a folder, or a link that may have been one."""
    return folder.is_dir() or folder.is_symlink()


def shipped() -> Path:
    """Return the folder that is shipped in the package. SpecError if it is not there."""
    place = Path(str(files("checker"))) / "shipped"
    if not (place / "spec").is_dir():
        message = "there is no `spec/` with a `properties/` beside it here or above"
        raise SpecError(
            (Diagnostic("no-spec", message, None, notes=("name them with --spec and --properties",)),)
        )
    return place

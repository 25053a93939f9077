"""A loaded law and its place: as given, else in the project around, else as it comes with redline."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Final

from checker.interface.named_claims import chosen_claims
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Claim, Column
from checker.question.jobs import Effort
from checker.regime.check_expectations import changes_nothing, idle_reading
from checker.regime.load import BEGIN
from checker.regime.regime import Regime
from checker.report.paper import BLANK, Paragraph, Words, paragraph
from checker.report.summary import Option, repeat
from checker.results.files import PROPERTIES, SPEC

_TWO: Final = 2
SHIPPED: Final = "This is the law shipped with redline: there is no spec/ and no properties/ here or above."


@dataclass(frozen=True, slots=True)
class Folders:
    """The two folders, and the options that name them when the run is repeated. `shipped`: there were none at
    hand, so they are those that come with redline.
    """

    spec: Path
    properties: Path
    options: tuple[str, ...]
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class LoadedLaw:
    """A law with its claims, as loaded. `effort`: how hard to try, unless a question says otherwise.

    `places`: the folders that it was read from; None for one that was given as `texts`, by file name, each
    under `spec/` or `properties/`. One that is held has both: its texts may be others than the folders'.
    """

    regime: Regime = field(repr=False)
    effort: Effort = field(repr=False)
    places: Folders | None
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def shipped(self) -> bool:
        """Whether it is the law that comes with redline."""
        return self.places is not None and self.places.shipped

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the law and the claims are; nothing for a law that was given as texts."""
        return () if self.places is None else (self.places.spec, self.places.properties)

    @property
    def notice(self) -> tuple[Paragraph, ...]:
        """What a report says first, if it is about a law that nobody named."""
        return (paragraph(Words(SHIPPED, "warning")), BLANK) if self.shipped else ()

    @property
    def heading(self) -> str:
        """The same, for a page."""
        return f"{SHIPPED}\n\n" if self.shipped else ""

    @property
    def looked_at(self) -> str:
        """What was read, in words."""
        count = len(self.regime.documents)
        where = " and ".join(f"`{each}`" for each in self.folders)
        return f"{count} file{'s' * (count != 1)}{f' in {where}' if where else ''}"

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions of the law, as they stand in the spec."""
        return tuple(self.regime.versions)

    @property
    def deployments(self) -> tuple[str, ...]:
        """The deployments of several versions side by side."""
        return tuple(self.regime.deployments)

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings of words that can be understood in two ways."""
        return tuple(self.regime.readings)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, as they stand: with `number`, `name`, `sentence`, `statement_text` and
        `expectations`.
        """
        return tuple(self.regime.claims)

    def claims_called(self, *names: str) -> tuple[Claim, ...]:
        """The claims of these numbers or names, all without any. SpecError if there is no such claim."""
        return chosen_claims(self.regime, names)

    def columns_called(self, *columns: str) -> tuple[Column, ...]:
        """The columns that are written so. SpecError if there is no such column."""
        return tuple(column_called(self.regime, each) for each in columns)

    def command(self, words: tuple[str, ...], *options: Option) -> str:
        """The command that asks the same of this law."""
        return repeat(words, options, () if self.places is None else self.places.options)

    def check_outside(self, place: Path, code: str) -> None:
        """Raise SpecError, with that code, if what is written there would be read as law."""
        for each in self.folders:
            if each.resolve() in (place.resolve(), *place.resolve().parents):
                message = f"`{place}` lies in `{each}`, where it would be read as law"
                raise SpecError((Diagnostic(code, message, None),))

    def sources(self) -> dict[str, str]:
        """The text of every file of the law and the claims, by names that do not reveal where the folders
        are.
        """
        if self.places is None or self.texts:
            return dict(self.texts)
        from checker.evidence.folder import sources

        return sources(self.places.spec, self.places.properties)

    def pair(self, old: str | None = None, new: str | None = None) -> tuple[str, str]:
        """Return the columns that a roll-out is between: as named, else the law's two versions, the later
        second, or of more, the last that was made and the one that it was made from. SpecError where that is
        not clear.
        """
        if old is not None and new is not None:
            one, other = compared_columns(self.regime, old, new)
            return str(one), str(other)
        if old is None and len(self.regime.versions) == _TWO:
            first, second = self.regime.versions.values()
            return (second.name, first.name) if first.parent == second.name else (first.name, second.name)
        parents = {each.name: each.parent for each in self.regime.versions.values()}
        last = [name for name, parent in parents.items() if name not in parents.values() and parent]
        if old is None and len(last) == 1 and (parent := parents[last[0]]) is not None:
            return parent, last[0]
        expected = tuple(f"`{each}`" for each in self.regime.versions)
        message = "name the version that is in use and the one that is to come"
        if len(expected) > _TWO and old is None:
            message = f"of {len(expected)} versions, none is the last that all others lead to: {message}"
        example = " ".join(list(self.regime.versions)[:_TWO])
        notes = (f"both, in that order, such as `{example}`",) if len(expected) >= _TWO else ()
        raise SpecError((Diagnostic("rollout", message, None, expected, notes=notes),))

    def _repr_html_(self) -> str:
        """The claims as a table for a notebook."""
        from checker.results.answer import frame_of, html_table

        rows = ({"claim": each.number, "name": each.name, "sentence": each.sentence} for each in self.claims)
        title = f"Law with the versions {', '.join(self.versions)}"
        return html_table(title, frame_of(rows, ("claim", "name", "sentence")))


def named_texts(spec: Mapping[str, str], properties: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a law and its claims, by names that say which they are."""
    kinds = ((SPEC, spec), (PROPERTIES, properties))
    return {f"{kind}/{name}": text for kind, texts in kinds for name, text in texts.items()}


def find_folders(spec: Path | None, properties: Path | None, *, claims: bool = True) -> Folders:
    """Return the folders to read. SpecError if one of them is neither given nor found. `claims`: they are
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
    """Return the folder that belongs to a given one: beside it, else in the project around."""
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
    """Return the column of that text, which must not be staged. Raises SpecError without a place."""
    column = _unstaged(regime, text)
    check_readings(regime, column)
    return column


def compared_columns(regime: Regime, one: str, other: str) -> tuple[Column, Column]:
    """Return two columns that are compared and must not be staged: a reading need change something in one of
    them only. Raises SpecError without a place.
    """
    columns = _unstaged(regime, one), _unstaged(regime, other)
    check_readings(regime, *columns)
    return columns


def check_readings(regime: Regime, *columns: Column) -> None:
    """Raise SpecError if a reading changes nothing in any of the columns that name it."""
    idle = {
        each: idle_reading(each, regime.deployed(each).values(), regime.build.without_effect)
        for each in columns
    }
    for column, reading in idle.items():
        elsewhere = (each for each in columns if reading in each.readings and idle[each] != reading)
        if reading is not None and next(elsewhere, None) is None:
            raise SpecError((changes_nothing(reading, column),))


def _unstaged(regime: Regime, text: str) -> Column:
    column = _parsed(regime, text)
    if column.staged:
        message = f"`{column}` is staged, and this is about requests that are processed in one go"
        raise SpecError((Diagnostic("not-staged", message, None, (f"`{replace(column, staged=False)}`",)),))
    return column


def column_called(regime: Regime, text: str) -> Column:
    """Return the column of that text. Raises SpecError without a place, because the text is in no file."""
    column = _parsed(regime, text)
    check_readings(regime, column)
    return column


def _parsed(regime: Regime, text: str) -> Column:
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
            (Diagnostic("no-spec", message, None, notes=("name them with --spec and --properties", BEGIN)),)
        )
    return place

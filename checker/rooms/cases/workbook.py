"""Tests as a workbook: a sheet for each level, with room for what testers find, and one for coverage."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from checker.language.invisible_characters import visible
from checker.office.libraries import library
from checker.rooms.cases.document import PackDocument
from checker.rooms.cases.goals import LEVELS
from checker.rooms.cases.table import COLUMNS, harmless, rows

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_SHOWN: Final = tuple(each for each in COLUMNS if each not in ("level", "data"))
_TO_FILL: Final = ("result", "tester", "date")
_WIDE: Final = {"title": 40, "words": 40, "given": 60, "sentence": 60, "clauses": 20}
_NARROW: Final = 12
_MOST: Final = 31  # letters in the name of a sheet
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_LONGEST: Final = 32_000  # letters in a cell


def workbook(pack: PackDocument) -> bytes:
    """Return the pack as a file of Excel. SpecError that says what to install where openpyxl is missing."""
    openpyxl = library("openpyxl", "writing Excel files")
    book = openpyxl.Workbook()
    book.remove(book.active)
    known = tuple(rows(pack))
    for level in LEVELS:
        name = pack.name_of(level)
        own = ([each[column] for column in _SHOWN] for each in known if each["level"] == name)
        _sheet(book, name, (*_SHOWN, *_TO_FILL), own)
    _sheet(book, "coverage", ("goal", "clause", "words", "shown by", "never", "open"), _coverage(pack))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(book: Workbook, name: str, heading: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    styles = library("openpyxl.styles", "writing Excel files")
    sheet = book.create_sheet(name.translate(_FORBIDDEN)[:_MOST])
    sheet.append(heading)
    for line in lines:
        sheet.append([_cell(each) for each in line])
    for number, each in enumerate(heading):
        column = sheet.cell(1, number + 1)
        column.font = styles.Font(bold=True)
        sheet.column_dimensions[column.column_letter].width = _WIDE.get(each, _NARROW)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _cell(value: object) -> object:
    return harmless(visible(value)[:_LONGEST]) if isinstance(value, str) else value


def _coverage(pack: PackDocument) -> Iterable[Sequence[object]]:
    for goal in pack.goals:
        never = "" if goal.never is None else goal.never.claim.sentence
        yield goal.sentence, goal.clause, " … ".join(goal.words), " ".join(goal.tests), never, goal.open

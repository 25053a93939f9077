"""The sheets of an Excel workbook as tables of text: values as last calculated, dates as in ISO 8601."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from checker.office.clauses import cleaned
from checker.office.libraries import library
from checker.office.packed_files import parts_of, wrong_file

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

KIND: Final = "Excel workbook (.xlsx)"
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 200
MAX_AREA: Final = 2_000_000
"""Rows and columns of a sheet that are read, and how many cells a sheet may say it has, empty ones too."""

_EXACT: Final = 1e15  # whole numbers up to here are what they seem
_LOOKED_AT: Final = 30  # rows, for the head of a table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. `above`: what stands above the head of the table, such as its title; `rows`: with the head."""

    title: str
    above: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[Sheet, ...]
    lost: tuple[str, ...]


def read_xlsx(file: str, data: bytes, header: int | None = None) -> Book:
    """Read a workbook. `header`: the row, from 1, that has the headings of every sheet; by default the first
    row with words in most of its columns. SpecError with one diagnostic if it cannot be read.
    """
    parts = parts_of(file, data, KIND)
    if parts.xml("xl/workbook.xml") is None:
        raise wrong_file(file, "there is no workbook in it", f"an {KIND}")
    for name in parts.archive.namelist():
        if name.endswith(".xml"):
            parts.xml(name)  # refused if it declares entities, before the library sees it
    calculated, written = (_opened(file, data, values=each) for each in (True, False))
    lost: dict[str, None] = {}
    sheets = []
    for sheet in calculated.worksheets:
        grid = _grid(file, sheet, written[sheet.title], lost)
        if sheet.sheet_state != "visible":
            lost[f"that the sheet “{cleaned(sheet.title)}” is hidden"] = None
        if grid:
            sheets.append(_sheet(file, sheet.title, grid, header))
    if not sheets:
        raise wrong_file(file, "there is no text in it")
    return Book(tuple(sheets), tuple(lost))


def _opened(file: str, data: bytes, *, values: bool) -> Workbook:
    load = library("openpyxl", "reading Excel files").load_workbook
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that are left out: charts, rules of validation
            book: Workbook = load(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception as wrong:  # the library raises whatever its parts do
        message = f"it is damaged: {' '.join(str(wrong).split())[:120] or type(wrong).__name__}"
        raise wrong_file(file, message, f"an {KIND}") from None
    return book


def _grid(file: str, sheet: Worksheet, written: Worksheet, lost: dict[str, None]) -> list[list[str]]:
    """The texts of all cells. A merged cell gives its text to every place that it covers."""
    if sheet.max_row * sheet.max_column > MAX_AREA:
        size = f"{sheet.max_row:,} rows and {sheet.max_column:,} columns"
        message = f"the sheet `{sheet.title}` says that it has {size}"
        raise wrong_file(file, message, "a sheet without formats far outside of its table")
    grid = [["" for _ in range(sheet.max_column)] for _ in range(sheet.max_row)]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.row is None or cell.column is None:
                continue
            text = _text(cell.value)
            grid[cell.row - 1][cell.column - 1] = text
            formula = written.cell(cell.row, cell.column).value if not text else None
            if isinstance(formula, str) and formula.startswith("="):
                lost[f"the formula in {cell.coordinate} of “{cleaned(sheet.title)}”, which has no value"] = (
                    None
                )
    for merge in sheet.merged_cells.ranges:
        text = grid[merge.min_row - 1][merge.min_col - 1]
        for at in range(merge.min_row - 1, min(merge.max_row, len(grid))):
            for column in range(merge.min_col - 1, min(merge.max_col, len(grid[at]))):
                grid[at][column] = text
    filled = [at for at, row in enumerate(grid) if any(row)]
    columns = [at for at in range(sheet.max_column) if any(row[at] for row in grid)]
    if len(filled) > MAX_ROWS or len(columns) > MAX_COLUMNS:
        message = f"the sheet `{sheet.title}` has {len(filled):,} rows and {len(columns):,} columns"
        raise wrong_file(file, message, f"at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns")
    last = filled[-1] + 1 if filled else 0
    return [[row[at] for at in columns] for row in grid[:last]]


def _text(value: object) -> str:
    """A value as people write it, without the format of its cell."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return cleaned(str(value))


def _sheet(file: str, title: str, grid: Sequence[Sequence[str]], header: int | None) -> Sheet:
    at = _head(grid) if header is None else header - 1
    if not 0 <= at < len(grid) or not any(grid[at]):
        raise wrong_file(file, f"row {at + 1} of the sheet `{title}` is empty", "a row with headings")
    above = tuple(" ".join(dict.fromkeys(filter(None, row))) for row in grid[:at] if any(row))
    rows = tuple(tuple(row) for row in grid[at:] if any(row))
    return Sheet(cleaned(title), above, rows)


def _head(grid: Sequence[Sequence[str]]) -> int:
    """The first row with different texts in at least half of the columns; else the first with any."""
    filled = [at for at, row in enumerate(grid[:_LOOKED_AT]) if any(row)]
    for at in filled:
        texts = list(_words(grid[at]))
        if len(texts) == len(set(texts)) and 2 * len(texts) >= len(grid[at]):
            return at
    return filled[0] if filled else 0


def _words(row: Sequence[str]) -> Iterator[str]:
    yield from (each for each in row if any(letter.isalpha() for letter in each))

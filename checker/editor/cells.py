"""What could stand in a table of a law: values by the column, and headings that declarations name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from checker.editor.index import Index
from checker.editor.occurrences import Declared, Kind, within
from checker.editor.pages import Page
from checker.editor.proposals import Proposal
from checker.editor.tables import Column, LawTable, cell_at
from checker.language.diagnostics import Span
from checker.regime.tables import NOT_VALUES

_VALUES: Final[tuple[Kind, ...]] = ("value", "short name")
_MEANS: Final[Mapping[str, str]] = {
    "unknown": "nobody says",
    "none": "there is no value",
    "yes": "it is so",
    "no": "it is not so",
}
_WORD: Final = re.compile(r"[^\s|]*$")


def table_at(index: Index, page: Page, line: int) -> LawTable | None:
    """The table of the law that stands at a line."""
    for each in index.tables.values():
        span = each.table.span
        if span.file == page.file and span.line <= line <= each.last:
            return each
    return None


def in_cells(index: Index, page: Page, line: int, column: int) -> Iterator[Proposal]:
    """Yield what could stand in the cell at a place."""
    table = table_at(index, page, line)
    if table is None or line == table.table.span.line + 1:
        return
    text = page.lines[line - 1]
    at, begins = cell_at(text, column)
    before = text[begins - 1 : column - 1]
    if line == table.table.span.line:
        first = begins + len(before) - len(before.lstrip())
        there = {each.text for each in table.table.header}
        for header in table.headers:
            if header not in there:
                yield Proposal(
                    header,
                    "heading",
                    f"column of {table.name}",
                    0,
                    Span(page.file, line, first, line, column),
                )
        return
    word = _WORD.search(before)
    written = word.group() if word is not None else ""
    span = Span(page.file, line, column - len(written), line, column)
    if at == 0:
        yield from _rows(index, table, line, span)
    for each in table.columns_at(at) if at else ():
        yield from _held(index, each, before.split(), span)


def _rows(index: Index, table: LawTable, line: int, span: Span) -> Iterator[Proposal]:
    """Yield the values that have no row yet."""
    rows = {row[0].text for row in table.table.rows if row[0].span.line != line}
    for enum in dict.fromkeys(each.rows for each in table.columns):
        if enum not in {each.name.text for each in table.makes}:
            for value in _values(index, enum, span):
                if value.text not in rows:
                    yield value


def _held(index: Index, column: Column, before: list[str], span: Span) -> Iterator[Proposal]:
    """Yield what a cell of a column can say, behind what it says already."""
    said = set(before[:-1] if span.column < span.end_column else before)
    if column.several or not said:
        if column.fact:
            yield from (_plain(each, 0, span) for each in ("yes", "no"))
        elif column.enum is not None:
            yield from (each for each in _values(index, column.enum, span) if each.text not in said)
    if not said:
        yield from (_plain(each, 2, span) for each in NOT_VALUES if each != "none" or not column.fact)


def _plain(word: str, rank: int, span: Span) -> Proposal:
    return Proposal(word, None, _MEANS[word], rank, span)


def _values(index: Index, enum: str, span: Span) -> Iterator[Proposal]:
    for each in index.all_of(*_VALUES):
        if each.of == enum:
            rank = 0 if each.kind == "value" else 1
            yield Proposal(each.name, each.kind, f"{each.kind}: {enum}", rank, span, each.words)


def functions_at(index: Index, page: Page, line: int, column: int) -> Iterator[Declared]:
    """Yield the functions that read the cell at a place, or the column whose heading stands there."""
    table = table_at(index, page, line)
    if table is None or line == table.table.span.line + 1:
        return
    at, _ = cell_at(page.lines[line - 1], column)
    for each in table.columns_at(at):
        yield from index.declared.get(("function", each.function), ())


def cell_span(page: Page, line: int, column: int) -> Span:
    """The words of the cell at a place, or the place."""
    for table in page.document.tables:
        for row in (table.header, *table.rows):
            for cell in row:
                if cell.text and within(cell.span, line, column):
                    return cell.span
    return Span(page.file, line, column, line, column)

"""The names in Markdown tables: values that an enum takes from one, and cells that speak of values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from checker.editor.occurrences import Declared, Kind, Occurrence
from checker.editor.pages import Page
from checker.language import declarations as d
from checker.language.diagnostics import Span
from checker.language.document import Cell, PipeTable
from checker.regime.tables import NOT_VALUES

_WORD: Final = re.compile(r"\S+")
_VALUE: Final[tuple[Kind, ...]] = ("value", "short name")

TableNames: TypeAlias = tuple[tuple[Occurrence, ...], tuple[Declared, ...]]
"""The names in the tables of a page, and what tables declare."""


def table_names(pages: Mapping[str, Page]) -> dict[str, TableNames]:
    """The names in the tables of all pages, by file."""
    declarations = [each for page in pages.values() for each in page.declarations]
    tables: dict[str, PipeTable] = {}
    for each in declarations:
        if isinstance(each, d.TableDecl):
            found = pages[each.span.file].table_after(each.span.line)
            if found is not None:
                tables.setdefault(each.name.text, found)
    enums = {each.name.text for each in declarations if isinstance(each, d.EnumDecl)}
    names: dict[str, list[Occurrence]] = {}
    known: dict[str, list[Declared]] = {}
    for name, table in tables.items():
        file = table.span.file
        for cell in table.header:
            names.setdefault(file, []).append(
                Occurrence(("heading",), cell.text, cell.span, declares=True, of=name)
            )
            known.setdefault(file, []).append(Declared("heading", cell.text, cell.span, cell.span, of=name))
    for each in declarations:
        if isinstance(each, d.EnumDecl) and each.table is not None and each.table.text in tables:
            table = tables[each.table.text]
            for value in _values(each, table):
                known.setdefault(table.span.file, []).append(value)
                names.setdefault(table.span.file, []).append(
                    Occurrence((value.kind,), value.name, value.span, declares=True, of=value.of)
                )
    declared = {each.span for found in known.values() for each in found}
    for each in declarations:
        if isinstance(each, d.FunctionDecl) and each.column is not None and each.column.table.text in tables:
            table = tables[each.column.table.text]
            found_names = names.setdefault(table.span.file, [])
            found_names += [use for use in _uses(each, table, enums) if use.span not in declared]
    return {file: (tuple(names.get(file, ())), tuple(known.get(file, ()))) for file in pages}


def _column(table: PipeTable, header: str) -> int | None:
    return next((at for at, cell in enumerate(table.header) if cell.text == header), None)


def _values(decl: d.EnumDecl, table: PipeTable) -> Iterator[Declared]:
    """Yield the values of an enum that a table has, and their short names."""
    columns = {each.kind: _column(table, each.header.text) for each in decl.columns}
    value, label, short = (columns.get(kind) for kind in ("value", "label", "short"))
    for row in table.rows:
        words = row[label].text if label is not None else ""
        for at, kind in ((value if value is not None else 0, "value"), (short, "short name")):
            cell = row[at] if at is not None else None
            if cell is not None and cell.text:
                extent = Span(cell.span.file, cell.span.line, 1, cell.span.line, row[-1].span.end_column)
                known: Kind = "value" if kind == "value" else "short name"
                yield Declared(known, cell.text, cell.span, extent, words, decl.name.text, decl.name.text)


def _uses(decl: d.FunctionDecl, table: PipeTable, enums: Iterable[str]) -> Iterator[Occurrence]:
    """Yield the values that the cells of a function's column speak of, and those of its first column."""
    column = decl.column
    at = None if column is None else _column(table, column.header.text)
    if column is None or at is None:
        return
    given = column.lists or decl.result
    for row in table.rows:
        if decl.parameters:
            yield from _words(row[0], decl.parameters[0].text)
        if given is not None and given.text in enums:
            yield from _words(row[at], given.text)


def _words(cell: Cell, enum: str) -> Iterator[Occurrence]:
    for found in _WORD.finditer(cell.text):
        if found.group() not in NOT_VALUES:
            span = cell.span
            column = span.column + found.start()
            place = Span(span.file, span.line, column, span.line, column + len(found.group()))
            yield Occurrence(_VALUE, found.group(), place, of=enum)

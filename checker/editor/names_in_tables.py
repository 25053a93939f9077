"""The names in Markdown tables: values that an enum takes from one, and cells that speak of values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from checker.editor.occurrences import Declared, Kind, Occurrence
from checker.editor.pages import Page
from checker.editor.tables import LawTable
from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.regime.tables import NOT_VALUES

_WORD: Final = re.compile(r"\S+")
_VALUE: Final[tuple[Kind, ...]] = ("value", "short name")

TableNames: TypeAlias = tuple[tuple[Occurrence, ...], tuple[Declared, ...]]
"""The names in the tables of a page, and what tables declare."""


def table_names(pages: Mapping[str, Page], tables: Mapping[str, LawTable]) -> dict[str, TableNames]:
    """The names in the tables of all pages, and in their amendments, by file."""
    names: dict[str, list[Occurrence]] = {}
    known: dict[str, list[Declared]] = {}
    for name, each in tables.items():
        file = each.table.span.file
        for cell in each.table.header:
            names.setdefault(file, []).append(
                Occurrence(("heading",), cell.text, cell.span, declares=True, of=name)
            )
            known.setdefault(file, []).append(Declared("heading", cell.text, cell.span, cell.span, of=name))
        for decl in each.makes:
            for value in _values(decl, each):
                known.setdefault(file, []).append(value)
                names.setdefault(file, []).append(
                    Occurrence((value.kind,), value.name, value.span, declares=True, of=value.of)
                )
    declared = {each.span for found in known.values() for each in found}
    for table in tables.values():
        found_names = names.setdefault(table.table.span.file, [])
        found_names += [use for use in _uses(table) if use.span not in declared]
    for page in pages.values():
        for amended in page.declarations:
            if isinstance(amended, d.AmendTableDecl) and amended.table.text in tables:
                names.setdefault(page.file, []).extend(_amended(amended, tables[amended.table.text]))
    return {file: (tuple(names.get(file, ())), tuple(known.get(file, ()))) for file in pages}


def _values(decl: d.EnumDecl, table: LawTable) -> Iterator[Declared]:
    """Yield the values of an enum that a table has, and their short names."""
    columns = {each.kind: table.at(each.header.text) for each in decl.columns}
    value, label, short = (columns.get(kind) for kind in ("value", "label", "short"))
    for row in table.table.rows:
        words = row[label].text if label is not None else ""
        for at, kind in ((value if value is not None else 0, "value"), (short, "short name")):
            cell = row[at] if at is not None else None
            if cell is not None and cell.text:
                extent = Span(cell.span.file, cell.span.line, 1, cell.span.line, row[-1].span.end_column)
                known: Kind = "value" if kind == "value" else "short name"
                yield Declared(known, cell.text, cell.span, extent, words, decl.name.text, decl.name.text)


def _uses(table: LawTable) -> Iterator[Occurrence]:
    """Yield the values that cells speak of, and those of the first column."""
    for column in table.columns:
        at = table.at(column.header)
        if at is None:
            continue
        for row in table.table.rows:
            if column.rows:
                yield from _words(row[0].text, row[0].span, column.rows)
            if column.enum is not None:
                yield from _words(row[at].text, row[at].span, column.enum)


def _amended(decl: d.AmendTableDecl, table: LawTable) -> Iterator[Occurrence]:
    """Yield the values in an amendment of a cell: that of the row, and those that the cell has now."""
    for column in table.columns:
        if column.header == decl.header.text:
            yield from _words(decl.row.text, _inside(decl.row), column.rows)
            if column.enum is not None:
                yield from _words(decl.value.text, _inside(decl.value), column.enum)


def _inside(text: s.Text) -> Span:
    """Where the words of a string begin."""
    return replace(text.span, column=text.span.column + 1)


def _words(text: str, span: Span, enum: str) -> Iterator[Occurrence]:
    for found in _WORD.finditer(text):
        if found.group() not in NOT_VALUES:
            column = span.column + found.start()
            place = Span(span.file, span.line, column, span.line, column + len(found.group()))
            yield Occurrence(_VALUE, found.group(), place, of=enum)

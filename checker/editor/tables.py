"""Markdown tables of a law: which declaration reads which of their columns, and what its cells hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.editor.pages import Page
from checker.language import declarations as d
from checker.language.document import BAR, PipeTable


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a function reads. `rows`: the enum whose values the first column has; `enum`: that of the
    values in its cells, None for others; `fact`: cells say yes or no; `several`: a cell lists values.
    """

    function: str
    header: str
    rows: str
    enum: str | None
    fact: bool
    several: bool


@dataclass(frozen=True, slots=True)
class LawTable:
    """A table with a name. `makes`: the enums that take their values from it; `headers`: of the columns that
    such an enum reads; `columns`: those that functions read.
    """

    name: str
    table: PipeTable
    makes: tuple[d.EnumDecl, ...]
    columns: tuple[Column, ...]

    def at(self, header: str) -> int | None:
        """Where the column of a heading stands, from 0."""
        return next((at for at, cell in enumerate(self.table.header) if cell.text == header), None)

    @property
    def last(self) -> int:
        """Its last line."""
        rows = [row[0].span.line for row in self.table.rows if row]
        return max(rows, default=self.table.span.line + 1)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headings that declarations name, once each."""
        own = (each.header.text for decl in self.makes for each in decl.columns)
        return tuple(dict.fromkeys((*own, *(each.header for each in self.columns))))

    def columns_at(self, at: int) -> Iterator[Column]:
        """Yield how functions read the column at a place."""
        return (each for each in self.columns if self.at(each.header) == at)


def law_tables(pages: Mapping[str, Page]) -> dict[str, LawTable]:
    """The tables that a law names, by name."""
    declarations = [each for page in pages.values() for each in page.declarations]
    enums = {each.name.text for each in declarations if isinstance(each, d.EnumDecl)}
    found: dict[str, LawTable] = {}
    for decl in declarations:
        if isinstance(decl, d.TableDecl) and decl.name.text not in found:
            table = pages[decl.span.file].table_after(decl.span.line)
            if table is not None:
                name = decl.name.text
                found[name] = LawTable(
                    name, table, tuple(_makes(name, declarations)), tuple(_read(name, declarations, enums))
                )
    return found


def _makes(name: str, declarations: Iterable[d.Declaration]) -> Iterator[d.EnumDecl]:
    for each in declarations:
        if isinstance(each, d.EnumDecl) and each.table is not None and each.table.text == name:
            yield each


def _read(name: str, declarations: Iterable[d.Declaration], enums: set[str]) -> Iterator[Column]:
    for each in declarations:
        if isinstance(each, d.FunctionDecl) and each.column is not None and each.column.table.text == name:
            given = each.column.lists or each.result
            yield Column(
                each.name.text,
                each.column.header.text,
                each.parameters[0].text if each.parameters else "",
                given.text if given is not None and given.text in enums else None,
                fact=given is None,
                several=each.column.lists is not None,
            )


def cell_at(line: str, column: int) -> tuple[int, int]:
    """Which cell of a line a column, from 1, stands in: its number, from 0, and where it begins."""
    bars = [each.end() for each in BAR.finditer(line) if each.end() < column]
    first = 1 if line.lstrip().startswith("|") else 0
    return max(0, len(bars) - first), bars[-1] + 1 if bars else 1

"""Reads the values of enums and of functions from Markdown tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.language.lexer import RESERVED
from checker.language.parse import no_name
from checker.model import quantities
from checker.model.expressions import FACT, Sort
from checker.model.model import Enum, Table
from checker.regime.names import Report
from checker.regime.program import TableData

ValueRow: TypeAlias = tuple[s.Name, str, s.Name | None]
"""A value of an enum, its label ("" if it has none) and its short name."""
NOT_VALUES = ("unknown", "none")
"""Cells that say that a value is unknown, or that there is none; values in tables cannot have these names."""
MAX_ENTRIES = 50_000
"""How many values tables may give to all functions in total."""

_Entries: TypeAlias = dict[tuple[str, ...], str | bool | None]


@dataclass(slots=True)
class Tables:
    """The tables of a program by name. Mistakes in them go to the report."""

    tables: Mapping[str, TableData]
    report: Report
    entries: int = 0  # how many values have been read

    def value_rows(self, decl: d.EnumDecl) -> list[ValueRow]:
        """The values of an enum that is made from a table."""
        assert decl.table is not None
        table = self._named(decl.table)
        if table is None:
            return []
        columns: dict[str, int] = {}
        for column in decl.columns:
            at = self._column(table, column.header)
            columns |= {column.kind: at} if at is not None else {}
        rows = [_value_row(row, columns) for row in table.rows]
        for value, _, short in rows:
            for name in (value, short) if short is not None else (value,):
                if name.text in NOT_VALUES:
                    self._no_value(name.text, name.span)
                elif name.text in RESERVED:
                    self.report.extend([no_name(name.text, name.span)])
        return rows

    def _no_value(self, name: str, span: Span) -> None:
        means = "that a value is not known" if name == "unknown" else "that there is no value"
        self.report.say("bad-cell", f"`{name}` says {means}, so no value can have this name", span)

    def function(
        self, decl: d.FunctionDecl, parameters: tuple[Sort, ...], result: Sort, enums: Mapping[str, Enum]
    ) -> Table | None:
        """The function's values in its table; None if a table cannot give it values."""
        column = decl.column
        assert column is not None
        table = self._named(column.table)
        at = self._column(table, column.header) if table is not None else None
        if table is None or at is None or not self._fits(decl, parameters, result):
            return None
        given = parameters[-1] if column.lists else result
        known = given != FACT and not given.is_quantity
        if known and any(each in NOT_VALUES for each in (*given.values, *enums[given.name].shorts)):
            self._ambiguous(given, enums[given.name], column.span)
            return None
        self.entries += len(table.rows) * (len(parameters[-1].values) if column.lists else 1)
        if self.entries > MAX_ENTRIES:
            message = f"tables give more than {MAX_ENTRIES:,} values to functions"
            self.report.say("too-large", message, column.span)
            return None
        reader = _Reader(column, parameters, result, enums, self.report)
        return Table(reader.entries(table, at))

    def _ambiguous(self, sort: Sort, enum: Enum, span: Span) -> None:
        name = next(each for each in NOT_VALUES if each in sort.values or each in enum.shorts)
        message = f"a cell `{name}` would be ambiguous, because `{sort.name}` has a value of this name"
        self.report.say("bad-cell", message, span)

    def _named(self, name: s.Name) -> TableData | None:
        if name.text not in self.tables:
            self.report.unknown("table", name.text, name.span, self.tables)
        return self.tables.get(name.text)

    def _column(self, table: TableData, header: s.Text) -> int | None:
        if header.text in table.header:
            return table.header.index(header.text)
        self.report.unknown("column", header.text, header.span, table.header)
        return None

    def _fits(self, decl: d.FunctionDecl, parameters: tuple[Sort, ...], result: Sort) -> bool:
        """Whether a table can give this function its values."""
        column, place = decl.column, decl.name.span
        assert column is not None
        if decl.state:
            message = "a table cannot give the values of a `state` function"
            self.report.say("wrong-type", message, place, expected=("`fixed`",))
            return False
        wanted = 2 if column.lists else 1
        answers = not result.has_things
        enum_only = all(sort.is_enum for sort in parameters) and answers
        listed = not column.lists or (result == FACT and parameters[-1].name == column.lists.text)
        if len(parameters) == wanted and enum_only and listed:
            return True
        shape = "a fact about a value and one that the cell lists" if column.lists else "a value of one enum"
        self.report.say("wrong-type", f"a table column says something about {shape}", place)
        return False


def _value_row(row: tuple[s.Text, ...], columns: Mapping[str, int]) -> ValueRow:
    value = row[columns.get("value", 0)]
    label = row[columns["label"]].text if "label" in columns else ""
    short = row[columns["short"]] if "short" in columns else None
    return s.Name(value.text, value.span), label, s.Name(short.text, short.span) if short else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the cells of one column for one function."""

    column: d.TableColumn
    parameters: tuple[Sort, ...]
    result: Sort
    enums: Mapping[str, Enum]
    report: Report

    def entries(self, table: TableData, at: int) -> _Entries:
        found: _Entries = {}
        seen: set[str] = set()
        for row in table.rows:
            first = self._value(row[0], self.enums[self.parameters[0].name])
            if first is None:
                continue
            if first in seen:
                message = f"the table has a row `{row[0].text}` already"
                self.report.say("duplicate", message, row[0].span)
            seen.add(first)
            found |= self._cell(first, row[at])
        return found

    def _cell(self, first: str, cell: s.Text) -> _Entries:
        if cell.text == "unknown":
            return {}
        if self.column.lists is not None:
            return self._listed(first, cell)
        if self.result == FACT:
            return {(first,): self._yes(cell)}
        if cell.text == "none":
            return {(first,): None}
        if self.result.is_quantity:
            value = self._amount(cell)
        else:
            value = self._value(cell, self.enums[self.result.name])
        return {(first,): value} if value is not None else {}

    def _amount(self, cell: s.Text) -> str | None:
        """A number, perhaps with its unit and with commas between thousands."""
        found = quantities.in_cell(cell.text, self.result)
        if found is None:
            unit = quantities.measure(self.result).units
            if self.result.is_date:
                self._no_day(cell)
                return None
            expected = (f"a number{f' of {unit}' if unit else ''}", "`none`", "`unknown`")
            message = f"`{cell.text}` is no number of `{self.result.name}`"
            self.report.say("bad-cell", message, cell.span, expected=expected)
        return found

    def _no_day(self, cell: s.Text) -> None:
        """Reports a cell that is no date, or one of a day that there is not."""
        why = quantities.no_day(cell.text)
        expected = ("a date, such as `1 April 2026` or `2026-04-01`", "`none`", "`unknown`")
        message = f"`{cell.text}` is no date{f': {why}' if why else ''}"
        self.report.say("bad-cell", message, cell.span, expected=expected)

    def _listed(self, first: str, cell: s.Text) -> _Entries:
        enum = self.enums[self.parameters[1].name]
        words = [] if cell.text == "none" else cell.text.split()
        if any("," in word for word in words):
            message = f"`{cell.text}` lists values with more than spaces between them"
            expected = (f"`{' '.join(cell.text.replace(',', ' ').split())}`",)
            self.report.say("bad-cell", message, cell.span, expected=expected)
            return {}
        listed = {self._value(s.Text(word, cell.span), enum) for word in words}
        return {(first, value): value in listed for value in enum.sort.values}

    def _yes(self, cell: s.Text) -> bool:
        if cell.text not in {"yes", "no"}:
            expected = ("`yes`", "`no`", "`unknown`")
            self.report.say(
                "bad-cell", f"`{cell.text}` says neither yes nor no", cell.span, expected=expected
            )
        return cell.text == "yes"

    def _value(self, cell: s.Text, enum: Enum) -> str | None:
        value = enum.shorts.get(cell.text, cell.text)
        if value in enum.labels:
            return value
        self.report.unknown(enum.sort.name, cell.text, cell.span, [*enum.labels, *enum.shorts])
        return None

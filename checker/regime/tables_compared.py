"""The tables of one version as changes of those of another: any two versions of one law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from checker.regime.program import TableData
from checker.regime.redlining import Segment

_Cells: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of one or both tables. A cell is data: where it changes, the whole of it is struck, and the new
    one inserted.
    """

    kind: Literal["kept", "struck", "inserted"]
    cells: tuple[tuple[Segment, ...], ...]

    @property
    def changed(self) -> bool:
        """Whether the versions do not both have the row as it is."""
        return any(each.kind != "kept" for cell in self.cells for each in cell)


@dataclass(frozen=True, slots=True)
class ChangedTable:
    """A table of either version. The head is the first row."""

    name: str
    kind: Literal["kept", "struck", "inserted"]
    rows: tuple[ChangedRow, ...]

    @property
    def changed(self) -> bool:
        """Whether the versions do not both have the table as it is."""
        return any(each.changed for each in self.rows)


def tables_between(old: Mapping[str, TableData], new: Mapping[str, TableData]) -> tuple[ChangedTable, ...]:
    """Return the tables of both, by name: to accept all changes gives those of `new`, to reject them those of
    `old`.
    """
    return tuple(_between(name, old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new)))


def _between(name: str, old: TableData | None, new: TableData | None) -> ChangedTable:
    rows = tuple(_rows(_grid(old), _grid(new)))
    return ChangedTable(name, "kept" if old and new else "struck" if old else "inserted", rows)


def _grid(table: TableData | None) -> tuple[_Cells, ...]:
    if table is None:
        return ()
    return (table.header, *(tuple(cell.text for cell in row) for row in table.rows))


def _rows(old: Sequence[_Cells], new: Sequence[_Cells]) -> Iterator[ChangedRow]:
    """Yield the rows of both. Rows that are equal are one row, and so are, between them, those with the same
    first cell, in the same order. Tables with other columns have no row in common.
    """
    alike = bool(old and new) and len(old[0]) == len(new[0])
    if not alike:
        yield from _apart(old, new)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (_row(*pair) for pair in zip(old[a:b], new[c:d], strict=True))
        else:
            yield from _by_first_cell(old[a:b], new[c:d])


def _by_first_cell(old: Sequence[_Cells], new: Sequence[_Cells]) -> Iterator[ChangedRow]:
    before, after = [row[0] for row in old], [row[0] for row in new]
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (_row(*pair) for pair in zip(old[a:b], new[c:d], strict=True))
        else:
            yield from _apart(old[a:b], new[c:d])


def _row(old: _Cells, new: _Cells) -> ChangedRow:
    return ChangedRow("kept", tuple(_cell(*pair) for pair in zip(old, new, strict=True)))


def _cell(old: str, new: str) -> tuple[Segment, ...]:
    if old == new:
        return (Segment("kept", old),)
    return tuple(each for each in (Segment("struck", old), Segment("inserted", new)) if each.text)


def _apart(old: Sequence[_Cells], new: Sequence[_Cells]) -> Iterator[ChangedRow]:
    yield from (ChangedRow("struck", tuple((Segment("struck", cell),) for cell in row)) for row in old)
    yield from (ChangedRow("inserted", tuple((Segment("inserted", cell),) for cell in row)) for row in new)

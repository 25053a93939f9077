"""The tables of one version as changes of those of another: any two versions of one law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from operator import itemgetter
from typing import Final, TypeAlias

from checker.regime.lists_compared import Change, Same, change, matched
from checker.regime.program import TableData
from checker.regime.redlining import Segment

_Cells: TypeAlias = tuple[str, ...]

_SAME: Final[tuple[Same[_Cells], ...]] = (lambda row: row, itemgetter(0))
"""By what rows of two tables with the same columns are one: by all cells or, between these, by the first."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of one or both tables. A cell is data: where it changes, the whole of it is struck, and the new
    one inserted.
    """

    kind: Change
    cells: tuple[tuple[Segment, ...], ...]

    @property
    def changed(self) -> bool:
        """Whether the versions do not both have the row as it is."""
        return any(each.kind != "kept" for cell in self.cells for each in cell)


@dataclass(frozen=True, slots=True)
class ChangedTable:
    """A table of either version. The head is the first row."""

    name: str
    kind: Change
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
    before, after = _grid(old), _grid(new)
    alike = bool(old and new) and len(before[0]) == len(after[0])
    return ChangedTable(name, change(old, new), tuple(_rows(before, after, *(_SAME if alike else ()))))


def _grid(table: TableData | None) -> tuple[_Cells, ...]:
    if table is None:
        return ()
    return (table.header, *(tuple(cell.text for cell in row) for row in table.rows))


def _rows(old: Sequence[_Cells], new: Sequence[_Cells], *same: Same[_Cells]) -> Iterator[ChangedRow]:
    """Yield the rows of both. Rows are one row if they are the same by the first of `same`; those between, if
    they are by the next; and what is left is struck or inserted. The order is that of both tables.
    """
    if not same:
        yield from (_whole("struck", each) for each in old)
        yield from (_whole("inserted", each) for each in new)
        return
    first, *others = same
    for ours, mine, both in matched(old, new, first):
        yield from starmap(_row, zip(ours, mine, strict=True)) if both else _rows(ours, mine, *others)


def _row(old: _Cells, new: _Cells) -> ChangedRow:
    return ChangedRow("kept", tuple(_cell(*pair) for pair in zip(old, new, strict=True)))


def _whole(kind: Change, row: _Cells) -> ChangedRow:
    return ChangedRow(kind, tuple((Segment(kind, cell),) for cell in row))


def _cell(old: str, new: str) -> tuple[Segment, ...]:
    if old == new:
        return (Segment("kept", old),)
    return tuple(each for each in (Segment("struck", old), Segment("inserted", new)) if each.text)

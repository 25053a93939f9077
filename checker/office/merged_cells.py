"""A table while it is read: cells that span rows and columns give their words to each place they cover."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from checker.office.blocks import Row, Run, State, Table

Cell: TypeAlias = tuple[Run, ...]
MAX_ACROSS: Final = 200
MAX_DOWN: Final = 5_000
"""How far a cell may span: as many columns and rows as a table of the language may have."""


@dataclass(slots=True)
class Grid:
    """Rows of cells; `waiting`: by column, a cell from above and how many rows it still covers."""

    rows: list[list[Cell]] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    waiting: dict[int, tuple[Cell, int]] = field(default_factory=dict)

    def next_row(self, state: State) -> None:
        """Begin a row."""
        self._finish()
        self.rows.append([])
        self.states.append(state)

    def put(self, cell: Cell, across: int, down: int) -> None:
        """Add a cell to the row, in the next place that no cell from above covers."""
        self._fill()
        across, down = min(across, MAX_ACROSS), min(down, MAX_DOWN)
        for _ in range(across):
            if down > 1:
                self.waiting[len(self.rows[-1])] = (cell, down - 1)
            self.rows[-1].append(cell)

    def continue_above(self, across: int) -> None:
        """Add the cell that stands above."""
        for _ in range(min(across, MAX_ACROSS)):
            at = len(self.rows[-1])
            above = self.rows[-2] if len(self.rows) > 1 else []
            self.rows[-1].append(above[at] if at < len(above) else ())

    def _fill(self) -> None:
        while (found := self.waiting.get(len(self.rows[-1]))) is not None:
            cell, left = found
            at = len(self.rows[-1])
            if left > 1:
                self.waiting[at] = (cell, left - 1)
            else:
                del self.waiting[at]
            self.rows[-1].append(cell)

    def _finish(self) -> None:
        """Go on to the end of the row, past cells from above that stand further right."""
        while self.rows and any(at >= len(self.rows[-1]) for at in self.waiting):
            if len(self.rows[-1]) not in self.waiting:
                self.rows[-1].append(())
            self._fill()

    def table(self) -> Table:
        """The table, with empty cells where a row is short."""
        self._finish()
        wide = max(map(len, self.rows), default=0)
        rows = ((*row, *((),) * (wide - len(row))) for row in self.rows)
        return Table(tuple(Row(tuple(row), state) for row, state in zip(rows, self.states, strict=True)))

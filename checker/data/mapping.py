"""Where tables have what the law speaks of: the typed value of a mapping file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from checker.language.diagnostics import Span
from checker.model.expressions import Sort
from checker.model.model import Enum, Model

Slot: TypeAlias = tuple[str, tuple[str | None, ...]]
"""A function, and its arguments; None stands where a thing does."""

TRUE: Final = frozenset({"true", "t", "yes", "y", "1"})
"""Cells that say that a fact holds, in lower case."""
FALSE: Final = frozenset({"false", "f", "no", "n", "0"})
"""Cells that say that it does not."""
_NO_NAME: Final = "\0"  # begins what is called like a named thing and is none


@dataclass(frozen=True, slots=True)
class Cell:
    """The value in a column of the row. `span`: where the mapping names it."""

    column: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Same:
    """The same value in every row: a value of an enum, a thing, or whether a fact holds."""

    value: str | bool


Held: TypeAlias = Cell | Same


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data: files (a pattern), or a table `inner` of a DuckDB file. `shown`: as the mapping writes
    it.
    """

    name: str
    file: Path
    inner: str | None
    shown: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Things:
    """Each row of the table has a thing of the sort, whose key is in the cell."""

    sort: Sort
    table: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Place:
    """Each row of the table has the value of the function at the arguments."""

    function: str
    table: str
    arguments: tuple[Held, ...]
    value: Held
    span: Span = field(compare=False)

    def covers(self, slot: Slot) -> bool:
        """Whether rows of the table may have the value for these arguments."""
        pairs = zip(self.arguments, slot[1], strict=True)
        return slot[0] == self.function and all(
            isinstance(mine, Cell) or asked is None or mine.value == asked for mine, asked in pairs
        )


@dataclass(frozen=True, slots=True)
class DataMapping:
    """A mapping file, checked against a law. `cells`: for an enum, further cells and the values that they
    stand for; `constants`: the keys of named things; `given`: values that no table has; `absent`: functions
    that have no value, and facts that do not hold, wherever nothing says otherwise; `missing`: cells that
    stand for no value; `days_off`: of a calendar, further days that are no working days.
    """

    file: str
    text: str = field(repr=False)
    law: str | None
    tables: Mapping[str, Table]
    things: tuple[Things, ...]
    places: tuple[Place, ...]
    cells: Mapping[str, Mapping[str, str]]
    constants: Mapping[str, str]
    given: Mapping[tuple[str, tuple[str, ...]], str | bool]
    absent: frozenset[str]
    missing: tuple[str, ...]
    days_off: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def key(self, constant: str) -> str:
        """The key that a named thing has in the tables."""
        return self.constants.get(constant, constant)

    def things_of(self, sort: Sort) -> tuple[Things, ...]:
        """The columns that list the things of a sort."""
        return tuple(each for each in self.things if each.sort == sort)

    def places_of(self, slot: Slot) -> tuple[Place, ...]:
        """The places in tables that may have the value."""
        return tuple(each for each in self.places if each.covers(slot))

    def read_as(self, enum: Enum) -> Mapping[str, str]:
        """The cells that stand for values of an enum: names, labels, short names, and what `cells` has."""
        read = {name: name for name in enum.sort.values}
        for value, label in enum.labels.items():
            read.setdefault(label, value)
        for short, value in enum.shorts.items():
            read.setdefault(short, value)
        return read | dict(self.cells.get(enum.sort.name, {}))

    def written_as(self, sort: Sort, value: str) -> str:
        """The cell that stands for a value of an enum, as the mapping writes it, else its name."""
        named = self.cells.get(sort.name, {})
        return next((cell for cell, meant in named.items() if meant == value), value)


def called(mapping: DataMapping, model: Model, sort: Sort, key: str) -> str:
    """What situations call the thing of the sort that has the key in the tables: a named thing by its name.
    Another whose key is such a name is no named thing, and called otherwise.
    """
    names = [each.name for each in model.constants.values() if each.sort == sort]
    own = next((name for name in names if mapping.key(name) == key), None)
    if own is not None:
        return own
    return f"{_NO_NAME}{key}" if key in names else key


def key_of(mapping: DataMapping, model: Model, sort: Sort, name: str) -> str:
    """The key of the thing of the sort that situations call so."""
    constant = model.constants.get(name)
    if constant is not None and constant.sort == sort:
        return mapping.key(name)
    return name.removeprefix(_NO_NAME)


def thing_positions(model: Model, function: str) -> tuple[int, ...]:
    """Which arguments of a function are things, and not values of enums."""
    sorts = model.functions[function].parameters
    return tuple(number for number, each in enumerate(sorts) if not each.is_enum)


def columns_of(mapping: DataMapping, table: str) -> Iterator[Cell]:
    """The columns that the mapping reads of a table."""
    yield from (each.cell for each in mapping.things if each.table == table)
    for place in mapping.places:
        if place.table == table:
            yield from (each for each in (*place.arguments, place.value) if isinstance(each, Cell))

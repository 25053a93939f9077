"""Situations of single rows, as `checker.model.evaluate` reads them.

This is the other way round from `relations`: cells are fetched as they are, and become values in Python. Only
so can what DuckDB decides be held against the meaning of the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.mapping import TRUE, Cell, Held, Place, Same, called, key_of
from checker.data.warehouse import Warehouse
from checker.model.expressions import FACT, Sort
from checker.model.model import Model
from checker.model.situation import Instance, Situation

_AT_ONCE: Final = 20_000  # keys that are looked up in one query
MOST: Final = 3_000  # things of a sort that a quantifier may go through here


@dataclass
class RowSituations:
    """Makes situations of some things: what functions say of them, of the things that these name, and
    so on. `functions`: those that matter. `whole`: sorts of which all things matter.
    """

    warehouse: Warehouse
    model: Model
    deployed: Mapping[Instance, str]
    functions: frozenset[str]
    whole: frozenset[Sort] = frozenset()
    _values: dict[tuple[str, tuple[str, ...]], str | bool] = field(default_factory=dict)
    _things: dict[Sort, dict[str, None]] = field(default_factory=dict)
    _about: dict[tuple[Sort, str], list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    _there: set[tuple[Sort, str]] = field(default_factory=set)
    _open: dict[tuple[str, tuple[str, ...]], str | bool] = field(default_factory=dict)

    def read(self, things: Iterable[tuple[Sort, str]]) -> bool:
        """Read what tables say of these things, and so on; False if there would be too many."""
        mapping = self.warehouse.mapping
        found: dict[tuple[Sort, str], None] = dict.fromkeys(things)
        found.update({(sort, mapping.key(name)): None for sort, name in self._named()})
        for sort in self.whole:
            keys = list(self._all(sort))
            if len(keys) > MOST:
                return False
            found.update({(sort, each): None for each in keys})
        given = self.warehouse.mapping.given
        self._open.update({place: value for place, value in given.items() if value is not False})
        waiting = found
        while waiting:
            for sort, key in waiting:
                self._things.setdefault(sort, {})[key] = None
            new = dict.fromkeys(each for each in self._fetched(list(waiting)))
            waiting = {each: None for each in new if each[1] not in self._things.get(each[0], {})}
        for sort, known in self._things.items():
            self._there.update((sort, self.name(sort, key)) for key in self._existing(sort, list(known)))
        return True

    def of(self, things: Iterable[tuple[Sort, str]]) -> Situation:
        """The situation of some of the things, with those that they name, and so on."""
        wanted = [*((sort, self.name(sort, key)) for sort, key in things), *self._named()]
        wanted += [(sort, self.name(sort, key)) for sort in self.whole for key in self._things.get(sort, ())]
        seen: dict[tuple[Sort, str], None] = {}
        values: dict[tuple[str, tuple[str, ...]], str | bool] = dict(self._open)
        while wanted:
            thing = wanted.pop()
            if thing in seen:
                continue
            seen[thing] = None
            for place in self._about.get(thing, ()):
                values[place] = value = self._values[place]
                function = self.model.functions[place[0]]
                named = zip((*function.parameters, function.result), (*place[1], value), strict=True)
                wanted += [(sort, each) for sort, each in named if sort.has_things and isinstance(each, str)]
        by_sort: dict[str, tuple[str, ...]] = {}
        for sort, name in (each for each in seen if each in self._there):
            by_sort[sort.name] = (*by_sort.get(sort.name, ()), name)
        return Situation(by_sort, values, self.deployed, self.warehouse.mapping.days_off)

    def _named(self) -> Iterator[tuple[Sort, str]]:
        """The things that matter in every situation: those that the law names, or the mapping where it gives
        values that no table has.
        """
        yield from ((each.sort, each.name) for each in self.model.constants.values())
        for (function, _), value in self.warehouse.mapping.given.items():
            result = self.model.functions[function].result
            if result.has_things and isinstance(value, str):
                yield result, value

    def name(self, sort: Sort, key: str) -> str:
        """What a situation calls the thing that has the key."""
        return called(self.warehouse.mapping, self.model, sort, key)

    # ------------------------------------------------------------- fetching

    def _fetched(self, keys: list[tuple[Sort, str]]) -> Iterator[tuple[Sort, str]]:
        """Read the rows about the things, and yield the things that they name."""
        for place in self.warehouse.mapping.places:
            if place.function not in self.functions:
                continue
            function = self.model.functions[place.function]
            for held, sort in zip(place.arguments, function.parameters, strict=True):
                if sort.is_enum or not isinstance(held, Cell):
                    continue
                own = [key for each, key in keys if each == sort]
                for start in range(0, len(own), _AT_ONCE):
                    yield from self._of(place, held, own[start : start + _AT_ONCE])
                break

    def _of(self, place: Place, held: Cell, keys: list[str]) -> Iterator[tuple[Sort, str]]:
        function = self.model.functions[place.function]
        cells = [each for each in (*place.arguments, place.value) if isinstance(each, Cell)]
        where = _among(held, keys)
        query = exp.select(*map(_raw, cells)).from_(sql.table(place.table)).where(where)
        for row in self.warehouse.rows(query):
            read = dict(zip(cells, row, strict=True))
            pairs = zip(place.arguments, function.parameters, strict=True)
            arguments = [self._read(each, sort, read) for each, sort in pairs]
            value = self._read(place.value, function.result, read)
            known = tuple(each for each in arguments if isinstance(each, str))
            if len(known) < len(arguments) or value is None or value is False:
                continue
            self._values[function.name, known] = value
            for sort, argument in zip(function.parameters, known, strict=True):
                if not sort.is_enum:
                    self._about.setdefault((sort, argument), []).append((function.name, known))
            for sort, each in zip((*function.parameters, function.result), (*known, value), strict=True):
                if sort.has_things and isinstance(each, str):
                    yield sort, self.key(sort, each)

    def key(self, sort: Sort, name: str) -> str:
        """The key of what a situation calls so."""
        return key_of(self.warehouse.mapping, self.model, sort, name)

    def _read(self, held: Held, sort: Sort, row: Mapping[Cell, object]) -> str | bool | None:
        """A cell as the law reads it."""
        if isinstance(held, Same):
            return held.value
        cell = row[held]
        if cell is None or cell == "" or cell in self.warehouse.mapping.missing:
            return None
        if sort == FACT:
            return str(cell).lower() in TRUE
        if sort.is_quantity:
            return amounts.value_in(sort, str(cell))
        if sort.is_enum:
            return self.warehouse.mapping.read_as(self.model.enums[sort.name]).get(str(cell))
        return self.name(sort, str(cell))

    def _listing(self, sort: Sort) -> Iterator[tuple[str, Cell]]:
        """The columns that have all things of a sort: those that list them, or all that name them."""
        mapping = self.warehouse.mapping
        listed = mapping.things_of(sort)
        yield from ((each.table, each.cell) for each in listed)
        for place in () if listed else mapping.places:
            function = self.model.functions[place.function]
            sorts = (*function.parameters, function.result)
            for held, each in zip((*place.arguments, place.value), sorts, strict=True):
                if each == sort and isinstance(held, Cell):
                    yield place.table, held

    def _existing(self, sort: Sort, keys: list[str]) -> Iterator[str]:
        """Those of the keys that are keys of things."""
        yield from (
            self.warehouse.mapping.key(e.name) for e in self.model.constants.values() if e.sort == sort
        )
        for table, cell in self._listing(sort):
            for start in range(0, len(keys), _AT_ONCE):
                some = _among(cell, keys[start : start + _AT_ONCE])
                query = exp.select(_raw(cell)).from_(sql.table(table)).where(some).distinct()
                yield from (str(key) for (key,) in self.warehouse.rows(query))

    def _all(self, sort: Sort) -> Iterator[str]:
        """The keys of all things of a sort, and one too many if they are too many."""
        missing = (None, "", *self.warehouse.mapping.missing)
        seen: dict[str, None] = {}
        for table, cell in self._listing(sort):
            query = exp.select(_raw(cell)).from_(sql.table(table)).distinct().limit(MOST + 2)
            seen.update({str(key): None for (key,) in self.warehouse.rows(query) if key not in missing})
        yield from seen


def _raw(cell: Cell) -> exp.Expr:
    return exp.Cast(this=sql.column(cell.column), to=exp.DataType.build("VARCHAR"))


def _among(held: Cell, keys: list[str]) -> exp.Expr:
    return exp.In(this=_raw(held), expressions=[sql.text(each) for each in keys])

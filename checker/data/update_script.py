"""An event of the law as an UPDATE of the table that keeps what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import cast

from checker.data.lookups import NotInSql, name_of
from checker.data.mapping import Cell, Held, Place, Slot, thing_positions
from checker.data.warehouse import Warehouse
from checker.model.expressions import (
    FACT,
    Absent,
    And,
    Apply,
    Formula,
    Iff,
    Matches,
    Not,
    Or,
    Term,
    Truth,
    Value,
    Variable,
)
from checker.model.model import Event, Model, Update
from checker.model.rebuild import with_variables

ROW = "updated row"


@dataclass(frozen=True, slots=True)
class CellUpdate:
    """In the rows of a thing of which `where` is so, the cell of the function becomes the value."""

    thing: Variable
    slot: Slot
    arguments: tuple[Term, ...]
    value: Term | Absent | Formula
    where: Formula
    place: Place

    @property
    def column(self) -> str:
        """The column that has the value."""
        assert isinstance(self.place.value, Cell)
        return self.place.value.column

    def changes(self, model: Model) -> Formula:
        """That the update is made, and changes something."""
        function = model.functions[self.slot[0]]
        now = Apply(function.name, self.arguments, function.result)
        if function.result == FACT:
            return And((self.where, Not(Iff(now, cast("Formula", self.value)))))
        return And((self.where, Not(Matches(now, cast("Term", self.value)))))


def updates_of(warehouse: Warehouse, model: Model, event: Event) -> tuple[CellUpdate, ...]:
    """What an event does to cells. SpecError for one that is no update of columns."""
    if event.parameters:
        names = ", ".join(f"`{each.name}`" for each in event.parameters)
        raise NotInSql(f"`{event.name}` happens to what its parameters say ({names}): a script has none")
    found = tuple(each for update in event.updates for each in _cells(warehouse, model, event, update))
    if not found:
        raise NotInSql(f"`{event.name}` changes nothing")
    keys: dict[str, set[Held]] = {}
    for each in found:
        keys.setdefault(each.place.table, set()).add(each.place.arguments[_at(model, each)])
    for table, columns in keys.items():
        if len(columns) > 1:
            raise NotInSql(f"`{event.name}` changes rows of `{table}` by several keys at once")
    return found


def _at(model: Model, update: CellUpdate) -> int:
    return thing_positions(model, update.slot[0])[0]


def _cells(warehouse: Warehouse, model: Model, event: Event, update: Update) -> Iterator[CellUpdate]:
    """The cells of one update: a variable of an enum is each of its values in turn."""
    things = [each for each in update.variables if not each.sort.is_enum]
    enums = [each for each in update.variables if each.sort.is_enum]
    at = thing_positions(model, update.function)
    if len(things) != 1 or len(at) != 1 or update.arguments[at[0]] != things[0]:
        raise NotInSql(
            f"`{event.name}` changes `{update.function}` of something else than each thing in turn"
        )
    when = Truth(value=True) if event.when is None else event.when
    where = when if update.where is None else And((when, update.where))
    for values in product(*(each.sort.values for each in enums)):
        chosen: dict[str, Term] = {
            each.name: Value(each.sort, value) for each, value in zip(enums, values, strict=True)
        }
        arguments = tuple(with_variables(each, chosen) for each in update.arguments)
        names = [each.name if isinstance(each, Value) else None for each in arguments]
        if any(name is None for n, name in enumerate(names) if n != at[0]):
            raise NotInSql(f"`{event.name}` changes `{update.function}` at places that it computes")
        slot = update.function, tuple(names)
        value = update.value if isinstance(update.value, Absent) else with_variables(update.value, chosen)
        place = _place(warehouse, slot, at[0])
        yield CellUpdate(things[0], slot, arguments, value, with_variables(where, chosen), place)


def _place(warehouse: Warehouse, slot: Slot, at: int) -> Place:
    """The column that keeps the function at these arguments."""
    places = warehouse.mapping.places_of(slot)
    if len(places) != 1:
        raise NotInSql(f"no one column keeps `{name_of(slot)}`, so there is nothing to update")
    (place,) = places
    cells = [n for n, each in enumerate(place.arguments) if isinstance(each, Cell)]
    if cells != [at] or not isinstance(place.value, Cell):
        raise NotInSql(
            f"`{name_of(slot)}` is kept in rows of its own, which come and go: only columns are updated"
        )
    return place


def what_changes(model: Model, updates: tuple[CellUpdate, ...], variable: Variable) -> Formula:
    """That an event changes some cell of the thing."""
    return Or(tuple(with_variables(each.changes(model), {each.thing.name: variable}) for each in updates))

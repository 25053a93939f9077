"""An event of the law as an UPDATE of the table that keeps what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import cast

from sqlglot import exp

from checker.data import sql
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import THING, NotInSql, Scope, name_of, view_of
from checker.data.mapping import Cell, Place, Slot, thing_positions
from checker.data.relations import Relations
from checker.data.sql import Tree
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
from checker.model.situation import Instance

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
    """What an event does to cells. SpecError for one that is no update of one table."""
    if event.parameters:
        names = ", ".join(f"`{each.name}`" for each in event.parameters)
        raise NotInSql(f"`{event.name}` happens to what its parameters say ({names}): a script has none")
    found = tuple(each for update in event.updates for each in _cells(warehouse, model, event, update))
    if not found:
        raise NotInSql(f"`{event.name}` changes nothing")
    tables = {(each.place.table, each.place.arguments[_at(model, each)]) for each in found}
    if len(tables) > 1:
        shown = ", ".join(sorted({f"`{table}`" for table, _ in tables}))
        raise NotInSql(f"`{event.name}` changes rows of several tables at once ({shown})")
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


# -------------------------------------------------------------------- script


class Script:
    """The statement of an event's updates."""

    def __init__(
        self,
        warehouse: Warehouse,
        model: Model,
        deployed: Mapping[Instance, str],
        updates: tuple[CellUpdate, ...],
    ) -> None:
        self.warehouse, self.model, self.updates = warehouse, model, updates
        self.meaning = SqlMeaning(model, warehouse.mapping, deployed)
        self.relations = Relations(warehouse.mapping, model, warehouse.types, found=warehouse.found)
        self.table = updates[0].place.table
        self.key = updates[0].place.arguments[_at(model, updates[0])]
        self.sort = updates[0].thing.sort

    def statement(self) -> exp.Update:
        """One UPDATE, which reads every row as it was before."""
        sets: dict[str, list[tuple[Tree, Tree]]] = {}
        conditions: list[Tree] = []
        for each in self.updates:
            scope = Scope({each.thing.name: self.meaning.bound(self.sort, ROW)})
            condition = self.meaning.formula(each.where, scope)
            value = self._written(each, scope)
            if not self.model.functions[each.slot[0]].optional and not isinstance(value, exp.Boolean):
                condition = sql.and_(
                    (condition, exp.Not(this=exp.Is(this=value.copy(), expression=exp.null())))
                )
            sets.setdefault(each.column, []).append((condition, value))
            conditions.append(condition.copy())
        expressions = [
            exp.EQ(this=exp.Column(this=sql.quoted(column)), expression=self._value(column, branches))
            for column, branches in sets.items()
        ]
        made = exp.Update(
            this=sql.table(self.table),
            expressions=expressions,
            where=exp.Where(this=sql.or_(conditions)),
        )
        return self._in_place(made)

    def _value(self, column: str, branches: list[tuple[Tree, Tree]]) -> Tree:
        if len(branches) == 1 and len({each.column for each in self.updates}) == 1:
            return branches[0][1]
        ifs = [exp.If(this=condition, true=value) for condition, value in branches]
        return exp.Case(ifs=ifs, default=sql.column(column, self.table))

    def _written(self, update: CellUpdate, scope: Scope) -> Tree:
        """The value as the column keeps it."""
        if isinstance(update.value, Absent):
            return exp.null()
        result = self.model.functions[update.slot[0]].result
        if result == FACT:
            holds = self.meaning.formula(update.value, scope)
            if self.warehouse.types[self.table].get(update.column) == "BOOLEAN":
                return holds
            return sql.choose(((holds, sql.value_of("yes")),), sql.value_of("no")).tree
        value = self.meaning.term(update.value, scope)
        if not result.is_enum:
            return value.tree
        named = self.warehouse.mapping.written_as
        others = [each for each in result.values if named(result, each) != each]
        ifs = [exp.If(this=sql.text(each), true=sql.text(named(result, each))) for each in others]
        return exp.Case(this=value.tree, ifs=ifs, default=value.tree.copy()) if ifs else value.tree

    # ---------------------------------------------------- as the tables are

    def _in_place(self, made: exp.Update) -> exp.Update:
        """The statement over the tables themselves, instead of views of them."""

        def change(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and node.table == ROW:
                return self._cell(node.name)
            if isinstance(node, exp.Table):
                return self._view(node)
            return node

        changed = made.transform(change)
        assert isinstance(changed, exp.Update)
        return changed

    def _cell(self, name: str) -> exp.Expr:
        """A cell of the row that is updated, or what another table has about its thing."""
        if name == THING:
            return self._qualified(self.relations.held(self.table, self.key, self.sort))
        slot = next(each for each in self.meaning.slots[self.sort] if name_of(each) == name)
        at = thing_positions(self.model, slot[0])[0]
        for place in self.warehouse.mapping.places_of(slot):
            cells = [n for n, each in enumerate(place.arguments) if isinstance(each, Cell)]
            if place.table == self.table and cells == [at] and place.arguments[at] == self.key:
                result = self.model.functions[slot[0]].result
                return self._qualified(self.relations.held(self.table, place.value, result))
        source = self.relations.things(self.sort, {slot: False}).subquery("others")
        here = exp.EQ(this=sql.column(THING, "others"), expression=self._cell(THING))
        return exp.Subquery(this=exp.select(sql.column(name, "others")).from_(source).where(here))

    def _qualified(self, cell: Tree) -> exp.Expr:
        for each in cell.find_all(exp.Column):
            each.set("table", sql.quoted(self.table))
        return cell

    def _view(self, node: exp.Table) -> exp.Expr:
        for sort, slots in self.meaning.slots.items():
            if node.name == view_of(sort):
                whole = sort in self.meaning.gone_through or sort == self.sort
                query = self.relations.things(sort, slots) if whole else self.relations.looked_up(sort, slots)
                return exp.Subquery(this=query, alias=node.args.get("alias"))
        for name in self.meaning.pairs:
            if node.name == name_of((name, ())):
                views = dict(self.relations.views(self.meaning))
                return exp.Subquery(this=views[node.name], alias=node.args.get("alias"))
        return node


def what_changes(model: Model, updates: tuple[CellUpdate, ...], variable: Variable) -> Formula:
    """That an event changes some cell of the thing."""
    return Or(tuple(with_variables(each.changes(model), {each.thing.name: variable}) for each in updates))

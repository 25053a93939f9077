"""The views that expressions are read over: the things of each sort with their functions as columns, and
functions of several things. They are made from the tables as the mapping says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce

from sqlglot import exp

from checker.data import amounts, cells_elsewhere, sql
from checker.data.dialects import COLLATIONS
from checker.data.lookups import RESULT, THING, Lookups, earlier, name_of, view_of
from checker.data.mapping import TRUE, Cell, DataMapping, Held, Place, Same, Slot, Things, thing_positions
from checker.data.pieces import AT_ROW, IN_FILE
from checker.data.sql import Tree
from checker.model.expressions import FACT, Sort
from checker.model.model import Model

_KEY = "key"


class Relations:
    """Makes the views. `types`: of every column of every table, as DuckDB calls it; none for a script, whose
    tables are elsewhere. `before`: the columns that keep what was there before an event, by name. `found`:
    the cells that occur in columns that were looked up: of enums, all; of others, those that are missing;
    none for a script, whose tables may have others when it runs. `collation`: by which texts are compared.
    `pieced`: the tables whose rows say where they are, and so do the things that they list.
    """

    def __init__(
        self,
        mapping: DataMapping,
        model: Model,
        types: Mapping[str, Mapping[str, str]],
        before: Mapping[tuple[str, str], str] | None = None,
        found: Mapping[tuple[str, str], frozenset[str]] | None = None,
        dialect: str = "duckdb",
        pieced: Collection[str] = (),
    ) -> None:
        self.mapping = mapping
        self.model = model
        self.types = types
        self.before = before or {}
        self.found = found or {}
        self.dialect = dialect
        self.collation = COLLATIONS.get(dialect, "")
        self.pieced = pieced

    def views(self, read: Lookups) -> Iterator[tuple[str, exp.Query]]:
        """The views that expressions read, by name."""
        for sort, slots in read.slots.items():
            whole = sort in read.gone_through or sort in read.rows_of
            yield view_of(sort), self.things(sort, slots) if whole else self.looked_up(sort, slots)
        for function in read.pairs:
            yield name_of((function, ())), self._pairs(function)

    # ---------------------------------------------------------------- cells

    def held(self, table: str, held: Held, sort: Sort, *, before: bool = False) -> Tree:
        """What a row says: a key, a value of an enum, or whether a fact holds."""
        if isinstance(held, Same):
            if isinstance(held.value, bool):
                return sql.truth(value=held.value)
            if sort.is_quantity:
                return amounts.number(int(held.value)).tree
            value = held.value if sort.is_enum else self.mapping.key(held.value)
            return sql.text(value)
        name = self.before.get((table, held.column), held.column) if before else held.column
        if sort == FACT:
            return self._fact(table, held, name)
        if sort.is_quantity:
            return self._number(table, held, name, sort)
        cell = self.text(table, held, name)
        if not sort.is_enum:
            return cell
        read = self.mapping.read_as(self.model.enums[sort.name])
        occurring = self.found.get((table, held.column), read.keys())
        others = {each: value for each, value in read.items() if each != value and each in occurring}
        if not others:
            return cell
        return exp.Case(
            this=cell,
            ifs=[exp.If(this=sql.text(each), true=sql.text(value)) for each, value in others.items()],
            default=cell.copy(),
        )

    def _number(self, table: str, held: Cell, name: str, sort: Sort) -> Tree:
        kind, cell = self.types.get(table, {}).get(held.column, "VARCHAR"), sql.column(name)
        missing = self.mapping.missing
        if self.dialect == "duckdb":
            number = amounts.read_as(cell, kind, sort) if not missing else None
            return number or amounts.read(self.written(table, held, name), sort)
        number = cells_elsewhere.read_typed(cell, kind, sort, self.dialect)
        if number is None:
            return cells_elsewhere.read(self.written(table, held, name), sort, self.dialect)
        if not missing:
            return number
        there = exp.Not(this=exp.Is(this=self.written(table, held, name), expression=exp.null()))
        return exp.Case(ifs=[exp.If(this=there, true=number)])

    def text(self, table: str, held: Cell, name: str = "") -> Tree:
        """A cell as text, NULL if it is missing. `name`: of another column of the same type."""
        cell: Tree = sql.column(name or held.column)
        if self.types.get(table, {}).get(held.column, "VARCHAR") != "VARCHAR":
            return exp.Cast(this=cell, to=exp.DataType.build("VARCHAR"))
        if self.collation:
            cell = exp.Collate(this=cell, expression=exp.Var(this=self.collation))
        missing: tuple[str, ...] = ("", *self.mapping.missing)
        occurring = self.found.get((table, held.column), missing)
        missing = tuple(each for each in missing if each in occurring)
        return reduce(lambda tree, each: exp.Nullif(this=tree, expression=sql.text(each)), missing, cell)

    def written(self, table: str, held: Cell, name: str = "") -> Tree:
        """A cell of a quantity as text, NULL if it is missing, whatever the type of its column."""
        cell = self.text(table, held, name)
        if self.types.get(table, {}).get(held.column, "VARCHAR") == "VARCHAR":
            return cell
        return reduce(
            lambda tree, each: exp.Nullif(this=tree, expression=sql.text(each)), self.mapping.missing, cell
        )

    def _fact(self, table: str, held: Cell, name: str) -> Tree:
        if self.types.get(table, {}).get(held.column) == "BOOLEAN":
            return exp.Coalesce(this=sql.column(name), expressions=[exp.false()])
        cell = exp.Lower(this=self.text(table, held, name))
        return sql.flag(exp.In(this=cell, expressions=[sql.text(each) for each in sorted(TRUE)]))

    # --------------------------------------------------------------- things

    def looked_up(self, sort: Sort, slots: Mapping[Slot, bool]) -> exp.Query:
        """The functions of things that are looked up by their keys, which need not be all things."""
        places = [place for slot in slots for place in self.mapping.places_of(slot)]
        keys = {(each.table, self._key_of(each)) for each in places}
        if len(keys) != 1 or len(places) != len(slots) or any(slots.values()):
            return self.things(sort, slots)
        ((table, key),) = keys
        if not isinstance(key, Cell) or not all(map(self._is_direct, places)):
            return self.things(sort, slots)
        columns = (
            each for p, s in zip(places, slots, strict=True) for each in self._columns(p, s, before=False)
        )
        return exp.select(exp.alias_(self.held(table, key, sort), THING, quoted=True), *columns).from_(
            sql.table(table)
        )

    def _key_of(self, place: Place) -> Held:
        return place.arguments[thing_positions(self.model, place.function)[0]]

    def _is_direct(self, place: Place) -> bool:
        at = thing_positions(self.model, place.function)[0]
        return all(isinstance(each, Same) for n, each in enumerate(place.arguments) if n != at)

    def things(self, sort: Sort, slots: Mapping[Slot, bool]) -> exp.Query:
        """All things of a sort, with the functions as columns: those that stand in the rows of the one table
        that lists the things, and others joined to them.
        """
        home = self._home_of(sort)
        own: list[tuple[Place, Slot, bool]] = []
        joined: dict[tuple[str, str], list[tuple[Place, Slot, bool]]] = {}
        for slot, before in slots.items():
            for place in self.mapping.places_of(slot):
                key = self._key_of(place)
                if home is not None and self._is_own(home, place):
                    own.append((place, slot, before))
                    continue
                shown = key.column if isinstance(key, Cell) else f"={key.value}"
                joined.setdefault((place.table, shown), []).append((place, slot, before))
        query = self._home(sort, own) if own else self._listed(sort)
        if not joined:
            return query
        return self._with_joined(sort, query, own, joined)

    def _home(self, sort: Sort, own: Iterable[tuple[Place, Slot, bool]]) -> exp.Select:
        (home,) = self.mapping.things_of(sort)
        key = self.held(home.table, home.cell, sort)
        columns = [each for place, slot, before in own for each in self._columns(place, slot, before=before)]
        columns += [sql.column(each) for each in self._at(home.table)]
        found = exp.select(exp.alias_(key, THING, quoted=True), *columns).from_(sql.table(home.table))
        return found.where(_is_there(key.copy()))

    def _at(self, table: str) -> tuple[str, ...]:
        return (IN_FILE, AT_ROW) if table in self.pieced else ()

    def pieces_of(self, sort: Sort, slots: Mapping[Slot, bool]) -> str | None:
        """The table in whose pieces the things of a sort can be gone through, if there is one."""
        home = self._home_of(sort)
        if home is None or home.table not in self.pieced:
            return None
        places = (each for slot in slots for each in self.mapping.places_of(slot))
        return home.table if any(self._is_own(home, each) for each in places) else None

    def _home_of(self, sort: Sort) -> Things | None:
        listed = self.mapping.things_of(sort)
        return listed[0] if len(listed) == 1 and not self._constants(sort) else None

    def _is_own(self, home: Things, place: Place) -> bool:
        return self._is_direct(place) and (place.table, self._key_of(place)) == (home.table, home.cell)

    def _columns(self, place: Place, slot: Slot, *, before: bool) -> Iterator[Tree]:
        result = self.model.functions[slot[0]].result
        yield exp.alias_(self.held(place.table, place.value, result), name_of(slot), quoted=True)
        if before:
            was = self.held(place.table, place.value, result, before=True)
            yield exp.alias_(was, earlier(name_of(slot)), quoted=True)

    def _listed(self, sort: Sort) -> exp.Query:
        """The keys of all things of a sort: as listed or, if no table lists them, wherever they are named."""
        parts: list[exp.Query] = [
            self._key(each.table, each.cell, sort) for each in self.mapping.things_of(sort)
        ]
        if not parts:
            parts = [self._key(table, held, sort) for table, held in self._named(sort)]
        parts += [exp.select(exp.alias_(sql.text(key), THING, quoted=True)) for key in self._constants(sort)]
        if not parts:
            return exp.select(exp.alias_(sql.text(""), THING, quoted=True)).where(sql.truth(value=False))
        if len(parts) == 1:
            return parts[0]
        return reduce(lambda one, other: exp.union(one, other, distinct=True), parts)

    def _key(self, table: str, held: Held, sort: Sort) -> exp.Select:
        key = self.held(table, held, sort)
        found = exp.select(exp.alias_(key, THING, quoted=True)).from_(sql.table(table))
        return found.where(_is_there(key.copy())).distinct()

    def _named(self, sort: Sort) -> Iterator[tuple[str, Held]]:
        """Where tables name things of a sort."""
        seen: set[tuple[str, str]] = set()
        for place in self.mapping.places:
            function = self.model.functions[place.function]
            sorts = (*function.parameters, function.result)
            for held, each in zip((*place.arguments, place.value), sorts, strict=True):
                if each == sort and isinstance(held, Cell) and (place.table, held.column) not in seen:
                    seen.add((place.table, held.column))
                    yield place.table, held

    def _constants(self, sort: Sort) -> tuple[str, ...]:
        return tuple(
            self.mapping.key(each.name) for each in self.model.constants.values() if each.sort == sort
        )

    def _with_joined(
        self,
        sort: Sort,
        query: exp.Query,
        own: Sequence[tuple[Place, Slot, bool]],
        joined: Mapping[tuple[str, str], list[tuple[Place, Slot, bool]]],
    ) -> exp.Select:
        columns = [sql.column(THING, "base")]
        if own:
            columns += [sql.column(each, "base") for each in self._at(own[0][0].table)]
        for _, slot, before in own:
            columns.append(sql.column(name_of(slot), "base"))
            columns += [sql.column(earlier(name_of(slot)), "base")] if before else []
        found = exp.select().from_(exp.Subquery(this=query, alias=exp.TableAlias(this=sql.quoted("base"))))
        for number, ((table, _), places) in enumerate(joined.items(), 1):
            row = f"joined_{number}"
            part = exp.Subquery(
                this=self._gathered(sort, table, places), alias=exp.TableAlias(this=sql.quoted(row))
            )
            on = exp.EQ(this=sql.column(THING, "base"), expression=sql.column(_KEY, row))
            found = found.join(part, on=on, join_type="left")
            for _, slot, before in places:
                for name in (name_of(slot), *((earlier(name_of(slot)),) if before else ())):
                    value: Tree = sql.column(name, row)
                    if self.model.functions[slot[0]].result == FACT:
                        value = exp.Coalesce(this=value, expressions=[exp.false()])
                    columns.append(exp.alias_(value, name, quoted=True))
        return found.select(*columns)

    def _gathered(self, sort: Sort, table: str, places: list[tuple[Place, Slot, bool]]) -> exp.Select:
        """The functions of each thing that a table has rows for, one row for a thing."""
        at = thing_positions(self.model, places[0][1][0])[0]
        key = self.held(table, places[0][0].arguments[at], sort)
        columns: list[Tree] = [exp.alias_(key, _KEY, quoted=True)]
        for place, slot, before in places:
            columns.append(exp.alias_(self._gathered_value(place, slot), name_of(slot), quoted=True))
            if before:
                was = self._gathered_value(place, slot, before=True)
                columns.append(exp.alias_(was, earlier(name_of(slot)), quoted=True))
        found = exp.select(*columns).from_(sql.table(table)).where(_is_there(key.copy()))
        return found.group_by(key.copy())

    def _gathered_value(self, place: Place, slot: Slot, *, before: bool = False) -> Tree:
        function = self.model.functions[place.function]
        value = self.held(place.table, place.value, function.result, before=before)
        here = sql.and_(
            sql.same(self.held(place.table, held, one), sql.text(asked))
            for held, one, asked in zip(place.arguments, function.parameters, slot[1], strict=True)
            if asked is not None and isinstance(held, Cell)
        )
        if function.result == FACT:
            value = exp.Case(ifs=[exp.If(this=sql.and_((here, _holds(value))), true=sql.text("1"))])
            return exp.Paren(
                this=sql.flag(exp.Not(this=exp.Is(this=exp.Max(this=value), expression=exp.null())))
            )
        if not sql.is_true(here):
            value = exp.Case(ifs=[exp.If(this=here, true=value)])
        return exp.Paren(this=exp.Max(this=value))

    # ---------------------------------------------------------------- pairs

    def _pairs(self, name: str) -> exp.Query:
        """All values of a function of several things."""
        function = self.model.functions[name]
        parts: list[exp.Query] = []
        for place in self.mapping.places:
            if place.function != name:
                continue
            cells = [
                exp.alias_(self.held(place.table, held, sort), f"{number}", quoted=True)
                for number, (held, sort) in enumerate(
                    zip(place.arguments, function.parameters, strict=True), 1
                )
            ]
            value = exp.alias_(self.held(place.table, place.value, function.result), RESULT, quoted=True)
            parts.append(exp.select(*cells, value).from_(sql.table(place.table)))
        if not parts:
            empty = [
                exp.alias_(sql.text(""), f"{n}", quoted=True) for n in range(1, len(function.parameters) + 1)
            ]
            nothing = sql.truth(value=False) if function.result == FACT else sql.text("")
            if function.result.is_quantity:
                nothing = amounts.number(0).tree
            return exp.select(*empty, exp.alias_(nothing, RESULT, quoted=True)).where(sql.truth(value=False))
        return reduce(lambda one, other: exp.union(one, other, distinct=False), parts)


def _holds(fact: Tree) -> Tree:
    return fact if isinstance(fact, exp.Boolean) else exp.EQ(this=fact, expression=exp.true())


def _is_there(key: Tree) -> Tree:
    return exp.Not(this=exp.Is(this=key, expression=exp.null()))

"""The updates of an event as a script. Every row is read as it was before, in whichever table it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.dialects import in_dialect, plain_comparison
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import THING, NotInSql, Scope, name_of, view_of
from checker.data.mapping import Cell, thing_positions
from checker.data.relations import Relations
from checker.data.sql import Tree
from checker.data.update_script import CellUpdate
from checker.data.warehouse import Warehouse
from checker.model.expressions import FACT, Absent
from checker.model.model import Model
from checker.model.situation import Instance

ROW: Final = "updated row"
_AROUND: Final = {
    "duckdb": ("BEGIN TRANSACTION", "COMMIT"),
    "postgres": ("BEGIN ISOLATION LEVEL REPEATABLE READ", "COMMIT"),
    "bigquery": ("BEGIN TRANSACTION", "COMMIT TRANSACTION"),
    "tsql": (
        "SET XACT_ABORT ON",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "BEGIN TRANSACTION",
        "COMMIT TRANSACTION",
    ),
}
"""What begins, and last what ends, a transaction in which tables are read as they were at its beginning."""


class Script:
    """The statements of an event's updates in a dialect of SQL."""

    def __init__(
        self,
        warehouse: Warehouse,
        model: Model,
        deployed: Mapping[Instance, str],
        updates: Sequence[CellUpdate],
        dialect: str = "duckdb",
    ) -> None:
        by_table: dict[str, list[CellUpdate]] = {}
        for each in updates:
            by_table.setdefault(each.place.table, []).append(each)
        if len(by_table) > 1 and dialect not in _AROUND:
            shown = ", ".join(f"`{each}`" for each in sorted(by_table))
            raise NotInSql(
                f"this changes rows of several tables ({shown}), and {dialect} has no transaction for that"
            )
        self.dialect = dialect
        self.parts = tuple(
            TableScript(warehouse, model, deployed, tuple(each), dialect) for each in by_table.values()
        )

    def statements(self) -> tuple[str, ...]:
        """The statements, in order."""
        if len(self.parts) == 1:
            return (f"{self._text(self.parts[0].statement())};",)
        begin, end = _AROUND[self.dialect][:-1], _AROUND[self.dialect][-1]
        names = [f"{'#' if self.dialect == 'tsql' else ''}changes_{n}" for n, _ in enumerate(self.parts, 1)]
        pairs = list(zip(names, self.parts, strict=True))
        made = (self._text(self._kept(name, part.changes())) for name, part in pairs)
        done = (self._text(part.from_changes(name)) for name, part in pairs)
        dropped = (f"DROP TABLE {self._text(sql.table(name))}" for name in names)
        return tuple(f"{each};" for each in (*begin, *made, *done, end, *dropped))

    def _kept(self, name: str, changes: exp.Select) -> exp.Expr:
        """Keep what is to change in a table of its own: later statements read what earlier ones wrote."""
        if self.dialect == "tsql":
            changes.set("into", exp.Into(this=sql.table(name)))
            return changes
        temporary = exp.Properties(expressions=[exp.TemporaryProperty()])
        return exp.Create(this=sql.table(name), kind="TABLE", expression=changes, properties=temporary)

    def _text(self, statement: exp.Expr) -> str:
        return in_dialect(statement, self.dialect, pretty=True)


class TableScript:
    """What is written in one table."""

    def __init__(
        self,
        warehouse: Warehouse,
        model: Model,
        deployed: Mapping[Instance, str],
        updates: tuple[CellUpdate, ...],
        dialect: str,
    ) -> None:
        self.warehouse, self.model, self.updates = warehouse, model, updates
        self.meaning = SqlMeaning(model, warehouse.mapping, deployed)
        self.relations = Relations(warehouse.mapping, model, warehouse.types, dialect=dialect)
        self.table = updates[0].place.table
        self.key = updates[0].place.arguments[thing_positions(model, updates[0].slot[0])[0]]
        self.sort = updates[0].thing.sort
        self.columns = tuple(dict.fromkeys(each.column for each in updates))

    def statement(self) -> exp.Update:
        """One UPDATE, which reads every row as it was before."""
        sets, where = self._parts()
        made = exp.Update(
            this=sql.table(self.table),
            expressions=[
                exp.EQ(this=exp.Column(this=sql.quoted(column)), expression=value)
                for column, value in sets.items()
            ],
            where=exp.Where(this=where),
        )
        changed = self._in_place(made)
        assert isinstance(changed, exp.Update)
        return changed

    def changes(self) -> exp.Select:
        """The keys of the rows that change, with the cells that they get."""
        sets, where = self._parts()
        key = exp.alias_(sql.column(THING, ROW), THING, quoted=True)
        cells = (exp.alias_(exp.Paren(this=value), column, quoted=True) for column, value in sets.items())
        made = exp.select(key, *cells).from_(sql.table(self.table)).where(where)
        changed = self._in_place(made)
        assert isinstance(changed, exp.Select)
        return changed

    def from_changes(self, name: str) -> exp.Update:
        """Write these cells."""
        key = self._qualified(self.relations.held(self.table, self.key, self.sort))
        return exp.Update(
            this=sql.table(self.table),
            expressions=[
                exp.EQ(this=exp.Column(this=sql.quoted(column)), expression=sql.column(column, name))
                for column in self.columns
            ],
            from_=exp.From(this=sql.table(name)),
            where=exp.Where(this=exp.EQ(this=key, expression=sql.column(THING, name))),
        )

    def _parts(self) -> tuple[dict[str, Tree], Tree]:
        """The value of each column, and of which rows."""
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
        return {column: self._value(column, each) for column, each in sets.items()}, sql.or_(conditions)

    def _value(self, column: str, branches: list[tuple[Tree, Tree]]) -> Tree:
        if len(branches) == 1 and len(self.columns) == 1:
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
                return holds if isinstance(holds, exp.Boolean) else sql.flag(holds)
            return sql.choose(((holds, sql.value_of("yes")),), sql.value_of("no")).tree
        value = self.meaning.term(update.value, scope)
        if result.is_quantity and not value.never:
            kind = self.warehouse.types[self.table].get(update.column, "VARCHAR")
            cell = amounts.as_cell(value.tree, result)
            return cell if kind == "VARCHAR" else exp.Cast(this=cell, to=exp.DataType.build(kind, "duckdb"))
        if not result.is_enum:
            return value.tree
        named = self.warehouse.mapping.written_as
        others = [each for each in result.values if named(result, each) != each]
        ifs = [exp.If(this=sql.text(each), true=sql.text(named(result, each))) for each in others]
        return exp.Case(this=value.tree, ifs=ifs, default=value.tree.copy()) if ifs else value.tree

    # ---------------------------------------------------- as the tables are

    def _in_place(self, made: exp.Expr) -> exp.Expr:
        """The statement over the tables themselves, instead of views of them."""

        def change(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and node.table == ROW:
                return self._cell(node.name)
            if isinstance(node, exp.Table):
                return self._view(node)
            return node

        return made.transform(change).transform(plain_comparison)

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

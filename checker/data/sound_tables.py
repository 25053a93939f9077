"""Whether tables can be what a law speaks of: cells that stand for no value, keys that stand twice, and
things that no table lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.lookups import THING, Lookups, view_of
from checker.data.mapping import FALSE, TRUE, Cell, DataMapping, Place, Same, Slot, Table
from checker.data.relations import Relations
from checker.data.warehouse import Warehouse
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.expressions import FACT, Sort
from checker.model.model import Model
from checker.regime.names import nearest_name


@dataclass(frozen=True, slots=True)
class _Read:
    """A cell that is read, and what of."""

    table: str
    cell: Cell
    sort: Sort


def check_tables(
    warehouse: Warehouse, model: Model, read: Lookups, also: Iterable[tuple[str, Cell, Sort]] = ()
) -> None:
    """Raise SpecError with every mistake in the cells that these expressions read. `also`: further cells of
    quantities, by table.
    """
    mapping = warehouse.mapping
    relations = Relations(mapping, model, warehouse.types, found=warehouse.found)
    places = tuple(dict.fromkeys(_places(mapping, read)))
    cells = dict.fromkeys(_cells(mapping, model, places, read))
    cells |= dict.fromkeys(_Read(*each) for each in also)
    _look_up(warehouse, relations, cells)
    found = [*_unknown(warehouse, relations, cells)]
    found += [] if found else _twice(warehouse, relations, places, read)
    found += [] if found else _unlisted(warehouse, relations, cells)
    if found:
        raise SpecError(tuple(found), {mapping.file: mapping.text})


def _places(mapping: DataMapping, read: Lookups) -> Iterator[Place]:
    slots: list[Slot] = [slot for each in read.slots.values() for slot in each]
    for place in mapping.places:
        if place.function in read.pairs or any(place.covers(each) for each in slots):
            yield place


def _cells(mapping: DataMapping, model: Model, places: Iterable[Place], read: Lookups) -> Iterator[_Read]:
    for each in mapping.things:
        if each.sort in read.slots:
            yield _Read(each.table, each.cell, each.sort)
    for place in places:
        function = model.functions[place.function]
        sorts = (*function.parameters, function.result)
        for held, sort in zip((*place.arguments, place.value), sorts, strict=True):
            if isinstance(held, Cell):
                yield _Read(place.table, held, sort)


def _look_up(warehouse: Warehouse, relations: Relations, cells: Iterable[_Read]) -> None:
    """Note which cells occur: then no others are spoken of."""
    for table in warehouse.mapping.tables.values():
        types = warehouse.types[table.name]
        asked = [each for each in cells if each.table == table.name and types[each.cell.column] == "VARCHAR"]
        new = {
            each.cell.column: each for each in asked if (table.name, each.cell.column) not in warehouse.found
        }
        if not new:
            continue
        columns = [_occurring(relations, each) for each in new.values()]
        (row,) = warehouse.rows(
            exp.select(*columns).from_(sql.table(table.name)), what=f"reading the cells of {table.name}"
        )
        for column, found in zip(new, row, strict=True):
            listed = found if isinstance(found, list) else []
            warehouse.found[table.name, column] = frozenset(str(each) for each in listed)


def _occurring(relations: Relations, each: _Read) -> exp.Expr:
    """The cells of an enum; of other columns, those that are missing values."""
    cell = sql.column(each.cell.column)
    if not each.sort.is_enum:
        missing = [sql.text(one) for one in ("", *relations.mapping.missing)]
        cell = exp.Case(ifs=[exp.If(this=exp.In(this=cell.copy(), expressions=missing), true=cell)])
    known = exp.Distinct(expressions=[cell])
    return exp.Anonymous(this="list", expressions=[known])


# ------------------------------------------------------------- unknown values


def _unknown(warehouse: Warehouse, relations: Relations, cells: Iterable[_Read]) -> Iterator[Diagnostic]:
    """Cells that stand for no value of their enum; all those of a table in one go."""
    mapping = warehouse.mapping
    for table in mapping.tables.values():
        asked = [each for each in cells if each.table == table.name and not each.sort.has_things]
        columns = [part for each in asked for part in _strange(relations, each)]
        if not columns:
            continue
        query = exp.select(*columns).from_(sql.table(table.name))
        (found,) = warehouse.rows(query, what=f"checking the cells of {table.name}")
        for number, each in enumerate(asked):
            cell, count = found[2 * number : 2 * number + 2]
            if not isinstance(count, int) or count == 0:
                continue
            if each.sort.is_quantity:
                yield _no_number(warehouse, table, each, str(cell), count)
                continue
            valid = _valid(relations, each.sort)
            kind = "neither true nor false" if each.sort == FACT else f"no {each.sort.name}"
            message = f"`{cell}` in `{each.cell.column}` of `{table.shown}` is {kind}"
            more = f"{count:,} rows of the column have such cells" if count > 1 else "one row has it"
            note = f'a cell can be given a meaning: [cells.{each.sort.name}] with "{cell}" = "VALUE"'
            notes = (more, note) if each.sort != FACT else (more,)
            near = nearest_name(str(cell), valid)
            yield Diagnostic("unknown-value", message, each.cell.span, (), near, notes)


def _no_number(warehouse: Warehouse, table: Table, each: _Read, cell: str, count: int) -> Diagnostic:
    """A cell that says no number of its quantity; with the first row that has it."""
    turn, text = exp.Window(this=exp.RowNumber()), exp.DataType.build("VARCHAR")
    numbered = exp.select(
        exp.alias_(exp.Cast(this=sql.column(each.cell.column), to=text), "cell", quoted=True),
        exp.alias_(turn, "row", quoted=True),
    ).from_(sql.table(table.name))
    here = exp.EQ(this=sql.column("cell"), expression=sql.text(cell))
    query = exp.select(exp.Min(this=sql.column("row"))).from_(numbered.subquery("numbered")).where(here)
    with warehouse.as_stored():
        ((row,),) = warehouse.rows(query)
    message = f"`{cell}` in `{each.cell.column}` of `{table.shown}` {amounts.why_not(each.sort, cell)}"
    rows = f"row {row} has it" if count == 1 else f"{count:,} rows have such cells, row {row} this one"
    return Diagnostic("unknown-value", message, each.cell.span, notes=(f"{rows}, after the heading",))


def _strange(relations: Relations, each: _Read) -> Iterator[exp.Expr]:
    if each.sort.is_quantity:
        yield from _no_numbers(relations, each)
        return
    if each.sort == FACT and relations.types[each.table].get(each.cell.column) == "BOOLEAN":
        cell: exp.Expr = exp.null()
    elif each.sort == FACT:
        cell = relations.text(each.table, each.cell)
    else:
        cell = relations.held(each.table, each.cell, each.sort)
    folded = exp.Lower(this=cell.copy()) if each.sort == FACT else cell.copy()
    valid = [sql.text(value) for value in _valid(relations, each.sort)]
    strange = exp.Not(this=exp.In(this=folded, expressions=valid))
    yield exp.Min(this=exp.Case(ifs=[exp.If(this=strange, true=cell.copy())]))
    yield exp.Sum(this=exp.Cast(this=sql.number(strange.copy()), to=exp.DataType.build("BIGINT")))


def _no_numbers(relations: Relations, each: _Read) -> Iterator[exp.Expr]:
    cell = relations.written(each.table, each.cell)
    read = exp.Is(this=relations.held(each.table, each.cell, each.sort), expression=exp.null())
    strange = exp.And(this=read, expression=exp.Not(this=exp.Is(this=cell.copy(), expression=exp.null())))
    yield exp.Min(this=exp.Case(ifs=[exp.If(this=strange, true=cell.copy())]))
    yield exp.Sum(this=exp.Cast(this=sql.number(strange.copy()), to=exp.DataType.build("BIGINT")))


def _valid(relations: Relations, sort: Sort) -> tuple[str, ...]:
    return (*sorted(TRUE), *sorted(FALSE)) if sort == FACT else relations.model.enums[sort.name].sort.values


# ------------------------------------------------------------------ twice


def _twice(
    warehouse: Warehouse, relations: Relations, places: Iterable[Place], read: Lookups
) -> Iterator[Diagnostic]:
    """Keys that stand in two rows: then there may be two values at one place."""
    mapping, model = warehouse.mapping, relations.model
    keys: dict[tuple[str, tuple[Cell, ...]], tuple[Sort, ...]] = {}
    for place in places:
        if place.value == Same(value=True):
            continue
        sorts = model.functions[place.function].parameters
        pairs = [
            (held, sort) for held, sort in zip(place.arguments, sorts, strict=True) if isinstance(held, Cell)
        ]
        keys.setdefault((place.table, tuple(each for each, _ in pairs)), tuple(sort for _, sort in pairs))
    del read
    for (name, cells), sorts in keys.items():
        trees = [relations.held(name, cell, sort) for cell, sort in zip(cells, sorts, strict=True)]
        found = _repeated(warehouse, name, trees)
        if found is not None:
            shown = ", ".join(map(str, found))
            columns = ", ".join(f"`{each.column}`" for each in cells)
            message = f"`{shown}` stands in {columns} of two rows of `{mapping.tables[name].shown}`"
            notes = ("a place has one value: remove one of the rows",)
            yield Diagnostic("duplicate", message, cells[-1].span, notes=notes)


def _repeated(warehouse: Warehouse, table: str, trees: list[exp.Expr]) -> tuple[object, ...] | None:
    """A key that stands in two rows. Hashes are counted first: they take less room than keys."""
    there = [exp.Not(this=exp.Is(this=each.copy(), expression=exp.null())) for each in trees]
    mark = exp.Anonymous(this="hash", expressions=[each.copy() for each in trees])
    more = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1))
    what = f"looking for keys that stand twice in {table}"
    hashes = exp.select(exp.alias_(mark, "mark")).from_(sql.table(table)).where(*there)
    twice = (
        exp.select("mark").from_(hashes.subquery("marks")).group_by("mark").having(more.copy()).limit(1000)
    )
    marks = [each[0] for each in warehouse.rows(twice, what=what)]
    if not marks:
        return None
    listed = exp.In(this=mark.copy(), expressions=[exp.Literal.number(str(each)) for each in marks])
    exact = exp.select(*(each.copy() for each in trees)).from_(sql.table(table)).where(*there, listed)
    exact = exact.group_by(*(each.copy() for each in trees)).having(more)
    found = warehouse.rows(exact.order_by(*(str(n + 1) for n in range(len(trees)))).limit(1))
    return found[0] if found else None


# --------------------------------------------------------------- not listed


def _unlisted(warehouse: Warehouse, relations: Relations, cells: Iterable[_Read]) -> Iterator[Diagnostic]:
    """Things that are named somewhere and that the tables, which list them all, do not list."""
    mapping = warehouse.mapping
    for each in cells:
        listed = mapping.things_of(each.sort)
        if not listed or any((one.table, one.cell) == (each.table, each.cell) for one in listed):
            continue
        view = view_of(each.sort)
        warehouse.view(f"{view}, as listed", relations.things(each.sort, {}))
        key = relations.held(each.table, each.cell, each.sort)
        named = exp.select(exp.alias_(key, THING, quoted=True)).from_(sql.table(each.table)).distinct()
        join = exp.EQ(this=sql.column(THING, "named"), expression=sql.column(THING, "listed"))
        query = (
            exp.select(exp.Min(this=sql.column(THING, "named")), exp.Count(this=exp.Star()))
            .from_(named.subquery("named"))
            .join(sql.table(f"{view}, as listed", "listed"), on=join, join_type="anti")
            .where(exp.Not(this=exp.Is(this=sql.column(THING, "named"), expression=exp.null())))
        )
        ((first, count),) = warehouse.rows(query, what=f"looking up each {each.sort.name}")
        if isinstance(count, int) and count:
            shown = mapping.tables[each.table].shown
            message = f"`{first}` in `{each.cell.column}` of `{shown}` is no {each.sort.name} that is listed"
            where = ", ".join(f"`{one.cell.column}` of `{mapping.tables[one.table].shown}`" for one in listed)
            notes = (f"each {each.sort.name} is listed in {where}", f"{count:,} are not")
            yield Diagnostic("unknown-value", message, each.cell.span, notes=notes)

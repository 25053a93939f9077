"""Situations as tables in DuckDB, with the mapping that says what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
from sqlglot import exp

from checker.data import amounts, sql
from checker.data.encode_sql import SqlMeaning
from checker.data.mapping import Cell, DataMapping, Place, Table, Things, thing_positions
from checker.data.relations import Relations
from checker.data.warehouse import Warehouse
from checker.language.diagnostics import NOWHERE
from checker.model.expressions import Sort
from checker.model.model import Function, Model
from checker.model.quantities import measure, written
from checker.model.situation import Situation

AT_ONCE = 2
"""Expressions of one query."""


def warehouse_of(model: Model, situation: Situation, connection: duckdb.DuckDBPyConnection) -> Warehouse:
    """Put a situation into tables: one for each sort of things, and one for each function about things."""
    types: dict[str, dict[str, str]] = {}
    things = []
    for sort in model.sorts.values():
        if sort.has_things:
            name = f"t {sort.name}"
            rows: list[tuple[str, ...]] = [(each,) for each in situation.things.get(sort.name, ())]
            types[name] = _filled(connection, name, ("id",), rows)
            things.append(Things(sort, name, Cell("id", NOWHERE)))
    places = []
    for function in model.functions.values():
        if not thing_positions(model, function.name):
            continue
        name = f"f {function.name}"
        columns = tuple(f"a{number}" for number, _ in enumerate(function.parameters))
        kind = _kind(function)
        rows = list(_rows(function, situation))
        types[name] = _filled(connection, name, (*columns, "value"), rows, kind)
        cells = tuple(Cell(each, NOWHERE) for each in columns)
        places.append(Place(function.name, name, cells, Cell("value", NOWHERE), NOWHERE))
    mapping = DataMapping(
        file="",
        text="",
        law=None,
        tables={name: Table(name, Path(), None, name, NOWHERE) for name in types},
        things=tuple(things),
        places=tuple(places),
        cells={},
        constants={},
        given=dict(_given(model, situation)),
        absent=frozenset(model.functions),
        missing=(),
        days_off=situation.days_off,
    )
    return Warehouse(connection, mapping, types)


def _rows(function: Function, situation: Situation) -> Iterator[tuple[str, ...]]:
    for (name, at), value in situation.values.items():
        if name == function.name:
            yield (
                *at,
                str(value).lower()
                if isinstance(value, bool)
                else _cell(function.result, value, _kind(function)),
            )


def _kind(function: Function) -> str:
    """The type of the column with its values: those of one quantity are kept in columns of several types."""
    if not function.result.is_quantity:
        return "VARCHAR"
    of_dates = ("DATE", "VARCHAR")
    of_numbers = ("VARCHAR", "DOUBLE", f"DECIMAL(38, {measure(function.result).decimals})", "DECIMAL(38, 9)")
    kinds = of_dates if function.result.is_date else of_numbers
    return kinds[len(function.name + function.result.name) % len(kinds)]


def _cell(sort: Sort, value: str, kind: str) -> str:
    if not sort.is_quantity:
        return value
    as_law = int(value) % 2 and not (sort.is_date and kind == "DATE")
    return written(sort, value) if as_law else amounts.cell_of(sort, value)


def _given(model: Model, situation: Situation) -> Iterator[tuple[tuple[str, tuple[str, ...]], str | bool]]:
    for (name, at), value in situation.values.items():
        if not thing_positions(model, name):
            yield (name, at), value


def _filled(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: tuple[str, ...],
    rows: list[tuple[str, ...]],
    last: str = "VARCHAR",
) -> dict[str, str]:
    types = dict.fromkeys(columns, "VARCHAR") | {columns[-1]: last}
    kinds = ", ".join(f'"{each}" {kind}' for each, kind in types.items())
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" ({kinds})')
    if rows:
        insert = exp.insert(exp.values(rows), sql.table(name))
        connection.execute(insert.sql("duckdb"))
    return types


def worth(
    warehouse: Warehouse, meaning: SqlMeaning, model: Model, expressions: Mapping[str, sql.Tree]
) -> dict[str, object]:
    """What expressions are worth in the tables."""
    relations = Relations(warehouse.mapping, model, warehouse.types)
    for name, query in relations.views(meaning):
        warehouse.view(name, query)
    found: dict[str, object] = {}
    names = list(expressions)
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        named = (exp.alias_(exp.Paren(this=expressions[each]), each, quoted=True) for each in some)
        (row,) = warehouse.rows(exp.select(*named))
        values = (each if each is None or isinstance(each, bool) else str(each) for each in row)
        found |= dict(zip(some, values, strict=True))
    return found

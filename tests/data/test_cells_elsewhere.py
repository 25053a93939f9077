"""Cells of amounts and dates in other systems' SQL, read back and run in DuckDB."""

from __future__ import annotations

import re

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from checker.data import amounts, sql
from checker.data.cells_elsewhere import read
from checker.data.dialects import in_dialect
from checker.model.expressions import Sort
from tests.support.awkward_cells import CELLS, meant


@pytest.mark.parametrize("sort", CELLS, ids=lambda each: each.name)
def test_cells_mean_the_same_in_every_dialect(sort: Sort) -> None:
    """What the language says of each, good or bad: in DuckDB itself, and as other systems have it."""
    trees = {"duckdb": amounts.read(sql.column("cell"), sort)}
    for dialect in ("spark", "bigquery", "tsql"):
        told = in_dialect(read(sql.column("cell"), sort, dialect), dialect)
        trees[dialect] = sqlglot.parse_one(told, dialect=dialect).transform(_of_tsql)
    expected = {each: meant(sort, each) for each in CELLS[sort]}
    assert None in expected.values()
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE cells (cell VARCHAR)")
        connection.executemany("INSERT INTO cells VALUES (?)", [[each] for each in CELLS[sort]])
        for dialect, tree in trees.items():
            query = exp.select(sql.column("cell"), exp.Paren(this=tree)).from_("cells")
            assert dict(connection.execute(query.sql("duckdb")).fetchall()) == expected, dialect


def _of_tsql(node: exp.Expr) -> exp.Expr:
    """What DuckDB has for what only T-SQL has: `[0-9]` in LIKE, `+` between texts, forms of dates."""
    match node:
        case exp.Like(this=cell, expression=exp.Literal(this=pattern)):
            parts = re.findall(r"\[[^]]+\]|.", pattern)
            regex = "".join(".*" if p == "%" else p if len(p) > 1 else re.escape(p) for p in parts)
            return exp.RegexpLike(this=cell.transform(_of_tsql), expression=sql.text(f"^{regex}$"))
        case exp.Add(this=one, expression=other) if any(each.is_string for each in node.flatten()):
            return exp.DPipe(this=one.transform(_of_tsql), expression=other.transform(_of_tsql))
        case exp.National(this=text):
            return sql.text(text)
        case exp.Convert():
            form = {"23": "%Y-%m-%d", "103": "%d/%m/%Y"}[node.args["style"].name]
            words = [node.args["expression"].transform(_of_tsql), sql.text(form)]
            read = exp.Anonymous(this="try_strptime", expressions=words)
            day = exp.Cast(this=read, to=exp.DataType.build("DATE"))
            there = exp.GTE(this=day, expression=exp.cast(sql.text("0001-01-01"), "DATE"))
            return exp.Case(ifs=[exp.If(this=there, true=day.copy())])
    return node

"""Cells of amounts and dates in other systems' SQL, read back and run in DuckDB."""

from __future__ import annotations

import random
import re
from collections.abc import Collection

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from checker.data import amounts, sql
from checker.data.amounts import value_in
from checker.data.cells_elsewhere import read
from checker.data.dialects import in_dialect
from checker.model.expressions import Sort
from tests.support.awkward_cells import CELLS
from tests.support.params import with_long
from tests.support.random_cells import cell_of

SEEDS, EACH = 20, 500


@pytest.mark.parametrize("sort", CELLS, ids=lambda each: each.name)
def test_cells_mean_the_same_in_every_dialect(sort: Sort) -> None:
    """What the language says of each, good or bad: in DuckDB itself, and as other systems have it."""
    _held(sort, CELLS[sort])


@pytest.mark.parametrize("seed", with_long(range(SEEDS), lambda seed: seed > 0))
@pytest.mark.parametrize("sort", CELLS, ids=lambda each: each.name)
def test_cells_at_random_mean_the_same_in_every_dialect(sort: Sort, seed: int) -> None:
    """Or are refused by all: signs, units, commas, blanks, digits of other scripts, and forms of dates."""
    chance = random.Random(f"cells {sort.name} {seed}")
    _held(sort, {cell_of(sort, chance) for _ in range(EACH)})


def _held(sort: Sort, cells: Collection[str]) -> None:
    """What each dialect reads, against the language. T-SQL reads what has plain blanks only."""
    expected = {each: value_in(sort, each) for each in cells}
    read_so = {each: None if value is None else int(value) for each, value in expected.items()}
    assert None in read_so.values()
    assert len({*read_so.values()}) > 2
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("CREATE TABLE cells AS SELECT unnest(?::VARCHAR[]) AS cell", [list(cells)])
        for dialect in ("duckdb", "spark", "bigquery", "tsql"):
            query = exp.select(sql.column("cell"), exp.Paren(this=_tree(sort, dialect))).from_("cells")
            found = dict(connection.execute(query.sql("duckdb")).fetchall())
            told = {
                each: found[each]
                for each in cells
                if dialect != "tsql" or not any(blank.isspace() and blank != " " for blank in each)
            }
            assert told == {each: read_so[each] for each in told}, dialect


def _tree(sort: Sort, dialect: str) -> exp.Expr:
    if dialect == "duckdb":
        return amounts.read(sql.column("cell"), sort)
    told = in_dialect(read(sql.column("cell"), sort, dialect), dialect)
    return sqlglot.parse_one(told, dialect=dialect).transform(_of_tsql)


def _of_tsql(node: exp.Expr) -> exp.Expr:
    """What DuckDB has for what only T-SQL has: `[0-9]` in LIKE, `+` between texts, forms of dates."""
    match node:
        case exp.Like(this=cell, expression=exp.Literal(this=pattern)):
            parts = re.findall(r"\[[^]]+\]|.", pattern)
            regex = "".join(".*" if p == "%" else p if len(p) > 1 else re.escape(p) for p in parts)
            return exp.RegexpLike(this=cell.transform(_of_tsql), expression=sql.text(f"(?s)^{regex}$"))
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

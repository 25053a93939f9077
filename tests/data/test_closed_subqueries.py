"""Subqueries that read no row around them are asked once, and give the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from checker.data.closed_subqueries import alike, closed_in, open_in
from checker.data.lookups import NotInSql
from checker.data.mapping import DataMapping
from checker.data.warehouse import MOST_OPEN, Warehouse

CLOSED = "EXISTS(SELECT 1 FROM b AS x WHERE x.n = 2 AND EXISTS(SELECT 1 FROM b AS y WHERE y.n > x.n))"
SAME = CLOSED.replace("x", "other").replace("y.", "z.").replace("AS y", "AS z").replace("EothersTS", "EXISTS")
OPEN = "EXISTS(SELECT 1 FROM b AS w WHERE w.n = a.n AND w.n < (SELECT MAX(v.n) FROM b AS v))"


def query(*columns: str) -> exp.Select:
    trees = (sqlglot.parse_one(each, read="duckdb") for each in columns)
    return exp.select(exp.column("n", "a"), *trees).from_("a").order_by(exp.column("n", "a"))


@pytest.fixture(name="tables")
def _tables() -> Iterator[Warehouse]:
    """A table `a` of 1 to 3, and `b` of 2 and 3."""
    mapping = DataMapping("", "", None, {}, (), (), {}, {}, {}, frozenset(), ())
    with duckdb.connect() as connection:
        warehouse = Warehouse(connection, mapping, {})
        warehouse.run("CREATE TABLE a AS SELECT unnest([1, 2, 3]) AS n")
        warehouse.run("CREATE TABLE b AS SELECT unnest([2, 3]) AS n")
        yield warehouse


def test_the_outermost_that_read_no_row_around_them_are_closed() -> None:
    """Those in the one that is closed are part of it; one within an open one may be closed."""
    found = [each.sql("duckdb") for each in closed_in(query(CLOSED, OPEN))]
    assert found == [CLOSED, "(SELECT MAX(v.n) FROM b AS v)"]
    assert open_in(query(CLOSED, OPEN)) == 2  # the one within the closed one, and OPEN


def test_those_that_differ_in_names_of_rows_are_one() -> None:
    """As definitions are written out again and again, with other names."""
    one, other = closed_in(query(CLOSED, SAME))
    assert one != other
    assert alike(one) == alike(other)
    assert alike(one) != alike(next(closed_in(query(CLOSED.replace("= 2", "= 3")))))


def test_rows_are_the_same_and_follow_changes(tables: Warehouse) -> None:
    """As DuckDB has them of the query as it is; asked anew when a table has changed."""
    asked = query(CLOSED, SAME, OPEN, "(SELECT SUM(c.n) FROM b AS c WHERE c.n > 7)")
    plain = asked.sql("duckdb")
    assert (
        tables.rows(asked)
        == tables.rows(plain)
        == [
            (1, True, True, False, None),
            (2, True, True, True, None),
            (3, True, True, False, None),
        ]
    )
    assert len(tables.answers) == 3
    tables.run("DELETE FROM b WHERE n = 3")
    assert tables.rows(asked) == tables.rows(plain)
    assert [row[1] for row in tables.rows(asked)] == [False, False, False]


def test_too_many_that_read_the_row_are_refused(tables: Warehouse, tmp_path: Path) -> None:
    """With their number, before DuckDB plans them; a file of rows is not begun."""
    many = query(*(OPEN.replace("AS w", f"AS w{n}").replace("w.", f"w{n}.") for n in range(MOST_OPEN + 1)))
    with pytest.raises(NotInSql, match=f"{MOST_OPEN + 1:,} subqueries would be asked of each row"):
        tables.rows(many)
    with pytest.raises(NotInSql):
        replace(tables, answers={}).write(many, tmp_path / "rows.csv", "writing")
    assert not list(tmp_path.iterdir())

"""Cells as numbers, and what is worked out of them, in DuckDB: as the language means it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import duckdb
import pytest
from sqlglot import exp

from checker.data import amounts, sql
from checker.data.sql import Sql, Tree
from checker.language.diagnostics import SpecError
from checker.model.expressions import DATE, DAYS, ArithmeticOperator, How, Measure, Sort
from checker.model.quantities import compared, worked_out

MONEY = Sort("money", (), Measure("$", "$", 2))
POWER = Sort("power", (), Measure("kW", "kW", 3, signed=False))
HOW: tuple[How, ...] = ("at least", "at most", "more than", "less than")
CELLS: tuple[tuple[Sort, str, str | None], ...] = (
    (MONEY, "$30,000", "3000000"),
    (MONEY, "70.5", "7050"),
    (MONEY, "70.5000", "7050"),
    (MONEY, "$ -5", "-500"),
    (MONEY, "\u22125", "-500"),
    (MONEY, "70.005", None),
    (MONEY, "1,00", None),
    (MONEY, "1e5", None),
    (MONEY, "1234567890123456", None),
    (MONEY, "seven", None),
    (DAYS, " 7 days", "7"),
    (DAYS, "1day", "1"),
    (DAYS, "1.5", None),
    (POWER, "1.234 kW", "1234"),
    (POWER, "-1", "-1000"),
    (DATE, "0001-01-01", "1"),
    (DATE, "2026-03-02", "739677"),
    (DATE, "2  March 2026", "739677"),
    (DATE, "29 February 1900", None),
    (DATE, "2026-3-2", None),
    (DATE, "0000-01-01", None),
    (DATE, "2026-03-02 00:00:00", None),
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB without tables."""
    with duckdb.connect() as opened:
        yield opened


def _worth(connection: duckdb.DuckDBPyConnection, tree: Tree) -> object:
    found = connection.execute(f"SELECT {tree.sql('duckdb')}").fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize(("sort", "cell", "value"), CELLS)
def test_a_cell_is_read_as_in_tables_of_the_law(
    connection: duckdb.DuckDBPyConnection, sort: Sort, cell: str, value: str | None
) -> None:
    """In SQL as in Python; a number is written back as a cell that says the same."""
    read = amounts.read(sql.text(cell), sort)
    found = _worth(connection, read)
    assert amounts.value_in(sort, cell) == value
    assert found == (None if value is None else int(value))
    if value is not None:
        shown = _worth(connection, amounts.as_cell(read, sort))
        assert shown == amounts.cell_of(sort, value)
        assert amounts.value_in(sort, str(shown)) == value


@pytest.mark.parametrize(
    ("kind", "sort", "cell", "units"),
    [
        ("INTEGER", MONEY, "70", 7000),
        ("HUGEINT", MONEY, "12345678901234567890", None),
        ("UTINYINT", DAYS, "7", 7),
        ("DATE", DATE, "2026-03-02", 739677),
        ("DATE", DATE, "10000-01-01", None),
    ],
)
def test_columns_of_numbers_and_dates_are_read_as_they_are(
    connection: duckdb.DuckDBPyConnection, kind: str, sort: Sort, cell: str, units: int | None
) -> None:
    """Without a text between, and to the same limits."""
    column = exp.Cast(this=sql.text(cell), to=exp.DataType.build(kind, dialect="duckdb"))
    read = amounts.read_as(column, kind, sort)
    assert read is not None
    assert _worth(connection, read) == units


def test_what_is_wrong_with_a_cell_is_said() -> None:
    """It lies between two units, or is no number at all."""
    assert "which are 0.01 apart" in amounts.why_not(MONEY, "70.005")
    assert amounts.why_not(MONEY, "seven") == "is no money, such as $0.01"
    assert amounts.why_not(DATE, "31 June 2026").startswith("is no date")


def test_numbers_are_worked_out_as_the_language_means_it(connection: duckdb.DuckDBPyConnection) -> None:
    """Negative, large and absent ones at random: rounding is towards the smaller or the larger number."""
    chance = random.Random(7)
    of_one: tuple[ArithmeticOperator, ...] = ("times", "share", "share down", "share up")
    asked: list[tuple[Tree, object]] = []
    for _ in range(400):
        operator = chance.choice((*of_one, "plus", "minus", "least", "greatest"))
        known = [_some(chance) for _ in range(1 if operator in of_one else chance.choice((2, 3)))]
        below = 1 if operator == "times" else chance.choice((1, 3, 1000))
        factor = Fraction(chance.choice((1, 7, 205)), below)
        tree = amounts.worked_out(operator, factor, [_term(each) for each in known]).tree
        numbers = tuple(each for each in known if each is not None)
        value = worked_out(operator, factor, numbers) if len(numbers) == len(known) else None
        whole = value is not None and value.denominator == 1
        asked.append((tree, value.numerator if value is not None and whole else None))
        how = chance.choice(HOW)
        one, other = known[0], _some(chance)
        there = one is not None and other is not None
        truth = there and compared(factor * (one or 0), how, Fraction(other or 0, 7))
        share = amounts.fraction(factor, [_term(one)])
        asked.append((amounts.ordered(share, how, (_term(other), 7)), truth))
    query = exp.select(*(exp.alias_(exp.Paren(this=tree), f"n{n}") for n, (tree, _) in enumerate(asked)))
    assert connection.execute(query.sql("duckdb")).fetchone() == tuple(value for _, value in asked)


def _some(chance: random.Random) -> int | None:
    return chance.choice((None, chance.randint(-9, 9), chance.randint(-(10**21), 10**21)))


def _term(value: int | None) -> Sql:
    """A number of which nothing is known but how large it can be, as of a column."""
    nothing = exp.Cast(this=exp.null(), to=exp.DataType.build("INT128"))
    return Sql(nothing if value is None else amounts.number(value).tree, largest=10**21)


def test_what_could_be_too_large_is_refused() -> None:
    """Nothing overflows in the middle of a query."""
    large = amounts.worked_out("times", Fraction(10**15), [_term(1)])
    with pytest.raises(SpecError, match="numbers of more than 38 digits"):
        amounts.worked_out("times", Fraction(10**15), [large])

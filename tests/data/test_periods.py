"""Periods of months and of working days end in SQL where they end day by day."""

from __future__ import annotations

import random

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from checker.data import sql
from checker.data.dialects import in_dialect
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import Scope
from checker.data.relations import Relations
from checker.data.sql import Tree
from checker.data.warehouse import DEEPEST
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.evaluate import Environment, holds, term_value
from checker.model.expressions import FACT, Call, Variable
from checker.model.situation import Situation
from checker.regime.load import load_texts
from tests.agreement.encoded import call_of
from tests.support.params import with_long
from tests.support.periods_in_sql import LAST, Asked, some_of_each
from tests.support.situations_as_tables import warehouse_of

SEEDS, EACH = 40, 3


def _found(connection: duckdb.DuckDBPyConnection, asked: Asked, tree: Tree) -> dict[int, int]:
    query = exp.select(sql.column("day"), tree).from_("days").sql("duckdb")
    connection.execute("CREATE OR REPLACE TABLE days AS SELECT unnest(?::HUGEINT[]) AS day", [asked.days])
    return {day: int(end) for day, end in connection.execute(query).fetchall()}


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """DuckDB, in one thread."""
    made = duckdb.connect(config={"threads": 1})
    made.execute(f"SET max_expression_depth={DEEPEST}")
    return made


@pytest.mark.parametrize("seed", with_long(range(SEEDS), lambda seed: seed > 0))
def test_periods_end_where_they_do_day_by_day(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    """From days at ends of months, in leap years and in others, long before every calendar, long after, and
    among holidays.
    """
    for asked in some_of_each(f"periods {seed}", EACH):
        assert _found(connection, asked, asked.tree) == asked.expected(), asked.name


@pytest.mark.parametrize("dialect", ["spark", "bigquery", "tsql"])
def test_they_end_there_in_every_dialect(connection: duckdb.DuckDBPyConnection, dialect: str) -> None:
    """What other systems are told is read back, and asked in DuckDB."""
    for asked in some_of_each(f"periods in {dialect}", 2, LAST):
        told = in_dialect(asked.tree, dialect)
        read = sqlglot.parse_one(told, dialect=dialect).transform(_whole)
        assert _found(connection, asked, read) == asked.expected(), asked.name


def _whole(node: exp.Expr) -> exp.Expr:
    """DIV leaves a whole number of any number in BigQuery, and in DuckDB only of whole ones."""
    if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.BIGDECIMAL:
        node.set("to", exp.DataType.build("INT128"))
    return node


def _law(chance: random.Random) -> str:
    """A law with periods of all kinds, and a table of holidays."""
    rule = chance.choice(("on-corresponding-date", "on-last-day", "on-day-after"))
    said = chance.choice(
        (
            "",
            f"define month-end: month-end-rule means {rule}",
            f"define month-end: month-end-rule means {rule} when old, on-day-after otherwise",
        )
    )

    def period() -> str:
        number = chance.choice((1, 2, 3, 11, 20))
        unit = chance.choice(("month", "month", "year", "working day", "working day", "day"))
        own = (
            ""
            if unit not in ("month", "working day") or chance.random() < 0.6
            else {
                "month": f" ({chance.choice(('on-last-day', 'on-day-after'))})",
                "working day": " (local)",
            }[unit]
        )
        own = own or (" (town)" if unit == "working day" else "")
        return f"{number} {unit}{'' if number == 1 else 's'}{own}"

    days = [chance.randint(1, 28) for _ in range(6)]
    rows = "\n".join(f"| {day} {chance.choice(('January', 'February', 'March'))} 2024 |" for day in days)
    lines = [
        "sort Thing",
        'fixed began(Thing): optional date "the day of {1}"',
        'fixed until(Thing): optional date "the last day of {1}"',
        'fixed old "this is the old rule"',
        'request "{sender} asks about {day}"',
        "    sender: Thing",
        "    day: date",
        'component Office "the office"',
        "route Office",
        'calendar town "day" never on Saturday, Sunday,',
        '    table off-days: "day" known from 1 January 2024 to 30 April 2024',
        'calendar local "office day" never on Sunday and on no other day',
        'version v "v"',
        said,
    ]
    for number in range(4):
        way, other = chance.choice(("plus", "minus")), chance.choice(("plus", "minus"))
        lines.append(f"define end{number}(t: Thing): date means began(t) {way} {period()}")
        lines.append(
            f"define twice{number}(t: Thing): date means (began(t) {way} {period()}) {other} {period()}"
        )
        word = chance.choice(("after", "from", "before"))
        lines.append(f"define in{number}(t: Thing) means until(t) within {period()} {word} began(t)")
        lines.append(f"define late{number}(t: Thing) means until(t) later than end{number}(t)")
    table = f"```redline\ntable off-days\n```\n\n| day |\n|---|\n{rows}\n"
    return f"# Law\n\n{table}\n```redline\n" + "\n".join(lines) + "\n```\n"


@pytest.mark.parametrize("seed", with_long(range(SEEDS), lambda seed: seed > 0))
def test_laws_mean_the_same_of_every_day(seed: int) -> None:
    """What a law says of things that began on each day of some months, and ended near that, or not at all: by
    `evaluate`, and in SQL.
    """
    chance = random.Random(f"laws with periods {seed}")
    law = load_texts({"law.md": _law(chance)})
    model, deployed = law.model(Column("v")), law.deployed(Column("v"))
    first = chance.choice((738_886 - 20, 739_252 - 20, 730_120, 693_596))
    things = {f"t{day}": day for day in range(first, first + 75)}
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {("old", ()): chance.random() < 0.5}
    for name, day in things.items():
        values["began", (name,)] = str(day)
        if chance.random() < 0.9:
            values["until", (name,)] = str(
                day + chance.choice((0, 28, 29, 30, 31, 60, 365, 366, -30, chance.randint(-40, 40)))
            )
    off = {"town": tuple(chance.sample(range(first, first + 300), 12))}
    situation = Situation({"Thing": (*things, "none")}, values, deployed, off)
    connection = duckdb.connect(config={"threads": 1})
    warehouse = warehouse_of(model, situation, connection)
    meaning = SqlMeaning(model, warehouse.mapping, deployed)
    asked: dict[str, Tree] = {}
    expected: dict[str, dict[str, object]] = {each: {} for each in situation.things["Thing"]}
    for name in model.definitions:
        call = call_of(model, name)
        assert isinstance(call, Call)
        variables = [each for each in call.arguments if isinstance(each, Variable)]
        if len(variables) != 1:
            continue
        (variable,) = variables
        scope = Scope({variable.name: meaning.bound(variable.sort, "row")})
        fact = call.sort == FACT
        asked[name] = meaning.formula(call, scope) if fact else meaning.term(call, scope).tree
        for thing, meant in expected.items():
            env = Environment(model, situation, variables={variable.name: thing})
            meant[name] = holds(call, env) if fact else term_value(call, env)
    for view, query in Relations(warehouse.mapping, model, warehouse.types).views(meaning):
        warehouse.view(view, query)
    rows = warehouse.rows(
        exp.select(sql.column("thing", "row"), *map(exp.paren, asked.values())).from_(
            sql.table("all Thing", "row")
        )
    )
    found = {
        str(thing): {
            name: each if each is None or isinstance(each, bool) else str(each)
            for name, each in zip(asked, row, strict=True)
        }
        for thing, *row in rows
    }
    assert found == expected
    assert len(asked) == 16


def test_days_off_that_nobody_tells_are_asked_for() -> None:
    """A calendar that leaves days open is read only if the mapping says which of them are off."""
    law = load_texts({"law.md": _law(random.Random("open"))})
    model, deployed = law.model(Column("v")), law.deployed(Column("v"))
    warehouse = warehouse_of(model, Situation({}, {}, deployed), duckdb.connect())
    town = next(each for each in model.calendars.values() if each.name == "town")
    with pytest.raises(SpecError, match="leaves open"):
        SqlMeaning(model, warehouse.mapping, deployed).days_off(town)

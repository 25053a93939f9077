"""Spark says of the same expressions what DuckDB says and the language means. Needs pyspark and Java."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

import checker
from benchmarks.inventory import write
from checker.data import sql
from checker.data.cells_elsewhere import read
from checker.data.dialects import in_dialect
from checker.data.relations import Relations
from checker.data.sql import Tree
from checker.model.expressions import Sort
from checker.question.jobs import Effort
from tests.support.asked_in_sql import Compared, compared, law_without_numbers
from tests.support.awkward_cells import CELLS, meant
from tests.support.inventories import inventory
from tests.support.loans import CLAIMS, SPEC, loans
from tests.support.periods_in_sql import some_of_each
from tests.support.places import ROOT

LAWS, ASKED, AT_ONCE = 24, 40, 8
pytestmark = pytest.mark.long
QUESTIONS = (
    ("wrong(d)", None, "cohort(d), type(d)"),
    ("wrong(d)", "1", "cohort(d), type(d)"),
    ("has-slot(d)", None, "correct(d), held(d)"),
    ("published(u)", None, "active(u, ElectricityDistributor)"),
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session in this process's own Java."""
    session = pytest.importorskip("pyspark.sql").SparkSession
    made = (
        session.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("spark")))
        .config("spark.driver.memory", "2g")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("OFF")
    yield made
    made.stop()


@pytest.mark.parametrize(("where", "claim", "group"), QUESTIONS)
@pytest.mark.parametrize("big", [False, True])
def test_the_query_counts_the_same_on_spark(
    spark: Any, tmp_path: Path, where: str, claim: str | None, group: str, big: bool
) -> None:
    """The query that `--script` writes, over a small inventory and over one with the FIA's numbers."""
    if big:
        write(tmp_path, 50_000)
    else:
        inventory(tmp_path)
    law = checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))
    file = tmp_path / "query.sql"
    found = law.audit(
        tmp_path / "mapping.toml", where=where, claim=claim, groups=[group], dialect="spark", script=file
    ).count
    assert found is not None
    for each in ("devices", "users", "roles"):
        parquet = tmp_path / f"{each}.parquet"
        read = spark.read.parquet(str(parquet)) if parquet.exists() else _csv(spark, tmp_path / f"{each}.csv")
        read.createOrReplaceTempView(each)
    rows = [tuple(each) for each in spark.sql(file.read_text(encoding="utf-8").rstrip(";\n")).collect()]
    ways = claim is not None
    expected = {
        (*each.values.values(), *((None if each.way is None else str(each.way),) if ways else ())): each.rows
        for each in found.groups
    }
    assert {row[:-1]: row[-1] for row in rows} == expected
    assert len(expected) > 1


def _csv(spark: Any, file: Path) -> Any:
    """Every cell as text; an empty one stays an empty text, as DuckDB has it."""
    return spark.read.csv(str(file), header=True, inferSchema=False, nullValue="\0", emptyValue="")


@pytest.mark.parametrize("sort", CELLS, ids=lambda each: each.name)
def test_cells_mean_on_spark_what_the_language_says(spark: Any, sort: Sort) -> None:
    """Good ones and bad ones of amounts and dates."""
    spark.createDataFrame([(each,) for each in CELLS[sort]], "c STRING").createOrReplaceTempView("cells")
    query = exp.select(sql.column("c"), exp.Paren(this=read(sql.column("c"), sort, "spark"))).from_("cells")
    found = dict(map(tuple, spark.sql(in_dialect(query, "spark")).collect()))
    assert found == {each: meant(sort, each) for each in CELLS[sort]}


def test_periods_end_on_spark_where_they_do_day_by_day(spark: Any) -> None:
    """Of months, by each rule, and of working days among holidays; also on days that are no dates there."""
    for asked in some_of_each("periods on Spark", 8):
        rows = spark.createDataFrame([(each,) for each in asked.days], "day LONG")
        rows.selectExpr("CAST(day AS DECIMAL(38, 0)) AS day").createOrReplaceTempView("days")
        query = exp.select("day", asked.tree).from_("days")
        found = {int(day): int(end) for day, end in spark.sql(in_dialect(query, "spark")).collect()}
        assert found == asked.expected(), asked.name


def test_amounts_and_dates_are_counted_on_spark(spark: Any, tmp_path: Path) -> None:
    """By groups of amounts, shares and dates."""
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text(text, encoding="utf-8")
    law = checker.load(tmp_path / "spec", tmp_path / "properties", effort=Effort(processes=1))
    file, groups = tmp_path / "query.sql", ["lent(l)", "20.5 per cent of lent(l) rounded up", "since(l)"]
    found = law.audit(
        loans(tmp_path), where="late(l)", groups=groups, today="2026-03-17", dialect="spark", script=file
    ).count
    assert found is not None
    _csv(spark, tmp_path / "loans.csv").createOrReplaceTempView("loans")
    rows = spark.sql(file.read_text(encoding="utf-8").rstrip(";\n")).collect()
    assert {row[:-1]: row[-1] for row in map(tuple, rows)} == {
        tuple(each.values.values()): each.rows for each in found.groups
    }
    assert len(rows) == 3


@pytest.mark.parametrize("number", range(LAWS))
def test_random_laws_mean_the_same_on_spark(spark: Any, number: int) -> None:
    """Some definitions, axioms and outcomes of a random law. Those that Spark's planner refuses are few."""
    regime = law_without_numbers(number)
    chance = random.Random(f"spark {number}")
    refused = asked = 0
    for turn in range(2):
        one = compared(regime, number, turn)
        _fill(spark, one)
        names = chance.sample(sorted(one.trees), min(ASKED, len(one.trees)))
        worth: dict[str, object] = {}
        for start in range(0, len(names), AT_ONCE):
            worth |= _worth(spark, one, names[start : start + AT_ONCE])
        asked, refused = asked + len(names), refused + len(names) - len(worth)
        assert worth == {name: one.expected[name] for name in worth}
        one.connection.close()
    assert refused * 4 < asked, f"{refused} of {asked} are refused"


def _fill(spark: Any, one: Compared) -> None:
    for name in one.warehouse.mapping.tables:
        cursor = one.connection.execute(f"FROM {sql.quoted(name).sql('duckdb')}")
        columns = [each[0] for each in cursor.description]
        schema = ", ".join(f"`{each}` STRING" for each in columns)
        spark.createDataFrame(cursor.fetchall(), schema).createOrReplaceTempView(_known(name))


def _known(name: str) -> str:
    """What Spark takes for the name of a view."""
    return "".join(each if each.isalnum() else f"_{ord(each)}_" for each in name)


def _worth(spark: Any, one: Compared, names: list[str]) -> Iterator[tuple[str, object]]:
    """What the expressions come to, without those that Spark refuses."""
    from pyspark.errors import AnalysisException

    try:
        (row,) = spark.sql(_query(one, {name: one.trees[name] for name in names})).collect()
    except AnalysisException:
        half = len(names) // 2
        if half:
            yield from _worth(spark, one, names[:half])
            yield from _worth(spark, one, names[half:])
        return
    yield from zip(names, row, strict=True)


def _query(one: Compared, trees: Mapping[str, Tree]) -> str:
    relations = Relations(one.warehouse.mapping, one.model, one.warehouse.types)
    columns = (exp.alias_(exp.Paren(this=each.copy()), f"c{n}") for n, each in enumerate(trees.values()))
    query = exp.select(*columns)
    tables = one.warehouse.mapping.tables
    for name, view in relations.views(one.meaning):
        for each in view.find_all(exp.Table):
            if each.name in tables:
                each.set("this", sql.quoted(_known(each.name)))
        query = query.with_(sql.quoted(name), as_=view)
    return in_dialect(query, "spark")

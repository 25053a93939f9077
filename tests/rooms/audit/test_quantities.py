"""Amounts, shares and dates in tables, and in a log of requests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
import sqlglot

import checker
from checker.api import Law
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort
from checker.rooms.audit.asked import Dialect
from tests.support.loans import CLAIMS, LOANS, MAPPING, SPEC, loans


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """A bank."""
    folder = tmp_path_factory.mktemp("loans")
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(text, encoding="utf-8")
    return checker.load(folder / "spec", folder / "properties", effort=Effort(processes=1))


def test_rows_are_counted_by_limits(law: Law, tmp_path: Path) -> None:
    """At most £100: numbers are shown as cells have them, and a row at the limit, at a penny on either
    side, at nothing, and elsewhere is decided again.
    """
    groups = ["lent(l)", "rate(l)", "20 per cent of lent(l) rounded up"]
    rows = tmp_path / "rows.csv"
    found = law.audit(loans(tmp_path), where="lent(l) at most 100", groups=groups, rows=rows).count
    assert found is not None
    assert [tuple(each.values.values()) for each in found.groups] == [
        ("0.00", "5", "0.00"),
        ("100.00", "5", "20.00"),
        ("99.99", "5", "20.00"),
    ]
    assert (found.matching, found.boundaries) == (3, 5)
    assert "a,100.00,5,20.00" in rows.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "today", "late"),
    [("today = 2026-03-16", None, 2), ("", "17 March 2026", 3), ("today = '1 March 2026'", "2026-03-17", 3)],
)
def test_today_is_said(law: Law, tmp_path: Path, said: str, today: str | None, late: int) -> None:
    """By the mapping or by the option, which counts more. A loan without a day is not late."""
    found = law.audit(loans(tmp_path, f"{MAPPING}\n[given]\n{said}\n"), where="late(l)", today=today).count
    assert found is not None
    assert found.matching == late


@pytest.mark.parametrize(
    ("mapping", "today", "told"),
    [
        (MAPPING, None, "nobody says what day it is"),
        (MAPPING, "2026-02-30", "`--today`: `2026-02-30` is no date"),
        (f"{MAPPING}\n[given]\ntoday = 'soon'\n", None, "`soon` is no date"),
    ],
)
def test_a_day_that_is_none_is_refused(
    law: Law, tmp_path: Path, mapping: str, today: str | None, told: str
) -> None:
    """With one diagnostic."""
    with pytest.raises(SpecError, match=told) as error:
        law.audit(loans(tmp_path, mapping), where="late(l)", today=today)
    assert len(error.value.diagnostics) == 1


@pytest.mark.parametrize(
    ("cell", "bad", "told"),
    [
        ("99.99", "99.995", "lies between two numbers of money, which are 0.01 apart"),
        ("99.99", "lots", "is no money"),
        ("1 March 2026", "31 February 2026", "is no date"),
    ],
)
def test_a_bad_cell_is_named_with_its_row(law: Law, tmp_path: Path, cell: str, bad: str, told: str) -> None:
    """One diagnostic: the file, the column, and the first row."""
    path = loans(tmp_path)
    (tmp_path / "loans.csv").write_text(LOANS.replace(cell, bad), encoding="utf-8")
    with pytest.raises(SpecError) as error:
        law.audit(path, where="lent(l) at most 100 and late(l)", today="2026-03-17")
    (found,) = error.value.diagnostics
    assert f"`{bad}` in " in found.message
    assert "`loans.csv`" in found.message
    assert told in found.message
    row = next(n for n, line in enumerate(LOANS.splitlines()) if cell in line)
    assert found.notes == (f"row {row} has it, after the heading",)


def test_columns_of_other_types_are_read_alike(law: Law, tmp_path: Path) -> None:
    """DECIMAL and DATE in Parquet; what is below zero breaks the axiom of the quantity, and is told."""
    path = loans(tmp_path, MAPPING.replace("loans.csv", "loans.parquet"))
    query = """SELECT id, lent::DECIMAL(12, 4) AS lent, since::DATE AS since, NULL::DATE AS renewed
    FROM (VALUES
        ('a', 100, '2026-03-02'), ('b', 100.01, '2026-03-01'), ('c', 99.99, NULL), ('e', 0, '2026-03-01')
    ) AS t (id, lent, since)"""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{tmp_path}/loans.parquet' (FORMAT parquet)")
    found = law.audit(path, where="lent(l) at most 100", groups=["since(l)"], check=True)
    assert found.count is not None
    assert {each.values["since(l)"] for each in found.count.groups} == {"2026-03-01", "2026-03-02", None}
    told = {each.name: (each.holds, each.rows) for each in found.broken or ()}
    assert (told["balance-never-negative"], told["lent-never-negative"]) == ((False, 1), (True, 0))


def test_an_event_writes_dates(law: Law, tmp_path: Path) -> None:
    """As cells, and in every system's own words; what T-SQL takes for a condition is none among values."""
    path = loans(tmp_path)
    event = law.audit(path, event="forgiving").event
    assert event is not None
    assert (event.tables, event.again) == ({"loans": 2}, 0)
    for dialect, words in OF_DIALECTS.items():
        told = law.audit(path, event="forgiving", dialect=dialect).event
        assert told is not None
        assert all(each in told.script for each in words)
        (read,) = sqlglot.parse(told.script, dialect=dialect)
        assert isinstance(read, sqlglot.exp.Update)
        assert "INT128" not in told.script
        assert "HUGEINT" not in told.script


def test_what_a_system_could_not_divide_is_refused(law: Law, tmp_path: Path) -> None:
    """Spark and T-SQL divide numbers of 32 digits; DuckDB and Postgres more."""
    where = "(3.1234567890123 per cent of lent(l) rounded up) times 1000 at most 100"
    path = loans(tmp_path)
    for dialect in ("duckdb", "postgres"):
        law.audit(path, where=where, dialect=dialect, script=tmp_path / "query.sql")
    with pytest.raises(SpecError, match="more than 32 digits"):
        law.audit(path, where=where, dialect="spark", script=tmp_path / "other.sql")
    assert not (tmp_path / "other.sql").exists()


OF_DIALECTS: Mapping[Dialect, tuple[str, ...]] = {
    "postgres": ("TO_CHAR(", "AS DECIMAL(38, 0))", "SUBSTRING("),
    "spark": ("DATE_ADD(", "DATEDIFF(", "AS DECIMAL(38, 0))", "REGEXP_EXTRACT("),
    "tsql": ("DATEADD(", "DATEDIFF(", "AS NUMERIC(38, 0))", "TRY_CONVERT(DATE", "END = 1"),
    "bigquery": ("DATE_ADD(", "DATE_DIFF(", "AS BIGNUMERIC)", "REGEXP_EXTRACT("),
}
LOG = """2026-03-05 10:00:00,ann,Pay,1000.50,a,ok
2026-03-05 11:00:00,ann,Pay,0.01,a,ok
2026-03-16 23:59:59,bob,Renew,0,a,ok
2026-03-17 00:00:00,bob,Renew,0,a,ok
2026-03-17 00:00:00,bob,Renew,0,d,LATE
2026-03-17 00:00:01,bob,Repay,20.50,a,ok
2026-03-17 00:00:02,bob,Repay,20.49,a,ok
2026-03-17 00:00:03,bob,Repay,20.51,b,ok
2026-03-17 00:00:03,bob,Repay,20.50,b,LITTLE
2026-03-17 00:00:04,bob,Repay,-1,b,ok
"""


def test_a_log_is_held_against_amounts_and_days(law: Law, tmp_path: Path) -> None:
    """The day of a request is today. What is paid is followed; a share is exact; a negative amount makes
    no request.
    """
    found = law.replay(loans(tmp_path, log=LOG))
    wrong = {(each.when[5:], each.example["amount"], each.law) for each in found.groups}
    assert wrong == {
        ("03-05 11:00:00", "0.01", "Bank: LOW;"),
        ("03-17 00:00:00", "0.00", "Bank: LATE;"),
        ("03-17 00:00:02", "20.49", "Bank: LITTLE;"),
        ("03-17 00:00:04", "-1.00", "malformed"),
    }
    with pytest.raises(SpecError, match=r"`0\.001` in `amount` of `log\.csv` lies between"):
        law.replay(loans(tmp_path, log=LOG.replace("0.01,", "0.001,")))


def test_amounts_are_kept_whole(law: Law, tmp_path: Path) -> None:
    """What a long run keeps of a log has amounts to the last penny, as they were."""
    path = loans(tmp_path, log=LOG.replace("1000.50", "999999999999999.99"))
    plain, kept = law.replay(path), law.replay(path, keep=tmp_path / "kept")
    assert (kept.groups, kept.against) == (plain.groups, plain.against)


def test_the_day_is_that_of_the_zone(law: Law, tmp_path: Path) -> None:
    """Half past eleven in the evening in UTC is the next day in Paris: the loan is renewed too late."""
    path = loans(tmp_path, log="2026-03-16 23:30:00Z,bob,Renew,0,a,ok\n")
    path.write_text(path.read_text(encoding="utf-8") + 'zone = "Europe/Paris"\n', encoding="utf-8")
    (found,) = law.replay(path).groups
    assert (found.law, found.when) == ("Bank: LATE;", "2026-03-16 23:30:00")

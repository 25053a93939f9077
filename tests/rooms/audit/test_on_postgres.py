"""Scripts and queries on a real Postgres, which is started for these tests where it is installed."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from sqlglot import exp

import checker
from checker.data import sql as made
from checker.data.cells_elsewhere import read, read_typed
from checker.data.dialects import in_dialect
from checker.model.expressions import Sort
from checker.question.jobs import Effort
from tests.support.awkward_cells import CELLS, MONEY, meant
from tests.support.doors_and_lamps import CLAIMS, DOORS, LAMPS, MAPPING, SPEC
from tests.support.inventories import AFTER, EVENT, inventory
from tests.support.loans import CLAIMS as OF_LOANS
from tests.support.loans import SPEC as LOANS
from tests.support.loans import loans
from tests.support.periods_in_sql import some_of_each
from tests.support.places import ROOT

Sql: TypeAlias = Callable[[str], list[tuple[str, ...]]]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def sql() -> Iterator[Sql]:
    """Runs statements on a server of its own, which nobody reaches by network; the rows of the last ones."""
    places = [Path(each).parent for each in (shutil.which("initdb"),) if each]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not places:
        pytest.skip("there is no Postgres")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    user: tuple[str, ...] = ()
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        user = ("runuser", "-u", "postgres", "--")

    def run(program: str, *words: str, text: str = "") -> str:
        done = subprocess.run(
            [*user, str(places[-1] / program), *words],
            input=text,
            text=True,
            capture_output=True,
            check=False,
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(text: str) -> list[tuple[str, ...]]:
        found = run("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", str(folder), "-d", "postgres", text=text)
        return [tuple(each.split("|")) for each in found.splitlines()]

    data, log = str(folder / "data"), str(folder / "log")
    run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run("pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-k {folder} -c listen_addresses=''", "start")
    try:
        yield rows
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _filled(folder: Path, names: Sequence[str]) -> str:
    """Statements that make the tables of CSV files, with empty texts where cells are empty."""
    made = []
    for name in names:
        head, *rows = csv.reader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines())
        columns = ", ".join(f'"{each}" text' for each in head)
        made.append(f"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({columns});")
        values = exp.values([tuple(row) for row in rows])
        made.append(f"{exp.insert(values, name).sql('postgres')};")
    return "SET client_min_messages TO error;\n" + "\n".join(made) + "\n"


def test_an_event_does_there_what_it_does_on_the_copy(sql: Sql, tmp_path: Path) -> None:
    """And a second run changes nothing."""
    law = checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))
    event = law.audit(inventory(tmp_path), event=EVENT, dialect="postgres").event
    assert event is not None
    told = "SELECT id, network_operator FROM devices;\n"
    expected = {(name, value or "") for name, value in AFTER.items()}
    assert set(sql(_filled(tmp_path, ("devices", "users")) + event.script + told)) == expected
    assert set(sql(event.script + told)) == expected


def test_the_query_counts_there_what_it_counts_here(sql: Sql, tmp_path: Path) -> None:
    """With groups that are absent, facts, and the ways of a strategy."""
    law = checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))
    mapping, file = inventory(tmp_path), tmp_path / "query.sql"
    sql(_filled(tmp_path, ("devices", "users", "roles")))
    for where, claim, group in (
        ("wrong(d)", None, "provider(d), type(d)"),
        ("wrong(d)", 1, "type(d)"),
        ("true", None, "correct(d), held(d)"),
    ):
        asked = law.audit(
            mapping,
            where=where,
            bound="d: Device",
            groups=[group],
            claim=claim,
            dialect="postgres",
            script=file,
        )
        assert asked.count is not None
        ways = claim is not None
        expected = {
            (*(v or "" for v in e.values.values()), *((str(e.way or ""),) if ways else ()), str(e.rows))
            for e in asked.count.groups
        }
        assert set(sql(file.read_text(encoding="utf-8"))) == expected
        assert len(expected) > 2


def test_several_tables_are_written_at_once_there(sql: Sql, tmp_path: Path) -> None:
    """The lamp of `a` turns red, and its door is not locked for that, in the first run."""
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text(text, encoding="utf-8")
    for table, text in (("doors.csv", DOORS), ("lamps.csv", LAMPS), ("mapping.toml", MAPPING)):
        (tmp_path / table).write_text(text, encoding="utf-8")
    law = checker.load(tmp_path / "spec", tmp_path / "properties", effort=Effort(processes=1))
    event = law.audit(tmp_path / "mapping.toml", event="chase", dialect="postgres").event
    assert event is not None
    told = "SELECT id, state, lamp FROM doors JOIN lamps ON door = id ORDER BY id;\n"
    once = [("a", "Open", "Red"), ("b", "Locked", "Red"), ("c", "Closed", "Green")]
    assert sql(_filled(tmp_path, ("doors", "lamps")) + event.script + told) == once
    assert sql(event.script + told)[0] == ("a", "Locked", "Red")


@pytest.mark.parametrize("sort", CELLS, ids=lambda each: each.name)
def test_cells_mean_there_what_the_language_says(sql: Sql, sort: Sort) -> None:
    """Good ones and bad ones, whatever form of dates the session has."""
    rows = exp.values(
        [(number, each) for number, each in enumerate(CELLS[sort])], alias="t", columns=["n", "c"]
    )
    told = in_dialect(read(made.column("c"), sort, "postgres"), "postgres")
    text = f"SET DateStyle = 'SQL, DMY';\nSELECT {told} FROM {rows.sql('postgres')} ORDER BY n;\n"
    expected = [meant(sort, each) for each in CELLS[sort]]
    assert [each for (each,) in sql(text)] == ["" if each is None else str(each) for each in expected]


@pytest.mark.parametrize("kind", ["DECIMAL(24, 4)", "DOUBLE", "BIGINT"])
def test_numbers_mean_there_what_they_mean_here(sql: Sql, kind: str) -> None:
    """Those between two pennies are none, nor those that are too large."""
    cells: list[int | float] = [0, 5, -5, 10**15, -(10**15), 10**15 - 1]
    cells += [] if kind == "BIGINT" else [99.99, -0.01, 99.995, 123456789012.34]
    told = read_typed(made.column("c"), kind, MONEY, "postgres")
    assert told is not None
    typed = exp.DataType.build(kind, "duckdb")
    listed = [(n, exp.cast(exp.convert(each), typed)) for n, each in enumerate(cells)]
    query = exp.select(told).from_(exp.values(listed, alias="t", columns=["n", "c"])).order_by("n")
    rows = sql(f"{in_dialect(query, 'postgres')};\n")
    expected = [meant(MONEY, f"{each:.4f}" if isinstance(each, float) else str(each)) for each in cells]
    assert [each for (each,) in rows] == ["" if each is None else str(each) for each in expected]
    assert None in expected


def test_periods_end_there_where_they_do_day_by_day(sql: Sql) -> None:
    """Of months, by each rule, and of working days among holidays; also on days that are no dates there."""
    for asked in some_of_each("periods on Postgres", 12):
        rows = exp.values([(each,) for each in asked.days], alias="days", columns=["day"])
        day = exp.cast(made.column("day"), "DECIMAL(38, 0)").as_("day")
        query = exp.select("day", asked.tree).from_(exp.select(day).from_(rows).subquery("days"))
        found = {int(day): int(end) for day, end in sql(f"{in_dialect(query, 'postgres')};\n")}
        assert found == asked.expected(), asked.name


def test_amounts_and_dates_are_written_and_counted_there(sql: Sql, tmp_path: Path) -> None:
    """The event does what it does on the copy; groups are amounts, shares and dates."""
    for name, text in (("spec", LOANS), ("properties", OF_LOANS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text(text, encoding="utf-8")
    law = checker.load(tmp_path / "spec", tmp_path / "properties", effort=Effort(processes=1))
    mapping, file = loans(tmp_path), tmp_path / "query.sql"
    groups = ["lent(l)", "rate(l)", "20.5 per cent of lent(l) rounded up", "since(l)"]
    found = law.audit(
        mapping, where="late(l)", groups=groups, today="2026-03-17", dialect="postgres", script=file
    ).count
    assert found is not None
    expected = {(*(v or "" for v in each.values.values()), str(each.rows)) for each in found.groups}
    sql(_filled(tmp_path, ("loans", "users")))
    assert set(sql(file.read_text(encoding="utf-8"))) == expected
    assert len(expected) == 3
    event = law.audit(mapping, event="forgiving", dialect="postgres").event
    assert event is not None
    told = "SELECT id, renewed FROM loans ORDER BY id;\n"
    after = [("a", "2026-03-03"), ("b", ""), ("c", "2026-03-17"), ("d", ""), ("e", "2026-03-02")]
    assert sql(f"SET DateStyle = 'German';\n{event.script}{told}") == after
    assert sql(event.script + told) == after

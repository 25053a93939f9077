"""Events that write several tables: one transaction, which reads every row as it was before."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import sqlglot

import checker
from checker.api import Law
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort
from checker.rooms.audit.asked import Dialect
from checker.rooms.audit.document import AuditEvent
from tests.support.doors_and_lamps import CLAIMS, DOORS, LAMPS, MAPPING, SPEC


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """Doors with a lamp each."""
    folder = tmp_path_factory.mktemp("doors")
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(text, encoding="utf-8")
    return checker.load(folder / "spec", folder / "properties", effort=Effort(processes=1))


def _event(law: Law, folder: Path, name: str, dialect: Dialect = "duckdb") -> AuditEvent:
    for table, text in (("doors.csv", DOORS), ("lamps.csv", LAMPS), ("mapping.toml", MAPPING)):
        (folder / table).write_text(text, encoding="utf-8")
    found = law.audit(folder / "mapping.toml", event=name, dialect=dialect).event
    assert found is not None
    return found


def _by_hand(folder: Path, script: str) -> list[tuple[object, ...]]:
    """Each door's state and lamp after the script."""
    with duckdb.connect() as connection:
        for name in ("doors", "lamps"):
            connection.execute(
                f"CREATE TABLE {name} AS FROM read_csv('{folder}/{name}.csv', all_varchar=true)"
            )
        connection.execute(script)
        return connection.execute(
            "SELECT id, state, lamp FROM doors JOIN lamps ON door = id ORDER BY id"
        ).fetchall()


def test_both_tables_are_written_from_what_was_before(law: Law, tmp_path: Path) -> None:
    """Locking a door does not keep its lamp from turning red, and the second run changes nothing."""
    found = _event(law, tmp_path, "shut")
    assert (found.tables, found.again, found.held) == ({"doors": 1, "lamps": 1}, 0, 3)
    assert _by_hand(tmp_path, found.script) == [
        ("a", "Locked", "Red"),
        ("b", "Open", "Red"),
        ("c", "Closed", "Green"),
    ]
    (claim,) = found.claims
    assert (claim.rows, claim.broken, claim.unsaid) == (3, 0, "")


def test_no_statement_reads_what_another_wrote(law: Law, tmp_path: Path) -> None:
    """The lamp of `a` turns red, and its door is not locked for that; a second run would lock it."""
    found = _event(law, tmp_path, "chase")
    assert _by_hand(tmp_path, found.script) == [
        ("a", "Open", "Red"),
        ("b", "Locked", "Red"),
        ("c", "Closed", "Green"),
    ]
    assert (found.tables, found.again) == ({"doors": 1, "lamps": 1}, 1)
    assert "one transaction, to be run once: a second run changed 1 rows of a copy" in found.script


@pytest.mark.parametrize("dialect", ["postgres", "tsql", "bigquery"])
def test_the_transaction_in_every_dialect(law: Law, tmp_path: Path, dialect: Dialect) -> None:
    """What stands between its beginning and its end, read back by sqlglot, does the same in DuckDB."""
    text = _event(law, tmp_path, "chase", dialect).script
    begin = next(each for each in text.splitlines() if each.startswith("BEGIN"))
    inner, end, _ = text[text.index(begin) + len(begin) :].partition("\nCOMMIT")
    assert end
    inner = inner.replace(" COLLATE Latin1_General_100_BIN2", "")
    parts = [each for each in sqlglot.transpile(inner, dialect, "duckdb") if each]
    assert len(parts) == 4
    again = ";".join(parts).replace('"#', '"')
    assert _by_hand(tmp_path, again)[0] == ("a", "Open", "Red")


def test_spark_has_no_transaction_over_tables(law: Law, tmp_path: Path) -> None:
    """So there is no script for it, and the reason is told."""
    with pytest.raises(SpecError, match="spark has no transaction"):
        _event(law, tmp_path, "shut", "spark")

"""An event as a script: what it changes in a small inventory, and the claims about it, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
import sqlglot

import checker
from checker.api import Law
from checker.data.scripts import TableScript
from checker.language.diagnostics import SpecError
from checker.question.jobs import Disagreement, Effort
from checker.rooms.audit.answer import Audit
from checker.rooms.audit.asked import Dialect
from checker.rooms.audit.document import AuditEvent
from tests.support.inventories import AFTER, EVENT, MAPPING, inventory
from tests.support.params import with_long
from tests.support.places import ROOT


@pytest.fixture(scope="module")
def law() -> Law:
    return checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))


def event_of(found: Audit) -> AuditEvent:
    """What was found of the event."""
    assert found.event is not None
    return found.event


def run_by_hand(folder: Path, script: str) -> tuple[Mapping[str, str | None], int]:
    """Run a script in DuckDB alone: the slots after it, and how many rows a second run changes."""
    with duckdb.connect() as connection:
        for name in ("devices", "users"):
            connection.execute(
                f"CREATE TABLE {name} AS FROM read_csv('{folder}/{name}.csv', all_varchar=true)"
            )
        connection.execute(script)
        rows = connection.execute("SELECT id, network_operator FROM devices").fetchall()
        again = connection.execute(script).fetchone()
    return dict(rows), again[0] if again else -1


def test_the_update_changes_the_wrong_slots_that_it_can(law: Law, tmp_path: Path) -> None:
    """Three rows are others after it, none after a second run; DuckDB alone comes to the same."""
    found = law.audit(inventory(tmp_path), event=EVENT, groups=["provider(d)"])
    event = event_of(found)
    assert (event.tables, event.again, event.held) == ({"devices": 3}, 0, 10)
    assert found.count is not None
    assert {each.values["provider(d)"]: each.rows for each in found.count.groups} == {"One": 2, "Two": 1}
    assert run_by_hand(tmp_path, event.script) == (AFTER, 0)


@pytest.mark.parametrize("dialect", with_long(("tsql", "spark", "postgres", "bigquery"), "tsql".__ne__))
def test_the_script_means_the_same_in_every_dialect(law: Law, tmp_path: Path, dialect: Dialect) -> None:
    """Read back by sqlglot and run in DuckDB, it does the same."""
    script = tmp_path / "update.sql"
    found = law.audit(inventory(tmp_path), event=EVENT, dialect=dialect, script=script)
    text = script.read_text(encoding="utf-8")
    assert event_of(found).script == text
    assert ("COLLATE Latin1_General_100_BIN2" in text) == (dialect == "tsql")
    (again,) = sqlglot.transpile(text.replace(" COLLATE Latin1_General_100_BIN2", ""), dialect, "duckdb")
    assert run_by_hand(tmp_path, again) == (AFTER, 0)


def test_bits_are_no_conditions_in_t_sql(law: Law, tmp_path: Path) -> None:
    """T-SQL has no truth among values: `(1 = 1)` would be a mistake in a CASE or after `=`."""
    script = event_of(law.audit(inventory(tmp_path), event=EVENT, dialect="tsql")).script
    assert "THEN CAST(1 AS BIT) ELSE CAST(0 AS BIT)" in " ".join(script.split())
    assert "(1 = 1)" not in script


def test_a_script_reads_cells_that_the_export_lacked(law: Law, tmp_path: Path) -> None:
    """Labels and empty cells that a live table gets later mean what the mapping says."""
    small = (
        "id,type,generation,s1sp,network_operator,distributor,transporter\nwrong,ESME,SMETS1,One,bob,ann,\n"
    )
    script = event_of(law.audit(inventory(tmp_path, devices=small), event=EVENT)).script
    inventory(tmp_path)
    assert run_by_hand(tmp_path, script) == (AFTER, 0)


def test_the_claims_about_it_are_looked_up(law: Law, tmp_path: Path) -> None:
    """With S1SP 3 taking part, the premise of 23a and 23f holds, and they speak of rows."""
    mapping = inventory(tmp_path, mapping=MAPPING.replace('(Three)" = false', '(Three)" = true'))
    found = law.audit(mapping, event=EVENT)
    claims = {each.number: each for each in event_of(found).claims}
    assert claims.keys() == {"23a", "23b", "23c", "23d", "23e", "23f"}
    assert all(each.broken == 0 and not each.unsaid for each in claims.values())
    assert claims["23a"].rows == 8  # SMETS1 devices with a slot
    assert claims["23b"].rows == 9  # devices with a slot
    assert claims["23f"].rows == 4  # those of `wrong` whose right certificate is shared
    assert found.exit == 0


def test_premises_that_the_tables_break_are_told(law: Law, tmp_path: Path) -> None:
    """S1SP 3 takes no part: 23f speaks of nothing, and without its premises it is false of two."""
    found = law.audit(inventory(tmp_path), event=EVENT)
    claims = {each.number: each for each in event_of(found).claims}
    claim = claims["23f"]
    assert (claim.rows, claim.broken) == (0, 0)
    assert (claim.rows_without_premises, claim.broken_without_premises) == (5, 2)
    assert {each[0] for each in claim.first} == {"third", "secret"}
    assert "not as given" in found.text()


@pytest.mark.thorough
def test_a_script_that_does_something_else_is_noticed(
    law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it writes is held against the meaning of the event."""
    right = TableScript.statement

    def mistaken(self: TableScript) -> sqlglot.exp.Update:
        made = right(self)
        made.set("where", None)
        return made

    monkeypatch.setattr(TableScript, "statement", mistaken)
    with pytest.raises(Disagreement, match="corrective-update differ"):
        law.audit(inventory(tmp_path), event=EVENT)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("corrective-updat", "there is no event"),
        ("user-leaves", "happens to what its parameters say"),
        ("alert", "no one column keeps `alerted\\(_\\)`"),
    ],
)
def test_what_cannot_be_a_script_is_refused(law: Law, tmp_path: Path, event: str, said: str) -> None:
    """With the reason, and never approximated."""
    with pytest.raises(SpecError, match=said):
        law.audit(inventory(tmp_path), event=event)

"""What `audit` finds in a small inventory, worked out by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import checker
from checker.api import Law
from checker.data import sql
from checker.language.diagnostics import SpecError
from checker.question.jobs import Disagreement, Effort
from checker.rooms.audit.answer import Audit
from checker.rooms.audit.document import AuditCount
from tests.support.inventories import DEVICES, MAPPING, USERS, inventory
from tests.support.places import ROOT

WRONG = {"wrong", "left", "gas", "third", "secret", "second"}


@pytest.fixture(scope="module")
def law() -> Law:
    return checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))


def count_of(found: Audit) -> AuditCount:
    """What was counted."""
    assert found.count is not None
    return found.count


def test_wrong_slots_are_counted_by_group(law: Law, tmp_path: Path) -> None:
    """Labels, short names and names are read alike; a missing certificate and the DCC's are not wrong."""
    found = law.audit(inventory(tmp_path), where="wrong(d)", groups=["provider(d), type(d)"])
    count = count_of(found)
    groups = {(each.values["provider(d)"], each.values["type(d)"]): each.rows for each in count.groups}
    assert groups == {("One", "ESME"): 4, ("Two", "GPF"): 1, ("Three", "GPF"): 1}
    assert (count.total, count.matching) == (10, 6)
    assert {each[0] for each in count.first} == WRONG
    assert count.again == 10
    assert "One          ESME" in found.text()


def test_absent_is_a_group(law: Law, tmp_path: Path) -> None:
    """What is absent is not left out of the counts."""
    count = count_of(law.audit(inventory(tmp_path), where="has-slot(d)", groups=["correct(d)", "held(d)"]))
    groups = {tuple(each.values.values()): each.rows for each in count.groups}
    assert groups == {("ann", "yes"): 4, ("ann", "no"): 2, ("dan", "yes"): 2, ("bob", "yes"): 1}
    none = count_of(law.audit(inventory(tmp_path), where="not has-slot(d)", groups=["correct(d)"]))
    assert [tuple(each.values.values()) for each in none.groups] == [(None,)]


@pytest.mark.long
def test_each_row_has_its_sender(law: Law, tmp_path: Path) -> None:
    """By the strategy of claim 1 the owner sends 6.15.1; one that has left, and SMETS2, have no way by it."""
    rows = tmp_path / "rows.csv"
    found = law.audit(inventory(tmp_path), where="wrong(d)", claim=1, rows=rows)
    read = {each["d"]: each for each in csv.DictReader(rows.read_text(encoding="utf-8").splitlines())}
    assert read.keys() == WRONG
    assert {name for name, each in read.items() if not each["send sender"]} == {"left", "second"}
    assert read["gas"]["send role"] == "GasTransporter"
    senders = {name: (each["send sender"], each["send certificate"]) for name, each in read.items()}
    assert senders["wrong"] == ("bob", "ann")
    assert senders["gas"] == senders["third"] == ("cat", "dan")
    assert senders["secret"] == ("ann", "bob")
    assert sum(each.rows for each in count_of(found).groups if each.way is None) == 2


def test_what_the_tables_break_is_found(law: Law, tmp_path: Path) -> None:
    """A gas transporter that is registered for an electricity meter breaks an axiom, and so does the DCC."""
    devices = DEVICES.replace("right,ESME,SMETS1,One,ann,ann,", "right,ESME,SMETS1,One,ann,ann,DCC")
    found = law.audit(inventory(tmp_path, devices=devices), check=True)
    assert found.broken is not None
    broken = {each.name: each for each in found.broken if not each.holds and not each.unsaid}
    assert broken["registrations-fit-fuel"].first == (("right", "GasTransporter"),)
    assert broken["dcc-never-acts"].rows == 1
    assert broken["owner-can-send"].rows == 4
    assert broken["every-s1sp-takes-part"].rows is None
    assert found.exit == 1
    assert law.audit(inventory(tmp_path), check=True).exit == 0


def test_missing_values_that_must_be_there_are_found(law: Law, tmp_path: Path) -> None:
    """Every device has a generation: a row without one is named."""
    devices = DEVICES.replace("empty,ESME,SMETS1", "empty,ESME,")
    found = law.audit(inventory(tmp_path, devices=devices), check=True)
    assert found.broken is not None
    values = {each.name: each.first for each in found.broken if each.kind == "value" and not each.holds}
    assert values == {"generation": (("empty",),)}


def test_a_disagreement_is_noticed(law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If SQL took `is` for `is not`, the rows that are decided again would show it."""
    right = sql.equal
    monkeypatch.setattr(sql, "equal", lambda left, other: sql.not_(right(left, other)))
    with pytest.raises(Disagreement, match="differ about"):
        law.audit(inventory(tmp_path), where="wrong(d)")


def test_a_key_that_is_the_name_of_a_named_thing_is_another_thing(law: Law, tmp_path: Path) -> None:
    """The DCC has the key `ann` here: two slots are its own; that of a user with the key `DCC` is not."""
    mapping = MAPPING.replace("[given]", '[constants]\nDCC = "ann"\n\n[given]')
    path = inventory(tmp_path, mapping=mapping, users=USERS + "DCC,yes\n")
    found = law.audit(path, where="anchor(d, NetworkOperator) is DCC").count
    assert found is not None
    assert (found.matching, found.again) == (2, 10)


def test_versions_side_by_side_are_asked_for_what_they_have_in_common(law: Law, tmp_path: Path) -> None:
    """While the DSP alone has the change, a slot is as wrong as before it; ways depend on who answers."""
    mapping = inventory(tmp_path)
    mixed, alone = (law.audit(mapping, where="wrong(d)", version=each) for each in ("dsp-first", "baseline"))
    assert count_of(mixed).matching == count_of(alone).matching == 6
    assert count_of(mixed).again == 10
    with pytest.raises(SpecError, match="deploys several versions, and the ways of a proof are tried in one"):
        law.audit(mapping, claim=1, version="dsp-first")
    checked = law.audit(mapping, check=True, version="dsp-first").broken
    assert checked == law.audit(mapping, check=True, version="baseline").broken

"""Runs that are killed and go on where they were: what is kept, for how long, and of what."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import msgspec
import pytest

import checker
from benchmarks.inventory import write
from checker.api import Law
from checker.data import pieces
from checker.language.diagnostics import SpecError
from checker.question.jobs import Effort
from checker.rooms.audit.answer import Audit
from checker.rooms.replay.answer import Replay
from tests.support.inventories import DEVICES, inventory, logged
from tests.support.places import ROOT

LOG = "".join(
    f"2022-1{1 + n % 2}-{1 + n:02},{sender},ED,6.15.1,{device},NetworkOperator,ann,OK\n"
    for n, (sender, device) in enumerate(
        (s, d) for s in ("ann", "bob") for d in ("wrong", "left", "right", "second")
    )
)


@pytest.fixture(scope="module")
def law() -> Law:
    return checker.load(ROOT / "spec", ROOT / "properties", effort=Effort(processes=1))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of three rows."""
    monkeypatch.setattr(pieces, "ROWS", 3)


class Killed(BaseException):
    """Stands for the end of the process."""


class Until:
    """Progress that ends the run when something is done for the so manieth time; notes what was done."""

    def __init__(self, last: int = 10_000) -> None:
        self.last = last
        self.begun: list[str] = []

    def __call__(self, done: int, total: int, what: str) -> None:
        del total
        if done == 0:
            self.begun.append(what)
            if len(self.begun) > self.last:
                raise Killed


def _as_parquet(folder: Path, mapping: Path, *names: str) -> Path:
    text = mapping.read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        for name in names:
            connection.execute(
                f"COPY (FROM read_csv('{folder}/{name}.csv', all_varchar=true)) TO '{folder}/{name}.parquet'"
            )
            text = text.replace(f"{name}.csv", f"{name}.parquet")
    mapping.write_text(text, encoding="utf-8")
    return mapping


def _same(found: Audit | Replay, other: Audit | Replay) -> bool:
    return msgspec.structs.replace(found, seconds=0, command="") == msgspec.structs.replace(
        other, seconds=0, command=""
    )


def _resumed(ask: Callable[[Until], Audit | Replay], whole: Until, step: int) -> Iterator[Audit | Replay]:
    """The answer after each of some points at which the run was killed, the last first."""
    for last in range(len(whole.begun) - 1, 3, -step):
        with pytest.raises(Killed):
            ask(Until(last))
        again = Until()
        yield ask(again)
        assert len(again.begun) < len(whole.begun)


@pytest.mark.thorough
def test_an_audit_goes_on_wherever_it_was_killed(law: Law, tmp_path: Path) -> None:
    """With the same answer and the same rows, and with less to do; nothing is left behind."""
    mapping = _as_parquet(tmp_path, inventory(tmp_path), "devices")
    kept, rows = tmp_path / "kept", tmp_path / "rows.csv"

    def ask(progress: Until) -> Audit:
        return law.audit(
            mapping, where="wrong(d)", groups=["type(d)"], rows=rows, keep=kept, progress=progress
        )

    plain = law.audit(mapping, where="wrong(d)", groups=["type(d)"], rows=rows)
    written = sorted(rows.read_text(encoding="utf-8").splitlines())
    whole = Until()
    assert _same(ask(whole), plain)
    assert any("(4 of 4)" in each for each in whole.begun)
    for found in _resumed(ask, whole, 12):
        assert _same(found, plain)
        assert sorted(rows.read_text(encoding="utf-8").splitlines()) == written
        assert not kept.exists()


@pytest.mark.thorough
def test_a_replay_goes_on_wherever_it_was_killed(law: Law, tmp_path: Path) -> None:
    """With the same answer, and with less to do."""
    mapping = _as_parquet(tmp_path, logged(tmp_path, LOG), "log", "devices")

    def ask(progress: Until) -> Replay:
        return law.replay(mapping, keep=tmp_path / "kept", progress=progress)

    plain, whole = law.replay(mapping), Until()
    assert _same(ask(whole), plain)
    assert plain.against
    assert any("(2 of 3)" in each for each in whole.begun)
    for found in _resumed(ask, whole, 99):
        assert _same(found, plain)


@pytest.mark.thorough
def test_what_belongs_to_other_data_or_another_question_is_not_read(law: Law, tmp_path: Path) -> None:
    """One cell is changed after the run was killed: the answer is that of the new cell."""
    mapping, kept = _as_parquet(tmp_path, inventory(tmp_path), "devices"), tmp_path / "kept"
    for where, cell in (("wrong(d)", "bob"), ("wrong(d)", "ann"), ("right(d)", "ann")):
        devices = DEVICES.replace("S1SP 1,bob", f"S1SP 1,{cell}")
        (tmp_path / "devices.csv").write_text(devices, encoding="utf-8")
        with duckdb.connect() as connection:
            read = f"FROM read_csv('{tmp_path}/devices.csv', all_varchar=true)"
            connection.execute(f"COPY ({read}) TO '{tmp_path}/devices.parquet'")
        with pytest.raises(Killed):
            law.audit(mapping, where=where, keep=kept, progress=Until(9))
    fresh = law.audit(mapping, where="right(d)")
    assert _same(law.audit(mapping, where="right(d)", keep=kept), fresh)


def test_half_a_file_is_no_result(law: Law, tmp_path: Path) -> None:
    """A result that was cut short, by whatever, is found again."""
    mapping, kept = _as_parquet(tmp_path, inventory(tmp_path), "devices"), tmp_path / "kept"
    with pytest.raises(Killed):
        law.audit(mapping, where="wrong(d)", keep=kept, progress=Until(9))
    files = list(kept.rglob("*.json"))
    for each in files:
        each.write_bytes(each.read_bytes()[:-3])
    assert len(files) > 3
    assert _same(law.audit(mapping, where="wrong(d)", keep=kept), law.audit(mapping, where="wrong(d)"))


def test_a_folder_that_cannot_be_is_told(law: Law, tmp_path: Path) -> None:
    """With one diagnostic."""
    mapping = inventory(tmp_path)
    with pytest.raises(SpecError, match=r"users\.csv` cannot be written to"):
        law.audit(mapping, where="wrong(d)", keep=tmp_path / "users.csv")


def _said(command: list[str]) -> Audit:
    found = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(found.stdout, type=Audit)


@pytest.mark.long
def test_a_process_that_is_killed_with_9_goes_on(tmp_path: Path) -> None:
    """The real thing: `kill -9` in the middle of a million devices. The same command then says what a run in
    one go says.
    """
    write(tmp_path, 1_000_000)
    command = [
        sys.executable,
        "-m",
        "checker",
        "audit",
        str(tmp_path / "mapping.toml"),
        "--where",
        "wrong(d)",
    ]
    command += ["--group", "cohort(d), type(d)", "--format", "json"]
    kept = ["--keep", str(tmp_path / "kept")]
    running = subprocess.Popen([*command, *kept], cwd=ROOT, stdout=subprocess.PIPE)
    until = time.monotonic() + 300
    while len(list((tmp_path / "kept").rglob("*.json"))) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "kept").rglob("*.json"))) >= 3
    found, plain = (_said([*command, *kept]), _said(command))
    assert _same(found, plain)
    assert found.count is not None
    assert found.count.matching == 29_280

"""`redline doctor`: what is there is told, what is lacking does no harm, and what does not work is exit 2."""

from __future__ import annotations

import importlib.metadata
import json
import os
from pathlib import Path

import pytest
import z3

import checker
from checker.interface import examining
from checker.logic import script_solvers
from checker.results.examined import Examination, Examined
from tests.support.places import PERMITS
from tests.support.running import Run
from tests.support.schemas import check

LAW = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))


def examined(name: str, found: Examination | None = None) -> Examined:
    """What is said of one thing."""
    whole = found or checker.examine(PERMITS / "spec", PERMITS / "properties")
    (only,) = (each for each in whole.looked_at if each.name == name)
    return only


def test_all_is_in_order_here(run: Run) -> None:
    """Where the tests run, nothing is wrong; versions and folders are those that there are."""
    code, out, err = run("doctor", *LAW)
    assert (code, err) == (0, "")
    assert f"{z3.get_version_string()}, proves and refutes" in out
    assert f"{importlib.metadata.version('lark')}" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.endswith("All that redline needs is in order.\n")


def test_doctor_as_json(run: Run) -> None:
    """The document keeps to its schema, and names every part."""
    code, out, _ = run("doctor", *LAW, "--format", "json")
    check(out)
    document = json.loads(out)
    assert (code, document["schema"], document["exit"]) == (0, "redline.doctor/1", 0)
    parts = dict.fromkeys(each["part"] for each in document["looked_at"])
    assert list(parts) == ["Programs", "Solvers", "Machine", "Extras", "Law", "Terminal"]


def test_a_solver_that_answers_wrongly_is_found(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """A solver that calls everything unsatisfiable proves, and does not refute."""
    wrong = {**script_solvers.SOLVERS, "z3": lambda _text, _seconds: "unsat"}
    monkeypatch.setattr(script_solvers, "SOLVERS", wrong)
    found = checker.examine(PERMITS / "spec", PERMITS / "properties")
    assert found.exit == 2
    assert examined("z3", found).state == "wrong"
    assert "says unsat and unsat" in examined("z3", found).found
    assert run("doctor", *LAW)[0] == 2


def test_a_solver_that_cannot_be_loaded_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a broken installation raises is told, and is no traceback."""

    def broken(_text: str, _seconds: float) -> str:
        raise OSError("libz3.so is not a library")

    monkeypatch.setattr(script_solvers, "SOLVERS", {**script_solvers.SOLVERS, "z3": broken})
    assert examined("z3").state == "wrong"
    assert "libz3.so is not a library" in examined("z3").found


def test_versions_that_are_not_those_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of another version than is needed is wrong; an extra that is not there is lacking."""
    known = importlib.metadata.version

    def version(name: str) -> str:
        if name == "distributed":
            raise importlib.metadata.PackageNotFoundError
        return "1.4.2" if name == "lark" else known(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    assert examined("lark").state == "wrong"
    assert "1.4.2, and redline needs" in examined("lark").found
    assert examined("dask").state == "lacking"
    assert examined("dask").advice == 'pip install "redline[dask]"'


def test_every_extra_says_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nothing of it is installed; then a few packages are named, and the others counted."""

    def version(_name: str) -> str:
        raise importlib.metadata.PackageNotFoundError

    monkeypatch.setattr(importlib.metadata, "version", version)
    extras = [each for each in examining.examine().looked_at if each.part == "Extras"]
    assert {each.name for each in extras} >= {"certify", "dev", "hypothesis", "office", "test"}
    assert all(each.found.startswith("to ") for each in extras)
    assert next(each.found for each in extras if each.name == "test").endswith(" more")


@pytest.mark.parametrize(
    ("version", "versions", "right"),
    [
        ("1.2", ">=1.2", True),
        ("1.2.0", "<1.4,>=1.2", True),
        ("1.4", "<1.4,>=1.2", False),
        ("1.10", ">=1.9", True),
        ("4.13.0.0", ">=4.13.0", True),
        ("4.12.9", ">=4.13.0", False),
        ("2.0rc1", ">=1.9", True),
        ("2.0", "!=2.0", False),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, versions: str, right: bool) -> None:
    """As numbers, not as text, and missing numbers are zeros."""
    assert examining.fits(version, versions) == right


def test_a_cache_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file where the folder should be is no reason to end, but to say so."""
    (tmp_path / "redline").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if os.name == "posix":
        assert examined("cache").state == "lacking"
        assert "cannot be written" in examined("cache").found


def test_folders_without_a_law_are_wrong(run: Run, tmp_path: Path) -> None:
    """An empty folder of law, and one without claims beside it, are told with how to begin."""
    (tmp_path / "spec").mkdir()
    code, out, _ = run(
        "doctor", "--spec", str(tmp_path / "spec"), "--properties", str(PERMITS / "properties")
    )
    assert code == 2
    assert "redline init DIRECTORY" in out
    assert "Not in order: spec." in out

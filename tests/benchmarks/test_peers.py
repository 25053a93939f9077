"""redline beside other tools: what is printed, with stand-ins for the tools; with none, how to get them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.peers import THEIRS, report


def _nusmv(folder: Path, says: str) -> str:
    """A command that says this of the specification of every model that it can read."""
    command = folder / "NuSMV"
    command.write_text(
        f'#!/bin/sh\ngrep -q CTLSPEC "$2" && echo "-- specification is {says}"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    return str(command)


def _mypyvy(folder: Path, says: str) -> Path:
    """A clone with every system that is looked for there."""
    (folder / "src").mkdir()
    (folder / "src" / "mypyvy.py").write_text(f"print({says!r})\n", encoding="utf-8")
    for path in THEIRS.values():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    return folder


def test_without_the_tools_it_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two lines for each, and nothing is timed."""
    monkeypatch.setenv("PATH", "")
    report(None, None)
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if "not installed" in line] == [
        "NuSMV: not installed. Get a binary from https://nusmv.fbk.eu and say where it is with --nusmv",
        "mypyvy: not installed. Clone https://github.com/wilcoxjay/mypyvy, install what it",
    ]
    assert "CPU seconds" not in said


def test_tools_that_are_not_where_they_are_said_to_be(tmp_path: Path) -> None:
    """A wrong path is an error, not a tool that is not installed."""
    with pytest.raises(SystemExit, match="--nusmv nowhere: no such command"):
        report("nowhere", None)
    with pytest.raises(SystemExit, match="no clone of mypyvy"):
        report(None, tmp_path)


def test_ratios_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each verdict; what mypyvy does not have, or gives up, has no ratio. Models can be kept."""
    models = tmp_path / "models"
    clone = _mypyvy(tmp_path, "frame is safe and inductive. done!")
    with pytest.raises(SystemExit, match="1 in open: redline says refuted, and NuSMV finds no story"):
        report(_nusmv(tmp_path, "true"), clone, ("wall",), keep=models)
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.split() == [
        "CPU",
        "seconds",
        "for",
        "a",
        "verdict",
        "verdict",
        "redline",
        "NuSMV",
        "ratio",
        "mypyvy",
        "ratio",
    ]
    assert second.split()[:5] == ["wall", "1", "in", "sound", "proved"]
    assert len(second.split()) == 10
    assert all("CTLSPEC AG !" in each.read_text(encoding="utf-8") for each in models.iterdir())
    assert models.joinpath("wall-1-in-sound-0.smv").exists()


def test_a_disagreement_ends_it(tmp_path: Path) -> None:
    """NuSMV finds a story to what redline proved never to happen."""
    with pytest.raises(SystemExit, match="1 in sound: redline says proved, and NuSMV finds a story"):
        report(_nusmv(tmp_path, "false"), None, ("wall",))

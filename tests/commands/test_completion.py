"""Completion as shells ask for it: what a law has names for, quickly, and never a message."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import checker
from checker.interface import law_names as module
from checker.interface.starting import start_law
from tests.support.running import PROGRAM, Run

Ask = Callable[..., list[str]]


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small law, in whose folder we are."""
    start_law(tmp_path / "law")
    monkeypatch.chdir(tmp_path / "law")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "law"


@pytest.fixture
def ask(law: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks as bash does about the last of some words; returns what it would offer."""
    assert law.is_dir()

    def words(*typed: str) -> list[str]:
        monkeypatch.setenv("_REDLINE_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("redline", *typed)))
        monkeypatch.setenv("COMP_CWORD", str(len(typed)))
        code, out, err = run()
        assert (code, err) == (0, "")
        return [line.removeprefix("plain,") for line in out.splitlines() if line]

    return words


def test_commands_and_options(ask: Ask) -> None:
    """Commands are completed from their list, options from the command."""
    assert ask("pro") == ["prove"]
    assert {"init", "watch", "doctor"} < set(ask(""))
    assert ask("prove", "--ver") == ["--version"]
    assert ask("show", "--format", "do") == ["docx"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("prove", ""), ["merged-as-read", "never-alone", "still-possible"]),
        (("prove", "never-alone", "st"), ["still-possible"]),
        (("prove", "1"), ["1"]),
        (("watch", "n"), ["never-alone"]),
        (("who", "still"), ["still-possible"]),
        (("prove", "--version", ""), ["before", "after"]),
        (("show", "a"), ["after"]),
        (("cover", "b"), ["before"]),
        (("diff", "before", ""), ["before", "after"]),
        (("rollout", ""), ["before", "after"]),
        (("lint", "after", "b"), ["before"]),
        (("explain", "--request", ""), ["sender=", "act=", "change="]),
        (("explain", "--request", "act=M"), ["act=Merge"]),
        (("explain", "--set", "ap"), ["approved("]),
        (("schema", "do"), ["doctor"]),
        (("prove", "no-such"), []),
    ],
)
def test_names_of_the_law(ask: Ask, typed: tuple[str, ...], offered: list[str]) -> None:
    """Each place of a command offers what can stand there, and nothing else."""
    assert ask(*typed) == offered


def test_the_law_that_an_option_names(ask: Ask, law: Path) -> None:
    """The folder named before the word is the one whose names are offered."""
    page = law / "properties" / "claims.md"
    other = law.parent / "other" / "properties" / "claims.md"
    shutil.copytree(law, law.parent / "other")
    other.write_text(page.read_text().replace("never-alone", "never-by-oneself"))
    assert ask("prove", "--spec", str(law.parent / "other" / "spec"), "ne") == ["never-by-oneself"]


def test_a_law_with_a_mistake_offers_nothing(ask: Ask, law: Path) -> None:
    """A broken page gives no names, and no message; commands are still offered."""
    with (law / "spec" / "rules.md").open("a") as page:
        page.write("\n```redline\ndefine\n```\n")
    assert ask("prove", "") == []
    assert ask("pro") == ["prove"]


def test_names_are_kept_until_a_page_is_saved(law: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A law is read once; after an edit its new names are read, and old ones are offered no more."""
    page = law / "properties" / "claims.md"
    first = checker.law_names()
    with monkeypatch.context() as without:
        without.setattr(module, "_names", None)
        assert checker.law_names() == first
    page.write_text(page.read_text().replace("never-alone", "never-by-oneself"))
    assert "never-by-oneself" in checker.law_names().claims
    assert "never-alone" not in checker.law_names().claims
    (law.parent / "cache" / "redline" / "names.json").write_text("{")
    assert "never-by-oneself" in checker.law_names().claims


def test_nothing_is_kept_where_that_is_not_wanted(law: Path) -> None:
    """Without keeping, no file is written."""
    assert checker.law_names(keep=False).columns == {
        "before": "the rules as they are",
        "after": "the rules with the proposal",
    }
    assert not (law.parent / "cache").exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_show_what_a_name_stands_for(
    run: Run, law: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    """Zsh and fish get the sentence of a claim beside its name."""
    assert law.is_dir()
    monkeypatch.setenv("_REDLINE_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", "redline prove never")
    monkeypatch.setenv("COMP_CWORD", "never" if shell == "fish" else "2")
    code, out, err = run()
    assert (code, err) == (0, "")
    assert "never-alone" in out
    assert "Nobody merges a change that has no approval." in out


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_itself(law: Path) -> None:
    """Fish shows the whole sentence of a claim, with what stands behind its first comma."""
    program = law.parent / "bin" / "redline"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n')
    program.chmod(0o755)
    asked = "_REDLINE_COMPLETE=fish_source redline | source; complete -C 'redline prove still'"
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    home = {"HOME": str(law.parent), "XDG_CONFIG_HOME": str(law.parent), "PATH": path}
    said = subprocess.run(
        ("fish", "-c", asked), env={**os.environ, **home}, capture_output=True, text=True, check=True
    )
    assert said.stdout.split("\t")[0] == "still-possible"
    assert "Whatever happens, a change that is not merged yet can be merged" in said.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.thorough
def test_bash_itself(law: Path) -> None:
    """Bash reads the script that the page says to read, and then completes a claim by calling redline."""
    program = law.parent / "bin" / "redline"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n')
    program.chmod(0o755)
    script = (
        'eval "$(_REDLINE_COMPLETE=bash_source redline)"\n'
        "COMP_WORDS=(redline prove never); COMP_CWORD=2\n"
        '_redline_completion redline; echo "${COMPREPLY[@]}"'
    )
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=law,
        env={**os.environ, "PATH": path, "REDLINE_CACHE": "0"},
    )
    assert (done.stdout, done.stderr) == ("never-alone\n", "")

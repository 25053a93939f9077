"""`prove --changed`: asks what the edit since a revision can reach, and says what it leaves out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import copytree

import pytest

import checker
from tests.support.places import PERMITS
from tests.support.running import Run


def git(place: Path, *words: str) -> None:
    quiet = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false")
    subprocess.run(("git", *quiet, *words), cwd=place, check=True, capture_output=True)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the permits committed."""
    found = tmp_path / "law"
    copytree(PERMITS / "spec", found / "spec")
    copytree(PERMITS / "properties", found / "properties")
    git(found, "init", "-q")
    git(found, "add", "-A")
    git(found, "commit", "-qm", "x")
    monkeypatch.chdir(found)
    return found


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.usefixtures("place")
def test_without_an_edit_nothing_is_asked(run: Run) -> None:
    """That is a success, and the report says why; everything is asked where git has no such law."""
    code, out, err = run("prove", "--changed")
    assert (code, err) == (0, "")
    assert "can reach 0 of 7 verdicts. The other 7 are as they were" in " ".join(out.split())
    assert out.splitlines()[-1] == "Repeat with: redline prove --changed=HEAD"


def test_an_edit_asks_what_it_can_reach(run: Run, place: Path) -> None:
    """An edit of the modification asks the new version alone; the document names what was left out."""
    _edit(place / "spec" / "permits.md", '"(a) a trader" kind is Trader', '"(a) a trader" kind is Resident')
    code, out, _ = run("prove", "--changed", "--format", "json")
    document = json.loads(out)
    assert code == document["exit"]
    assert {each["column"]["text"] for each in document["results"]} == {"new", "new under strict"}
    since = document["since"]
    assert {(each["name"], each["column"]["text"]) for each in since["left_out"]} == {
        (name, "old") for name in ("holders-live-there", "permits-happen", "the-holder-can-give-it-away")
    }
    assert since["revision"] == "HEAD"
    assert {each["column"]["text"] for each in document["idle"]} <= {"new"}
    whole = checker.load(effort=checker.effort(jobs=1)).prove()
    alone = {(each["claim"]["name"], each["column"]["text"]): each["verdict"] for each in document["results"]}
    assert {key: whole.verdict(*key).verdict for key in alone} == alone


def test_a_law_that_was_none_is_asked_as_a_whole(run: Run, place: Path) -> None:
    """Where the law at the revision cannot be read, nothing is left out, and the report says why."""
    _edit(place / "spec" / "permits.md", "lives(sender, street)", "live(sender, street)")
    git(place, "commit", "-qam", "broken")
    _edit(place / "spec" / "permits.md", "live(sender, street)", "lives(sender, street)")
    code, out, _ = run("prove", "2", "--changed", "HEAD")
    assert code == 0
    assert "Everything is asked" in out
    assert "2 verdicts: 2 proved" in out
    code, out, _ = run("prove", "2", "--changed=HEAD~1")
    assert "can reach 0 of 2 verdicts" in out


@pytest.mark.usefixtures("place")
def test_a_revision_that_git_does_not_know_is_refused(run: Run) -> None:
    """One diagnostic, exit code 2: a typing mistake leaves nothing out."""
    code, out, err = run("prove", "--changed=nowhere")
    assert (code, out) == (2, "")
    assert "`nowhere`" in err

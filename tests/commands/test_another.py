"""`redline prove CLAIM --another`: what it prints, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli import run
from tests.support.house import CLAIMS, HOUSE


@pytest.fixture
def house(tmp_path: Path) -> tuple[str, ...]:
    """The options that name the house's law."""
    for name, text in (("spec", HOUSE), ("properties", CLAIMS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text(f"```redline\n{text}\n```\n")
    return "--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"), "--jobs", "1"


def test_further_stories_are_told_after_the_first(
    house: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each has its number, and the report ends by saying that there are no more; the verdict stays."""
    assert run(["prove", "2", "--another", "5", *house]) == 0
    printed = capsys.readouterr().out
    assert printed.count("Story 2 of claim 2, all-accepted") == 1
    assert "Story 3" not in printed
    assert "There is no other story of at most 2 steps." in printed
    assert printed.index("H 1 (no-knocking)") < printed.index("H 2 (not-marked)")
    assert "--another 5" in printed.splitlines()[-1]


def test_the_document_has_them(house: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Without a number, one further story is told; of what was not looked for nothing is said."""
    assert run(["prove", "1", "--format", "json", "--another", *house]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    others = result["others"]
    assert (len(others["stories"]), others["end"]) == (1, "")
    assert others["stories"][0]["evidence"]["trace"] != result["evidence"]["trace"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--another",), "is about named claims"),
        (("1", "--another", "0"), "0 is not in the range"),
        (("--another", "all-accepted"), "is not a valid integer"),
        (("1", "--another", "--staged"), "does not go with `--staged`"),
    ],
)
def test_what_makes_no_sense_is_refused(
    house: tuple[str, ...], capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    """One message, and exit code 2."""
    assert run(["prove", *options, *house]) == 2
    assert said in " ".join(capsys.readouterr().err.split())

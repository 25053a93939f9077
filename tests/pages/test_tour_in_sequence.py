"""The tour in spec/README.md, taken step by step in one copy of the law, as its reader does."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from checker import cli
from tests.support.places import ROOT

TOUR = re.compile(r"^## A ten-minute tour$(?P<tour>.*?)^## Then$", re.MULTILINE | re.DOTALL)
STEP = re.compile(
    r"^````markdown\n(?P<page>.*?)^````$|^    (?P<command>(?:redline|mkdir|cp|sed) [^\n]*)$",
    re.MULTILINE | re.DOTALL,
)
FOLDERS = ("--spec", "../my-law/spec", "--properties", "../my-law/properties")
PLACE = "../my-law/spec/modifications/mine.md"
ASKED = {"prove --quick --version mp107 --version mine": ("10", "35"), "prove --quick 12 13c 13d": ("13c",)}
"""Commands that are asked of fewer claims here, for the sake of time: the page's own test has all of them."""


def _steps() -> list[tuple[str, str]]:
    """What the reader writes (`page`) and types (`command`), in the order of the page."""
    found = TOUR.search((ROOT / "spec" / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    return [(each.lastgroup or "", each[each.lastgroup or 0]) for each in STEP.finditer(found["tour"])]


def _typed(command: str, said: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What a command of the page answers, and says."""
    words = shlex.split(command)
    if words[0] != "redline":
        subprocess.run(words, check=True)
        return 0, ""
    asked = " ".join(each for each in words[1:] if each not in FOLDERS)
    fewer = ASKED.get(asked)
    if fewer is not None:
        words = [each for each in words if not re.fullmatch(r"\d+[a-z]?", each)] + list(fewer)
    code = cli.run([*words[1:], "--jobs", "1"])
    return code, " ".join(said.readouterr().out.split())


@pytest.mark.thorough
def test_the_tour_can_be_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command of the tour does, after those before it, what the page says: the original is proved, the
    first edit lets Suppliers in and turns claims 10 and 35, and claim 13c is refuted once it is put to it.
    """
    (tmp_path / "project").mkdir()
    for folder in ("spec", "properties"):
        shutil.copytree(ROOT / folder, tmp_path / "project" / folder)
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("REDLINE_CACHE", "0")
    said: list[tuple[int, str]] = []
    pages = 0
    for kind, text in _steps():
        if kind == "page":
            pages += 1
            Path(PLACE).write_text(text, encoding="utf-8")
        else:
            said.append(_typed(text, capsys))
    assert pages == 3
    first, edit, claims, scope = (each for each in said if each[1])
    assert first[0] == edit[0] == claims[0] == 0
    assert "1 wrong-no-hands-over refuted proved" in first[1]
    assert "More permissive. mine accepts requests that mp107 does not, in 1 case" in edit[1]
    assert "the Remote Party Role is Supplier" in edit[1]
    assert edit[1].count("- Differently rejected") == 4
    assert "10 suppliers-checked-for-6151 proved refuted ≠ 35 suppliers-not-as-smets2 refuted" in claims[1]
    assert scope[0] == 1
    assert "13c suppliers-unchanged in mine: refuted, proved was expected" in scope[1]

"""The first page shows what its commands print."""

from __future__ import annotations

import re
import shlex

import pytest

from checker import cli
from tests.support.places import ROOT


def test_the_story_is_the_one_that_the_command_tells(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every line of the story is printed, in this order; between two of them only where it says `…`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.search(r"`redline ([^`]+)` tells it:\n\n((?:    .*\n|\n)+)", text)
    assert named is not None
    monkeypatch.chdir(ROOT)
    assert cli.run(shlex.split(named[1])) == 0
    printed = [each.split() for each in capsys.readouterr().out.splitlines()]
    at, skipped = 0, True
    for line in (each.split() for each in named[2].strip("\n").splitlines()):
        if line == ["…"]:
            skipped = True
            continue
        found = printed.index(line, at)
        assert skipped or found == at, " ".join(line)
        at, skipped = found + 1, False

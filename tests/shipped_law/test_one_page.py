"""What people ask of the law that comes with redline is answered on one page: 60 lines of 80 columns."""

from __future__ import annotations

import pytest

from tests.support.places import ROOT
from tests.support.running import Run

LINES, COLUMNS = 60, 80
FOLDERS = ("--spec", str(ROOT / "spec"), "--properties", str(ROOT / "properties"))


@pytest.mark.long
@pytest.mark.parametrize(
    "command",
    [
        ("prove",),
        ("diff", "baseline", "mp107"),
        ("rollout", "baseline", "mp107"),
        ("cover", "mp107"),
        *(("who", each) for each in ("1", "2", "3", "5b", "25b", "30c")),
    ],
    ids=" ".join,
)
def test_an_answer_is_one_page(run: Run, command: tuple[str, ...]) -> None:
    """No longer and no wider, but for the line that says how to repeat it."""
    _, out, _ = run(*command, *FOLDERS)
    *lines, repeat = out.splitlines()
    assert repeat.startswith("Repeat with: ")
    assert len(lines) < LINES
    assert max(map(len, lines)) <= COLUMNS

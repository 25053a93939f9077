"""The line that says how far a command is: it moves although nothing is finished, and is gone in the end."""

from __future__ import annotations

import os
import pty
import sys
import time
from pathlib import Path

import pytest

from checker.commands.output import Progress


def test_the_line_moves_while_nothing_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a bit more than a second the line is drawn twice, with the time and what is being done."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with Progress("reading the law"):
            time.sleep(1.2)
        written = os.read(ours, 10_000).decode()
    os.close(ours)
    assert written.count("reading the law") >= 2
    assert "\x1b" not in written
    assert written.rstrip("\r").endswith(" ")


def test_nothing_is_drawn_where_there_is_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by the clock nor by being called."""
    with (tmp_path / "err").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress("reading") as progress:
            progress(1, 2, "one")
            assert progress.ticking is None
    assert (tmp_path / "err").read_text(encoding="utf-8") == ""

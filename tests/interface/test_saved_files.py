"""Saves are noticed however an editor writes, and not before they are whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.interface.saved_files import saves


def over(place: Path) -> None:
    (place / "a.md").write_text("other words")


def renamed(place: Path) -> None:
    (place / "a.md.new").write_text("abc")
    (place / "a.md.new").replace(place / "a.md")


def taken_away(place: Path) -> None:
    (place / "a.md").unlink()


def made_below(place: Path) -> None:
    (place / "below").mkdir()
    (place / "below" / "b.md").write_text("")


def same_length(place: Path) -> None:
    (place / "a.md").write_text("xyz")
    os.utime(place / "a.md", ns=(1, 1))


@pytest.mark.parametrize("edit", [over, renamed, taken_away, made_below, same_length])
def test_every_way_to_save_is_noticed(tmp_path: Path, edit: Callable[[Path], None]) -> None:
    """A file that is written over, replaced by another of the same text, taken away or made."""
    (tmp_path / "a.md").write_text("abc")
    noticed = saves([tmp_path, tmp_path / "not there"], look=0.01)
    next(noticed)
    edit(tmp_path)
    next(noticed)

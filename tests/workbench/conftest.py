"""What tests of the workbench share: a law that can be written to, and a window on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import PERMITS
from tests.support.screen import Screen, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A law that can be written to."""
    shutil.copytree(PERMITS, tmp_path / "law")
    return tmp_path / "law"


@pytest.fixture
def screen(folder: Path) -> Iterator[Screen]:
    """A window on the workbench."""
    yield from opened(folder)

"""What pandoc and LibreOffice make of tracked changes: accepted, the new law; rejected, the old."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker import tracked_changes
from tests.support.libreoffice import Office
from tests.support.parking_law import parking, words_of_version
from tests.support.word_files import settled

PANDOC = shutil.which("pandoc")
SOFFICE = shutil.which("soffice")
TABLES = {"old": ["no", "no"], "new": ["no", "yes"]}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The changes from `old` to `new`."""
    place = tmp_path_factory.mktemp("word") / "law.docx"
    place.write_bytes(
        tracked_changes(parking(), "new", against="old", author="Ann Drafter", date="2024-05-31")
    )
    return place


def _law_in(lines: list[str]) -> list[tuple[str, str, str]]:
    """The clauses in plain lines: each has its words above, and its name above these."""
    ends = [at for at, line in enumerate(lines) if line.startswith("\N{EM DASH} ")]
    return [(lines[at - 2], lines[at - 1], lines[at]) for at in ends]


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
@pytest.mark.parametrize(("order", "version"), [("accept", "new"), ("reject", "old")])
def test_pandoc_reads_the_law(file: Path, order: str, version: str) -> None:
    """Its own way to accept and reject gives each version, clause by clause."""
    command = [str(PANDOC), f"--track-changes={order}", "--to=plain", "--wrap=none", str(file)]
    text = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    lines = [" ".join(each.split()) for each in text.splitlines() if each.strip()]
    assert _law_in(lines) == words_of_version(parking(), version)
    cells = [each.split()[-1] for each in lines if each.startswith(("Car Car", "Van Van"))]
    assert cells == TABLES[version]


@pytest.mark.thorough
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_settles_the_law(file: Path, tmp_path: Path) -> None:
    """It opens the file, accepts or rejects all changes, and saves each version; of a table, its cells."""
    office = Office(tmp_path / "profile")
    for order, version in (("Accept", "new"), ("Reject", "old")):
        saved = office.settled(file, tmp_path / f"{version}.docx", order).read_bytes()
        lines = settled(saved, "accept")
        assert lines == settled(saved, "reject"), "no change is left"
        assert _law_in([text for style, text in lines if style != "row" and text]) == words_of_version(
            parking(), version
        )
        rows = [text.split(" | ")[-1] for style, text in lines if style == "row"]
        assert rows == ["heavy", *TABLES[version]]


@pytest.mark.thorough
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_law(file: Path, tmp_path: Path) -> None:
    """It makes pages of it."""
    assert Office(tmp_path / "profile").printed(file, tmp_path).read_bytes().startswith(b"%PDF")

"""Word files against the schemas of Office, by Microsoft's own validator (Open XML SDK, built for npm)."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from checker import load, tracked_changes
from tests.support.parking_law import parking
from tests.support.places import ROOT

NPM = shutil.which("npm")
VALIDATOR = "@ooxml-tools/validate@0.4.6"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(NPM is None, reason="npm is not installed"),
]


def mistakes(file: Path, office: str) -> list[object]:
    """What the validator finds in a file, as that version of Office would."""
    command = (str(NPM), "exec", "--yes", f"--package={VALIDATOR}", "--")
    asked = ("ooxml-validate", str(file), "--ov", office, "--of", "json")
    done = subprocess.run([*command, *asked], check=True, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The law that comes with redline, as changes from its first version to its second."""
    law = load(ROOT / "spec", ROOT / "properties")
    place = tmp_path_factory.mktemp("word") / "law.docx"
    place.write_bytes(
        tracked_changes(law, "mp107", against="baseline", author="Ann Drafter", date="2024-05-31")
    )
    return place


@pytest.mark.parametrize("office", ["Microsoft365", "Office2010"])
def test_the_law_is_a_valid_word_file(file: Path, office: str) -> None:
    """Tracked changes, comments and tables stand where the schema wants them."""
    assert mistakes(file, office) == []


def test_struck_tables_are_valid_too(tmp_path: Path) -> None:
    """Rows that come and go."""
    place = tmp_path / "parking.docx"
    place.write_bytes(
        tracked_changes(parking(), "new", against="old", author="Ann Drafter", date="2024-05-31")
    )
    assert mistakes(place, "Microsoft365") == []


def test_a_file_with_parts_in_the_wrong_order_is_found(file: Path, tmp_path: Path) -> None:
    """The validator does look: bold after the size of letters is refused."""
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(broken, "w") as spoilt:
        for name in whole.namelist():
            part = whole.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:rPr>", b'<w:rPr><w:sz w:val="20"/><w:b/>', 1)
            spoilt.writestr(name, part)
    assert mistakes(broken, "Microsoft365") != []

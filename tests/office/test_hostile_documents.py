"""Documents with random damage: a law that loads, or one diagnostic; never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from copy import deepcopy
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import checker
from checker import tracked_changes
from checker.api import Diagnostic, SpecError
from tests.support.parking_law import parking
from tests.support.word_files import packed

ODD = (
    "<w:p/>",
    "<w:ins>",
    "</w:p>",
    "\u202e",
    "&#0;",
    "&x;",
    "<!--",
    "<w:tbl/>",
    "<w:tc/>",
    "— ",
    "1. ",
    "\\",
    "| * `",
)


@cache
def _parts() -> dict[str, bytes]:
    data = tracked_changes(parking(), "newest", against="old", author="A", date="2024-05-31")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps")}


def _damaged(text: str, chance: random.Random) -> str:
    """The text with something left out, doubled, moved or put in, between or within elements."""
    for _ in range(chance.randint(1, 4)):
        cuts = (
            [at for at, letter in enumerate(text) if letter == "<"]
            if chance.random() < 0.8
            else range(len(text))
        )
        first, last = sorted(chance.choices(cuts, k=2))
        last = min(last, first + chance.choice((10, 300, 3_000)))
        piece = text[first:last]
        text = chance.choice(
            (
                text[:first] + text[last:],
                text[:last] + piece + text[last:],
                text[:first] + chance.choice(ODD) + text[first:],
            )
        )
    return text


def _rearranged(data: bytes, chance: random.Random) -> bytes:
    """XML of which elements are left out, doubled, moved, renamed, or have other letters."""
    root = ET.fromstring(data)
    for _ in range(chance.randint(1, 12)):
        parents = [each for each in root.iter() if len(each) and each is not root]
        if not parents:
            break
        parent, other = chance.choice(parents), chance.choice(parents)
        child = chance.choice(list(parent))
        match chance.randrange(5):
            case 0:
                parent.remove(child)
            case 1:
                parent.append(deepcopy(child))
            case 2:
                other.insert(chance.randrange(len(other) + 1), deepcopy(child))
            case 3:
                child.tag = chance.choice([each.tag for each in root.iter()])
            case _:
                child.text = chance.choice(ODD)
                child.attrib.update({name: chance.choice(("", "-1", "9" * 30, "x")) for name in child.attrib})
    return ET.tostring(root)


def _imported(file: Path) -> None:
    """Import a document: what it makes can be loaded and shown."""
    refused: tuple[Diagnostic, ...] = ()
    try:
        found = checker.import_document(file)
    except SpecError as wrong:
        refused = wrong.diagnostics
    if refused:
        assert [each.code for each in refused] == ["bad-document"]
        return
    spec = {name: text for name, text in found.files.items() if name.startswith("spec/")}
    law = checker.load(spec, {})
    for version in law.versions:
        law.show(version).text()


@pytest.mark.parametrize(
    "seed", [*range(25), *(pytest.param(each, marks=pytest.mark.long) for each in range(25, 400))]
)
def test_a_damaged_word_file_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    """Whatever the damage to its text, its numbers or its styles."""
    chance = random.Random(seed)
    parts = dict(_parts())
    name = chance.choice(("word/document.xml", "word/document.xml", "word/document.xml", "word/styles.xml"))
    parts[name] = _rearranged(parts[name], chance)
    file = tmp_path / "x.docx"
    file.write_bytes(packed(parts))
    _imported(file)


@pytest.mark.parametrize(
    "seed", [*range(25), *(pytest.param(each, marks=pytest.mark.long) for each in range(25, 400))]
)
def test_a_damaged_page_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    """HTML has no mistakes, only surprises."""
    chance = random.Random(seed)
    page = "<h1>Part</h1><p>1. One <del>two</del><ins>three</ins>; four.</p><ol><li><ins>five</ins></ol>"
    page += "<table><tr><th>a<th>b</tr><tr><td rowspan=2>c<td><del>d</del></tr><tr><td colspan=3>e</table>"
    page += "<p>— A 1</p>"
    file = tmp_path / "x.html"
    file.write_text(_damaged(page, chance), encoding="utf-8", errors="replace")
    _imported(file)


@pytest.mark.parametrize("seed", range(10))
def test_a_file_cut_or_flipped_anywhere_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    """A download that stopped, and letters that changed on the way."""
    chance = random.Random(seed)
    data = bytearray(packed(_parts()))
    for _ in range(5):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file = tmp_path / "x.docx"
    file.write_bytes(data if seed % 2 else data[: chance.randrange(len(data))])
    _imported(file)

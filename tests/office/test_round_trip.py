"""Law to Word and back: the same words, clause by clause, in both versions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import checker
from checker.api import Law
from tests.support.parking_law import parking, words_of_version


@cache
def _shipped() -> Law:
    return checker.load(Path(__file__).parents[2] / "spec", claims=False)


def _back(law: Law, new: str, old: str, place: Path) -> Law:
    """The law of a Word file of these versions, as written into a folder and loaded from there."""
    file = place / "law.docx"
    file.write_bytes(checker.tracked_changes(law, new, against=old, author="A", date="2024-05-31"))
    checker.import_document(file).write(place / "law")
    return checker.load(place / "law" / "spec", place / "law" / "properties")


def test_the_shipped_law_is_the_same_after_a_round_trip(tmp_path: Path) -> None:
    """SECMP0107 as a Word file, imported into an empty folder: clauses, words, attributions, order."""
    law = _shipped()
    back = _back(law, "mp107", "baseline", tmp_path)
    assert words_of_version(back, "baseline") == words_of_version(law, "baseline")
    assert words_of_version(back, "amended") == words_of_version(law, "mp107")
    shown = {each.clause: each.text for each in back.show("amended").clauses}
    assert shown["SRPD 6.2(d)"].startswith(
        "(d) a SMETS1 Service Request with Service Reference Variant 6.15.1"
    )
    changed = [each.clause for each in back.show("amended").clauses if each.changed]
    assert changed == ["SRPD 6.2(d)"]
    tables = {name: (each.header, _cells(each)) for name, each in law.regime.tables["mp107"].items()}
    assert {
        name: (each.header, _cells(each)) for name, each in back.regime.tables["amended"].items()
    } == tables


def _cells(table: object) -> list[list[str]]:
    return [[cell.text for cell in row] for row in getattr(table, "rows", ())]


@pytest.mark.parametrize(
    ("old", "new"), [("old", "newest"), ("newest", "old"), ("other", "new"), ("old", "old")]
)
def test_every_kind_of_change_comes_back(old: str, new: str, tmp_path: Path) -> None:
    """Whatever is inserted, struck, amended or replaced: both versions have the words that they had."""
    law = parking()
    back = _back(law, new, old, tmp_path)
    assert words_of_version(back, "baseline") == words_of_version(law, old)
    after = "amended" if old != new else "baseline"
    assert words_of_version(back, after) == words_of_version(law, new)
    assert ("amended" in back.versions) == (old != new)
    for version, was in (("baseline", old), (after, new)):
        assert _cells(back.regime.tables[version]["kinds"]) == _cells(law.regime.tables[was]["kinds"])

"""`redline cover` on a version with a day: edits are of what words mean on their days."""

from __future__ import annotations

from checker.model.claim import Column
from checker.model.unparse import unparse
from checker.regime.additions import with_readings
from checker.regime.load import load_texts
from checker.rooms.cover.edits import edits_of
from checker.rooms.cover.on_days import said_on_its_days
from tests.support.places import TESTS

WORDS = "may be withdrawn within seven days."


def test_an_edit_changes_what_words_mean_and_not_their_days() -> None:
    """Each edit of an amended phrase is a reading that says it, in force from the same day; that a rule is in
    force is nothing to edit.
    """
    page = (TESTS / "cases" / "in_force" / "notices.md").read_text(encoding="utf-8")
    regime = load_texts({"law.md": page})
    edits = list(edits_of(regime, Column("amended")))
    assert not any("in force" in line for each in edits for line in each.reading)
    mine = [each for each in edits if WORDS in (phrase.text for phrase in each.phrases) and each.instead]
    assert any(each.instead.endswith("today no later than given(notice) plus 8 days") for each in mine)
    for edit in mine[:3]:
        reading = "\n".join(('reading other "O." because "so"', *edit.reading))
        under = with_readings(regime, f"```redline\n{reading}\n```\n").model(Column("amended", ("other",)))
        check = next(each for each in under.checks if each.name == "withdrawal")
        (item,) = (x for x in check.items if WORDS in (phrase.text for phrase in x.phrases))
        said = said_on_its_days(item)
        assert said is not None
        assert (unparse(said), [each.come for each in item.days]) == (edit.instead, [True])

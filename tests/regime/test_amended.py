"""What an amendment makes of words, their meaning and their attribution."""

from __future__ import annotations

from checker.model.claim import Column
from checker.regime.load import load_texts
from checker.report.redlined_law import law_paragraphs
from tests.support.places import TESTS

PRELUDE = (TESTS / "cases" / "bad" / "_prelude.md").read_text(encoding="utf-8")
CHANGE = """```redline
by M1 amend "Rule 3": "A member shall be enrolled," becomes "Members enrol," same meaning
```
"""


def test_new_words_are_the_modifications_own() -> None:
    """An amendment that keeps the meaning says so; its words are not told as those of the quote's source."""
    regime = load_texts({"prelude.md": PRELUDE, "change.md": CHANGE})
    then, now = (regime.model(Column(version)) for version in ("then", "now"))
    quotes = [next(each for each in model.quotes if each.clause == "Rule 3") for model in (then, now)]
    assert [each.source for each in quotes] == ["Handbook", "Handbook, as amended by M1"]
    assert quotes[1].text == "Members enrol, unless the book is an atlas, subject to Rule 4."
    checks = [next(each for each in model.checks if each.name == "enrolment") for model in (then, now)]
    assert checks[0].items[0].meaning == checks[1].items[0].meaning
    assert checks[1].items[0].phrases[0].text == "Members enrol,"
    told = "".join(run.text for line in law_paragraphs(now, regime.texts["now"]) for run in line.runs)
    assert "new words of M1, change.md:2" in told
    assert "new words" not in "".join(
        run.text for line in law_paragraphs(then, regime.texts["then"]) for run in line.runs
    )


def test_what_goes_with_its_words_needs_no_meaning() -> None:
    """A requirement whose words are all struck is gone; nothing is left that could mean something."""
    text = CHANGE.replace('"Members enrol," same meaning', '""')
    regime = load_texts({"prelude.md": PRELUDE, "change.md": text})
    check = next(each for each in regime.model(Column("now")).checks if each.name == "enrolment")
    assert [each.kind for each in check.items] == ["applies-unless", "subject-to"]

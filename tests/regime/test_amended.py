"""What an amendment makes of words, their meaning and their attribution."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.unparse import unparse
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


QUOTED_ONCE = """> Staff only may borrow, subject to Rule 9.
>
> — Rule 8, verbatim in Handbook

```redline
check staff for "Rule 8" at Front, reject with L8
    "Staff only may borrow," requires card is Staff
    "subject to Rule 9." subject to "Rule 9"
```

> Rule 8 shall not apply to: a guest; or an atlas
>
> — Rule 9, verbatim in Handbook

> (a)
>
> — Rule 9(a), verbatim in Handbook

> (b)
>
> — Rule 9(b), verbatim in Handbook

```redline
exceptions "Rule 9"
    "Rule 8 shall not apply to:" any of
limb "Rule 9(a)" of "Rule 9"
    "(a)" card is not Staff
    "a guest" card is Guest
    "; or" connective
limb "Rule 9(b)" of "Rule 9"
    "(b)" card is not Staff
    "an atlas" kind(book) is Atlas
```
"""


def test_a_limb_of_a_list_that_is_quoted_once_can_be_amended() -> None:
    """The words of a limb may stand in the quote of the clause that it belongs to: they and their meaning are
    changed, and those of the other limb are not.
    """
    change = '```redline\nby M1 amend "Rule 9(b)": "an atlas" becomes "a novel" kind(book) is Novel\n```\n'
    regime = load_texts({"prelude.md": PRELUDE, "list.md": QUOTED_ONCE, "change.md": change})
    now = next(each for each in regime.texts["now"] if each.clause == "Rule 9")
    assert now.text == "Rule 8 shall not apply to: a guest; or a novel"
    limbs = {
        version: {
            limb.clause: [unparse(item.meaning.formula) for item in limb.items if item.meaning is not None]
            for check in regime.model(Column(version)).checks
            if check.name == "staff"
            for limb in check.limbs
        }
        for version in ("then", "now")
    }
    assert limbs["now"]["Rule 9(a)"] == limbs["then"]["Rule 9(a)"]
    assert limbs["then"]["Rule 9(b)"] != limbs["now"]["Rule 9(b)"]
    assert "Novel" in " ".join(limbs["now"]["Rule 9(b)"])


def test_a_limb_is_not_amended_by_the_words_of_another() -> None:
    """Words of the same quote that belong to another limb are refused, and nothing is changed by them."""
    change = '```redline\nby M1 amend "Rule 9(b)": "a guest" becomes "a friend" card is Guest\n```\n'
    with pytest.raises(SpecError) as caught:
        load_texts({"prelude.md": PRELUDE, "list.md": QUOTED_ONCE, "change.md": change})
    (found,) = caught.value.diagnostics
    assert found.message == "these words are in the quote of `Rule 9`, but in no phrase of `Rule 9(b)`"


STRUCK = """> Staff only may borrow, subject to Rule 9.
>
> — Rule 8, verbatim in Handbook

```redline
check staff for "Rule 8" at Front, reject with L8
    "Staff only may borrow," requires card is Staff
    "subject to Rule 9." subject to "Rule 9"
```

> Rule 8 shall not apply to: (a) a reader; or (b) a novel; or (c) an atlas.
>
> — Rule 9, verbatim in Handbook

```redline
exceptions "Rule 9"
    "Rule 8 shall not apply to:" any of
limb "Rule 9 readers" of "Rule 9"
    "(a) a reader" card is Reader
    "; or" connective
limb "Rule 9 novels" of "Rule 9"
    "(b) a novel" act is 1.1
    "; or" connective
limb "Rule 9 atlases" of "Rule 9"
    "(c) an atlas." act is 1.2
by M1 strike "Rule 9 novels"
```
"""


def test_the_words_of_a_struck_limb_are_struck_from_a_list_that_is_quoted_once() -> None:
    """Limbs may have their words from one quote of their clause; what is struck of it is no law any more."""
    regime = load_texts({"prelude.md": PRELUDE, "struck.md": STRUCK})
    text = next(each for each in regime.texts["now"] if each.clause == "Rule 9")
    assert text.text == "Rule 8 shall not apply to: (a) a reader; or (c) an atlas."
    struck = [(each.text, each.by) for each in text.segments if each.kind == "struck"]
    assert struck == [("(b) a novel; or", "M1")]
    before = next(each for each in regime.texts["then"] if each.clause == "Rule 9")
    assert before.text == "Rule 8 shall not apply to: (a) a reader; or (b) a novel; or (c) an atlas."


BY_INFERENCE = QUOTED_ONCE.replace(
    '"subject to Rule 9." subject to "Rule 9"', 'subject to "Rule 9" inference "it says so"'
).replace("may borrow, subject to Rule 9.", "may borrow,")
ALL_STRUCK = '```redline\nby M1 strike "Rule 9"\n```\n'


def test_exceptions_that_were_struck_take_an_inference_with_them() -> None:
    """That a check was subject to them was read into it, and nothing is left to be read into it."""
    regime = load_texts({"prelude.md": PRELUDE, "list.md": BY_INFERENCE, "change.md": ALL_STRUCK})
    then, now = (
        next(each for each in regime.model(Column(version)).checks if each.name == "staff")
        for version in ("then", "now")
    )
    assert [each.kind for each in then.items] == ["requires", "subject-to"]
    assert len(then.limbs) == 2
    assert ([each.kind for each in now.items], now.limbs) == (["requires"], ())


def test_words_that_refer_to_exceptions_do_not_go_with_them() -> None:
    """They still stand in the law, and refer to nothing: the drafter is told which modification did it."""
    with pytest.raises(SpecError) as caught:
        load_texts({"prelude.md": PRELUDE, "list.md": QUOTED_ONCE, "change.md": ALL_STRUCK})
    (found,) = caught.value.diagnostics
    assert found.message == "there are no exceptions `Rule 9`"
    assert found.notes[0] == "`Rule 9` is struck or replaced by `M1`, which `now` is made with before"


def test_exceptions_that_are_struck_and_put_back_still_count() -> None:
    """What is subject to exceptions of that clause is subject to the new ones."""
    again = BY_INFERENCE.partition("> Rule 8 shall")[2].replace(
        "```redline", '```redline\nby M1 insert after "Rule 8":'
    )
    change = ALL_STRUCK + "\n> Rule 8 shall" + again
    regime = load_texts({"prelude.md": PRELUDE, "list.md": BY_INFERENCE, "change.md": change})
    now = next(each for each in regime.model(Column("now")).checks if each.name == "staff")
    assert len(now.limbs) == 2

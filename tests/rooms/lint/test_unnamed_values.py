"""Values that no words name, and words that name other values than the rule."""

from __future__ import annotations

import pytest

from checker.trusted.load_law import load_regime
from tests.rooms.lint.guests import TEXTUAL, guests, textual
from tests.rooms.lint.lint_laws import found_in_words, marked, only_in_words
from tests.support.places import TESTS


@pytest.mark.parametrize(
    "words",
    [
        "A guest who enters",  # its name, as the verb is written
        "A guest at his entering",
        "Of those who Enter, a guest",
    ],
)
def test_a_value_that_the_words_name(words: str) -> None:
    """The value's own name, in whatever form of the verb and case, is enough."""
    assert "value-not-in-words" not in textual(guests(("A guest who enters", words)))


def test_a_value_that_no_words_name() -> None:
    """Who stays has entered, the drafter thought; the words do not say so."""
    regime = guests(("A guest who enters", "A guest who stays"))
    finding = only_in_words(regime, "value-not-in-words")
    assert (finding.subject, finding.clause, finding.gates) == ("Enter", "By-law 1", False)
    assert finding.words == ("A guest who stays",)
    assert marked(regime, finding) == '"A guest who stays"'


def test_a_value_that_another_phrase_of_the_clause_names() -> None:
    """Words of one phrase excuse the meaning of the next in the same clause."""
    edits = (("is a friend of the house,", "is a friend when he would enter,"), ("who enters", "who stays"))
    assert "value-not-in-words" not in textual(guests(*edits))


def test_an_inference_says_why_a_meaning_has_more_than_its_words() -> None:
    """It stands at the end of the item."""
    why = ("applies when act is Enter", 'applies when act is Enter inference "to stay one must enter"')
    assert textual(guests(("A guest who enters", "A guest who stays"), why)) == {}


WATCH = """
## The watch

```redline
enum Post: NorthGate "North Gate House", SouthGate "South Gate House", Well "the well" (WL)
fixed post(User): Post "the post of {1}"
```

> At the gate the watch asks.
>
> — By-law 7, verbatim in Gazette 1

```redline
check watch for "By-law 7" at Door, reject with E7 "not asked"
    "At the gate" applies when post(sender) is NorthGate
    "the watch asks." requires inside(sender)
```
"""


@pytest.mark.parametrize(
    ("words", "meant", "missing"),
    [
        ("At the gate", "is NorthGate", ["NorthGate"]),  # which of the two gates?
        ("At the gate", "in {NorthGate, SouthGate}", []),  # both, and nothing else is a gate
        ("At the northern gate", "is NorthGate", []),
        ("At the gate to the south", "is NorthGate", ["NorthGate"]),  # this names the other one
        ("At the WL", "is Well", []),  # by its short name
        ("At any well", "is Well", []),
        ("At the trough", "is Well", ["Well"]),
    ],
)
def test_words_that_come_nearer_to_one_value_than_to_others(
    words: str, meant: str, missing: list[str]
) -> None:
    """Words that fit two values name none of them alone; a short name or a near form names one."""
    page = WATCH.replace("At the gate", words).replace("is NorthGate", meant)
    assert textual(guests(more=page)).get("value-not-in-words", []) == missing


@pytest.mark.parametrize(
    ("words", "meant", "found"),
    [
        ("At the South Gate House", "is NorthGate", ["SouthGate"]),  # one gate is written, another is meant
        ("At the well or the North Gate House", "is NorthGate", ["Well"]),
        ("At the well or the North Gate House", "in {NorthGate, Well}", []),
        ("At the North Gate House", "is NorthGate", []),
        ("At the well", 'is NorthGate inference "there is no well at any other gate"', []),
    ],
)
def test_words_that_name_what_is_not_meant(words: str, meant: str, found: list[str]) -> None:
    """A full label in the words that the meaning leaves out is found, unless an inference explains it."""
    page = WATCH.replace("At the gate", words).replace("is NorthGate", meant)
    assert textual(guests(more=page)).get("value-not-in-meaning", []) == found


def test_a_name_within_a_longer_one_is_not_named_itself() -> None:
    """`North Gate House` has `Gate House` in it, which is another post."""
    page = WATCH.replace('Well "the well"', 'Gate "Gate House", Well "the well"')
    page = page.replace("At the gate", "At the North Gate House")
    assert "value-not-in-meaning" not in textual(guests(more=page))


def test_what_limbs_inherit_is_found_once_where_it_stands() -> None:
    """The opening words mean more than they say; their limbs are not to blame."""
    opening = ('Section 1 does not apply to" any of', 'Section 1" act is Knock\n "does not apply to" any of')
    finding = only_in_words(guests(opening), "value-not-in-words")
    assert (finding.subject, finding.clause) == ("Knock", "By-law 2")


def test_an_amendment_is_found_where_it_brings_its_words() -> None:
    """The words stand in no quote but in the amendment, and in the new version alone."""
    change = """
```redline
modification STAY "those who stay"
version new "as amended" is old with STAY
by STAY amend "By-law 1": "A guest who enters" becomes "A Lodger who stays" act is Enter
```
""".replace("act is Enter", "applies when act is Enter")
    regime = guests(more=change)
    found = {each.kind: each for each in found_in_words(regime) if each.kind in TEXTUAL}
    assert set(found) == {"value-not-in-words", "undefined-term"}
    assert {each.versions for each in found.values()} == {("new",)}
    assert {marked(regime, each) for each in found.values()} == {'"A Lodger who stays"'}


def test_the_day_of_a_commencement_is_no_value_that_words_lack() -> None:
    """£86,000 makes liable until 31 March 2024: that day is the version's, and no word of the clause."""
    place = TESTS / "cases" / "clauses" / "33"
    regime = load_regime(place / "spec", place / "properties")
    found = [each.subject for each in found_in_words(regime) if each.kind == "value-not-in-words"]
    assert found == ["on-last-day"]  # that is a reading of “the end of the month”

"""The words of any two versions as changes: accepting all gives the new words, rejecting all the old."""

from __future__ import annotations

import itertools

import pytest

from checker.language.diagnostics import NOWHERE
from checker.language.quotes import Quote
from checker.regime.redlining import ClauseText, Segment
from checker.regime.regime import Regime
from checker.regime.texts_compared import between, texts_between
from checker.trusted.load_law import load_regime
from tests.support.places import LIBRARY, PERMITS, ROOT


def _text(text: str) -> ClauseText:
    return ClauseText.as_written(Quote("1", "verbatim", "Act", text, NOWHERE))


def _read(text: ClauseText, other: str) -> str:
    """What is left when one kind of change is taken, and the other is not."""
    shown = [each for each in text.segments if each.kind != other]
    return "".join((" " if each.spaced and at else "") + each.text for at, each in enumerate(shown))


@pytest.fixture(scope="module", params=[PERMITS, LIBRARY, ROOT], ids=["permits", "library", "shipped"])
def regime(request: pytest.FixtureRequest) -> Regime:
    return load_regime(request.param / "spec", None)


def test_all_changes_lead_from_the_old_words_to_the_new(regime: Regime) -> None:
    """In every direction between any two versions of a law, clause by clause."""
    for old, new in itertools.permutations(regime.texts, 2):
        before, after = ([each.text for each in regime.texts[name] if each.text] for name in (old, new))
        told = texts_between(regime.texts[old], regime.texts[new])
        assert [said for each in told if (said := _read(each, "struck"))] == after
        assert [said for each in told if (said := _read(each, "inserted"))] == before


def test_what_a_modification_says_is_told_as_it_says_it() -> None:
    """The words that it strikes and inserts, not those that happen to be the same in both."""
    old = _text("the user may send it")
    segments = (Segment("struck", old.text, "M"), Segment("inserted", "the user must send it", "M"))
    new = ClauseText(old.quote, segments)
    assert between(old, new).segments == segments
    assert [(each.kind, each.text) for each in between(new, old).segments] == [
        ("struck", "the user must send it"),
        ("inserted", "the user may send it"),
    ]


def test_versions_that_share_no_modification_are_compared_word_by_word() -> None:
    """Two amendments of the same words: what both leave is kept."""
    quote = _text("").quote
    changed = (
        ClauseText(
            quote, (Segment("kept", "the user"), Segment("struck", "may", by), Segment("inserted", new, by))
        )
        for by, new in (("M", "must"), ("N", "shall"))
    )
    assert [(each.kind, each.text) for each in between(*changed).segments] == [
        ("kept", "the user"),
        ("struck", "must"),
        ("inserted", "shall"),
    ]


def test_words_of_an_earlier_modification_are_kept() -> None:
    """Between two versions that share it, only what the later one changes is marked."""
    quote = _text("").quote
    first = ClauseText(
        quote, (Segment("kept", "a"), Segment("struck", "b", "M"), Segment("inserted", "c", "M"))
    )
    second = ClauseText(quote, (*first.segments, Segment("inserted", "d", "N")))
    kinds = [(each.kind, each.text) for each in between(first, second).segments]
    assert kinds == [("kept", "a"), ("kept", "c"), ("inserted", "d")]


def test_a_clause_that_stands_elsewhere_is_struck_and_inserted() -> None:
    """So that to reject all changes gives the old order, and to accept them the new one."""
    one, two = (ClauseText.as_written(Quote(each, "verbatim", "Act", each, NOWHERE)) for each in "ab")
    told = texts_between((one, two), (two, one))
    assert [said for each in told if (said := _read(each, "struck"))] == ["b", "a"]
    assert [said for each in told if (said := _read(each, "inserted"))] == ["a", "b"]
    assert len(told) == 3


def test_a_clause_without_words_in_both_versions_is_left_out() -> None:
    """What an earlier modification struck is neither shown nor a change; what a later one struck is told as
    its own.
    """
    one = ClauseText.as_written(Quote("a", "verbatim", "Act", "a", NOWHERE))
    gone = ClauseText(one.quote, (Segment("struck", "a", "M"),))
    assert texts_between((gone,), (gone,)) == ()
    assert texts_between((one,), (gone,)) == (gone,)


def test_a_clause_of_one_version_only_is_struck_or_inserted_whole() -> None:
    """Where it stood: a clause that is gone stands after the one that it followed."""
    one, two, three = (ClauseText.as_written(Quote(each, "verbatim", "Act", each, NOWHERE)) for each in "abc")
    told = texts_between((one, two, three), (one, three))
    assert [(each.clause, [part.kind for part in each.segments]) for each in told] == [
        ("a", ["kept"]),
        ("b", ["struck"]),
        ("c", ["kept"]),
    ]
    assert [each.segments[0].kind for each in texts_between((), (two,))] == ["inserted"]

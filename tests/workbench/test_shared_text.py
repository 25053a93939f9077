"""A text that several windows edit: changes as CodeMirror writes them."""

from __future__ import annotations

import random

import pytest

from checker.workbench.shared_text import (
    KEPT,
    BadChange,
    Changes,
    SharedText,
    Update,
    applied,
    changes_between,
)

LETTERS = "ab \n“”😀é"


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("abc", (1, (1, "x"), 1), "axc"),
        ("abc", (3, (0, "", "d")), "abc\nd"),
        ("a😀b", (1, (2,), 1), "ab"),
        ("", ((0, "one", "two"),), "one\ntwo"),
        ("abc", (3,), "abc"),
    ],
)
def test_a_change_is_made(text: str, changes: Changes, expected: str) -> None:
    """Letters are kept and dropped by code units of UTF-16, and lines are put in."""
    assert applied(text, changes) == expected


@pytest.mark.parametrize(
    "changes",
    [(4,), (2,), (-1, (4,)), ((3, "a\nb"),), ((3, 1),), (("x", "y"), 3), (1, (-1, "x"), 2), ()],
)
def test_a_change_of_another_text_is_refused(changes: Changes) -> None:
    """Nothing is made of a change that does not fit the text."""
    with pytest.raises(BadChange):
        applied("abc", changes)


def test_no_letter_is_cut_in_two() -> None:
    """Half of an emoji is no text."""
    with pytest.raises(BadChange, match="cuts a letter"):
        applied("😀", (1, (1,)))


def test_what_is_between_two_texts_makes_the_one_the_other() -> None:
    """Texts of all kinds are made from each other, by a change that fits."""
    chance = random.Random(1)
    for _ in range(500):
        old, new = ("".join(chance.choices(LETTERS, k=chance.randrange(12))) for _ in range(2))
        assert applied(old, changes_between(old, new)) == new, (old, new)


def test_of_two_windows_the_second_makes_its_change_anew() -> None:
    """A change of an older text is not taken, and nothing of it is."""
    shared = SharedText("abc")
    assert shared.push(0, [Update("one", (3, (0, "d")))], 99)
    assert shared.push(0, [Update("two", ((0, "x"), 3))], 99) == ()
    assert shared.text == "abcd"
    assert shared.since(0) == (Update("one", (3, (0, "d"))),)


def test_of_several_changes_all_or_none_are_taken() -> None:
    """The second makes no sense, so the first is not taken either."""
    shared = SharedText("abc")
    with pytest.raises(BadChange):
        shared.push(0, [Update("one", ((3, "d"),)), Update("one", (9,))], 99)
    assert (shared.text, shared.version) == ("abc", 0)


def test_a_text_does_not_grow_beyond_its_limit() -> None:
    """A page that redline would not read is not made."""
    with pytest.raises(BadChange, match="at most 4 bytes"):
        SharedText("abc").push(0, [Update("one", (3, (0, "de")))], 4)


def test_what_is_long_gone_is_not_remembered() -> None:
    """A window that has missed too much gets the whole text."""
    shared = SharedText("")
    for number in range(KEPT + 1):
        shared.replace(str(number), "one")
    assert shared.since(0) is None
    assert shared.since(shared.version) == ()
    assert shared.since(shared.version + 1) is None

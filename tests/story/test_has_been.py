"""What has been, in the words that the law has for what is."""

from __future__ import annotations

import pytest

from checker.model.expressions import FACT, Apply, History, HowPast
from checker.story.has_been import has_been

SAID: list[tuple[HowPast, tuple[str, ...], bool, str]] = [
    ("ever", ("Ann is disqualified",), False, "Ann has at some time been disqualified"),
    ("ever", ("Ann is disqualified",), True, "Ann has never been disqualified"),
    ("ever", ("Ann is not registered",), False, "Ann has at some time not been registered"),
    ("ever", ("Ann is not registered",), True, "Ann has always been registered"),
    ("ever", ("Ann has a licence",), False, "Ann has at some time had a licence"),
    ("ever", ("Ann owes Bob",), False, "at some time it has been so that Ann owes Bob"),
    ("ever", ("Ann owes Bob",), True, "at no time has it been so that Ann owes Bob"),
    ("beginning of", ("Ann is registered",), False, "the day from which Ann has been registered"),
    (
        "since",
        ("Ann is registered", "Ann is approved"),
        False,
        "Ann has been registered ever since Ann came to be approved",
    ),
    (
        "since",
        ("Ann is not registered", "Bob is not approved"),
        True,
        "it is not so that Ann has not been registered ever since Bob ceased to be approved",
    ),
    (
        "as of",
        ("Ann is registered", "the Act is in force"),
        False,
        "Ann was registered when the Act last came to be in force",
    ),
    (
        "as of",
        ("Ann has at some time been registered", "the Act is in force"),
        True,
        "it is not so that Ann had at some time been registered when the Act last came to be in force",
    ),
    (
        "as of",
        ("Ann owes Bob", "Ann has at some time been registered"),
        False,
        "it was so that Ann owes Bob when it last came about that Ann has at some time been registered",
    ),
]


@pytest.mark.parametrize(("how", "parts", "denied", "told"), SAID)
def test_what_has_been_is_told_in_another_tense(
    how: HowPast, parts: tuple[str, ...], denied: bool, told: str
) -> None:
    """The one verb of a clause is put in the tense; what has another verb is said to have been so."""
    history = History(how, tuple(Apply("f", (), FACT) for _ in parts), ())
    assert has_been(history, parts, denied=denied) == told


def test_without_words_nothing_is_told() -> None:
    """Where the law has no words for a part, there are none for what has been."""
    assert not has_been(History("ever", (Apply("f", (), FACT),), ()), [None])

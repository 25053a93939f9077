"""Lint says where a phrase has no meaning of its own, and the next one goes on where it ends."""

from __future__ import annotations

import pytest

from checker.regime.load import load_texts
from checker.rooms.lint.shared_meanings import shared_findings
from checker.rooms.lint.words_and_rules import Law

LAW = """# Desk

> Nobody paints who is tired and has no brush, if • it rains or • it snows.
>
> — Rule 1

```redline
sort User
enum Act: Paint
state tired(User)
state brush(User)
state rains
request "{sender} does {act}"
    sender: User
    act: Act
component Desk "the desk"
route Desk
check painting for "Rule 1" at Desk, reject without a published code
    "Nobody paints"
        applies when act is Paint
ITEMS
version v "v"
```
"""

WHOLE = """    "who is tired"
        requires not tired(sender)
    "and has no brush, if"
        requires brush(sender)
    "• it rains or"
    "• it snows."
        applies when rains"""


def law(items: str) -> Law:
    return Law(load_texts({"law.md": LAW.replace("ITEMS", items)}), "v")


def without(line: str) -> str:
    return "\n".join(each for each in WHOLE.splitlines() if each.strip() != line)


def test_a_meaning_that_was_lost_is_found() -> None:
    """Both phrases are named, and nothing gates: a phrase may share a meaning on purpose."""
    (found,) = shared_findings(law(without("requires not tired(sender)")))
    assert found.kind == "meaning-shared"
    assert (
        found.message == "`who is tired` has no meaning of its own, and shares that of `and has no brush, if`"
    )
    assert found.words == ("who is tired", "and has no brush, if")
    assert not found.gates


@pytest.mark.parametrize(
    "items",
    [
        WHOLE,
        without("requires not tired(sender)").replace(
            '"who is tired"\n    "and has no brush, if"', '"who is tired and has no brush, if"'
        ),
        without("requires not tired(sender)").replace(
            "requires brush(sender)", 'requires brush(sender) inference "who has one is never tired"'
        ),
    ],
    ids=["items of a list", "one phrase", "a reason is given"],
)
def test_what_is_ordinary_is_left_alone(items: str) -> None:
    """Items of a list may share a meaning, one phrase has its own, and a reason says that none was lost."""
    assert not list(shared_findings(law(items)))


def test_phrases_of_two_quotes_may_share_a_meaning() -> None:
    """The law says a thing twice; nothing was lost between the two."""
    twice = WHOLE.replace('"and has no brush, if"', '"and has no brush, if"\n    "A brush is needed."')
    second = "> — Rule 1\n\n> A brush is needed.\n>\n> — Rule 2\n"
    text = LAW.replace("ITEMS", twice).replace("> — Rule 1\n", second, 1)
    assert not list(shared_findings(Law(load_texts({"law.md": text}), "v")))

"""Words as they are compared: of quoted law, of labels, and of names that are made up of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from checker.language.document import Word, words_of

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d[\d.]*")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_LETTER = re.compile(r"[^\W\d_]")
SMALL: Final = frozenset(
    {"a", "an", "the", "of", "to", "in", "for", "by", "on", "at", "as", "and", "or", "from", "with", "than"}
)
"""Words that carry no meaning of their own."""

_STEM = 4  # letters that two forms of a word have in common, at least
_ENDING = 3  # letters that one of them has in addition, at most


def words(text: str) -> tuple[Word, ...]:
    """Return the words and marks of a text, as tiling sees them."""
    return tuple(words_of("", text, 1))


def is_word(text: str) -> bool:
    """Whether it has a letter, and so is no number and no mark."""
    return _LETTER.search(text) is not None


def spoken(text: str) -> tuple[str, ...]:
    """Return the words of a label that carry meaning, in small letters; `{1}` and the like are none."""
    plain = (word.text.lower() for word in words(_PLACEHOLDER.sub(" ", text)))
    return tuple(each for each in plain if (is_word(each) or each[0].isdigit()) and each not in SMALL)


def parts(name: str) -> tuple[str, ...]:
    """Return the words that a name is made up of: `RareBook`, `on-loan`."""
    if name[:1].isdigit():
        return (name,)
    return tuple(each.lower() for each in _PARTS.findall(name))


def akin(one: str, other: str) -> bool:
    """Whether two words in small letters are forms of one: `meter`, `metering`."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    ending = long[len(short) :]
    plural = ending in ("s", "es")
    return long.startswith(short) and (
        plural or (len(short) >= _STEM and len(ending) <= _ENDING and is_word(short))
    )


def singular(word: str) -> str:
    """Return a word in small letters without the ending of the plural."""
    small = word.lower()
    return small[:-1] if small.endswith("s") and not small.endswith("ss") and len(small) > _ENDING else small


def stands_in(wanted: Sequence[str], there: Sequence[str]) -> bool:
    """Whether words stand in others one after the other, perhaps in another form."""
    count = len(wanted)
    return bool(wanted) and any(
        all(akin(mine, its) for mine, its in zip(wanted, there[start : start + count], strict=True))
        for start in range(len(there) - count + 1)
    )


def shared(some: Sequence[str], others: Sequence[str]) -> int:
    """Return how many of some words have a form among the others."""
    return sum(any(akin(each, other) for other in others) for each in dict.fromkeys(some))

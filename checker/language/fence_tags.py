"""Which tags of fences are `redline`, and which only look like it."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Final

TAG: Final = "redline"
NEAR: Final = 2  # so many letters away from the tag, and it may be a slip
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("\u0433\u1d26\uab47", "r"),
        **dict.fromkeys("\u0435\u04bd\u03b5\u0454\u1d07", "e"),
        **dict.fromkeys("\u0501\u056a\u0257\u0111\u1d05", "d"),
        **dict.fromkeys("\u04cf|\u0142\u03b91\ua781", "l"),
        **dict.fromkeys("\u0456\u0131\u0269\u03af", "i"),
        **dict.fromkeys("\u043f\u0578\u03b7\u0274", "n"),
    }
)
_WORD: Final = re.compile(r"[\w-]+")
_PREFIX: Final = re.compile(r"lang(?:uage)?-(?=.)")
_TURNED: Final = "\u202e"  # what follows is shown from right to left
_UNSEEN: Final = frozenset({"Cf", "Cc", "Mn", "Me", "Co", "Cn"})
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by their category, seen by nobody


def looks_like_ours(info: str) -> bool:
    """Whether somebody may have meant `redline` by what stands after the mark of a fence.

    So it is if its first word, or all of it without spaces, is no more than two letters away from `redline`,
    or if another word of it is `redline`. Case, accents, punctuation, characters that nobody sees and letters
    of other alphabets that look like these do not count.
    """
    if _TURNED in info:
        return looks_like_ours(info.replace(_TURNED, "")[::-1])
    words = [_PREFIX.sub("", word.strip("-_")) for word in _WORD.findall(_folded(info))]
    if not words:
        return False
    joined = re.sub(r"[\W_]+", "", _folded(info))
    others = (re.sub(r"[-_]", "", word) for word in words[1:])
    return _distance(words[0]) <= NEAR or _distance(joined) < NEAR or TAG in others


def is_near(word: str) -> bool:
    """Whether a text is one word, and looks like the tag."""
    return len(word.split()) == 1 and looks_like_ours(word)


def without_unseen(text: str) -> str:
    """The text without the characters that nobody sees."""
    if text.isascii() and text.isprintable():  # as most lines are: nothing to look up
        return text
    return "".join(each for each in text if each == "\t" or not _unseen(each))


def shown_tag(info: str) -> str:
    """A tag with the code points of what does not look like what it is."""
    odd = (each for each in info if _unseen(each) or not (each.isascii() or each.isspace()))
    codes = [f"U+{ord(each):04X}" for each in dict.fromkeys(odd)]
    seen = "".join("�" if _unseen(each) else each for each in info)
    return f"`{seen}`" + (f" with {', '.join(codes)}" if codes else "")


def _unseen(letter: str) -> bool:
    return letter in _BLANKS or unicodedata.category(letter) in _UNSEEN


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unescape(text))
    seen = "".join(each for each in plain if each.isspace() or not _unseen(each))
    return seen.casefold().translate(_ALIKE)


def _distance(word: str) -> int:
    """How many letters to put in, leave out, change or swap with their neighbour to make the tag."""
    if abs(len(word) - len(TAG)) > NEAR:
        return NEAR + 1
    above: list[int] = []
    row = list(range(len(TAG) + 1))
    for at, letter in enumerate(word, start=1):
        above, row, last = row, [at], above
        for column, wanted in enumerate(TAG, start=1):
            cost = min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != wanted))
            swapped = at > 1 and column > 1 and letter == TAG[column - 2] and word[at - 2] == wanted
            row.append(min(cost, last[column - 2] + 1) if swapped else cost)
    return row[-1]

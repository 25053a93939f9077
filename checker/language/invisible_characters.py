"""Makes visible what a reader would not see, and a terminal might obey."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

_UNSEEN: Final = frozenset(  # letters and marks that show nothing, though they count as printable
    chr(each)
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for each in range(first, last + 1)
)
_LAYOUT: Final = frozenset("\n\t")


def visible(text: str) -> str:
    r"""The text with escapes such as `\x1b` and `\u202e` for control characters, direction marks and whatever
    else shows nothing; line feeds, tabs and blanks stay.
    """
    if text.isprintable() and _UNSEEN.isdisjoint(text):  # as nearly all texts of a page are
        return text
    return _escaped(text, _escape)


def visible_json(text: str, encoding: str = "utf-8") -> str:
    r"""JSON that says the same, with escapes such as `\u202e` for what shows nothing, and for what the
    encoding lacks.
    """
    return _escaped(text, _escape_json, lambda letter: _encodes(letter, encoding))


def _escaped(text: str, escape: Callable[[str], str], known: Callable[[str], bool] = lambda _: True) -> str:
    odd = {letter for letter in set(text) if not (is_seen(letter) and known(letter))}
    return text.translate({ord(letter): escape(letter) for letter in odd}) if odd else text


def is_seen(letter: str) -> bool:
    """Whether a reader sees the letter, or the room that it takes."""
    if letter in _LAYOUT:
        return True
    return letter not in _UNSEEN and (letter.isprintable() or unicodedata.category(letter) == "Zs")


def _encodes(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def _escape_json(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))

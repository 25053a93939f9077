"""Names the characters that nobody sees, or that look like others, by their code points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from checker.language.invisible_characters import is_seen

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_MARKS: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
}
_LATIN: Final = dict(
    zip(
        "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u0456\u0458\u043e\u0440\u0441\u0443\u0445\u0455\u0501\u04cf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03bd\u03bf\u03c1\u03c5\u03c7",
        "ABESIJKMHOPCTYXaeijopcyxsdlABEZHIKMNOPTYXaivopux",
        strict=True,
    )
)
_QUOTED: Final = re.compile(r"`([^`]+)`")
_MOST: Final = 3  # letters that are named for one message
_LONGEST: Final = 20_000  # letters of a word or a text that are looked at


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the marks on it, as it looks, and where it stands, if that is known."""

    text: str
    looks: str
    line: int = 0
    column: int = 0


def odd_letters(message: str, nearest: str | None) -> tuple[str, ...]:
    """Sentences about the letters in the quoted words of a message that are not what they look like, and
    about those of the nearest name that the words have not.
    """
    words = [each for each in dict.fromkeys(_QUOTED.findall(message)) if len(each) <= _LONGEST]
    told = [each for word in words for each in _odd(word, nearest or "")]
    if nearest is not None and any(looks(word) == looks(nearest) for word in words):
        told += [each for each in _odd(nearest, "".join(words)) if each not in told]
    return tuple(told[:_MOST])


def _odd(word: str, other: str) -> Iterator[str]:
    stead = other if len(other) == len(word) else ""
    for at, letter in enumerate(word, start=1):
        replaces = stead[at - 1 :][:1].isascii() and stead != "" and not letter.isascii()
        if letter not in other and (replaces or _is_odd(word, letter, other)):
            where = "this" if len(word) == 1 else f"letter {at} of `{word}`"
            yield f"{where} is {code_point(letter)}"


def _is_odd(word: str, letter: str, other: str) -> bool:
    if letter.isascii():
        return not is_seen(letter)
    if not is_seen(letter) or letter.isspace() or letter in _DASHES or unicodedata.combining(letter):
        return True
    like = looks(letter)
    if like == letter or not like.isascii():
        return False
    mixed = any(each.isascii() and each.isalpha() for each in word)
    return like in other or (letter in _LATIN and mixed)


def code_point(letter: str) -> str:
    """A character as everybody can look it up: `U+2011 NON-BREAKING HYPHEN`."""
    name = unicodedata.name(letter, "")
    return f"U+{ord(letter):04X}{f' {name}' if name else ''}"


def looks(text: str) -> str:
    """How a text looks: without what nobody sees, dashes as hyphens, look-alikes as Latin letters."""
    return "".join(_looks(each) for each in unicodedata.normalize("NFKC", text))


def _looks(letter: str) -> str:
    if letter in _DASHES:
        return "-"
    if not is_seen(letter):
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return _LATIN.get(letter, _MARKS.get(letter, letter))


def differing(mine: Sequence[Letter], theirs: Sequence[Letter]) -> str | None:
    """A sentence about the first of my letters that only looks like the one where they stand among theirs;
    None if they stand nowhere, or as they are.
    """
    wanted, there = "".join(each.looks for each in mine), "".join(each.looks for each in theirs)
    starts = {start: at for at, start in enumerate(accumulate((len(x.looks) for x in theirs), initial=0))}
    at = there.find(wanted) if wanted and len(there) <= _LONGEST else -1
    if at not in starts or at + len(wanted) not in starts:
        return None
    here = theirs[starts[at] : starts[at + len(wanted)]]
    if len(here) != len(mine):
        return None
    odd = next(((own, its) for own, its in zip(mine, here, strict=True) if own.text != its.text), None)
    return None if odd is None else _told(*odd)


def _told(own: Letter, its: Letter) -> str:
    where = f" at line {its.line}, column {its.column}" if its.line else ""
    return f"the quote has {_named(its.text)}{where}, and here stands {_named(own.text)}"


def _named(letter: str) -> str:
    known = letter if letter.isascii() else ""
    return f"`{known}`" if known else " with ".join(_one(each) for each in letter)


def _one(letter: str) -> str:
    return f"`{letter}`" if letter.isascii() else code_point(letter)


def letters_of(words: Sequence[tuple[str, int, int]]) -> list[Letter]:
    """The letters of words that begin at these lines and columns (0 for a place that is not known). What
    nobody sees belongs to the letter before it.
    """
    found: list[Letter] = []
    for word, line, column in words:
        for at, letter in enumerate(word):
            joins = unicodedata.combining(letter) or not _looks(letter)
            if joins and found:
                last = found[-1]
                text = last.text + letter
                found[-1] = Letter(text, looks(text), last.line, last.column)
            else:
                found.append(Letter(letter, looks(letter), line, column + at))
    return found

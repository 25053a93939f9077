"""Names, strings and comments as TLA+ writes them."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

WIDTH: Final = 100  # columns that a line of a module should not exceed

_KEYWORDS: Final = """
    ACTION ASSUME ASSUMPTION AXIOM BOOLEAN BY CASE CHOOSE CONSTANT CONSTANTS COROLLARY DEF DEFINE DEFS DOMAIN
    ELSE ENABLED EXCEPT EXTENDS FALSE HAVE HIDE IF IN INSTANCE LAMBDA LEMMA LET LOCAL MODULE NEW OBVIOUS
    OMITTED ONLY OTHER PICK PROOF PROPOSITION PROVE QED RECURSIVE SF_ STATE STRING SUBSET SUFFICES TAKE
    TEMPORAL THEN THEOREM TRUE UNCHANGED UNION USE VARIABLE VARIABLES WF_ WITH WITNESS
"""
_LIBRARY: Final = """
    Any Append Assert BoundedSeq Cardinality Head Int IsFiniteSet JavaTime Len Nat Permutations Print PrintT
    RandomElement Seq SelectSeq SortSeq SubSeq TLCEval TLCGet TLCSet Tail ToString Naturals FiniteSets
    Sequences TLC
"""
TAKEN: Final = frozenset((*_KEYWORDS.split(), *_LIBRARY.split()))
"""Names that no operator may have: key words, and what the standard modules define."""


def upper(text: str) -> str:
    """Return an operator's name: `own-slot` becomes `OwnSlot`."""
    return "".join(each[0].upper() + each[1:] for each in _pieces(text)) or "It"


def lower(text: str) -> str:
    """Return the name of a variable, a constant or a field: `Own-slot` becomes `ownSlot`."""
    name = upper(text)
    return name[0].lower() + name[1:]


def joined(text: str) -> str:
    """Return the pieces of a clause with underlines between them: `Rule 4.1(b)` becomes `Rule_4_1_b`."""
    return "_".join(_pieces(text, numbers=False)) or "It"


def _pieces(text: str, *, numbers: bool = True) -> list[str]:
    """The runs of letters and digits; a number at the beginning of the name gets the prefix `N`."""
    plain = "".join(_ascii(each) for each in unicodedata.normalize("NFKD", text))
    found = re.findall(r"[A-Za-z0-9]+", plain)
    if found and found[0][0].isdigit() and (numbers or len(found) == 1):
        found[0] = f"N{found[0]}"
    return found


def _ascii(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    return f"x{ord(character):x}" if character.isalnum() else " "


@dataclass(slots=True)
class Names:
    """Hands out names, each once."""

    used: set[str] = field(default_factory=lambda: set(TAKEN))

    def take(self, *wanted: str) -> str:
        """Return the first of the names that is free; if none is, the last one with a number."""
        for each in wanted:
            if each not in self.used:
                break
        else:
            number = 2
            while (each := f"{wanted[-1]}_{number}") in self.used:
                number += 1
        self.used.add(each)
        return each

    def copy(self) -> Names:
        """Return the names of an inner scope: names taken there stay free here."""
        return Names(set(self.used))


def string(text: str) -> str:
    """Return a string; a character outside ASCII is written as its number in brackets, which occur in no
    name.
    """
    return '"' + "".join(each if each.isascii() else f"[{ord(each):x}]" for each in text) + '"'


def one_line(text: str) -> str:
    """Return text for a comment: on one line, and without comment marks."""
    return re.sub(r"\(\*|\*\)", "", " ".join(text.split()))


def comment(text: str, indent: int = 0) -> list[str]:
    """Return the lines of a comment that will stand `indent` columns in."""
    lines = textwrap.wrap(one_line(text), max(WIDTH - indent - 3, 30), break_long_words=False) or [""]
    return [f"\\* {each}".rstrip() for each in lines]


def listed(items: Iterable[str], indent: int, opening: str = "{", closing: str = "}") -> list[str]:
    """Return the lines of a set or tuple that will stand `indent` columns in, with as many items on a line as
    fit.
    """
    inner = textwrap.wrap(
        ", ".join(each.replace(" ", "\0") for each in items),
        max(WIDTH - indent - 2, 30),
        break_long_words=False,
        break_on_hyphens=False,
    )
    lines = [each.replace("\0", " ") for each in inner] or [""]
    lines[-1] += closing
    return hung(opening, lines)


def hung(first: str, lines: Iterable[str]) -> list[str]:
    """Return the lines with a prefix before the first one and the others indented by its width."""
    space = " " * len(first)
    return [f"{space if number else first}{each}" for number, each in enumerate(lines)]


def indented(lines: Iterable[str], indent: int = 4) -> list[str]:
    """Return the lines indented by that many more columns."""
    return [f"{' ' * indent}{each}" if each else each for each in lines]


def one_or_more(name: str, lines: Sequence[str]) -> list[str]:
    """Return a definition: its body follows the head if it is one line, and stands below it otherwise."""
    if len(lines) == 1 and len(name) + len(lines[0]) + 4 <= WIDTH:
        return [f"{name} == {lines[0]}"]
    return [f"{name} ==", *indented(lines)]


def set_of(items: Iterable[str]) -> str:
    """Return a set on one line."""
    return "{" + ", ".join(items) + "}"

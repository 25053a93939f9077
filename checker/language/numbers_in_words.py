"""Numbers as English writes them in words, in figures: `twenty-eight`, `five million`."""

from __future__ import annotations

import re
from typing import Final

UNITS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMERALS: Final = {
    **{word: number for number, word in enumerate(UNITS)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
SCALES: Final = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
NUMERAL: Final = rf"(?:{'|'.join(sorted(_NUMERALS, key=len, reverse=True))})"
"""A pattern for one word of a number."""
IN_WORDS: Final = rf"{NUMERAL}(?:[- ]{NUMERAL})?(?:[ ](?:{'|'.join(SCALES)}))*"
"""A pattern for a whole number in words."""


def in_figures(words: str) -> int | None:
    """The number that is written in words; None if they are no number."""
    total = 0
    for each in re.split(r"[- ]", words):
        if each in SCALES:
            total = max(total, 1) * SCALES[each]
        elif each in _NUMERALS:
            total += _NUMERALS[each]
        else:
            return None
    return total


def number(written: str) -> int:
    """The number, in figures or in words; 0 if it is neither."""
    return int(written) if written.isdigit() else in_figures(written.casefold()) or 0


def scaled(figure: str, scale: str) -> str:
    """So many thousands or millions in figures: `0.5`, `million`."""
    return f"{float(figure) * SCALES[scale]:.0f}"

"""Cells of amounts and dates at random: good ones, nearly good ones, and what people and programs write."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from checker.language.calendar_words import MONTHS
from checker.model.expressions import Sort
from checker.model.quantities import measure, units_of

FULL_WIDTH: Final = {ord(f"{each}"): chr(0xFF10 + each) for each in range(10)}
BLANK: Final = ("", "", "", "", " ", "  ", "\t", "\u00a0", "\n")
ODD: Final = (
    "0123456789 ,.-+()eE$%/:|'_\t\n\r\x0b\x0c\x1c"
    "\u0085\u00a0\u00a3\u00b2\u0663\u2009\u200b\u2013\u2028\u2212\u3000"
)
DECIMALS: Final = ("", "", "", ".", ".5", ".50", ".00", f".{'0' * 15}", f".{'0' * 18}", ".005", ".12345")
SIGNS: Final = ("", "", "", "-", "\u2212", "+", "- ", "-\t", "--", "(")


def cell_of(sort: Sort, chance: random.Random) -> str:
    """A cell that may say a number of the quantity, with a letter or two more or less."""
    text = _date(chance) if measure(sort).calendar else _amount(sort, chance)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        at = chance.randint(0, len(text))
        text = (
            f"{text[:at]}{chance.choice(ODD)}{text[at:]}"
            if chance.random() < 0.5
            else text[:at] + text[at + 1 :]
        )
    return text


def _amount(sort: Sort, chance: random.Random) -> str:
    units = ("", "", *units_of(sort), "".join(units_of(sort)))

    def some(choices: tuple[str, ...]) -> str:
        return chance.choice(choices)

    ways: tuple[Callable[[], str], ...] = (
        lambda: str(chance.randint(0, 99)),
        lambda: str(chance.randint(0, 10 ** chance.randint(1, 17))),
        lambda: f"{chance.randint(0, 10 ** chance.randint(1, 16)):,}",
        lambda: f"{chance.randint(0, 999)},{chance.randint(0, 99_999)}",
        lambda: "0" * chance.randint(1, 17),
        lambda: str(chance.randint(0, 99)).translate(FULL_WIDTH),
        lambda: some(("", "1e3", "0x1F", "1_000", "inf", "nan", "1.234,56", "five")),
    )
    sign = some(SIGNS)
    digits = some(BLANK) + chance.choice(ways)() + some(DECIMALS)
    before, after = some(units) + some(BLANK), some(BLANK) + some(units)
    first = f"{before}{sign}" if chance.random() < 0.8 else f"{sign}{before}"
    return f"{some(BLANK)}{first}{digits}{after}{')' if sign == '(' else ''}{some(BLANK)}"


def _date(chance: random.Random) -> str:
    year = chance.choice((chance.randint(0, 10_001), 2026, 2024, 1900, 2000, 0, 1, 9999, 999))
    month, day = chance.randint(0, 13), chance.choice((chance.randint(0, 32), 28, 29, 30, 31))
    named = chance.choice((*MONTHS, "april", "Apr"))
    iso, blank = f"{year:04}-{month:02}-{day:02}", chance.choice(BLANK)
    forms = (
        *(iso, iso, f"{year}-{month}-{day}", f"{day} {named} {year:04}", f"{day:02} {named} {year:04}"),
        *(f"{day:02}/{month:02}/{year:04}", f"{day}/{month}/{year}", f"{iso} 00:00:00", f"{iso}T10:00:00Z"),
        *(iso.replace("-", ""), f"{day}{blank}{named}{blank}{year:04}", f"{named} {day}, {year}", f"-{iso}"),
        *(f"{iso}Z", f"{iso}+01:00", iso.translate(FULL_WIDTH), f"{day:03} May {year:04}", f"{iso} (BC)"),
        *("infinity", "epoch", "today", f"{day}. {named} {year:04}"),
    )
    return chance.choice(BLANK) + chance.choice(forms) + chance.choice(BLANK)

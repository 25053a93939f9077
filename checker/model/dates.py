"""Days of the calendar: as numbers in situations, as a law writes them, and in words.

The value of a date is the numeral of its day: 1 is 1 January of the year 1 in the proleptic Gregorian
calendar, as in `datetime.date.toordinal`. Days have no end, and the words for them have none either: the
calendar begins again every 400 years.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from checker.language.calendar_words import MONTHS, WEEKDAYS, no_such_day

LITERAL: Final = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})")
"""A date as a law writes it."""

PERIOD: Final = re.compile(r"(\d+)\s+(days?|weeks?|months?|years?|working\s+days?)")
"""A period as a law writes it; of these, only days and weeks have a length."""

USUAL: Final = date(2026, 3, 2).toordinal()
"""The day that stories tell of where the law writes none: a Monday, so that the week is easy to follow."""

BLANKS: Final = " \t\n\r\f\u00a0"
"""What may stand around the parts of a cell: blanks, line breaks, and blanks at which no line is broken."""

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BLANK: Final = re.compile(f"[{BLANKS}]+")
CYCLE: Final = 146_097
"""Days in 400 years, after which the calendar begins again."""

YEARS: Final = 400
"""Years of such a cycle."""


class NoSuchDay(ValueError):
    """What is wrong with a date that is written like one, in words."""


def day_of(text: str) -> int | None:
    """The number of the day that is written as in a law; None if it is not written so. Raises NoSuchDay."""
    found = LITERAL.fullmatch(text)
    return None if found is None else _day(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))


def day_in_cell(text: str) -> int | None:
    """The same of a cell of a table, where `2026-04-01` is a date, too. Raises NoSuchDay."""
    found = _ISO.fullmatch(text.strip(BLANKS))
    if found is not None:
        return _day(*map(int, found.groups()))
    spaced = _BLANK.sub(" ", text).strip(" ")
    return day_of(spaced) if spaced.isascii() and spaced.isprintable() else None


def _day(year: int, month: int, day: int) -> int:
    wrong = no_such_day(year, month, day)
    if wrong:
        raise NoSuchDay(wrong)
    return date(year, month, day).toordinal()


def written_day(day: int) -> str:
    """The day of that number as a law writes it: `11 March 2026`."""
    year, month, number = calendar_date(day)
    return f"{number} {MONTHS[month - 1]} {year:04d}" if year > 0 else f"{1 - day} days before 1 January 0001"


def told_day(day: int) -> str:
    """The day of that number in words: `Wednesday 11 March 2026`."""
    year, month, number = calendar_date(day)
    shown = f"{year}" if year > 0 else f"{1 - year} BC"
    return f"{WEEKDAYS[(day - 1) % len(WEEKDAYS)]} {number} {MONTHS[month - 1]} {shown}"


def told_month(month: int) -> str:
    """A month in words, counted from January of the year 0: `September 1978`."""
    year, at = divmod(month, len(MONTHS))
    return f"{MONTHS[at]} {year if year > 0 else f'{1 - year} BC'}"


def calendar_date(day: int) -> tuple[int, int, int]:
    """The year, the month and the day of the month; there is a year 0, and there are years before it."""
    cycles, rest = divmod(day - 1, CYCLE)
    found = date.fromordinal(rest + 1)
    return found.year + cycles * YEARS, found.month, found.day

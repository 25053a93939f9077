"""Months of the calendar: the day so many months after another, and what is true of all such days.

Days are numbered as in `checker.model.dates`, months from January of the year 0, which is 0. A period of
months ends on the corresponding date of the month in which it ends. Where that month has no such date, or
the period begins on the last day of a month, there is more than one rule (`RULES`).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, TypeAlias

from checker.model.dates import CYCLE, YEARS, calendar_date
from checker.model.expressions import Sort

ON_CORRESPONDING: Final = "on-corresponding-date"
"""On the corresponding date or, if there is none, on the last day of the month."""

ON_LAST: Final = "on-last-day"
"""The same, but a period that begins on the last day of a month ends on the last day of one."""

ON_NEXT: Final = "on-day-after"
"""On the corresponding date or, if there is none, on the first day of the next month."""

RULES: Final = (ON_CORRESPONDING, ON_LAST, ON_NEXT)
"""What a law may say of the day on which a period of months ends; the first one holds if it says nothing."""

RULE: Final = Sort("month-end-rule", RULES)
"""The enum of these rules."""

MONTH_END: Final = "month-end"
"""The definition by which a law says which of them it follows."""

IN_A_YEAR: Final = 12
MOST: Final = 999 * IN_A_YEAR
"""The longest period that a law may write, in months."""

_MONTHS: Final = YEARS * IN_A_YEAR
_SHORTER: Final = 4  # by fewer days than this, a month is shorter than another


@dataclass(frozen=True, slots=True)
class Period:
    """So many months after a day or, if negative, before it; `rule`: one of RULES."""

    months: int
    rule: str

    def __str__(self) -> str:
        way = "after" if self.months >= 0 else "before"
        return f"{written(abs(self.months))} {way}, {self.rule}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a period ends that begins in one month, of which `first` and `last` are the ends: on the day
    `apart` days later, but not after `latest`; one that begins on `last` ends on `from_last`.
    """

    first: int
    last: int
    apart: int
    latest: int
    from_last: int

    def of(self, day: int) -> int:
        """The day on which it ends, if it begins on `day`, which is in the month."""
        return self.from_last if day == self.last else min(day + self.apart, self.latest)


def month_of(day: int) -> int:
    """The month in which a day is."""
    year, month, _ = calendar_date(day)
    return year * IN_A_YEAR + month - 1


def first_day(month: int) -> int:
    """The first day of a month."""
    year, at = divmod(month, IN_A_YEAR)
    cycles, rest = divmod(year - 1, YEARS)
    return date(rest + 1, at + 1, 1).toordinal() + cycles * CYCLE


def piece(period: Period, month: int) -> Piece:
    """Where the period ends if it begins in the month."""
    first, following = first_day(month), first_day(month + 1)
    there, after = first_day(month + period.months), first_day(month + period.months + 1)
    latest = after if period.rule == ON_NEXT else after - 1
    from_last = after - 1 if period.rule == ON_LAST else min(following - 1 + there - first, latest)
    return Piece(first, following - 1, there - first, latest, from_last)


def reached(day: int, period: Period) -> int:
    """The day on which the period ends that begins on `day`; the first one of all, if it goes back."""
    return piece(period, month_of(day)).of(day)


Chain: TypeAlias = tuple[Period, ...]
"""Periods of which each begins on the day on which the one before ends."""


@cache
def lengths(chain: Chain) -> tuple[int, int]:
    """The fewest and the most days that such periods take together, of all in the calendar."""
    return apart((), chain)


@cache
def apart(one: Chain, other: Chain) -> tuple[int, int]:
    """The fewest and the most days by which the second ends later, if both begin on one day."""
    days = [theirs - own for own, theirs in zip(_ends(one), _ends(other), strict=True)]
    return min(days), max(days)


@cache
def _ends(chain: Chain) -> array[int]:
    """Where they end that begin on the first day of a month or on any of its last ones, month by month. All
    months have the days between, and those around them, so what begins there takes as long as what begins on
    the first day.
    """
    if chain:
        known: dict[int, Piece] = {}
        found = array("q")
        for day in _ends(chain[:-1]):
            month = month_of(day)
            if month not in known:
                known[month] = piece(chain[-1], month)
            found.append(known[month].of(day))
        return found
    months = ((first_day(month), first_day(month + 1) - 1) for month in range(_MONTHS))
    return array("q", (day for first, last in months for day in (first, *range(last - _SHORTER, last + 1))))


@dataclass(frozen=True, slots=True)
class Kind:
    """A month like others: it has so many `days`, and of each period the same is true (`ends`, counted from
    the day before the month).
    """

    days: int
    ends: tuple[Piece, ...]


@cache
def kinds(periods: tuple[Period, ...]) -> tuple[Kind, ...]:
    """All months that there are, as far as they differ in the ends of such periods that begin in them."""
    found: dict[Kind, None] = {}
    for month in range(_MONTHS):
        known = [piece(each, month) for each in periods]
        zero = first_day(month) - 1
        days = first_day(month + 1) - 1 - zero
        ends = (Piece(1, days, each.apart, each.latest - zero, each.from_last - zero) for each in known)
        found[Kind(days, tuple(ends))] = None
    return tuple(found)


def written(months: int) -> str:
    """A period of so many months as a law writes it: `4 months`, `2 years`."""
    years, rest = divmod(months, IN_A_YEAR)
    number, unit = (months, "month") if rest or not months else (years, "year")
    return f"{number} {unit}{'' if number == 1 else 's'}"

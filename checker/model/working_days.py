"""Working days: calendars of the days that count, and the day so many of them after another.

Days are numbered as in `checker.model.dates`. Which days are no working days is known of the days of the week
and of the holidays that a law lists. Of other days it may be open: then a situation says which of them are no
working days, either, and what holds for every calendar holds whichever they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Final

WEEK: Final = 7
MOST: Final = 9_999
"""The longest period that a law may write, in working days."""

YEARS: Final = 120
"""In how many years holidays are listed, if it is looked at how many days periods take in each."""

LONGEST: Final = 2_000
"""How many holidays a calendar may list."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar. `off`: the days of the week that never count, 0 for Monday; `holidays`: the days that do
    not, either, in order; `known`: the first and the last day between which no others are off; `closed`: no
    others ever are. `label`: what one of its days is called, and `labels`, several. `of_column`: a claim
    names it, so the days are those of the calendar of that name in the column that is asked.
    """

    name: str
    label: str = field(compare=False)
    labels: str = field(compare=False)
    off: tuple[int, ...]
    holidays: tuple[int, ...] = ()
    known: tuple[int, int] | None = None
    closed: bool = False
    of_column: bool = False

    def __hash__(self) -> int:
        return hash((self.name, len(self.holidays), self.known))

    def __str__(self) -> str:
        return f"working days of {self.name}, before"

    def like(self, other: WorkingDays) -> bool:
        """Whether the other one has the same name and leaves the same days open: they may list other
        holidays.
        """
        return replace(self, holidays=()) == replace(other, holidays=())

    def called(self, number: int) -> str:
        """What so many of its days are called."""
        return self.label if number == 1 else self.labels

    def is_open(self, day: int) -> bool:
        """Whether it is open if the day counts."""
        if self.closed or (day - 1) % WEEK in self.off:
            return False
        return self.known is None or not self.known[0] <= day <= self.known[1]

    def counts(self, day: int) -> bool:
        """Whether the day counts whatever is left open."""
        return not self.is_open(day) and (day - 1) % WEEK not in self.off and day not in self.holidays

    def by_weekday(self, day: int) -> int:
        """How many days before the day count by their day of the week, from Monday 1 January 0001 on; fewer
        than none before that day.
        """
        weeks, rest = divmod(day - 1, WEEK)
        return weeks * (WEEK - len(self.off)) + sum(each not in self.off for each in range(rest))

    def may_count(self, day: int) -> int:
        """The same, without the holidays that the law lists."""
        return self.by_weekday(day) - bisect_left(self.holidays, day)


@dataclass(frozen=True, slots=True)
class WorkingPeriod:
    """So many working days of a calendar after a day or, if negative, before it."""

    number: int
    calendar: WorkingDays

    def __str__(self) -> str:
        way = "after" if self.number >= 0 else "before"
        return f"{written(abs(self.number))} {way}, {self.calendar.name}"


def written(number: int) -> str:
    """So many working days as a law writes them."""
    return f"{number} working day{'' if number == 1 else 's'}"


def reached(day: int, period: WorkingPeriod, others: Collection[int] = ()) -> int:
    """The last of so many working days after a day, or the first of so many before it; the day itself for
    none. `others`: which other days are off.
    """
    way, left, found = (1 if period.number > 0 else -1), abs(period.number), day
    calendar = period.calendar
    off = {*calendar.holidays, *(each for each in others if calendar.is_open(each))}
    while left:
        last = _by_weekday_only(found, left * way, calendar.off)
        passed = (min(found + way, last), max(found + way, last))
        left = sum(passed[0] <= each <= passed[1] for each in off if (each - 1) % WEEK not in calendar.off)
        found = last
    return found


def _by_weekday_only(day: int, number: int, off: tuple[int, ...]) -> int:
    way = 1 if number > 0 else -1
    weeks, left = divmod(abs(number) - 1, WEEK - len(off))
    found, left = day + way * weeks * WEEK, left + 1
    while left:
        found += way
        left -= (found - 1) % WEEK not in off
    return found


@cache
def lengths(period: WorkingPeriod) -> tuple[tuple[int, int, int, int], ...]:
    """For each year in which the calendar lists holidays: the first and the last day on which a period can
    begin that runs in days that are all known, and the fewest and the most days that such periods take.
    """
    calendar, number = period.calendar, period.number
    if not calendar.holidays or not number or not (calendar.closed or calendar.known):
        return ()
    years = sorted({_year(day) for day in calendar.holidays})
    if len(years) > YEARS:
        return ()
    around = WEEK * (abs(number) + len(calendar.holidays))
    first, last = calendar.known or (calendar.holidays[0] - around, calendar.holidays[-1] + around)
    holidays = frozenset(calendar.holidays)
    days = [
        day for day in range(first, last + 1) if (day - 1) % WEEK not in calendar.off and day not in holidays
    ]
    found = []
    for year in years:
        begins, ends = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        taken = {
            day: days[at] - day
            for day in range(max(begins, first - 1), min(ends, last + 1) + 1)
            for at in (
                bisect_right(days, day) + number - 1 if number > 0 else bisect_left(days, day) + number,
            )
            if 0 <= at < len(days)
        }
        if taken:
            found.append((min(taken), max(taken), min(taken.values()), max(taken.values())))
    return tuple(found)


def _year(day: int) -> int:
    return date.fromordinal(day).year


def chosen(calendar: WorkingDays, counts: Mapping[int, int]) -> tuple[int, ...]:
    """Other days that are off, so that as many of them come before each day as `counts` says, from some
    day on: of two days, those next before the later one.
    """
    found: list[int] = []
    places = sorted(counts)
    for one, other in pairwise(places):
        missing, day = counts[other] - counts[one], other
        while missing and day > one:
            day -= 1
            if calendar.is_open(day):
                found.append(day)
                missing -= 1
        assert not missing, "more days are off than can be"
    return tuple(sorted(found))

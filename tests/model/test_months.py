"""Months of the calendar: where periods of months end, and what is true of all of them."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TypeAlias

import pytest

from checker.model.months import (
    ON_CORRESPONDING,
    ON_LAST,
    ON_NEXT,
    RULES,
    Period,
    apart,
    first_day,
    kinds,
    lengths,
    month_of,
    reached,
    written,
)
from tests.support.params import with_long
from tests.yardstick.months import CYCLE, months_later

LEAP = range(date(1999, 12, 1).toordinal(), date(2004, 4, 1).toordinal())
"""Days about two years with 29 February, one of them a century."""


@pytest.mark.parametrize(
    ("start", "months", "corresponding", "last", "after"),
    [
        # Dodds v Walker [1981] 1 WLR 1027, and Migotti v Colvill (1879) 4 CPD 233
        ((1978, 9, 30), 4, (1979, 1, 30), (1979, 1, 31), (1979, 1, 30)),
        ((1978, 10, 31), 1, (1978, 11, 30), (1978, 11, 30), (1978, 12, 1)),
        ((2026, 1, 31), 1, (2026, 2, 28), (2026, 2, 28), (2026, 3, 1)),
        ((2026, 1, 28), 1, (2026, 2, 28), (2026, 2, 28), (2026, 2, 28)),
        ((2026, 2, 28), 1, (2026, 3, 28), (2026, 3, 31), (2026, 3, 28)),
        ((2024, 2, 29), 12, (2025, 2, 28), (2025, 2, 28), (2025, 3, 1)),
        ((2024, 2, 29), 48, (2028, 2, 29), (2028, 2, 29), (2028, 2, 29)),
        ((2026, 3, 31), -1, (2026, 2, 28), (2026, 2, 28), (2026, 3, 1)),
        ((2026, 2, 28), -1, (2026, 1, 28), (2026, 1, 31), (2026, 1, 28)),
        ((2026, 5, 15), 0, (2026, 5, 15), (2026, 5, 15), (2026, 5, 15)),
    ],
)
def test_months_end_as_was_worked_out(
    start: tuple[int, int, int],
    months: int,
    corresponding: tuple[int, int, int],
    last: tuple[int, int, int],
    after: tuple[int, int, int],
) -> None:
    """Each of the three rules gives the day that was worked out by hand, and so does the yardstick."""
    day = date(*start).toordinal()
    for rule, (name, end) in enumerate(
        zip((ON_CORRESPONDING, ON_LAST, ON_NEXT), (corresponding, last, after), strict=True)
    ):
        assert date.fromordinal(reached(day, Period(months, name))) == date(*end)
        assert date.fromordinal(months_later(day, months, rule)) == date(*end)


def test_months_end_as_the_calendar_has_it() -> None:
    """On every day of four years, and in other ages, every rule is that of Python's calendar."""
    for day, months, (number, rule) in product(LEAP, (1, -1, 13), enumerate(RULES)):
        assert reached(day, Period(months, rule)) == months_later(day, months, number)
    for age, day in product((-3 * CYCLE, 40 * CYCLE), LEAP[:60]):
        assert reached(day + age, Period(6, ON_LAST)) == months_later(day, 6, 1) + age


def test_every_day_is_in_its_month() -> None:
    """A month begins on its first day and ends before the next one, in any age."""
    for day in (1, 0, -1, 59, 60, 61, -CYCLE, 100 * CYCLE, date(2024, 2, 29).toordinal()):
        assert first_day(month_of(day)) <= day < first_day(month_of(day) + 1)
    assert first_day(1978 * 12 + 8) == date(1978, 9, 1).toordinal()


@pytest.mark.parametrize("rule", RULES)
def test_lengths_are_those_of_all_days(rule: str) -> None:
    """No period is shorter or longer than is said, and some are as short, and some as long."""
    for months in (1, -2, 24):
        period = Period(months, rule)
        taken = [
            reached(day, period) - day for day in (range(1, 3_000) if months == 1 else range(1, CYCLE, 61))
        ]
        fewest, most = lengths((period,))
        assert fewest <= min(taken)
        assert max(taken) <= most
        assert months != 1 or (fewest, most) == (min(taken), max(taken))


def test_lengths_are_known_ones() -> None:
    """Four months are 120 to 123 days (Dodds v Walker), five years 1825 to 1827: 2100 has no 29 February."""
    assert lengths((Period(4, ON_CORRESPONDING),)) == (120, 123)
    assert lengths((Period(12, ON_CORRESPONDING),)) == (365, 366)
    assert lengths((Period(60, ON_CORRESPONDING),)) == (1825, 1827)


def test_what_begins_later_does_not_end_earlier() -> None:
    """By every rule, a period that begins a day later ends on the same day or later."""
    for months, rule in product((1, -1, 7), RULES):
        ends = [reached(day, Period(months, rule)) for day in LEAP]
        assert ends == sorted(ends)


def test_periods_are_apart_as_they_are_on_all_days() -> None:
    """Two periods that begin on one day end so many days apart as is said, on some days at the least and at
    the most.
    """
    pairs = ((Period(1, ON_CORRESPONDING), Period(1, ON_LAST)), (Period(2, ON_NEXT), Period(4, ON_LAST)))
    for one, other in pairs:
        days = [reached(day, other) - reached(day, one) for day in range(1, CYCLE, 61)]
        fewest, most = apart((one,), (other,))
        assert fewest <= min(days)
        assert max(days) <= most


Numbers: TypeAlias = tuple[tuple[int, int], ...]
CHAINS: tuple[Numbers, ...] = (
    ((12, 0), (60, 0)),
    ((10, 0), (2, 0)),
    ((12, 1), (36, 1), (1, 1)),
    ((1, 2), (11, 2)),
    ((-1, 0), (1, 0)),
    ((1, 2), (1, 1), (-2, 0)),
)


def _chain(numbers: Numbers) -> tuple[Period, ...]:
    return tuple(Period(months, RULES[rule]) for months, rule in numbers)


def _end(day: int, numbers: Numbers) -> int:
    for months, rule in numbers:
        day = months_later(day, months, rule)
    return day


FEW = LEAP[:420]


@pytest.mark.parametrize("days", with_long((FEW, range(1, CYCLE)), lambda each: each is not FEW))
def test_periods_after_periods_end_as_they_do_on_all_days(days: range) -> None:
    """Of periods that follow each other, none together take fewer or more days than is said, and none end
    more days apart from others; over the whole cycle, some take as few and some as many.
    """
    whole = days is not FEW
    ends = {chain: [_end(day, chain) for day in days] for chain in CHAINS}
    for one, other in product(CHAINS, CHAINS):
        apart_by = [theirs - own for own, theirs in zip(ends[one], ends[other], strict=True)]
        fewest, most = apart(_chain(one), _chain(other))
        assert fewest <= min(apart_by)
        assert max(apart_by) <= most
        assert not whole or (fewest, most) == (min(apart_by), max(apart_by))
    for chain, found in ends.items():
        taken = [end - day for day, end in zip(days, found, strict=True)]
        fewest, most = lengths(_chain(chain))
        assert fewest <= min(taken)
        assert max(taken) <= most


def test_every_month_is_of_a_kind() -> None:
    """The ends of periods in a month are those of one of the kinds, counted from the day before the month."""
    periods = (Period(1, ON_CORRESPONDING), Period(3, ON_LAST), Period(-1, ON_NEXT))
    known = kinds(periods)
    for month in range(month_of(LEAP[0]), month_of(LEAP[-1])):
        zero = first_day(month) - 1
        days = first_day(month + 1) - 1 - zero
        assert any(
            kind.days == days
            and all(
                end.of(number) + zero == reached(zero + number, period)
                for period, end in zip(periods, kind.ends, strict=True)
                for number in range(1, days + 1)
            )
            for kind in known
        )


def test_periods_are_written_in_years_where_they_are_whole() -> None:
    """A period is written as a law would write it."""
    assert [written(each) for each in (0, 1, 4, 12, 18, 24)] == [
        "0 months",
        "1 month",
        "4 months",
        "1 year",
        "18 months",
        "2 years",
    ]

"""Working days are those of a calendar that is gone through day by day."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from checker.model.working_days import WorkingDays, WorkingPeriod, chosen, lengths, reached
from tests.yardstick.working_days import working_days_later

FIRST = date(2013, 12, 2).toordinal()
LAST = FIRST + 420


def _calendar(random: Random, *, closed: bool = False) -> WorkingDays:
    """A calendar with holidays between two days of which all is known, and a week with days off."""
    off = tuple(sorted(random.sample(range(7), random.choice((0, 1, 2, 2, 2, 3)))))
    days = sorted(random.sample(range(FIRST, LAST + 1), random.randint(1, 25)))
    listed = tuple(each for each in days if date.fromordinal(each).weekday() not in off)
    known = None if closed else (FIRST, LAST)
    return WorkingDays("c", "day", "days", off, listed, known, closed)


def test_a_day_reached_is_the_one_that_counting_days_reaches() -> None:
    """For calendars, days and numbers at random, forwards and backwards, with other days off or without."""
    random = Random(1)
    for _ in range(300):
        calendar = _calendar(random)
        off = {random.randint(LAST + 1, LAST + 40) for _ in range(random.randint(0, 8))}
        day, number = random.randint(FIRST - 30, LAST + 60), random.randint(-30, 30)
        found = reached(day, WorkingPeriod(number, calendar), off)
        assert found == working_days_later(day, number, calendar.off, off | set(calendar.holidays))


def test_known_days_are_not_off_whatever_is_supposed() -> None:
    """What a situation supposes counts only for days of which the law leaves it open."""
    calendar = _calendar(Random(2))
    period = WorkingPeriod(5, calendar)
    assert reached(FIRST, period, range(FIRST, LAST + 1)) == reached(FIRST, period)


@pytest.mark.parametrize("seed", range(6))
def test_periods_take_as_many_days_as_the_year_says(seed: int) -> None:
    """No period that begins in a year takes fewer or more days than is said of it, and some take as many."""
    random = Random(seed)
    calendar = _calendar(random, closed=seed % 2 == 0)
    for number in (1, 7, -3):
        told = lengths(WorkingPeriod(number, calendar))
        assert told
        for first, last, fewest, most in told:
            days = range(first, last + 1)
            ends = (working_days_later(day, number, calendar.off, set(calendar.holidays)) for day in days)
            taken = [end - day for day, end in zip(days, ends, strict=True)]
            assert (min(taken), max(taken)) == (fewest, most)


def test_as_many_days_are_off_as_an_answer_says() -> None:
    """Days are chosen among those that may be off, and as many come before each day as was said."""
    random = Random(3)
    for _ in range(100):
        calendar = _calendar(random)
        off = {day for day in range(LAST + 1, LAST + 60) if calendar.is_open(day) and random.random() < 0.2}
        places = random.sample(range(LAST + 1, LAST + 61), 5)
        counts = {place: sum(each < place for each in off) for place in places}
        found = chosen(calendar, counts)
        assert all(map(calendar.is_open, found))
        least = min(places)
        for place in places:
            assert sum(least <= each < place for each in found) == counts[place] - counts[least]

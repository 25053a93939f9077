"""Periods of months and of working days at random, in SQL; where they end, day by day."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checker.data import periods, sql
from checker.data.sql import Sql, Tree
from checker.model.months import RULES
from checker.model.working_days import WorkingDays, WorkingPeriod
from tests.yardstick.months import months_later

LAST = 3_652_059
FAR = 10**13
"""No day of these is farther from 0."""
MONTHS = (0, 1, -1, 2, 4, -6, 11, 12, -12, 13, 48, -48, 1200, 11_988, -11_988)
NEW_YEARS = (693_596, 730_120, 738_886, 739_252, 766_645, 1)  # of 1900, 2000, 2024, 2025, 2100 and 1


@dataclass(frozen=True)
class Asked:
    """A period, the expression for a column `day`, days to ask, and where it ends."""

    name: str
    tree: Tree
    days: tuple[int, ...]
    end: Callable[[int], int]

    def expected(self) -> dict[int, int]:
        """Where it ends from each day."""
        return {each: self.end(each) for each in self.days}


def of_months(chance: random.Random, far: int = FAR) -> Asked:
    """A period of months from all days of a year or two."""
    months, rule = chance.choice((*MONTHS, chance.randint(-400, 400))), chance.randrange(len(RULES))
    day = Sql(sql.column("day"), largest=far)
    tree = periods.months_later(day, sql.value_of(RULES[rule]), months).tree
    return Asked(
        f"{months} months, {RULES[rule]}",
        tree,
        _days(chance, far),
        lambda each: months_later(each, months, rule),
    )


def of_working_days(chance: random.Random, far: int = FAR) -> Asked:
    """A period of working days from all days of a year or two, in which some days are off."""
    days = _days(chance, far)
    off = (
        tuple(sorted(chance.sample(range(7), chance.choice((0, 1, 2, 3, 6)))))
        if chance.random() < 0.4
        else (5, 6)
    )
    taken = set(chance.sample(days, chance.choice((0, 1, 8, 40))))
    if chance.random() < 0.4:
        first = chance.choice(days)
        taken |= set(range(first, first + chance.randint(2, 12)))
    holidays = tuple(each for each in sorted(taken) if (each - 1) % 7 not in off)
    listed = frozenset(each for each in holidays if chance.random() < 0.7)
    others = tuple(each for each in holidays if each not in listed)
    known = None if others else (days[0] - 9_000, days[-1] + 9_000)
    calendar = WorkingDays("c", "", "", off, tuple(sorted(listed)), known, closed=False)
    number = chance.choice((0, 1, -1, 2, -3, 5, 20, -20, chance.randint(-90, 90)))
    found = periods.working_days_later(
        Sql(sql.column("day"), largest=far), WorkingPeriod(number, calendar), others
    )
    return Asked(
        f"{number} working days, off {off} and {holidays}",
        found.tree,
        days,
        lambda each: _walked(each, number, off, frozenset(holidays)),
    )


def _days(chance: random.Random, far: int) -> tuple[int, ...]:
    begins = [chance.choice(NEW_YEARS), chance.randint(1, LAST - 800)]
    if far > LAST:
        begins += [chance.choice((-far + 800, far - 1_600, -900))]
    first = chance.choice(begins)
    return tuple(range(first, first + 800))


def _walked(day: int, number: int, off: tuple[int, ...], holidays: frozenset[int]) -> int:
    """Day by day."""
    way = 1 if number > 0 else -1
    while number:
        day += way
        number -= 0 if (day - 1) % 7 in off or day in holidays else way
    return day


def some_of_each(seed: str, number: int, far: int = FAR) -> Iterator[Asked]:
    """So many periods of each kind."""
    chance = random.Random(seed)
    for _ in range(number):
        yield of_months(chance, far)
        yield of_working_days(chance, far)

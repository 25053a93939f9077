"""Random calendars of working days, and which further days each may leave off."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.day_by_day.statements import written

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Kind: TypeAlias = Literal["closed", "open", "known"]


@dataclass(frozen=True)
class Calendar:
    """The days of the week and the holidays on which nobody works. `known`: between which days no others are
    off; None if others may be off on any day. `closed`: no other day is ever off.
    """

    rest: tuple[int, ...]
    holidays: frozenset[int]
    known: tuple[int, int] | None
    closed: bool

    def may_be_off(self, day: int) -> bool:
        """Whether a day that is no holiday may be off."""
        return not self.closed and not (self.known and self.known[0] <= day <= self.known[1])

    @property
    def text(self) -> str:
        """How it is declared."""
        names = ", ".join(WEEK[each] for each in self.rest)
        table = ", table holidays" if self.holidays else ""
        text = f'calendar desk "working day" never on {names}{table}'
        if self.closed:
            return f"{text} and on no other day\n"
        if self.known is None:
            return f"{text}\n"
        return f"{text} known from {written(self.known[0])} to {written(self.known[1])}\n"

    @property
    def pages(self) -> tuple[str, ...]:
        """The page with the table of holidays."""
        if not self.holidays:
            return ()
        days = enumerate(sorted(self.holidays))
        rows = "".join(f"| H{number} | {written(each)} |\n" for number, each in days)
        return (f"```redline\ntable holidays\n```\n\n| name | day |\n|---|---|\n{rows}",)

    def may_be_moved_to(self, day: int) -> bool:
        """Whether a holiday may be on that day instead."""
        if day in self.holidays or (day - 1) % 7 in self.rest:
            return False
        return self.closed or (self.known is not None and self.known[0] <= day <= self.known[1])

    def some_off(self, chance: random.Random, near: int) -> frozenset[int]:
        """Days that may be off, of those that come next."""
        share = chance.choice((0.0, 0.1, 0.3))
        days = [day for day in range(near - 5, near + 40) if chance.random() < share]
        return self.holidays | {day for day in days if self.may_be_off(day)}


def calendar(chance: random.Random, near: int) -> Calendar:
    """A calendar with holidays near a day, if it has any."""
    rest = chance.choice(((5, 6), (6,), (4, 5), (2, 5, 6)))
    kind: Kind = chance.choice(("closed", "open", "known"))
    holidays: frozenset[int] = frozenset()
    if kind == "known" or (kind == "closed" and chance.random() < 0.5):
        holidays = frozenset(near + chance.randint(-3, 12) for _ in range(chance.randint(1, 4)))
    first, last = min(holidays, default=near), max(holidays, default=near)
    known = (first - chance.randint(0, 20), last + chance.randint(0, 20)) if kind == "known" else None
    return Calendar(rest, holidays, known, kind == "closed")

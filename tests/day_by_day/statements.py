"""Random statements about facts, numbers, days and what has been."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from tests.day_by_day.worlds import MOST, Day, Moment, Number, Period, Said, So
from tests.yardstick.months import months_later
from tests.yardstick.working_days import working_days_later

RULES = ("on-corresponding-date", "on-last-day", "on-day-after")
"""Where months end, by the number that `months_later` has for it."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

Kind: TypeAlias = "Callable[[], Said]"
ORDERS: dict[str, Callable[[int, int], bool]] = {
    "at least": operator.ge,
    "at most": operator.le,
    "more than": operator.gt,
    "less than": operator.lt,
}
DATED: dict[str, Callable[[int, int], bool]] = {
    "no earlier than": operator.ge,
    "no later than": operator.le,
    "later than": operator.gt,
    "earlier than": operator.lt,
}
COUNTS: dict[str, Callable[[int], bool]] = {
    "at least two": lambda many: many >= 2,
    "exactly one": lambda many: many == 1,
    "at most one": lambda many: many <= 1,
    "at least three": lambda many: many >= 3,
    "exactly 2": lambda many: many == 2,
    "at most 2": lambda many: many <= 2,
}


@dataclass
class Past:
    """What a law asks of the past, as it does of `t`; those in `used` are asked somewhere."""

    lasts: Said
    been: Said
    kept: Said
    about: Said
    used: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """All that is asked."""
        return " ".join(each.text for each in (self.lasts, self.been, self.kept, self.about))


@dataclass(frozen=True)
class Duty:
    """What is to be done about a thing when something is so, by the end of a period after its first day.
    `words`: what the newest words say of both. `before`: until the modification of that number is in force,
    the period is another.
    """

    when: Said
    done: Said
    period: Period
    words: tuple[Said, Said]
    before: tuple[int, Period] | None = None

    def broken(self, m: Moment, *, at_the_end: bool = False) -> bool:
        """Whether it is in breach or, `at_the_end` of a day, is not done in time."""
        if m.cell.x is None or not self.when.so(m) or self.done.so(m):
            return False
        period = self.period
        if self.before is not None and not m.begun(self.before[0]):
            _, period = self.before
        return m.today + at_the_end > period.end(m, m.cell.x)


class Moved(NamedTuple):
    """From when a holiday is another day: from the day of the modification of the number `era`."""

    era: int
    old: int
    new: int


X, Y = Day("x(t)", lambda m: m.cell.x), Day("y(t)", lambda m: m.cell.y)


@dataclass
class Sayer:
    """Draws statements. `numbers`: whether things have a number of days; `months`: whether periods may be
    months, which end by the rule of that number; `rest`: on which days of the week nobody works, if periods
    may be working days; `alone`: nothing is said of other things; `pivot`: a day of the calendar that is
    spoken of; `further`: what else statements may be made of; `days`: the days of `t`; `moved`: a holiday
    that is another day once a modification is in force.
    """

    chance: random.Random
    numbers: bool
    months: bool
    rule: int
    past: Past | None = None
    alone: bool = False
    rest: tuple[int, ...] | None = None
    duty: Duty | None = None
    pivot: int | None = None
    further: list[Kind] = field(default_factory=list)
    days: list[Day] = field(default_factory=lambda: [X, Y])
    moved: Moved | None = None

    @property
    def dated(self) -> bool:
        """Whether it matters which day of the calendar it is."""
        return self.months or self.rest is not None or self.pivot is not None

    # ------------------------------------------------------- numbers and days

    def number(self) -> Number:
        """So many days."""
        many = self.chance.randint(0, MOST)
        written = Number(f"{many} days", lambda _m: many)
        if not self.numbers:
            return written
        own = Number("n(t)", lambda m: m.cell.n)
        way = self.chance.randrange(7)
        if way == 0:
            return Number(f"(n(t) plus {many} days)", lambda m: m.cell.n + many)
        if way == 1:
            return Number("2 times n(t)", lambda m: 2 * m.cell.n)
        if way == 2:
            return Number(f"greatest of (n(t), {many} days)", lambda m: max(m.cell.n, many))
        if way == 3:
            return Number("(50 per cent of n(t) rounded up)", lambda m: (m.cell.n + 1) // 2)
        return own if way < 6 else written

    def period(self) -> Period:
        """A period that may be added to a day."""
        if self.rest is not None and self.chance.random() < 0.5:
            return self.working_days()
        if self.months and self.chance.random() < 0.6:
            return self._of_months()
        if self.chance.random() < 0.05:
            return Period("1 week", lambda _m, day: day + 7, back=lambda _m, day: day - 7)
        number = self.number()
        return Period(number.text, lambda m, day: day + number.of(m), back=lambda m, day: day - number.of(m))

    def _of_months(self) -> Period:
        """One of a month or two."""
        many, rule = self.chance.choice((1, 1, 2)), self.rule
        text = f"{many} month{'s' if many > 1 else ''}"
        if self.chance.random() < 0.15:
            rule = self.chance.randrange(3)
            text += f" ({RULES[rule]})"
        return Period(
            text,
            lambda _m, day: months_later(day, many, rule),
            back=lambda _m, day: months_later(day, -many, rule),
        )

    def day(self, *also: Day) -> Day:
        """A day of `t`, or one that is a month or two later: what is added to that is a second period."""
        found = self.chance.choice((*also, *self.days))
        if not self.months or self.chance.random() < 0.75:
            return found
        period = self._of_months()

        def later(m: Moment) -> int | None:
            return None if (day := found.of(m)) is None else period.end(m, day)

        return Day(f"{found.text} plus {period.text}", later)

    def period_written_out(self) -> Period:
        """A period that is the same for all things."""
        if self.rest is not None and self.moved is None and self.chance.random() < 0.5:
            return self.working_days()
        if self.months and self.chance.random() < 0.5:
            return self._of_months()
        many = self.chance.randint(1, 4)
        return Period(f"{many} days", lambda _m, day: day + many, back=lambda _m, day: day - many)

    def working_days(self) -> Period:
        """So many working days."""
        many, rest = self.chance.choice((1, 2, 3, 5)), self.rest
        assert rest is not None
        return Period(
            f"{many} working day{'s' if many > 1 else ''}",
            lambda m, day: working_days_later(day, many, rest, self._off(m)),
            lambda m, day: working_days_later(day - 1, many, rest, self._off(m)),
            lambda m, day: working_days_later(day, -many, rest, self._off(m)),
        )

    def _off(self, m: Moment) -> frozenset[int]:
        """The days off by the words of the day."""
        if self.moved is None or not m.begun(self.moved.era):
            return m.world.off
        return m.world.off - {self.moved.old} | {self.moved.new}

    # -------------------------------------------------------------- statements

    def fact(self) -> Said:
        """A fact, perhaps of some, all or so many."""
        slot = self.chance.choice("abc")
        way = 9 if self.alone else self.chance.randrange(10)
        if way == 0:
            return Said(f"(for some o: Thing: {slot}(o))", lambda m: _many(m, slot) > 0)
        if way == 1:
            return Said(f"(for every o: Thing: {slot}(o))", lambda m: _many(m, slot) == len(m.world.cells))
        if way == 2:
            return Said("y(t) is present", lambda m: m.cell.y is not None)
        if way in (3, 4):
            how = self.chance.choice(list(COUNTS))
            right = COUNTS[how]
            return Said(f"({how} o: Thing where {slot}(o))", lambda m: right(_many(m, slot)))
        return Said(f"{slot}(t)", lambda m: bool(getattr(m.cell, slot)))

    def struck(self) -> Said:
        """What lapses bring about, perhaps early or late."""
        if self.chance.random() < 0.5:
            return Said("c(t)", lambda m: m.cell.c)
        text, so = self.late()
        if self.chance.random() < 0.5:
            return Said(f"(c(t) and {text})", lambda m: m.cell.c and so(m))
        return Said(f"({text} and not c(t))", lambda m: so(m) and not m.cell.c)

    def counted(self) -> Said:
        """A comparison of numbers, or a fact where there are none."""
        if not self.numbers:
            return self.fact()
        how = self.chance.choice(list(ORDERS))
        right = ORDERS[how]
        if self.chance.random() < 0.25 and not self.alone:
            return Said(
                f"(for some o: Thing: n(o) {how} n(t) plus 1 days)",
                lambda m: any(right(each.n, m.cell.n + 1) for each in m.world.cells),
            )
        if self.chance.random() < 0.2:
            return Said(
                "n(t) at most 50 per cent of 3 days",
                lambda m: m.cell.n <= 1,
            )
        number = self.number()
        return Said(f"n(t) {how} {number.text}", lambda m: right(m.cell.n, number.of(m)))

    def late(self) -> Said:
        """A comparison of days, which may come about by itself."""
        (named, day), way = self.day(), self.chance.randrange(10)

        if way == 0:
            number = self.number()
            return Said(
                f"days from {f'({named})' if ' plus ' in named else named} to today at least {number.text}",
                lambda m: (d := day(m)) is not None and m.today - d >= number.of(m),
            )
        if way == 1:
            how = self.chance.choice(list(DATED))
            right = DATED[how]
            return Said(
                f"x(t) {how} y(t)",
                lambda m: m.cell.x is not None and m.cell.y is not None and right(m.cell.x, m.cell.y),
            )
        period = self.period()
        if way == 2:
            return Said(
                f"today within {period.text} after {named}",
                lambda m: (d := day(m)) is not None and d <= m.today <= period.end(m, d),
            )
        if way == 3:
            return Said(
                f"today within {period.text} from {named}",
                lambda m: (d := day(m)) is not None and d <= m.today <= period.last(m, d),
            )
        if way == 4:
            return Said(
                f"latest of (x(t), y(t)) plus {period.text} no later than today",
                lambda m: (
                    m.cell.x is not None
                    and m.cell.y is not None
                    and period.end(m, max(m.cell.x, m.cell.y)) <= m.today
                ),
            )
        back = period.back
        if way == 5 and back is not None:
            return Said(
                f"today within {period.text} before {named}",
                lambda m: (d := day(m)) is not None and back(m, d) <= m.today <= d,
            )
        how = self.chance.choice(list(DATED))
        right = DATED[how]
        if way == 6 and back is not None:
            return Said(
                f"{named} minus {period.text} {how} today",
                lambda m: (d := day(m)) is not None and right(back(m, d), m.today),
            )
        if way == 7:
            return Said(
                f"earliest of (x(t), y(t)) plus {period.text} {how} today",
                lambda m: (
                    m.cell.x is not None
                    and m.cell.y is not None
                    and right(period.end(m, min(m.cell.x, m.cell.y)), m.today)
                ),
            )
        return Said(
            f"today {how} {named} plus {period.text}",
            lambda m: (d := day(m)) is not None and right(m.today, period.end(m, d)),
        )

    def remembered(self) -> Said:
        """What has been."""
        past = self.past
        assert past is not None
        way = self.chance.randrange(8)
        if way in (0, 1):
            past.used.add("been")
            return Said(f"ever {past.been.text}", lambda m: m.cell.been)
        if way == 2:
            past.used.add("since")
            return Said(f"({past.kept.text} since {past.about.text})", lambda m: m.cell.since)
        if way == 3:
            past.used.add("as of")
            return Said(f"({past.kept.text} as of {past.about.text})", lambda m: m.cell.as_of)
        past.used.add("lasts")
        if way == 4:
            period = self.period()
            return Said(
                f"today within {period.text} after beginning of {past.lasts.text}",
                lambda m: (h := m.cell.held) is not None and h <= m.today <= period.end(m, h),
            )
        number = self.number()
        return Said(
            f"({past.lasts.text} for at least {number.text})",
            lambda m: (h := m.cell.held) is not None and m.today - h >= number.of(m),
        )

    def written(self) -> Said:
        """A comparison with a day of the calendar."""
        assert self.pivot is not None
        pivot, how = (
            self.pivot + self.chance.choice((-2, -1, 0, 0, 1, 2, 30)),
            self.chance.choice(list(DATED)),
        )
        right, slot = DATED[how], self.chance.choice(("today", "today", "x", "y"))
        if slot == "today":
            return Said(f"today {how} {written(pivot)}", lambda m: right(m.today, pivot))
        period = self.period()

        def so(m: Moment) -> bool:
            day: int | None = getattr(m.cell, slot)
            return day is not None and right(period.end(m, day), pivot)

        return Said(f"{slot}(t) plus {period.text} {how} {written(pivot)}", so)

    def broken(self) -> Said:
        """That the duty is in breach, or ever was."""
        duty = self.duty
        assert duty is not None
        if self.chance.random() < 0.5:
            return Said("ever breach of owed(t)", lambda m: m.cell.late)
        return Said("breach of owed(t)", duty.broken)

    def statement(self, *also: Kind) -> Said:
        """A statement about `t`; `also`: what it may be made of besides facts and numbers."""
        kinds = (self.fact, self.counted, *self.further, *also)
        text, so = self._negated(*self.chance.choice(kinds)())
        if self.chance.random() < 0.4:
            first, (other, second) = so, self.chance.choice(kinds)()
            if self.chance.random() < 0.3:
                return Said(f"({text} or {other})", lambda m: first(m) or second(m))
            return Said(f"({text} and {other})", lambda m: first(m) and second(m))
        return Said(f"({text})", so)

    def plainly(self, *kinds: Kind) -> Said:
        """A statement of one of these kinds alone, so that a verdict turns on what it means."""
        text, so = self._negated(*self.chance.choice((*kinds, *self.further))())
        return Said(f"({text})", so)

    def _negated(self, text: str, so: So) -> Said:
        if self.chance.random() < 0.4:
            return Said(f"not ({text})", lambda m: not so(m))
        return Said(text, so)


def written(day: int) -> str:
    """The day as laws write it."""
    there = date.fromordinal(day)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def _many(m: Moment, slot: str) -> int:
    return sum(bool(getattr(each, slot)) for each in m.world.cells)

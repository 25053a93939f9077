"""Where periods of months and of working days end, in SQL: for every day, as in `checker.model.months` and
`checker.model.working_days`.

Days are whole numbers here, and may lie outside every calendar that a system has. Months are those of the
system's own calendar, in the 400 years from 2000 on, after which the calendar begins again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache, reduce
from itertools import groupby, pairwise
from math import isqrt
from typing import Final

from sqlglot import exp

from checker.data import sql
from checker.data.amounts import day_as_date, day_number, number
from checker.data.sql import ABSENT, Sql, Tree
from checker.model.dates import CYCLE
from checker.model.months import ON_LAST, ON_NEXT, RULES
from checker.model.working_days import WEEK, WorkingPeriod

_SINCE: Final = date(2000, 1, 1).toordinal()
_DATE: Final = exp.DataType.build("DATE")


# ------------------------------------------------------------------- months


def months_later(day: Sql, rule: Sql, months: int) -> Sql:
    """The day so many months after another (before it, if less than 0). `rule`: on which day months end."""
    if day.never or rule.never:
        return ABSENT
    most = day.largest + 5 * WEEK * (abs(months) + 1)  # no month has more weeks
    return sql.choose(
        (
            (
                sql.equal(rule, sql.value_of(each)),
                Sql(_months_later(day, each, months), always=day.always, largest=most),
            )
            for each in RULES
        ),
        ABSENT,
    )


def _months_later(day: Sql, rule: str, months: int) -> Tree:
    """The day and so many days as the period has that begins on the same day of the 400 years."""
    alike = _in_cycle(day)

    def taken(begins: Tree) -> Tree:
        return exp.Sub(this=day_number(_ends(begins, months)), expression=sql.operand(begins.copy()))

    length = taken(alike)
    if rule == ON_LAST:  # what begins on the day after begins on a first, and ends on one
        after = exp.Paren(this=exp.Add(this=alike.copy(), expression=number(1).tree))
        first = exp.EQ(this=exp.Day(this=day_as_date(after)), expression=exp.Literal.number(1))
        length = exp.Case(ifs=[exp.If(this=first, true=taken(after))], default=length)
    elif rule == ON_NEXT:
        shorter = exp.LT(this=exp.Day(this=_ends(alike, months)), expression=exp.Day(this=day_as_date(alike)))
        length = exp.Add(this=exp.Paren(this=length), expression=sql.number(shorter))
    return exp.Paren(this=exp.Add(this=sql.operand(day.tree.copy()), expression=exp.Paren(this=length)))


def _in_cycle(day: Sql) -> Tree:
    """The day of the 400 years from 2000 on that is the same in the calendar."""
    ahead = -(-(day.largest + _SINCE) // CYCLE) * CYCLE - _SINCE
    rest = exp.Mod(this=exp.Paren(this=_plus(day.tree, ahead)), expression=number(CYCLE).tree)
    return exp.Paren(this=exp.Add(this=exp.Paren(this=rest), expression=number(_SINCE).tree))


def _ends(day: Tree, months: int) -> Tree:
    """The corresponding DATE or, if there is none, the last of the month: so does every system."""
    later = exp.DateAdd(
        this=day_as_date(day), expression=exp.Literal.number(months), unit=exp.Var(this="MONTH")
    )
    return exp.Cast(this=later, to=_DATE.copy())


# ------------------------------------------------------------- working days


def working_days_later(day: Sql, period: WorkingPeriod, others: tuple[int, ...]) -> Sql:
    """The day so many working days after another (before it, if less than 0). `others`: which days are off
    that the calendar leaves open.

    Days that count by their day of the week are numbered; the period goes so many of them further, and as
    many again as are off.
    """
    if day.never or not period.number:
        return day
    off, forward = period.calendar.off, period.number > 0
    runs = passed(period, others)
    beyond = WEEK * (abs(period.number) + max((each for _, each in runs), default=0) + 2)
    ahead = -(-(day.largest + beyond) // WEEK) * WEEK  # so that nothing is below 0
    shifted = exp.Paren(this=_plus(day.tree, ahead - 1))
    each_week = WEEK - len(off)
    week = exp.Paren(this=exp.IntDiv(this=shifted, expression=number(WEEK).tree))
    weekday = exp.Paren(this=exp.Mod(this=shifted.copy(), expression=number(WEEK).tree))
    limits = off if forward else tuple(each + 1 for each in off)
    parts = [
        exp.Mul(this=week, expression=number(each_week).tree),
        weekday,
        *(_one_from(weekday, each, minus=True) for each in limits if each < WEEK),
        number(period.number).tree,
    ]
    count = reduce(lambda one, other: exp.Add(this=one, expression=other), parts)
    if runs:
        count = (exp.Add if forward else exp.Sub)(
            this=count, expression=exp.Paren(this=_so_many(day.tree, runs))
        )
    count = exp.Paren(this=count)
    weeks = exp.Paren(this=exp.IntDiv(this=count, expression=number(each_week).tree))
    left = exp.Paren(this=exp.Mod(this=count.copy(), expression=number(each_week).tree))
    later = [each - n for n, each in enumerate(off) if each - n < each_week]
    ends = [
        exp.Mul(this=weeks, expression=number(WEEK).tree),
        left,
        *(_one_from(left, each) for each in later),
        number(1 - ahead).tree,
    ]
    tree = reduce(lambda one, other: exp.Add(this=one, expression=other), ends)
    return Sql(exp.Paren(this=tree), always=day.always, largest=day.largest + beyond + WEEK)


@cache
def passed(period: WorkingPeriod, others: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """How many days that are off, but not by their day of the week, a period passes: from each of these days
    on, on which it begins. Before the first of them, it passes none.
    """
    calendar, so_many = period.calendar, abs(period.number)
    holidays = sorted({*calendar.holidays, *filter(calendar.is_open, others)})
    if not holidays:
        return ()
    reach = WEEK * (so_many + len(holidays) + 1)
    days = range(holidays[0] - 2 * reach, holidays[-1] + 2 * reach)
    by_weekday = [each for each in days if (each - 1) % WEEK not in calendar.off]
    off = frozenset(holidays)
    working = [each for each in by_weekday if each not in off]

    def passes(day: int) -> int:
        if period.number > 0:
            end = working[bisect_right(working, day) + so_many - 1]
            return bisect_right(by_weekday, end) - bisect_right(by_weekday, day) - so_many
        end = working[bisect_left(working, day) - so_many]
        return bisect_left(by_weekday, day) - bisect_left(by_weekday, end) - so_many

    counted = ((each, passes(each)) for each in range(holidays[0] - reach, holidays[-1] + reach))
    runs = [next(some) for _, some in groupby(counted, lambda each: each[1])]
    return tuple(runs[1:])


def _so_many(day: Tree, runs: Sequence[tuple[int, int]]) -> Tree:
    """How many a period passes that begins on the day: looked up among a few, then among a few more."""
    ends = [(following, many) for (_, many), (following, _) in pairwise(((0, 0), *runs))]
    width = isqrt(len(ends)) + 1
    branches = [
        exp.If(this=_earlier(day, some[-1][0]), true=_among(day, some))
        for some in (ends[at : at + width] for at in range(0, len(ends), width))
    ]
    return exp.Case(ifs=branches, default=exp.Literal.number(runs[-1][1]))


def _among(day: Tree, ends: Sequence[tuple[int, int]]) -> Tree:
    *earlier, (_, last) = ends
    if not earlier:
        return exp.Literal.number(last)
    ifs = [exp.If(this=_earlier(day, end), true=exp.Literal.number(many)) for end, many in earlier]
    return exp.Case(ifs=ifs, default=exp.Literal.number(last))


def _earlier(day: Tree, other: int) -> Tree:
    return exp.LT(this=sql.operand(day.copy()), expression=exp.Literal.number(other))


def _one_from(tree: Tree, limit: int, *, minus: bool = False) -> Tree:
    """1, or -1, if the number is no less than a limit; else 0."""
    reached = exp.GTE(this=tree.copy(), expression=exp.Literal.number(limit))
    one = exp.Literal.number(-1 if minus else 1)
    return exp.Case(ifs=[exp.If(this=reached, true=one)], default=exp.Literal.number(0))


def _plus(tree: Tree, more: int) -> Tree:
    return exp.Add(this=sql.operand(tree.copy()), expression=number(more).tree)

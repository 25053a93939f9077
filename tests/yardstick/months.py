"""The day so many months after another, from the reference, by Python's calendar alone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

CYCLE = date(401, 1, 1).toordinal() - 1
"""Days in 400 years, after which the calendar begins again."""

MIDDLE = 10
"""Of the cycles that Python's calendar has, one with room for periods on both sides."""


def months_later(day: int, months: int, rule: int) -> int:
    """The day on which a period of months ends that begins on the day. `rule`: by its place in the
    reference, 0 for the corresponding date or else the last day of the month, 1 for a last day after a last
    day, 2 for the corresponding date or else the day after the month.
    """
    moved = (MIDDLE - (day - 1) // CYCLE) * CYCLE
    start = date.fromordinal(day + moved)
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    last = date(year, month, monthrange(year, month)[1])
    begins_last = (start + timedelta(days=1)).day == 1
    if rule == 1 and begins_last:
        end = last
    elif start.day <= last.day:
        end = date(year, month, start.day)
    else:
        end = last + timedelta(days=1) if rule == 2 else last
    return end.toordinal() - moved

"""The day so many working days after another, by going from day to day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date


def working_days_later(day: int, number: int, weekdays: Collection[int], off: Collection[int]) -> int:
    """The last of so many working days after a day or, if negative, the first of so many before it.
    `weekdays`: days of the week that do not count, 0 for Monday; `off`: further days.
    """
    step, left = (1, number) if number > 0 else (-1, -number)
    while left:
        day += step
        weekday = date.fromordinal(7 + day % 7).weekday()  # weeks repeat, also before the year 1
        if weekday not in weekdays and day not in off:
            left -= 1
    return day

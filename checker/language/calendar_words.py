"""Months and days of the week, as English writes them in any locale."""

from calendar import monthrange
from typing import Final

MONTHS: Final = (
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
)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FEBRUARY: Final = 2


def no_such_day(year: int, month: int, day: int) -> str:
    """Why there is no such day, in words; "" if there is one."""
    if not year:
        return "there is no year 0"
    if not 1 <= month <= len(MONTHS):
        return f"there is no month {month}"
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return ""
    of = f"{MONTHS[month - 1]} {year}" if month == _FEBRUARY else MONTHS[month - 1]
    return f"{of} has {last} days" if day else "days of a month are counted from 1"

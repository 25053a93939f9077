"""Mistakes about days: how they are counted, and how time passes."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "first-day-not-counted",
        "dates",
        "A period from a day does not count that day.",
        "regime/typecheck_dates.py",
        "int(period.name) - 1",
        "int(period.name) - 0",
        "model/test_dates.py",
    ),
    Mutant(
        "days-the-other-way",
        "dates",
        "The days from one date to another are counted backwards.",
        "regime/typecheck_dates.py",
        "for each in reversed(expr.parts)]",
        "for each in expr.parts]",
        "model/test_dates.py",
    ),
    Mutant(
        "time-stands-still",
        "dates",
        "Time may pass without a day going by.",
        "regime/clock.py",
        "when day later than {TODAY}",
        "when day no earlier than {TODAY}",
        "prove/test_days.py",
    ),
    Mutant(
        "days-of-the-week-off",
        "dates",
        "Every day is told as the day of the week that follows.",
        "model/dates.py",
        "(day - 1) % len(_WEEKDAYS)",
        "day % len(_WEEKDAYS)",
        "model/test_dates.py",
    ),
    Mutant(
        "later-is-no-earlier",
        "dates",
        "A date that is later may be the same.",
        "model/quantities.py",
        '    "more than": "later than",',
        '    "at least": "later than",',
        "model/test_dates.py",
    ),
)

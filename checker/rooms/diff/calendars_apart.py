"""Calendars whose days are others in one law than in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from checker.model.dates import told_day
from checker.model.expressions import Arithmetic, Formula
from checker.model.made_of import within
from checker.model.model import Model
from checker.model.working_days import WorkingDays

_TOLD: Final = 4  # at most so many days are listed for a law


def calendars_apart(old: Model, new: Model) -> Iterator[str]:
    """Yield the names of calendars that count other days in the one than in the other."""
    for name in old.calendars:
        if name in new.calendars and old.reckoning(name) != new.reckoning(name):
            yield name


def why_not_exact(
    old: Model, new: Model, columns: tuple[str, str], conditions: Iterable[Formula]
) -> str | None:
    """Why these conditions do not tell cases of two laws: they name a calendar that has other days in each.
    None if they name none. `columns`: the names of the two.
    """
    parts = within(*conditions)
    named = {each.calendar.name for each in parts if isinstance(each, Arithmetic) and each.calendar}
    name = next((each for each in calendars_apart(old, new) if each in named), None)
    if name is None:
        return None
    one, other = (each.calendars[name] for each in (old, new))
    days = [*_alone(one, other, columns[0]), *_alone(other, one, columns[1])]
    which = f": {', '.join(days)}" if days else ""
    return (
        f"it turns on working days, and `{name}` counts other days in {columns[1]} than in {columns[0]}"
        f"{which}. "
        "A case is told in words that mean the same in both, and a period of these working days does not. "
        f"`redline cases {columns[1]} --against {columns[0]}` finds requests that are decided differently"
    )


def _alone(one: WorkingDays, other: WorkingDays, column: str) -> Iterator[str]:
    """Yield the holidays that only one has."""
    days = [each for each in one.holidays if each not in other.holidays]
    yield from (f"{told_day(each)} is off in {column} alone" for each in days[:_TOLD])
    if days[_TOLD:]:
        yield f"{len(days) - _TOLD} more in {column} alone"

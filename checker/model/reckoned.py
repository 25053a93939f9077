"""So many working days after a day, in a situation: by which calendar they count, and which day that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from checker.model.commencement import CalendarByDay, Reckoning
from checker.model.environment import Environment
from checker.model.expressions import Arithmetic, Cases, Expression, Term
from checker.model.model import Model
from checker.model.quantities import amount
from checker.model.rebuild import E, rebuilt
from checker.model.working_days import WorkingDays, WorkingPeriod, reached


def in_column(model: Model, term: Arithmetic) -> Term:
    """The term as the law means it: what a claim says, by the calendar of that name that the law has. Where
    other holidays count from a day on, that day decides.
    """
    calendar = term.calendar
    if calendar is None or not calendar.of_column:
        return term
    found = model.reckoning(calendar.name)
    assert found is not None, "the claim is not asked where there is no such calendar"
    return _reckoned(term, found)


def _reckoned(term: Arithmetic, by: Reckoning) -> Term:
    match by:
        case WorkingDays():
            return replace(term, calendar=by)
        case CalendarByDay(come=come, old=old, new=new):
            return Cases(((_reckoned(term, new), come),), _reckoned(term, old), term.sort)
        case _:
            assert_never(by)


def by_the_day(model: Model, calendar: WorkingDays) -> WorkingDays:
    """The calendar as words outside the law name it: where other holidays count from a day on, its name means
    those of the present day, so that what is written with it is read as it was meant.
    """
    return replace(calendar, of_column=True) if calendar.name in model.calendars_by_day else calendar


def counted_by_the_day(model: Model, said: E) -> E:
    """What a rule says, with the calendars by the day: as it is meant where its words are written outside the
    law.
    """
    if not model.calendars_by_day:
        return said

    def change(part: Expression) -> Expression | None:
        if not isinstance(part, Arithmetic) or part.calendar is None:
            return None
        calendar = by_the_day(model, part.calendar)
        return None if calendar == part.calendar else rebuilt(replace(part, calendar=calendar), change)

    return rebuilt(said, change)


def working_day(
    term: Arithmetic, env: Environment, value: Callable[[Expression, Environment], str | bool | None]
) -> str | bool | None:
    """So many working days after a day, or before it; None if that is absent."""
    said = in_column(env.model, term)
    if said is not term:
        return value(said, env)
    start, calendar = amount(term.parts[0], lambda part: value(part, env)), term.calendar
    if start is None or calendar is None:
        return None
    period = WorkingPeriod(int(term.factor), calendar)
    return str(reached(int(start), period, env.situation.days_off.get(calendar.name, ())))

"""The numbers that a law or claim writes, and those next to them: all that is worth trying of a quantity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checker.model.dates import USUAL
from checker.model.expressions import DAYS, Arithmetic, Sort, Value
from checker.model.made_of import within, within_law
from checker.model.model import Model
from checker.model.months import IN_A_YEAR, ON_CORRESPONDING, Period, first_day, month_of, reached
from checker.model.quantities import measure
from checker.model.reckoned import in_column
from checker.model.working_days import WorkingPeriod
from checker.model.working_days import reached as last_of

_PERIODS: Final = 12
"""How many of the periods that a law writes are counted from each of its days."""

_NEAR: Final = (5 * 366, 50 * 366)  # from a day worth telling: among five years, one is a leap year
_POWERS: Final = (1, 3)

_STARTS: Final = 3  # from how many days months are counted
_LAST_DAYS: Final = 5  # of a month and of February, with the first day of the next


def thresholds(model: Model, sort: Sort, *also: object) -> tuple[int, ...]:
    """The numbers of a quantity that the model's rules and tables, and other parts of the law or a claim,
    write; in smallest units, in ascending order. Where no day is written, some day stands for all.
    """
    found: set[int] = set()
    for part in within_law(model, *also):
        if isinstance(part, Value) and part.sort == sort:
            found.add(int(part.name))
    for function in model.functions.values():
        if function.table is not None and function.result == sort:
            found |= {int(each) for each in function.table.entries.values() if isinstance(each, str)}
    return tuple(sorted(found)) or ((USUAL,) if sort.is_date else ())


def periods(models: Iterable[Model], *also: object) -> tuple[int, ...]:
    """The periods that the models and other parts of the law or a claim write, in days, the shortest first;
    not more than are worth counting from each day.
    """
    parts = (part for model in models for part in within_law(model, *also))
    found = {int(part.name) for part in parts if isinstance(part, Value) and part.sort.name == DAYS.name}
    return tuple(sorted(found))[:_PERIODS]


def and_nothing(sort: Sort, written: Iterable[int]) -> tuple[int, ...]:
    """Nothing, then these numbers; of dates, there is no such thing."""
    return tuple(written) if sort.is_date else (0, *written)


def around(sort: Sort, written: Iterable[int]) -> tuple[int, ...]:
    """These numbers and nothing, each with the next smaller and the next larger one, in ascending order."""
    known = and_nothing(sort, written)
    return tuple(sorted({near for each in known for near in (each - 1, each, each + 1)}))


def worth_telling(models: Iterable[Model], sort: Sort, *also: object) -> tuple[int, ...]:
    """The numbers that a story would rather tell, the first ones first: those around what is written, the
    smallest first and then the negative ones, if there may be any. Of dates, a written day, then those by the
    fewest days from it: the days next to it, and the ends of the periods that are written.
    """
    known = tuple(models)
    near = around(sort, (each for model in known for each in thresholds(model, sort, *also)))
    if not sort.is_date:
        negative = (e for e in reversed(near) if e < 0 and measure(sort).signed)
        return (*(e for e in near if e >= 0), *negative)
    starts = sorted({each for model in known for each in thresholds(model, sort, *also)})
    apart = around(DAYS, periods(known, *also))
    found = {start + way * each for start in starts for each in apart for way in (1, -1)}
    counted = months_counted(known, *also)
    found |= {day for start in starts[:_STARTS] for day in _where_months_turn(start, counted)}
    for period in working_periods(known, *also):
        ends = {end for start in starts[:_STARTS] for end in _ends(start, period)}
        found |= {end + each for end in ends for each in (-1, 0, 1)}
    return tuple(sorted(found, key=lambda each: (min(abs(each - start) for start in starts), -each)))


def not_far(sort: Sort, worth: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Within which bounds a number is best if it is none of those worth telling, the closest bounds first: of
    dates, within some years of them; of other quantities, as large as they are, within a power of ten.
    """
    known = [int(each) for each in worth]
    least, most = min(known), max(known)
    if sort.is_date:
        return tuple((least - each, most + each) for each in _NEAR)
    largest = max(abs(least), most)
    bounds = (10**power * largest for power in _POWERS)
    return tuple((-each if measure(sort).signed else 0, each) for each in bounds)


def months_counted(models: Iterable[Model], *also: object) -> tuple[int, ...]:
    """The periods of months that the models and other parts of the law or a claim write, the shortest
    first.
    """
    parts = (part for model in models for part in within_law(model, *also))
    found = {int(part.factor) for part in parts if isinstance(part, Arithmetic) and part.operator == "months"}
    return tuple(sorted(found, key=abs))[:_PERIODS]


def working_periods(models: Iterable[Model], *also: object) -> tuple[WorkingPeriod, ...]:
    """The periods of working days that the models and other parts of the law or a claim write, the shortest
    first.
    """
    found = {each: None for model in models for each in _working_periods(model, *also)}
    return tuple(sorted(found, key=lambda each: (abs(each.number), repr(each))))[:_PERIODS]


def _working_periods(model: Model, *also: object) -> Iterator[WorkingPeriod]:
    for part in within_law(model, *also):
        if (
            isinstance(part, Arithmetic)
            and part.calendar is not None
            and part.calendar.name in model.calendars
        ):
            for each in within(in_column(model, part)):
                if isinstance(each, Arithmetic) and each.calendar is not None:
                    yield WorkingPeriod(int(each.factor), each.calendar)


def _ends(start: int, period: WorkingPeriod) -> tuple[int, int]:
    back = WorkingPeriod(-period.number, period.calendar)
    return last_of(start, period), last_of(start, back)


def _where_months_turn(start: int, counted: Sequence[int]) -> Iterator[int]:
    """Yield the days of which periods of months tell more than others: their ends, from a day and back to it,
    and, in the year after it, the first day of each month and the last ones.
    """
    for months in counted:
        for way in (months, -months):
            end = reached(start, Period(way, ON_CORRESPONDING))
            yield from (end - 1, end, end + 1)
    here = month_of(start)
    for month in range(here, here + IN_A_YEAR + 1) if counted else ():
        yield from (first_day(month) - less for less in range(_LAST_DAYS))

"""What solvers are told of months: nothing that is false on some day, and enough for the days of answers."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from checker.logic.calendar import (
    FEW,
    beside,
    bounded,
    exactly,
    in_months,
    in_order,
    in_step,
    of_a_kind,
    parts,
)
from checker.logic.node import Node
from checker.logic.script_solvers import SOLVERS
from checker.logic.smtlib import Part, script
from checker.logic.solver import Satisfied, Solver, Unsatisfiable
from checker.logic.terms import Terms
from checker.model.expressions import DATE
from checker.model.months import ON_CORRESPONDING, ON_LAST, ON_NEXT, RULES, Period, month_of
from tests.yardstick.months import months_later

PERIODS = (Period(1, ON_CORRESPONDING), Period(1, ON_LAST), Period(4, ON_CORRESPONDING), Period(-1, ON_NEXT))
DAYS = tuple(
    date(*each).toordinal()
    for each in (
        (1978, 9, 30),
        (1978, 10, 28),
        (1978, 10, 31),
        (1979, 2, 28),
        (1979, 3, 1),
        (2000, 1, 30),
        (2000, 1, 31),
        (2000, 2, 29),
        (2024, 4, 1),
    )
)


def _later(day: int, period: Period) -> int:
    return months_later(day, period.months, RULES.index(period.rule))


def _named(terms: Terms, name: str, day: int) -> tuple[Node, list[Node]]:
    """A symbol for a day, and that it and the ends of all periods from it are those of the calendar."""
    symbol = terms.symbol(name, DATE)
    known = [terms.same_number(symbol, terms.number(day, DATE))]
    for period in PERIODS:
        end = terms.number(_later(day, period), DATE)
        known.append(terms.same_number(terms.months(symbol, period), end))
    return symbol, known


def test_nothing_that_is_told_is_false_on_any_day() -> None:
    """With the real days, everything that a solver may be told of one or two days can hold at once."""
    terms = Terms()
    solver = Solver(terms)
    for one, other in ((DAYS[0], DAYS[1]), (DAYS[2], DAYS[4]), (DAYS[5], DAYS[6]), (DAYS[8], DAYS[7])):
        (first, known), (second, more) = _named(terms, "a", one), _named(terms, "b", other)
        own = [terms.months(first, each) for each in PERIODS]
        others = [terms.months(second, each) for each in PERIODS]
        told = [bounded(terms, each) for each in own]
        told += [in_step(terms, *each) for each in zip(own, others, strict=True)]
        told += [beside(terms, a, b) for a, b in product(own, own) if a is not b]
        told += [exactly(terms, each, month_of(one) + at) for each in own for at in (-1, 0, 1)]
        told += [of_a_kind(terms, each, PERIODS) for each in (first, second)]
        told.append(in_months(terms, first, second))
        assert isinstance(solver.ask((*known, *more, *told)), Satisfied), (one, other)


def test_nothing_that_is_told_of_periods_after_periods_is_false_on_any_day() -> None:
    """With the real days, all that a solver may be told of ends of periods that follow others can hold."""
    terms = Terms()
    solver = Solver(terms)
    for one, other in product(DAYS[:8:2], DAYS[1:8:2]):
        known, ends = list[Node](), list[Node]()
        for name, day in (("a", one), ("b", other)):
            node = terms.symbol(name, DATE)
            known.append(terms.same_number(node, terms.number(day, DATE)))
            reached = day
            for period in (PERIODS[0], PERIODS[2]):
                node, reached = terms.months(node, period), _later(reached, period)
                known.append(terms.same_number(node, terms.number(reached, DATE)))
                ends.append(node)
        told = [bounded(terms, each) for each in ends]
        told += [in_order(terms, a, b) for a, b in product(ends, ends) if a is not b]
        told += [beside(terms, *pair) for pair in (ends[:2], ends[2:])]
        assert isinstance(solver.ask((*known, *told)), Satisfied), (one, other)


def test_a_year_and_five_are_six_whatever_month_it_is() -> None:
    """That is shown without a look at any month, also of two days of which one is the earlier."""
    terms = Terms()
    solver = Solver(terms)
    former, later = (terms.symbol(name, DATE) for name in ("former", "later"))
    one, five, six = (Period(months, ON_CORRESPONDING) for months in (12, 60, 72))
    after_both = terms.months(terms.months(later, one), five)
    sooner = terms.not_(terms.at_most(terms.months(former, six), after_both))
    assert isinstance(solver.ask((terms.at_most(former, later), sooner)), Unsatisfiable)
    assert not solver.months


@pytest.mark.parametrize("many", [False, True])
def test_answers_have_the_days_of_the_calendar(many: bool) -> None:
    """A period ends on the day of the calendar and on no other, whether few months were looked at or many."""
    terms = Terms()
    solver = Solver(terms)
    solver.months |= set(range(FEW + 1)) if many else set()
    for day, period in product(DAYS[::3], PERIODS[:3]):
        symbol, end = terms.symbol("a", DATE), terms.symbol("b", DATE)
        asked = (
            terms.same_number(symbol, terms.number(day, DATE)),
            terms.same_number(end, terms.months(symbol, period)),
        )
        answer = solver.ask(asked)
        assert isinstance(answer, Satisfied)
        assert answer.values[end] == str(_later(day, period))
        wrong = terms.not_(terms.same_number(end, terms.number(_later(day, period), DATE)))
        assert isinstance(solver.ask((*asked, wrong)), Unsatisfiable)
    assert month_of(DAYS[0]) in solver.months


def test_what_months_have_in_common_is_found() -> None:
    """No month of 30 days begins two that have 60 and four that have 120: no single month of all shows it."""
    terms = Terms()
    day, solver = terms.symbol("a", DATE), Solver(terms)
    ends = [(terms.months(day, Period(months, ON_CORRESPONDING)), months) for months in (1, 2, 4)]

    def lasting(*days: int) -> list[Node]:
        pairs = zip(ends, days, strict=True)
        return [terms.same_number(end, terms.weighed((1, day), constant=each)) for (end, _), each in pairs]

    assert isinstance(solver.ask(lasting(30, 60, 120)), Unsatisfiable)
    assert len(solver.months) > FEW
    answer = solver.ask(lasting(30, 60, 121))
    assert isinstance(answer, Satisfied)
    found = int(str(answer.values[day]))
    assert [months_later(found, months, 0) - found for _, months in ends] == [30, 60, 121]


@pytest.mark.parametrize("solver", sorted(SOLVERS))
def test_scripts_say_it_of_all_days(solver: str) -> None:
    """Both solvers refute a wrong end of a period, of one day and of all days of a month."""
    terms = Terms()
    period, day = Period(4, ON_CORRESPONDING), terms.symbol("a", DATE)
    september = month_of(date(1978, 9, 30).toordinal())
    first, last = (terms.number(date(1978, 9, each).toordinal(), DATE) for each in (1, 30))
    too_late = terms.number(date(1979, 1, 31).toordinal(), DATE)
    claimed = terms.and_(
        terms.at_most(first, day),
        terms.at_most(day, last),
        terms.at_most(too_late, terms.months(day, period)),
    )
    told = parts(terms, (claimed,), (september,))
    text = script((), (Part("an end that is too late", claimed), *told), terms)
    assert SOLVERS[solver](text, 20.0) == "unsat"
    assert "4 months that begin in September 1978" in text


def test_every_month_is_of_a_kind_that_is_told() -> None:
    """With the real days, what is told of the kinds of months can hold of the ends of every month."""
    terms = Terms()
    solver, periods = Solver(terms), PERIODS[:2]
    starts = [date(year, month, 1).toordinal() for year in (2023, 2024) for month in range(1, 13)]
    for day in (*starts, *(each - 1 for each in starts)):
        symbol, known = _named(terms, "a", day)
        assert isinstance(solver.ask((*known, of_a_kind(terms, symbol, periods))), Satisfied), day

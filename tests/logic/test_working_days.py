"""What solvers say of working days is so of calendars that are gone through day by day."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from random import Random

import pytest

from checker.logic.calendar import parts
from checker.logic.decode import Structure
from checker.logic.node import Node
from checker.logic.script_solvers import SOLVERS
from checker.logic.smtlib import Part, script
from checker.logic.solver import Satisfied, Solver, Unsatisfiable
from checker.logic.terms import Terms
from checker.logic.working_days import EAGER, before, working_period_of
from checker.model.expressions import DATE, DAYS
from checker.model.working_days import WorkingDays, WorkingPeriod, reached
from tests.yardstick.working_days import working_days_later

MONDAY = date(2014, 6, 2).toordinal()


def _listing(random: Random, weekdays: tuple[int, ...]) -> WorkingDays:
    """A calendar on which all is known of ten weeks and, if it is closed, of all others."""
    days = sorted(random.sample(range(MONDAY, MONDAY + 70), random.randint(1, 12)))
    listed = tuple(each for each in days if date.fromordinal(each).weekday() not in weekdays)
    closed = random.random() < 0.5
    known = None if closed else (MONDAY, MONDAY + 69)
    return WorkingDays("c", "day", "days", weekdays, listed, known, closed)


def _between(terms: Terms, low: int, node: Node, high: int) -> list[Node]:
    ends = (terms.number(each, DATE) for each in (low, high))
    return [terms.at_most(next(ends), node), terms.at_most(node, next(ends))]


def _taking(terms: Terms, node: Node, number: int) -> Node:
    """The period takes so many days."""
    (day,) = node.arguments
    return terms.same_number(node, terms.weighed((1, day), constant=number))


def _agrees(seed: int) -> None:
    random = Random(seed)
    weekdays = random.choice(((5, 6), (6,), (4, 5), (), (2, 5, 6)))
    calendar = _listing(random, weekdays)
    number, taken = random.choice((1, 2, 5, -1, -4)), random.randint(1, 14)
    taken = taken if number > 0 else -taken
    low = MONDAY + random.randint(16, 30)
    high = low + random.randint(0, 20)
    terms = Terms()
    day = terms.symbol("day", DATE)
    node = terms.working(day, WorkingPeriod(number, calendar))
    answer = Solver(terms).ask((*_between(terms, low, day, high), _taking(terms, node, taken)))
    days = range(low, high + 1)
    off = set(calendar.holidays)
    there = any(working_days_later(each, number, weekdays, off) == each + taken for each in days)
    assert isinstance(answer, Satisfied if there else Unsatisfiable), seed
    if isinstance(answer, Satisfied):
        found = int(str(Structure(answer).value(day)))
        assert working_days_later(found, number, weekdays, off) == found + taken, seed


def test_periods_take_as_long_as_counting_says() -> None:
    """Whether one of some days begins a period of so many days is what counting day by day says."""
    for seed in range(12):
        _agrees(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(25, 2025, 25))
def test_many_periods_take_as_long_as_counting_says(seed: int) -> None:
    """The same, for many calendars."""
    for each in range(seed, seed + 25):
        _agrees(each)


def _ends(node: Node, day: Node, first: int, off: frozenset[int]) -> int:
    """The day that a node is, counted day by day, if `day` is the first."""
    if node is day:
        return first
    period = working_period_of(node)
    start = _ends(node.arguments[0], day, first, off)
    return working_days_later(start, period.number, period.calendar.off, off)


def test_periods_after_periods_end_where_both_do() -> None:
    """Of two periods, one after the other, the whole is one period if they go one way by one calendar; and
    whichever they are, it ends where counting the one after the other ends, whatever days are off.
    """
    random = Random(5)
    calendars = [WorkingDays(name, name, name, off) for name, off in (("c", (5, 6)), ("d", (6,)))]
    for one, other in product((1, 2, 5, -1, -4), (1, 3, 10, -2, -5)):
        for first, second in product(calendars, repeat=2):
            terms = Terms()
            day = terms.symbol("day", DATE)
            whole = terms.working(terms.working(day, WorkingPeriod(one, first)), WorkingPeriod(other, second))
            is_one = whole.arguments == (day,)
            assert is_one is (first is second and (one > 0) is (other > 0)), (one, other)
            for begun in range(MONDAY, MONDAY + 7):
                off = frozenset(random.sample(range(MONDAY - 30, MONDAY + 40), 9))
                middle = working_days_later(begun, one, first.off, off)
                last = working_days_later(middle, other, second.off, off)
                assert _ends(whole, day, begun, off) == last, (one, other, first.name, second.name, begun)


def _possible(seed: int) -> None:
    """Two periods of a calendar that leaves days open can end on two days just if some days are off so."""
    random = Random(seed)
    calendar = WorkingDays("c", "day", "days", (5, 6))
    window = range(MONDAY, MONDAY + 12)
    free = [each for each in window if calendar.is_open(each)]
    numbers = random.choice((1, 2, 3, -1)), random.choice((1, 2, 4, -2))
    starts = [MONDAY + random.randint(2, 6) for _ in numbers]
    ends = [
        start + random.randint(1, 5) * (1 if n > 0 else -1) for start, n in zip(starts, numbers, strict=True)
    ]
    terms = Terms()
    asked = []
    for name, start, number, end in zip("xy", starts, numbers, ends, strict=True):
        day = terms.symbol(name, DATE)
        asked.append(terms.same_number(day, terms.number(start, DATE)))
        node = terms.working(day, WorkingPeriod(number, calendar))
        asked.append(terms.same_number(node, terms.number(end, DATE)))
    answer = Solver(terms).ask(asked)
    pairs = list(zip(starts, numbers, ends, strict=True))
    subsets = (set(each) for size in range(len(free) + 1) for each in combinations(free, size))
    there = any(all(working_days_later(s, n, (5, 6), off) == e for s, n, e in pairs) for off in subsets)
    assert isinstance(answer, Satisfied if there else Unsatisfiable), seed
    if isinstance(answer, Satisfied):
        off = set(Structure(answer).days_off(calendar))
        assert all(working_days_later(s, n, (5, 6), off) == e for s, n, e in pairs), seed


def test_open_days_may_be_off_and_only_they() -> None:
    """What can be is what some choice of days off makes so, and an answer names such a choice."""
    for seed in range(6):
        _possible(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20, 1020, 20))
def test_many_open_days_may_be_off(seed: int) -> None:
    """The same, for many pairs of periods."""
    for each in range(seed, seed + 20):
        _possible(each)


def test_many_periods_are_those_of_one_calendar() -> None:
    """Of more days than a solver is told in pairs, an answer still has one choice of days off for all."""
    terms, calendar = Terms(), WorkingDays("c", "day", "days", (5, 6))
    starts = [MONDAY + each for each in (0, 1, 2, 3, 4, 7)]
    days = [terms.symbol(f"day {n}", DATE) for n, _ in enumerate(starts)]
    ends = [terms.working(each, WorkingPeriod(5, calendar)) for each in days]
    assert len(days) > EAGER // 2
    there = [terms.same_number(each, terms.number(n, DATE)) for each, n in zip(days, starts, strict=True)]
    answer = Solver(terms).ask((*there, _taking(terms, ends[0], 9), _taking(terms, ends[-1], 11)))
    assert isinstance(answer, Satisfied)
    structure = Structure(answer)
    off = set(structure.days_off(calendar))
    for start, end in zip(starts, ends, strict=True):
        assert working_days_later(start, 5, (5, 6), off) == int(str(structure.value(end)))
    turned = terms.or_(*(terms.not_(terms.at_most(one, other)) for one, other in combinations(ends, 2)))
    assert isinstance(Solver(terms).ask((*there, turned)), Unsatisfiable)  # they end in the order they begin


def test_two_lists_of_holidays_share_the_days_that_are_open() -> None:
    """Where one version lists a holiday more than another, no period ends earlier by it, on any day."""
    first = WorkingDays("c", "day", "days", (5, 6), (MONDAY + 3,), (MONDAY, MONDAY + 69))
    second = WorkingDays("c", "day", "days", (5, 6), (MONDAY + 3, MONDAY + 8), (MONDAY, MONDAY + 69))
    terms = Terms()
    day = terms.symbol("day", DATE)
    fewer, more = (terms.working(day, WorkingPeriod(3, each)) for each in (first, second))
    assert isinstance(Solver(terms).ask((terms.not_(terms.at_most(fewer, more)),)), Unsatisfiable)
    assert isinstance(Solver(terms).ask((terms.not_(terms.at_most(more, fewer)),)), Satisfied)
    beyond = terms.number(MONDAY + 100, DATE)
    later = terms.at_most(beyond, day)
    assert isinstance(Solver(terms).ask((later, terms.not_(terms.same_number(fewer, more)))), Unsatisfiable)


@pytest.mark.parametrize("solver", SOLVERS)
def test_scripts_say_in_which_months_holidays_lie(solver: str) -> None:
    """Told of June and July 2014, both show that 20 working days are 29 days if a holiday lies in them."""
    calendar = WorkingDays("c", "day", "days", (5, 6), (MONDAY + 3, MONDAY + 60), (MONDAY, MONDAY + 69))
    terms = Terms()
    day = terms.symbol("day", DATE)
    node = terms.working(day, WorkingPeriod(20, calendar))
    asked = [terms.same_number(day, terms.number(MONDAY, DATE)), terms.not_(_taking(terms, node, 29))]
    given = [Part("asked", each) for each in asked]
    told = script(("a test",), (*given, *parts(terms, asked, [2014 * 12 + 5, 2014 * 12 + 6])), terms)
    untold = script(("a test",), (*given, *parts(terms, asked, [])), terms)
    assert "the holidays in June 2014" in told
    assert SOLVERS[solver](told, 20.0) == "unsat"
    assert SOLVERS[solver](untold, 0.3) != "unsat"


def test_other_days_are_off_only_where_a_period_goes_through_them() -> None:
    """If an answer has whole years off between two periods, a story supposes none of their days off."""
    terms, calendar = Terms(), WorkingDays("c", "day", "days", (5, 6))
    former, later = (terms.symbol(name, DATE) for name in ("former", "later"))
    ends = [terms.working(each, WorkingPeriod(5, calendar)) for each in (former, later)]
    worked = terms.weighed((1, before(terms, calendar, later)), (-1, before(terms, calendar, former)))
    conditions = (
        *_between(terms, MONDAY, former, MONDAY),
        *_between(terms, MONDAY + 7_000, later, MONDAY + 7_000),
        _taking(terms, ends[0], 7),
        _taking(terms, ends[1], 8),
        terms.same_number(worked, terms.number(10, DAYS)),
    )
    answer = Solver(terms).ask(conditions)
    assert isinstance(answer, Satisfied)
    structure = Structure(answer)
    off = structure.days_off(calendar)
    assert len(off) == 1
    assert MONDAY + 7_000 < off[0] < MONDAY + 7_008
    assert [reached(each, WorkingPeriod(5, calendar), off) for each in (MONDAY, MONDAY + 7_000)] == [
        MONDAY + 7,
        MONDAY + 7_008,
    ]

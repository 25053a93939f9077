"""The facts about working days that solvers get.

For a solver, how many days of a calendar come before a day is a function of that day, and so is the day so
many working days after another. How many there are by the days of the week and the listed holidays is worked
out from the day; how many others are off before it is left to the solver, if the calendar leaves it open. So
whatever a solver says of the days that it looks at, there is a calendar in which it is so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from checker.logic.node import Node, subterms
from checker.logic.smtlib import Part
from checker.logic.terms import Terms
from checker.model.expressions import DATE, DAYS
from checker.model.working_days import WEEK, WorkingDays, WorkingPeriod, written


def reckoned(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that are so many working days after a day."""
    return [each for each in nodes if each.operator == "working"]


def working_period_of(node: Node) -> WorkingPeriod:
    """The period of such a node."""
    assert isinstance(node.data, WorkingPeriod)
    return node.data


def before(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many working days come before the day."""
    return terms.counted(day, calendar)


def others(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many days before the day are off that the law does not name, counted from some day on."""
    return terms.apply(days_off_in(calendar), (day,), DAYS)


def days_off_in(calendar: WorkingDays) -> str:
    """The name of the function that counts them; no function of the law has a space in its name."""
    return f"days off in {calendar.name}, before"


def by_weekday(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many days before the day count by their day of the week."""
    gone = terms.weighed((1, day), constant=-1, sort=DAYS)
    weeks = terms.quotient(gone, WEEK)
    rest = terms.weighed((1, gone), (-WEEK, weeks))
    none, one = terms.number(0, DAYS), terms.number(1, DAYS)
    begun = [terms.at_most(rest, terms.number(each, DAYS)) for each in calendar.off if each < WEEK - 1]
    parts = [(-1, terms.ite(each, none, one)) for each in begun]
    return terms.weighed((1, gone), (-len(calendar.off), weeks), *parts)


def listed(terms: Terms, holidays: Sequence[int], day: Node, so_far: int = 0) -> Node:
    """How many of the holidays come before the day."""
    if not holidays:
        return terms.number(so_far, DAYS)
    middle = len(holidays) // 2
    until = terms.at_most(day, terms.number(holidays[middle], day.sort))
    fewer = listed(terms, holidays[:middle], day, so_far)
    return terms.ite(until, fewer, listed(terms, holidays[middle + 1 :], day, so_far + middle + 1))


def defined(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many come before the day is what the week, the holidays and the other days off make it."""
    parts = [(1, by_weekday(terms, calendar, day)), (-1, listed(terms, calendar.holidays, day))]
    parts += [] if calendar.closed else [(-1, others(terms, calendar, day))]
    return terms.same_number(before(terms, calendar, day), terms.weighed(*parts))


def places(terms: Terms, node: Node) -> tuple[Node, Node, Node]:
    """The days of which it must be known how many come before them, to know the day that a node is: from
    which they are counted, that day, and the next.
    """
    (day,) = node.arguments
    start = terms.weighed((1, day), constant=1) if working_period_of(node).number > 0 else day
    return start, node, terms.weighed((1, node), constant=1)


def reckons(terms: Terms, node: Node) -> Node:
    """It is a working day, and the last of so many after the day, or the first of so many before it."""
    period = working_period_of(node)
    start, day, following = (before(terms, period.calendar, each) for each in places(terms, node))
    there = following if period.number > 0 else day
    return terms.and_(
        terms.same_number(there, terms.weighed((1, start), constant=period.number)),
        terms.same_number(following, terms.weighed((1, day), constant=1)),
    )


def in_step(terms: Terms, calendar: WorkingDays, one: Node, other: Node) -> Node:
    """No fewer come before a later day, and not more of them than there are days between."""
    counts = before(terms, calendar, one), before(terms, calendar, other)
    return _grows(terms, (one, other), counts, (one, other))


def apart(terms: Terms, calendar: WorkingDays, one: Node, other: Node) -> Node:
    """Of the days between, no more are off than can be."""
    counts = others(terms, calendar, one), others(terms, calendar, other)
    return _grows(
        terms, (one, other), counts, (_may_be_off(terms, calendar, one), _may_be_off(terms, calendar, other))
    )


def beside(terms: Terms, calendars: tuple[WorkingDays, WorkingDays], one: Node, other: Node) -> Node:
    """Between two days, one calendar has as many working days as another that leaves the same days open, but
    for the holidays that only one of them lists.
    """
    fewer, more = (len(set(a.holidays) - set(b.holidays)) for a, b in (calendars, calendars[::-1]))
    ways = []
    for first, last in ((one, other), (other, one)):
        counts = [[(1, before(terms, each, last)), (-1, before(terms, each, first))] for each in calendars]
        apart_by = terms.weighed(*counts[0], *((-sign, node) for sign, node in counts[1]))
        least, most = (terms.number(each, DAYS) for each in (-fewer, more))
        within = terms.and_(terms.at_most(least, apart_by), terms.at_most(apart_by, most))
        ways.append(terms.implies(terms.at_most(first, last), within))
    return terms.and_(*ways)


def alike(one: WorkingDays, other: WorkingDays) -> bool:
    """Whether two calendars of one name leave the same days open."""
    same = (one.name, one.off, one.known, one.closed) == (other.name, other.off, other.known, other.closed)
    return same and one != other


def _may_be_off(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many of the days before the day may be off, counted from some day on."""
    found = by_weekday(terms, calendar, day)
    if calendar.known is None:
        return found
    first, last = (terms.number(each, day.sort) for each in (calendar.known[0], calendar.known[1] + 1))
    inside = terms.least(terms.greatest(day, first), last)
    return terms.weighed((1, found), (-1, _of_choice(terms, calendar, inside)))


def _of_choice(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    if day.operator != "ite":
        return by_weekday(terms, calendar, day)
    condition, *ways = day.arguments
    return terms.ite(condition, *(_of_choice(terms, calendar, each) for each in ways))


def _grows(terms: Terms, days: tuple[Node, Node], counts: tuple[Node, Node], most: tuple[Node, Node]) -> Node:
    """The count grows from day to day, and by no more than the other one."""
    ways = []
    for first, last in ((0, 1), (1, 0)):
        more = terms.weighed((1, counts[last]), (-1, counts[first]))
        bound = terms.weighed((1, most[last]), (-1, most[first]), sort=DAYS)
        grows = terms.and_(terms.at_most(terms.number(0, DAYS), more), terms.at_most(more, bound))
        ways.append(terms.implies(terms.at_most(days[first], days[last]), grows))
    return terms.and_(*ways)


def parts(terms: Terms, formulas: Iterable[Node]) -> Iterator[Part]:
    """Yield what is true, for all days, of the working days that the formulas speak of."""
    found = {working_period_of(each) for each in reckoned(subterms(formulas))}
    periods = sorted(found, key=repr)
    one, other = (terms.binder(name, DATE) for name in ("a day", "another day"))
    open_ones: set[str] = set()
    for calendar in dict.fromkeys(each.calendar for each in periods):
        name = calendar.name
        yield Part(
            f"the calendar {name}: which days count", terms.forall((one,), defined(terms, calendar, one))
        )
        step = in_step(terms, calendar, one, other)
        yield Part(f"the calendar {name}: days come one by one", terms.forall((one, other), step))
        if not calendar.closed and calendar.name not in open_ones:
            open_ones.add(calendar.name)
            caption = f"the calendar {name}: how many other days may be off"
            yield Part(caption, terms.forall((one, other), apart(terms, calendar, one, other)))
    for pair in combinations(dict.fromkeys(each.calendar for each in periods), 2):
        if alike(*pair):
            caption = f"the calendar {pair[0].name}: what is the same in two versions"
            yield Part(caption, terms.forall((one, other), beside(terms, pair, one, other)))
    for period in periods:
        node = terms.working(one, period)
        caption = f"the calendar {period.calendar.name}: {written(abs(period.number))} reckoned"
        yield Part(caption, terms.forall((one,), reckons(terms, node)))


class DaysReckoned:
    """What one solver has been told of working days. It is told how many come before a day only where an
    answer gets that wrong.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._known: set[Node] = set()
        self._calendars: dict[str, dict[WorkingDays, None]] = {}
        self._places: dict[str, dict[Node, None]] = {}
        self._defined: dict[str, dict[Node, None]] = {}
        self._everywhere: dict[Node, None] = {}
        self.leaves: list[Node] = []
        """What an answer must say: the days reckoned, and how many working days come before them."""

    @property
    def idle(self) -> bool:
        """Whether no question has spoken of working days."""
        return not self._places

    def of(self, nodes: Collection[Node], bound: Collection[Node]) -> list[Node]:
        """What it must be told of further nodes, some of whose symbols are bound by quantifiers."""
        terms, found, everywhere = self._terms, list[Node](), dict[Node, None]()
        for each in reckoned(nodes):
            if each in self._known:
                continue
            self._known.add(each)
            if not terms.symbols(each).isdisjoint(bound):
                everywhere[each] = None
                continue
            found.append(reckons(terms, each))
            self.leaves.append(each)
            calendar = working_period_of(each).calendar
            found += self._calendar(calendar)
            for place in places(terms, each):
                found += self._place(calendar.name, place)
        if everywhere:
            self._everywhere |= everywhere
            found += (part.formula for part in parts(terms, self._everywhere))
        return found

    def _calendar(self, calendar: WorkingDays) -> Iterator[Node]:
        """Yield what is so of one more calendar."""
        known = self._calendars.setdefault(calendar.name, {})
        if calendar in known:
            return
        known[calendar] = None
        there = [*self._places.get(calendar.name, {})]
        for number, place in enumerate(there):
            yield from self._counted(calendar, place, there[:number])
        for place in self._defined.get(calendar.name, {}):
            yield defined(self._terms, calendar, place)

    def _place(self, name: str, place: Node) -> Iterator[Node]:
        """Yield what is so of one more day of which it must be known how many come before it."""
        known = self._places.setdefault(name, {})
        if place not in known:
            for calendar in self._calendars[name]:
                yield from self._counted(calendar, place, [*known])
            known[place] = None

    def _counted(self, calendar: WorkingDays, place: Node, known: Sequence[Node]) -> Iterator[Node]:
        self.leaves.append(before(self._terms, calendar, place))
        others = [each for each in self._calendars[calendar.name] if alike(each, calendar)]
        for each in known:
            yield in_step(self._terms, calendar, place, each)
            yield from (beside(self._terms, (calendar, other), place, each) for other in others)

    def corrected(self, value: Callable[[Node], int]) -> list[Node]:
        """What an answer gets wrong; nothing if it is so in some calendar. `value`: of a number in it."""
        found: list[Node] = []
        for name, known in self._places.items():
            wrong = dict.fromkeys(self._wrong(name, known, value))
            found += (formula for place in wrong for formula in self._define(name, place))
        return found

    def _wrong(self, name: str, known: Collection[Node], value: Callable[[Node], int]) -> Iterator[Node]:
        """Yield the days between which an answer has a number of working days that cannot be."""
        days = sorted(((value(place), place) for place in known), key=lambda each: each[0])
        told = self._defined.get(name, {})
        for (first, one), (last, other) in pairwise(days):
            off: set[int] = set()
            for calendar in self._calendars[name]:
                counted = value(before(self._terms, calendar, other)) - value(
                    before(self._terms, calendar, one)
                )
                off.add(calendar.may_count(last) - calendar.may_count(first) - counted)
            most = calendar.may_be_off(last) - calendar.may_be_off(first)
            if len(off) > 1 or not 0 <= min(off) <= most:
                yield from (each for each in (one, other) if each not in told)

    def _define(self, name: str, place: Node) -> Iterator[Node]:
        terms, told = self._terms, self._defined.setdefault(name, {})
        for calendar in self._calendars[name]:
            yield defined(terms, calendar, place)
        if not calendar.closed:
            yield from (apart(terms, calendar, place, each) for each in told)
        told[place] = None


def choices(terms: Terms, formulas: Iterable[Node]) -> Iterator[Node]:
    """Yield how many other days are off in each of the periods that the formulas speak of."""
    nodes = subterms(formulas)
    bound = {symbol for each in nodes if each.operator == "exists" for symbol in each.bound}
    for node in reckoned(nodes):
        calendar = working_period_of(node).calendar
        if not calendar.closed and terms.symbols(node).isdisjoint(bound):
            start, day, following = (_off_before(terms, calendar, each) for each in places(terms, node))
            ends = (start, following) if working_period_of(node).number > 0 else (day, start)
            yield terms.weighed((1, ends[1]), (-1, ends[0]))


def _off_before(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many days before the day are off that the law does not name, as far as the others are counted."""
    may_count = ((1, by_weekday(terms, calendar, day)), (-1, listed(terms, calendar.holidays, day)))
    return terms.weighed(*may_count, (-1, before(terms, calendar, day)))

"""The facts about working days that solvers get.

For a solver, how many days of a calendar come before a day is a function of that day, and so is the day so
many working days after another. How many there are by the days of the week and the listed holidays is worked
out from the day; how many others are off before it is left to the solver, if the calendar leaves it open. So
whatever a solver says of the days that it looks at, there is a calendar in which it is so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations, pairwise

from checker.logic.node import Node, subterms
from checker.logic.smtlib import Part
from checker.logic.terms import Terms
from checker.model.dates import told_month
from checker.model.expressions import DATE, DAYS, FACT
from checker.model.months import first_day, month_of
from checker.model.working_days import WEEK, WorkingDays, WorkingPeriod, lengths, written

EAGER = 8  # days of which a solver is told all pairs at once; of more, what its answers get wrong


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


def listed(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many of the listed holidays come before the day."""
    if not calendar.holidays:
        return terms.number(0, DAYS)
    return terms.counted(day, calendar, holidays=True)


def defined(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many working days come before the day is what the week, the holidays and the other days off make
    it; and there are no holidays before the first one, or after the last.
    """
    counted = ((1, before(terms, calendar, day)), (1, listed(terms, calendar, day)))
    off = () if calendar.closed else ((1, others(terms, calendar, day)),)
    same = terms.same_number(terms.weighed(*counted, *off), by_weekday(terms, calendar, day))
    if not calendar.holidays:
        return same
    number, holidays = listed(terms, calendar, day), calendar.holidays
    first, last = (terms.number(each, day.sort) for each in (holidays[0], holidays[-1] + 1))
    none, all_of_them = (terms.number(each, DAYS) for each in (0, len(holidays)))
    return terms.and_(
        same,
        terms.at_most(none, number),
        terms.at_most(number, all_of_them),
        terms.implies(terms.at_most(day, first), terms.same_number(number, none)),
        terms.implies(terms.at_most(last, day), terms.same_number(number, all_of_them)),
    )


def exactly(terms: Terms, calendar: WorkingDays, day: Node, month: int) -> Node:
    """How many of the listed holidays come before the day, if it is in the month."""
    begins, ends = first_day(month), first_day(month + 1)
    number = listed(terms, calendar, day)
    at = bisect_left(calendar.holidays, begins)
    within = calendar.holidays[at : bisect_left(calendar.holidays, ends)]
    ways = []
    for place, (first, last) in enumerate(pairwise((begins, *(each + 1 for each in within), ends))):
        there = terms.between(terms.number(first, day.sort), day, terms.number(last - 1, day.sort))
        ways.append(terms.implies(there, terms.same_number(number, terms.number(at + place, DAYS))))
    return terms.and_(*ways)


def spans(terms: Terms, node: Node) -> Node:
    """How many days the period takes at least and at most, year by year."""
    (day,), ways = node.arguments, list[Node]()
    for first, last, fewest, most in lengths(working_period_of(node)):
        least, greatest = (terms.weighed((1, day), constant=each) for each in (fewest, most))
        ends = [terms.number(each, day.sort) for each in (first, last)]
        there = terms.between(ends[0], day, ends[1])
        ways.append(terms.implies(there, terms.between(least, node, greatest)))
    return terms.and_(*ways)


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
    days = _grows(terms, (one, other), counts, (one, other))
    if not calendar.holidays:
        return days
    holidays = listed(terms, calendar, one), listed(terms, calendar, other)
    return terms.and_(days, _grows(terms, (one, other), holidays, (one, other)))


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
        within = terms.between(least, apart_by, most)
        ways.append(terms.implies(terms.at_most(first, last), within))
    return terms.and_(*ways)


def alike(one: WorkingDays, other: WorkingDays) -> bool:
    """Whether two different calendars of one name leave the same days open."""
    return one.like(other) and one != other


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
        grows = terms.between(terms.number(0, DAYS), more, bound)
        ways.append(terms.implies(terms.at_most(days[first], days[last]), grows))
    return terms.and_(*ways)


def parts(terms: Terms, formulas: Iterable[Node], months: Iterable[int]) -> Iterator[Part]:
    """Yield what is true, for all days, of the working days that the formulas speak of; `months`: those of
    which the holidays are told.
    """
    known = tuple(months)
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
        node, name = terms.working(one, period), period.calendar.name
        caption = f"the calendar {name}: {written(abs(period.number))} reckoned"
        yield Part(caption, terms.forall((one,), reckons(terms, node)))
        if lengths(period):
            caption = f"the calendar {name}: how many days {written(abs(period.number))} are"
            yield Part(caption, terms.forall((one,), spans(terms, node)))
    for calendar in dict.fromkeys(each.calendar for each in periods):
        for month in known if calendar.holidays else ():
            caption = f"the calendar {calendar.name}: the holidays in {told_month(month)}"
            yield Part(caption, terms.forall((one,), exactly(terms, calendar, one, month)))


class DaysReckoned:
    """What one solver has been told of working days. `months`: those of which solvers of this problem were
    told the holidays, to which it adds.
    """

    def __init__(self, terms: Terms, months: set[int]) -> None:
        self._terms = terms
        self._months = months
        self._known: set[Node] = set()
        self._calendars: dict[str, dict[WorkingDays, None]] = {}
        self._places: dict[str, dict[Node, None]] = {}
        self._everywhere: dict[Node, None] = {}
        self._periods: list[Node] = []
        self.leaves: list[Node] = []
        """What an answer must say: the days reckoned, and how many working days come before them."""

    @property
    def idle(self) -> bool:
        """Whether no question has spoken of working days."""
        return not self._places

    @property
    def in_lists(self) -> Iterator[Node]:
        """The days of which it must be known how many listed holidays come before them."""
        for name, places_known in self._places.items():
            if any(each.holidays for each in self._calendars[name]):
                yield from places_known

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
            found += (reckons(terms, each), spans(terms, each))
            self.leaves.append(each)
            calendar = working_period_of(each).calendar
            found += self._calendar(calendar)
            for place in places(terms, each):
                found += self._place(calendar.name, place)
        if everywhere:
            self._everywhere |= everywhere
            found += (part.formula for part in parts(terms, self._everywhere, sorted(self._months)))
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

    def _place(self, name: str, place: Node) -> Iterator[Node]:
        """Yield what is so of one more day of which it must be known how many come before it."""
        terms, known = self._terms, self._places.setdefault(name, {})
        if place in known:
            return
        calendars = self._calendars[name]
        for calendar in calendars:
            yield from self._counted(calendar, place, [*known])
        calendar = next(iter(calendars))  # which other days are off is the same for all of them
        if not calendar.closed:
            none = terms.same_number(others(terms, calendar, place), terms.number(0, DAYS))
            yield terms.implies(as_listed(terms), none)
        if len(known) < EAGER and not calendar.closed:
            yield from (apart(terms, calendar, place, each) for each in known)
        known[place] = None

    def _counted(self, calendar: WorkingDays, place: Node, known: Sequence[Node]) -> Iterator[Node]:
        terms = self._terms
        self.leaves.append(before(terms, calendar, place))
        yield defined(terms, calendar, place)
        if calendar.holidays:
            yield from (exactly(terms, calendar, place, month) for month in sorted(self._months))
        others = [each for each in self._calendars[calendar.name] if alike(each, calendar)]
        for each in known:
            if len(known) < EAGER:
                yield in_step(terms, calendar, place, each)
            yield from (beside(terms, (calendar, other), place, each) for other in others)

    def wrong(self, value: Callable[[Node], int]) -> set[int]:
        """The months of which an answer has the holidays wrong. `value`: of a number in it."""
        found = set[int]()
        for name, places_known in self._places.items():
            for calendar in self._calendars[name]:
                for place in places_known if calendar.holidays else ():
                    day = value(place)
                    if value(listed(self._terms, calendar, place)) != bisect_left(calendar.holidays, day):
                        found.add(month_of(day))
        return found

    def out_of_step(self, value: Callable[[Node], int], holds: Callable[[Node], bool]) -> Iterator[Node]:
        """Yield what an answer gets wrong of days that follow each other in it. If these are right, all are:
        what grows from one day to the next by no more than it may does so over any time. `value`: of a number
        in the answer; `holds`: whether a formula does.
        """
        for name, places_known in self._places.items():
            for one, other in pairwise(sorted(places_known, key=value)):
                yield from (each for each in self._between(name, one, other) if not holds(each))

    def _between(self, name: str, one: Node, other: Node) -> Iterator[Node]:
        """Yield what is so of two days."""
        calendars = self._calendars[name]
        yield from (in_step(self._terms, each, one, other) for each in calendars)
        calendar = next(iter(calendars))  # which other days are off is the same for all of them
        if not calendar.closed:
            yield apart(self._terms, calendar, one, other)

    def told(self, months: Iterable[int]) -> Iterator[Node]:
        """Yield the holidays of these months, for all days that it was told of."""
        for month in months:
            for name, places_known in self._places.items():
                for calendar in self._calendars[name]:
                    for place in places_known if calendar.holidays else ():
                        yield exactly(self._terms, calendar, place, month)


def as_listed(terms: Terms) -> Node:
    """That no other day is off, of all days that a solver is told of."""
    return terms.symbol("no other day is off", FACT)


def choices(terms: Terms, formulas: Iterable[Node]) -> Iterator[Node]:
    """Yield how many other days are off, for each calendar from the first day that counts to the last one,
    and then in each of the periods that the formulas speak of: periods may share a day off.
    """
    nodes = subterms(formulas)
    bound = {symbol for each in nodes if each.operator == "exists" for symbol in each.bound}
    ends: dict[WorkingDays, list[tuple[Node, Node]]] = {}
    for node in reckoned(nodes):
        calendar = working_period_of(node).calendar
        if not calendar.closed and terms.symbols(node).isdisjoint(bound):
            start, day, following = (_off_before(terms, calendar, each) for each in places(terms, node))
            forwards = working_period_of(node).number > 0
            ends.setdefault(calendar, []).append((start, following) if forwards else (day, start))
    for periods in ends.values():
        least = reduce(terms.least, (first for first, _ in periods))
        greatest = reduce(terms.greatest, (last for _, last in periods))
        yield terms.weighed((1, greatest), (-1, least))
    for first, last in (each for periods in ends.values() for each in periods):
        yield terms.weighed((1, last), (-1, first))


def _off_before(terms: Terms, calendar: WorkingDays, day: Node) -> Node:
    """How many days before the day are off that the law does not name, as far as the others are counted."""
    may_count = ((1, by_weekday(terms, calendar, day)), (-1, listed(terms, calendar, day)))
    return terms.weighed(*may_count, (-1, before(terms, calendar, day)))

"""What a search is told of working days: which of two periods ends later, and how long one takes at least.

That is true of every calendar, and less than what `checker.logic.working_days` says, so what is impossible by
it is impossible. An answer need not be one that a calendar allows; nothing that is found by it is trusted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from checker.logic.node import Node
from checker.logic.terms import Terms
from checker.logic.working_days import DaysReckoned, reckoned, working_period_of
from checker.model.expressions import DATE
from checker.model.working_days import WEEK, WorkingDays, WorkingPeriod, reached


def fewest(period: WorkingPeriod) -> int:
    """How many days such a period takes at least, if it begins before it ends, and at most otherwise."""
    calendar = period.calendar
    weekdays = WorkingPeriod(
        period.number, WorkingDays(calendar.name, calendar.label, calendar.labels, calendar.off, closed=True)
    )
    taken = [reached(each, weekdays) - each for each in range(1, WEEK + 1)]
    return min(taken) if period.number > 0 else max(taken)


def no_sooner(terms: Terms, node: Node) -> Node:
    """The period takes no fewer days than the days of the week make it."""
    (day,), period = node.arguments, working_period_of(node)
    least = terms.weighed((1, day), constant=fewest(period))
    return terms.at_most(least, node) if period.number > 0 else terms.at_most(node, least)


def in_order(terms: Terms, one: Node, other: Node) -> Node:
    """Of two periods of one calendar, one that begins no earlier and is no shorter ends no earlier: at least
    as many days later as it is longer.
    """
    ways = []
    for first, second in ((one, other), (other, one)):
        more = working_period_of(second).number - working_period_of(first).number
        if more >= 0:
            begun = terms.at_most(first.arguments[0], second.arguments[0])
            ways.append(terms.implies(begun, terms.at_most(terms.weighed((1, first), constant=more), second)))
    return terms.and_(*ways)


class DaysInOrder(DaysReckoned):
    """What a solver that only serves the search has been told of working days."""

    def of(self, nodes: Collection[Node], bound: Collection[Node]) -> list[Node]:
        """What it must be told of further nodes, some of whose symbols are bound by quantifiers."""
        terms, found = self._terms, list[Node]()
        for each in reckoned(nodes):
            if each in self._known:
                continue
            self._known.add(each)
            if not terms.symbols(each).isdisjoint(bound):
                self._everywhere[each] = None
                continue
            found.append(no_sooner(terms, each))
            found += (in_order(terms, each, other) for other in self._periods if _of_one(each, other))
            self._periods.append(each)
        return [*found, *self._of_all_days()]

    def _of_all_days(self) -> Iterator[Node]:
        """Yield what is so of periods that begin on a day which a quantifier binds, each with all others."""
        terms = self._terms
        one, other = (terms.binder(name, DATE) for name in ("a day", "another day"))
        periods = dict.fromkeys(map(working_period_of, self._everywhere))
        for each in periods:
            yield terms.forall((one,), no_sooner(terms, terms.working(one, each)))
        known = dict.fromkeys((*periods, *map(working_period_of, self._periods)))
        for first, second in product(periods, known):
            nodes = terms.working(one, first), terms.working(other, second)
            if _of_one(*nodes):
                yield terms.forall((one, other), in_order(terms, *nodes))


def _of_one(one: Node, other: Node) -> bool:
    return working_period_of(one).calendar == working_period_of(other).calendar

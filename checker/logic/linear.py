"""Whole numbers in terms: sums of terms with constant coefficients, shares of them, and comparisons.

A sum has each of its terms once, in one order, with a coefficient; a comparison says that such a sum is at
most a constant. Equivalent ones are therefore mostly the same node.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from checker.logic.node import ORDER, Node, Operator
from checker.model import working_days
from checker.model.expressions import DAYS, FACT, Sort
from checker.model.months import Period, reached
from checker.model.working_days import WorkingDays, WorkingPeriod


@dataclass(frozen=True, slots=True)
class Weights:
    """The data of a sum: the coefficients of its arguments, and what is added."""

    coefficients: tuple[int, ...]
    constant: int = 0


def weights(node: Node) -> Weights:
    """The coefficients of a sum."""
    assert isinstance(node.data, Weights)
    return node.data


def constant(node: Node) -> int:
    """The bound of a comparison, or the divisor of a share."""
    assert isinstance(node.data, int)
    return node.data


class Linear(ABC):
    """Builds nodes for numbers, simplified."""

    true: Node
    false: Node

    def __init__(self) -> None:
        self._compared: dict[tuple[Node, Node, bool], Node] = {}
        self._reached: dict[tuple[Node, Period], Node] = {}

    @abstractmethod
    def _make(self, operator: Operator, arguments: tuple[Node, ...], data: object, sort: Sort) -> Node: ...

    @abstractmethod
    def ite(self, condition: Node, yes: Node, no: Node) -> Node: ...

    @abstractmethod
    def not_(self, body: Node) -> Node: ...

    @abstractmethod
    def and_(self, *parts: Node) -> Node: ...

    def number(self, number: int, sort: Sort) -> Node:
        """So many smallest units of a quantity."""
        return self._make("value", (), str(number), sort)

    def weighed(self, *parts: tuple[int, Node], constant: int = 0, sort: Sort | None = None) -> Node:
        """The sum of the terms, each so many times, and a constant: of that sort or, by default, of the sort
        of the first term. There must be a term.
        """
        sort = sort or parts[0][1].sort
        found: dict[Node, int] = {}
        for factor, node in parts:
            inside, added = _read(node)
            constant += factor * added
            for each, times in inside.items():
                found[each] = found.get(each, 0) + factor * times
        return self._sum(found, constant, sort)

    def _sum(self, found: Mapping[Node, int], constant: int, sort: Sort) -> Node:
        kept = sorted((each for each, times in found.items() if times), key=ORDER)
        if not kept:
            return self.number(constant, sort)
        if len(kept) == 1 and found[kept[0]] == 1 and not constant:
            return kept[0]
        data = Weights(tuple(found[each] for each in kept), constant)
        return self._make("sum", tuple(kept), data, sort)

    def quotient(self, node: Node, divisor: int) -> Node:
        """The number divided by a positive constant and rounded down, towards the smaller number."""
        inside, added = _read(node)
        if all(times % divisor == 0 for times in inside.values()):
            return self._sum({e: n // divisor for e, n in inside.items()}, added // divisor, node.sort)
        return self._make("quotient", (node,), divisor, node.sort)

    def least(self, one: Node, other: Node) -> Node:
        """The smaller of two numbers."""
        return self.ite(self.at_most(one, other), one, other)

    def greatest(self, one: Node, other: Node) -> Node:
        """The larger of two numbers."""
        return self.ite(self.at_most(one, other), other, one)

    def months(self, day: Node, period: Period) -> Node:
        """The day on which a period of months ends that begins on the day."""
        if day.operator == "value":
            return self.number(reached(int(day.name), period), day.sort)
        if day.operator != "ite":
            return self._make("months", (day,), period, day.sort)
        if (day, period) not in self._reached:
            condition, *ways = day.arguments
            found = self.ite(condition, *(self.months(each, period) for each in ways))
            self._reached[day, period] = found
        return self._reached[day, period]

    def working(self, day: Node, period: WorkingPeriod) -> Node:
        """The day that is so many working days after the day, or before it."""
        if not period.number:
            return day
        if day.operator == "value" and period.calendar.closed:
            return self.number(working_days.reached(int(day.name), period), day.sort)
        if day.operator == "working" and isinstance(before := day.data, WorkingPeriod):
            same_way = (before.number > 0) is (period.number > 0)
            if same_way and before.calendar == period.calendar:  # 10 of them after 5 are the 15th
                whole = WorkingPeriod(before.number + period.number, period.calendar)
                return self.working(day.arguments[0], whole)
        if day.operator != "ite":
            return self._make("working", (day,), period, day.sort)
        condition, *ways = day.arguments
        return self.ite(condition, *(self.working(each, period) for each in ways))

    def counted(self, day: Node, calendar: WorkingDays, *, holidays: bool = False) -> Node:
        """How many working days come before a day; or how many of the holidays that the calendar lists."""
        return self._make("holidays" if holidays else "counted", (day,), calendar, DAYS)

    def between(self, least: Node, number: Node, most: Node) -> Node:
        """The number is one of these two, or between them."""
        return self.and_(self.at_most(least, number), self.at_most(number, most))

    def at_most(self, left: Node, right: Node) -> Node:
        """The left number is at most the right one."""
        return self._chosen(left, right, same=False)

    def same_number(self, left: Node, right: Node) -> Node:
        """The two numbers are the same."""
        return self._chosen(left, right, same=True)

    def _chosen(self, left: Node, right: Node, *, same: bool) -> Node:
        """A comparison; where a choice is compared, it becomes a choice between comparisons."""
        key = (left, right, same)
        if key not in self._compared:
            if left.operator == "ite":
                condition, *ways = left.arguments
                found = self.ite(condition, *(self._chosen(each, right, same=same) for each in ways))
            elif right.operator == "ite":
                condition, *ways = right.arguments
                found = self.ite(condition, *(self._chosen(left, each, same=same) for each in ways))
            else:
                found = self._same(left, right) if same else self._at_most(left, right)
            self._compared[key] = found
        return self._compared[key]

    def _at_most(self, left: Node, right: Node) -> Node:
        apart, bound = self._difference(left, right)
        if not apart:
            return self.true if bound >= 0 else self.false
        common = math.gcd(*apart.values())
        bound //= common
        ordered = sorted(apart, key=ORDER)
        if apart[ordered[0]] > 0:
            inside = {each: apart[each] // common for each in ordered}
            return self._make("at_most", (self._sum(inside, 0, left.sort),), bound, FACT)
        inside = {each: -apart[each] // common for each in ordered}
        return self.not_(self._make("at_most", (self._sum(inside, 0, left.sort),), -bound - 1, FACT))

    def _same(self, left: Node, right: Node) -> Node:
        apart, bound = self._difference(left, right)
        if not apart:
            return self.true if bound == 0 else self.false
        common = math.gcd(*apart.values())
        if bound % common:
            return self.false
        ordered = sorted(apart, key=ORDER)
        sign = 1 if apart[ordered[0]] > 0 else -1
        inside = {each: sign * apart[each] // common for each in ordered}
        if not bound and sorted(inside.values()) == [-1, 1]:
            return self._make("equal", tuple(ordered), None, FACT)
        both = (self._sum(inside, 0, left.sort), self.number(sign * bound // common, left.sort))
        return self._make("equal", tuple(sorted(both, key=ORDER)), None, FACT)

    def _difference(self, left: Node, right: Node) -> tuple[dict[Node, int], int]:
        """How much more the left one is, as terms; and how much less it is by constants."""
        (one, added), (other, more) = _read(left), _read(right)
        apart = dict(one)
        for each, times in other.items():
            apart[each] = apart.get(each, 0) - times
        return {each: times for each, times in apart.items() if times}, more - added

    def rebuilt_number(self, node: Node, arguments: tuple[Node, ...]) -> Node:
        """A sum, share, comparison or end of a period over other arguments."""
        if node.operator == "sum":
            data = weights(node)
            return self.weighed(*zip(data.coefficients, arguments, strict=True), constant=data.constant)
        if node.operator == "quotient":
            return self.quotient(arguments[0], constant(node))
        if node.operator == "months":
            assert isinstance(node.data, Period)
            return self.months(arguments[0], node.data)
        if node.operator == "working":
            assert isinstance(node.data, WorkingPeriod)
            return self.working(arguments[0], node.data)
        if node.operator in ("counted", "holidays"):
            assert isinstance(node.data, WorkingDays)
            return self.counted(arguments[0], node.data, holidays=node.operator == "holidays")
        return self.at_most(arguments[0], self.number(constant(node), arguments[0].sort))


def _read(node: Node) -> tuple[dict[Node, int], int]:
    """The terms of a number with their coefficients, and what is added."""
    if node.operator == "value":
        return {}, int(node.name)
    if node.operator == "sum":
        data = weights(node)
        return dict(zip(node.arguments, data.coefficients, strict=True)), data.constant
    return {node: 1}, 0

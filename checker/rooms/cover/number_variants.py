"""Comparisons and sums with one number or word in them changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final, TypeAlias, assert_never

from checker.model.expressions import (
    Arithmetic,
    ArithmeticOperator,
    How,
    Ordered,
    Sort,
    Term,
    Truth,
    Value,
)
from checker.model.lasting import lasting
from checker.model.orders import as_members, order_of, stepped
from checker.model.quantities import MIRRORED, is_date, value_of

_TURNED: Final[Mapping[How, How]] = {
    "at least": "more than",
    "more than": "at least",
    "at most": "less than",
    "less than": "at most",
}
"""The same but for the number itself."""

_ALREADY: Final[Mapping[How, int]] = {"at least": 1, "more than": -1, "at most": -1, "less than": 1}
"""How many units more come to the same as the comparison turned: `at most 69.99` is `less than 70`."""

_OTHER: Final[Mapping[ArithmeticOperator, ArithmeticOperator]] = {
    "plus": "minus",
    "minus": "plus",
    "least": "greatest",
    "greatest": "least",
    "share down": "share up",
    "share up": "share down",
}

Changed: TypeAlias = tuple[bool | None, Ordered]
"""Whether the comparison became wider (None: it may be either), and the comparison."""


def of_comparison(formula: Ordered) -> Iterator[Changed]:
    """Yield the comparison turned, then with other numbers, then with other sums."""
    order = order_of(formula)
    if order is not None:
        yield from _of_order(formula, order)
        return
    turned = replace(formula, how=_TURNED[formula.how])
    yield formula.how in ("more than", "less than"), turned
    left, right = formula.left, formula.right
    if isinstance(right, Value):
        for units, value in _numbers(right):
            if units != _ALREADY[formula.how]:
                yield (units > 0) == (formula.how in ("at most", "less than")), replace(formula, right=value)
    elif isinstance(left, Value):
        how = MIRRORED[formula.how]
        for units, value in _numbers(left):
            if units != _ALREADY[how]:
                yield (units > 0) == (how in ("at most", "less than")), replace(formula, left=value)
    yield from ((None, replace(formula, left=each)) for each in of_term(left, within=True))
    for each in of_term(right, within=True):
        if lasting(formula) is None or (isinstance(each, Arithmetic) and each.operator == "plus"):
            yield None, replace(formula, right=each)  # less than no time comes to the same as none


def _of_order(formula: Ordered, order: Sort) -> Iterator[Changed]:
    """Yield the comparison of values of an enum turned, then with the next value up and down, then with other
    steps; each that comes to something else, and is so of some value.
    """
    seen = {as_members(formula)}
    sides = [replace(formula, left=each) for each in _steps_away(formula.left, order)]
    sides += [replace(formula, right=each) for each in _steps_away(formula.right, order)]
    for each in (replace(formula, how=_TURNED[formula.how]), *sides):
        meant = as_members(each)
        if meant not in seen and meant != Truth(value=False):
            seen.add(meant)
            yield _wider(formula, each), each


def _steps_away(term: Term, order: Sort) -> Iterator[Term]:
    """Yield the values next to one, and other numbers of steps; first fewer, and then none."""
    if isinstance(term, Value):
        at = order.values.index(term.name)
        yield from (Value(order, order.values[to]) for to in (at + 1, at - 1) if 0 <= to < len(order.values))
    if isinstance(term, Arithmetic):
        yield replace(term, operator=_OTHER[term.operator])
        start, steps = term.parts
        assert isinstance(steps, Value)
        yield from (replace(term, parts=(start, each)) for _, each in _numbers(steps) if each.name != "0")
        yield start


def _wider(old: Ordered, new: Ordered) -> bool:
    """Whether the new comparison is so of more than the old one; both compare the same but for places."""
    lower = old.how in ("at least", "more than")
    lenient = {"at least": 0, "more than": 1, "at most": 0, "less than": -1}
    one, other = (lenient[each.how] + _apart(each) for each in (old, new))
    return other < one if lower else other > one


def _apart(formula: Ordered) -> int:
    """By how many places the right side is above the left, as far as the law writes it."""
    (left, up), (right, more) = stepped(formula.left), stepped(formula.right)
    places = [each.sort.values.index(each.name) if isinstance(each, Value) else 0 for each in (left, right)]
    return places[1] + more - places[0] - up


def of_term(term: Term, *, within: bool = False) -> Iterator[Term]:
    """Yield a number, or a sum with one of its numbers or words changed; `within`: only sums."""
    if isinstance(term, Value) and term.sort.is_quantity and not within:
        yield from (each for _, each in _numbers(term))
    if not isinstance(term, Arithmetic):
        return
    if term.operator in _OTHER and is_date(term) == is_date(term.parts[0]):
        yield replace(term, operator=_OTHER[term.operator])
    yield from _other_factors(term)
    for number, part in enumerate(term.parts):
        for each in of_term(part):
            yield replace(term, parts=(*term.parts[:number], each, *term.parts[number + 1 :]))


def _other_factors(term: Arithmetic) -> Iterator[Arithmetic]:
    match term.operator:
        case "times":
            yield from (
                replace(term, factor=term.factor + more) for more in (1, -1) if term.factor + more > 0
            )
        case "share" | "share down" | "share up":
            yield replace(term, factor=2 * term.factor)
        case "months" | "working days":
            way = 1 if term.factor >= 0 else -1
            numbers = [term.factor + way, term.factor - way, Fraction(0), 2 * term.factor, -term.factor]
            yield from (replace(term, factor=each) for each in dict.fromkeys(numbers) if each != term.factor)
        case "plus" | "minus" | "least" | "greatest":
            return
        case _:
            assert_never(term.operator)


def _numbers(value: Value) -> Iterator[tuple[int, Value]]:
    """Yield one unit more and one less, nothing, and twice as many, each with how much more that is; of a
    date, the days next to it. A law writes no negative number.
    """
    units = int(value.name)
    beside = (units + 1, units - 1)
    others = dict.fromkeys(beside if value.sort.is_date else (*beside, 0, 2 * units))
    yield from ((each - units, value_of(value.sort, each)) for each in others if each != units and each >= 0)

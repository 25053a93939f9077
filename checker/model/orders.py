"""Enums in order: comparisons of their values, and the same said without an order.

A value stands at a place, counted from the lowest, which is 0. Steps up or down from it may lead past the
ends of the order: then there is a place, but no value, so that what is compared with it is still above or
below. (“No more than two grades lower” than the lowest grade is every grade.)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from checker.language.syntax import NUMERALS
from checker.model.expressions import (
    Absent,
    And,
    Arithmetic,
    Formula,
    How,
    In,
    Is,
    Or,
    Ordered,
    Present,
    Sort,
    Term,
    Truth,
    Value,
)
from checker.model.quantities import MIRRORED, compared


def order_of(formula: Ordered) -> Sort | None:
    """The enum whose values are compared; None if quantities are."""
    left = formula.left
    return left.sort if not isinstance(left, Absent) and left.sort.is_enum else None


def stepped(term: Term) -> tuple[Term, int]:
    """The term that steps are counted from, and how many they are, upwards. A term of no enum has none."""
    if not isinstance(term, Arithmetic) or not term.sort.is_enum:
        return term, 0
    start, further = stepped(term.parts[0])
    by = term.parts[1]
    assert isinstance(by, Value)
    return start, further + (int(by.name) if term.operator == "plus" else -int(by.name))


def allowed(sort: Sort, how: How, place: int) -> tuple[str, ...]:
    """The values of the enum that compare so with a place, which may lie past its ends."""
    return tuple(each for at, each in enumerate(sort.values) if compared(Fraction(at), how, Fraction(place)))


def bounded(formula: Ordered) -> tuple[Term, frozenset[str]] | None:
    """The term that a comparison bounds by a value that the law writes, and the values that it may have;
    None if it compares two terms, or quantities.
    """
    sort = order_of(formula)
    if sort is None:
        return None
    (left, up), (right, more) = stepped(formula.left), stepped(formula.right)
    if isinstance(right, Value):
        return left, frozenset(allowed(sort, formula.how, sort.values.index(right.name) + more - up))
    if isinstance(left, Value):
        place = sort.values.index(left.name) + up - more
        return right, frozenset(allowed(sort, MIRRORED[formula.how], place))
    return None


def as_members(formula: Ordered) -> Formula:
    """The same said of values, without an order. The formula compares values of an enum."""
    sort = order_of(formula)
    assert sort is not None
    bound = bounded(formula)
    if bound is not None:
        return _among(bound[0], sort, bound[1])
    (left, up), (right, more) = stepped(formula.left), stepped(formula.right)
    ways: list[Formula] = []
    for at, each in enumerate(sort.values):
        values = allowed(sort, formula.how, at + more - up)
        if values:
            ways.append(And((Is(right, Value(sort, each)), _among(left, sort, values))))
    return ways[0] if len(ways) == 1 else Or(tuple(ways))


def _among(term: Term, sort: Sort, values: Iterable[str]) -> Formula:
    known = frozenset(values)
    if not known:
        return Truth(value=False)
    if len(known) == len(sort.values):
        return Present(term)
    each = tuple(Value(sort, name) for name in sort.values if name in known)
    return Is(term, each[0]) if len(each) == 1 else In(term, each)


def as_bound(term: Term, sort: Sort, values: Iterable[str]) -> Ordered | None:
    """The comparison that says that the term has one of the values, if they are several, all on one side of
    one of them: those from it up, or down to the lowest.
    """
    named = frozenset(values)
    known = [each for each in sort.values if each in named]
    if not sort.ordered or not 1 < len(known) < len(sort.values):
        return None
    if tuple(known) == sort.values[-len(known) :]:
        return Ordered(term, "at least", Value(sort, known[0]))
    if tuple(known) == sort.values[: len(known)]:
        return Ordered(term, "at most", Value(sort, known[-1]))
    return None


_WORDS: Final[dict[How, str]] = {
    "at least": "{} or above",
    "at most": "{} or below",
    "more than": "above {}",
    "less than": "below {}",
}
_OF_TERMS: Final[dict[How, str]] = {
    "at least": "at least {}",
    "at most": "at most {}",
    "more than": "above {}",
    "less than": "below {}",
}


def in_words(how: How, side: str, *, steps: int = 0, value: bool = False) -> str:
    """What something is that compares so with `side`, or with what is so many steps above it: “Write or
    above”, “at most two steps below GS-12”. `value`: the side is one value.
    """
    if steps:
        many = f"{NUMERALS[abs(steps) - 1] if abs(steps) <= len(NUMERALS) else abs(steps)}"
        apart = f"{many} step{'' if many == 'one' else 's'} {'above' if steps > 0 else 'below'}"
        return f"{how if steps > 0 else MIRRORED[how]} {apart} {side}"
    return (_WORDS if value else _OF_TERMS)[how].format(side)

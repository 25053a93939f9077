"""Tells a comparison of two parameters by the few values that it leaves one, where the case fixes the other.

“The kind is Kite or Glider” instead of “the element of the kind is the element shown”, if the element shown
is air. Where neither is fixed, the comparison says more.
Nothing here need be trusted: cases are proved in the words in which they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from checker.logic.node import Node
from checker.model.expressions import Absent, Formula, Is, Not, Parameter, Value
from checker.question.problem import GaveUp
from checker.rooms.diff.cases import Board, Case
from checker.rooms.diff.conditions import allowing, parts_of, sort_of

_FEW: Final = 2  # values that are named


def value_of_each(condition: Formula) -> Iterator[Formula]:
    """Yield, for every parameter that a comparison speaks of, that it has one of its values."""
    for parameter in _compared(condition):
        yield from (_has(parameter, each) for each in sort_of(parameter).values)


def by_values(
    board: Board, case: Case, condition: Formula, others: tuple[Node, ...]
) -> tuple[Formula, Node] | None:
    """Return the values that say what a comparison says in the case, with a switch for that. None for another
    condition, if the case fixes neither side, or for many values. `others`: switches for other conditions.
    """
    fixed = {each.left for each in case.conditions if isinstance(each, Is) and isinstance(each.right, Value)}
    compared = _compared(condition)
    free = [each for each in compared if each not in fixed]
    if len(free) != 1 or len(free) == len(compared):
        return None
    (parameter,) = free
    on, off = board.switch[condition], board.switch[Not(condition)]
    values = sort_of(parameter).values
    try:
        left = [each for each in values if board.possible(on, board.switch[_has(parameter, each)], *others)]
        if not 0 < len(left) <= _FEW:
            return None
        denied = [Not(_has(parameter, each)) for each in left]
        switch = board.outside(denied)
        if board.possible(on, *board.inside(denied), *others) or board.possible(off, switch, *others):
            return None
    except GaveUp:
        return None  # the comparison itself says the same
    return allowing(parameter, frozenset(left)), switch


def _compared(condition: Formula) -> tuple[Parameter, ...]:
    """The parameters with values of an enum in a comparison of two terms that are no values themselves."""
    if not isinstance(condition, Is) or isinstance(condition.right, Value | Absent):
        return ()
    return tuple(dict.fromkeys(_enums(parts_of(condition))))


def _enums(parts: Iterable[object]) -> Iterator[Parameter]:
    for each in parts:
        if isinstance(each, Parameter) and each.sort.is_enum:
            yield each


def _has(parameter: Parameter, value: str) -> Formula:
    return Is(parameter, Value(sort_of(parameter), value))

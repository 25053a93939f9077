"""What has been for so long, as it is said of a day: today is no earlier than so many days after the day from
which it has held.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from checker.model.clock import PRESENT_DAY
from checker.model.expressions import (
    DATE,
    Apply,
    Arithmetic,
    Before,
    Expression,
    Formula,
    History,
    Not,
    Ordered,
    Term,
)
from checker.model.rebuild import with_variables


class Lasting(NamedTuple):
    """`p for at least PERIOD`: the day from which it has held, and the period."""

    began: Apply
    history: History
    period: Term


class Promise(NamedTuple):
    """What must come after something, `within` a period."""

    condition: Formula
    goal: Formula
    period: Term
    began: Apply


def promised(expression: Expression) -> Promise | None:
    """The parts of a statement that says that what must come after something is not overdue; in terms of what
    is remembered. None of another.
    """
    late = expression.body if isinstance(expression, Not) else None
    if not isinstance(late, Ordered) or late.how != "more than":
        return None
    right = late.right
    earlier = right.parts[0] if isinstance(right, Arithmetic) else None
    if not isinstance(right, Arithmetic) or not isinstance(earlier, Before):
        return None
    began = earlier.body
    if not isinstance(began, Apply):
        return None
    found = lasting(Ordered(late.left, "at least", replace(right, parts=(began, *right.parts[1:]))))
    owed = found.history.parts[0] if found is not None else None
    if found is None or not isinstance(owed, Apply) or owed.history is None or owed.history.how != "since":
        return None
    unmet, condition = owed.history.parts
    given = {v.name: each for v, each in zip(owed.history.variables, owed.arguments, strict=True)}
    own = {v.name: each for v, each in zip(found.history.variables, found.began.arguments, strict=True)}
    if not isinstance(unmet, Not):
        return None
    goal, condition = (with_variables(with_variables(each, given), own) for each in (unmet.body, condition))
    return Promise(condition, goal, found.period, found.began)


def lasting(expression: Expression) -> Lasting | None:
    """The parts of a statement that says that something has held for so long; None of another."""
    if not isinstance(expression, Ordered) or expression.how != "at least" or expression.left != PRESENT_DAY:
        return None
    last = expression.right
    if not isinstance(last, Arithmetic) or last.operator != "plus":
        return None
    began, *periods = last.parts
    if len(periods) != 1 or not isinstance(began, Apply) or began.history is None or began.sort != DATE:
        return None
    return Lasting(began, began.history, periods[0])

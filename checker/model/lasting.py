"""What has been for so long, as it is said of a day: today is no earlier than so many days after the day from
which it has held.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from checker.model.clock import TODAY
from checker.model.expressions import DATE, Apply, Arithmetic, Expression, History, Ordered, Term

_TODAY: Final = Apply(TODAY, (), DATE)
_START_AND_PERIOD: Final = 2


class Lasting(NamedTuple):
    """`p for at least PERIOD`: the day from which it has held, and the period."""

    began: Apply
    history: History
    period: Term


def lasting(expression: Expression) -> Lasting | None:
    """The parts of a statement that says that something has held for so long; None of another."""
    if not isinstance(expression, Ordered) or expression.how != "at least" or expression.left != _TODAY:
        return None
    last = expression.right
    if not isinstance(last, Arithmetic) or last.operator != "plus" or len(last.parts) != _START_AND_PERIOD:
        return None
    began, period = last.parts
    if not isinstance(began, Apply) or began.history is None or began.sort != DATE:
        return None
    return Lasting(began, began.history, period)

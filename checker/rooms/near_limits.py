"""Where numbers stand to the limits that a condition sets: at them, next to them, and at nothing.

Rows of tables are told apart by it, so that one of each is decided again without SQL; tests show each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Final, Literal

from checker.model.environment import definition
from checker.model.expressions import (
    DAYS,
    Absent,
    Arithmetic,
    Before,
    Call,
    Counted,
    Expression,
    Formula,
    Is,
    Ordered,
    Outcome,
    Quantified,
    Sort,
    Term,
    Value,
)
from checker.model.made_of import within
from checker.model.model import Model, Premise
from checker.model.orders import order_of
from checker.model.quantities import measure, value_of
from checker.model.rebuild import with_variables

MOST: Final = 8  # comparisons of one question
_CLOSED: Final = (Quantified, Counted, Before, Outcome)  # what they speak of is not the row, or not as it is


def near_limits(model: Model, *expressions: Expression) -> tuple[Formula, ...]:
    """For each comparison of numbers, of the row or the request: that one is the other, is one unit above it
    or below it, and that it is 0. Those in quantifiers speak of other things, and are left out.
    """
    found: dict[Formula, None] = {}
    for each in list(dict.fromkeys(_comparisons(model, *expressions)))[:MOST]:
        found |= dict.fromkeys(_near(each))
    return tuple(found)


def _near(comparison: Ordered | Is) -> Iterator[Formula]:
    left, right = _rounded(comparison.left), _rounded(comparison.right)
    if isinstance(left, Value):
        left, right = right, left
    if isinstance(left, Absent) or isinstance(right, Absent):
        return
    unit = value_of(DAYS if right.sort.is_date else right.sort, 1)
    yield Is(left, right)
    yield Is(left, _moved(right, "plus", unit))
    if not _is_least(right):
        yield Is(left, _moved(right, "minus", unit))
    if not left.sort.is_date:
        yield Is(left, value_of(left.sort, 0))


def _moved(term: Term, operator: Literal["plus", "minus"], unit: Value) -> Term:
    if isinstance(term, Value):
        return value_of(term.sort, int(term.name) + (1 if operator == "plus" else -1))
    assert not isinstance(term, Absent)
    return Arithmetic(operator, (term, unit), term.sort)


def _is_least(term: Term) -> bool:
    """Whether the quantity has no number below it."""
    return isinstance(term, Value) and term.name == "0" and not measure(term.sort).signed


def _rounded(term: Term) -> Term:
    if isinstance(term, Arithmetic) and term.operator == "share":
        return replace(term, operator="share down")
    return term


def _comparisons(model: Model, *roots: Expression) -> Iterator[Ordered | Is]:
    """The comparisons of numbers in expressions and in the definitions that they use."""
    waiting: list[object] = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Ordered | Is) and compares_numbers(node):
            yield node
        if isinstance(node, _CLOSED):
            continue
        if isinstance(node, Call):
            waiting += [] if (body := _opened(model, node)) is None else [body]
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif is_dataclass(node) and not isinstance(node, type | Sort):
            waiting += [getattr(node, each.name) for each in reversed(fields(node))]


def compares_numbers(formula: Formula) -> bool:
    """Whether it says that a number is another, or before it."""
    if isinstance(formula, Ordered):
        return order_of(formula) is None
    if not isinstance(formula, Is):
        return False
    left, right = formula.left, formula.right
    return not isinstance(left, Absent) and not isinstance(right, Absent) and left.sort.is_quantity


def _opened(model: Model, call: Call) -> Expression | None:
    """What a definition says of the arguments; None where it would have to be rewritten with care."""
    named = definition(model, call.definition)
    body: Expression = named.formula.formula if isinstance(named, Premise) else named.body
    if call.request or any(isinstance(each, Quantified | Counted) for each in within(body)):
        return None
    names = (each.name for each in named.parameters)
    return with_variables(body, dict(zip(names, call.arguments, strict=True)))

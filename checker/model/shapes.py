"""What conditions say of the shape of a request."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.expressions import Expression, In, Is, Parameter, Value
from checker.model.model import SHAPES, Model, RequestParameter


def is_shape(term: Expression) -> bool:
    """Whether it is the shape of a request."""
    return isinstance(term, Parameter) and term.sort.name == SHAPES


def shape_of(model: Model, request: str) -> tuple[Parameter, ...]:
    """The term for the shape of the request of that name; none, where the law has no shapes."""
    return tuple(
        Parameter(request, each.name, each.sort) for each in model.request if each.sort.name == SHAPES
    )


def shapes_in(condition: Expression | None) -> frozenset[str] | None:
    """The shapes that a condition allows a request, if it says nothing else; None for any other condition."""
    match condition:
        case Is(left=Parameter(sort=sort), right=Value(name=name)) if sort.name == SHAPES:
            return frozenset({name})
        case In(term=Parameter(sort=sort), values=values) if sort.name == SHAPES:
            return frozenset(each.name for each in values if isinstance(each, Value))
        case _:
            return None


def is_carried(parameter: RequestParameter, conditions: Iterable[Expression]) -> bool:
    """Whether every request of which the conditions hold carries the parameter, because of its shape."""
    if parameter.optional:
        return False
    owners = shapes_in(parameter.when)
    if owners is None:
        return parameter.when is None
    return any(found is not None and found <= owners for found in map(shapes_in, conditions))

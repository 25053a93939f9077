"""The parts of typed expressions and rules, and whether two are equal. For what they depend on, see
`checker.model.reads`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Final

from checker.language.diagnostics import Span
from checker.language.quotes import Phrase
from checker.model.expressions import (
    Absent,
    Arithmetic,
    Cases,
    Constant,
    Expression,
    History,
    Parameter,
    Sort,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Model

_WHOLE: Final = frozenset({str, bool, int, NoneType, Span, Sort, Phrase, History})
_FIELDS: Final = "__dataclass_fields__"  # by name; `fields` would search them again for every node

ONLY_TERMS: Final = (Variable, Parameter, Value, Constant, Absent, Cases, VersionOf, Arithmetic)
"""What is never a formula."""


def within(*roots: object) -> Iterator[object]:
    """Yield all parts of the roots (expressions, or rules that contain them), including the roots. The body
    of a definition is not part of its calls, nor are the parts of a history.
    """
    stack = list(roots)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, tuple):
            stack.extend(node)
        elif type(node) not in _WHOLE:
            stack.extend([getattr(node, each) for each in getattr(node, _FIELDS, ())])


def within_law(model: Model, *also: object) -> Iterator[object]:
    """Yield all parts of everything that the law says in words, and of what else is given."""
    rules = (model.checks, model.effects, model.axioms, model.start, model.request, model.route)
    named = (model.events, model.definitions, model.premises)
    return within(*rules, *(tuple(each.values()) for each in named), *also)


def rules_with_places(model: Model) -> Iterator[tuple[Span, object]]:
    """Yield every rule and definition that says something of situations, with its place."""
    yield from ((each.span, each) for each in model.checks)
    yield from ((each.span, each) for each in model.effects)
    yield from ((each.span, each) for each in model.events.values())
    yield from ((each.span, each) for each in model.definitions.values())
    yield from ((each.span, each) for each in model.premises.values())
    yield from ((each.span, each) for each in model.axioms)
    yield from ((each.span, each) for each in model.start)


def parts(expression: Expression) -> Iterator[Expression]:
    """Yield the direct subexpressions, in reading order, including bound variables."""
    waiting: list[object] = [getattr(expression, each.name) for each in reversed(fields(expression))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(reversed(node))
        elif isinstance(node, Expression):
            yield node


def alike(one: object, other: object) -> bool:
    """Whether two rules or expressions say the same, wherever they are written."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Span) and isinstance(other, Span):
        return True
    if is_dataclass(one) and type(one) is type(other) and not isinstance(one, type):
        return all(alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return one == other

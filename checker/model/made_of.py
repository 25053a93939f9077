"""What typed expressions and rules are made of, and whether two are made alike. What they depend on besides:
`checker.model.reads`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Final

from checker.language.diagnostics import Span
from checker.language.quotes import Phrase
from checker.model.expressions import Expression, Sort

_WHOLE: Final = (str, bool, NoneType, Span, Sort, Phrase)
_FIELDS: Final = "__dataclass_fields__"  # by name; `fields` would look through them anew for every node


def within(*roots: object) -> Iterator[object]:
    """Yield all that the roots (expressions, or rules made of them) are made of, themselves included. What
    definitions say is not part of what calls them.
    """
    stack = list(roots)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, tuple):
            stack.extend(node)
        elif not isinstance(node, _WHOLE):
            stack.extend([getattr(node, each) for each in getattr(node, _FIELDS, ())])


def parts(expression: Expression) -> Iterator[Expression]:
    """Yield the expressions that one is directly made of, in reading order. Variables that it binds count."""
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

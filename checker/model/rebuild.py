"""Replaces parts of expressions."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from checker.language.diagnostics import Span
from checker.model.expressions import Call, Expression, History, Parameter, Sort, Term, Variable

E = TypeVar("E", bound=Expression)


def rebuilt(expression: E, change: Callable[[Expression], Expression | None]) -> E:
    """The expression, with every part replaced for which `change` returns something; replacements are not
    visited again.
    """
    return cast("E", _rebuilt(expression, change))


def _rebuilt(node: object, change: Callable[[Expression], Expression | None]) -> object:
    if isinstance(node, tuple):
        return tuple(_rebuilt(each, change) for each in node)
    if not is_dataclass(node) or isinstance(node, type | Span | Sort | History):
        return node
    found = change(cast("Expression", node))
    if found is not None:
        return found
    parts = {each.name: getattr(node, each.name) for each in fields(node)}
    new = {name: _rebuilt(part, change) for name, part in parts.items()}
    return node if new == parts else replace(node, **new)


def with_variables(expression: E, values: Mapping[str, Term]) -> E:
    """The expression with terms in place of free variables."""
    return rebuilt(expression, lambda part: values.get(part.name) if isinstance(part, Variable) else None)


def of_request(expression: E, request: str, reading: Container[str]) -> E:
    """The expression, about the named request instead of the request at hand. `reading`: the definitions that
    read the request.
    """

    def change(part: Expression) -> Expression | None:
        match part:
            case Parameter(request=""):
                return replace(part, request=request)
            case Call(definition=name, request="") if name in reading:
                arguments = tuple(of_request(each, request, reading) for each in part.arguments)
                return replace(part, request=request, arguments=arguments)
            case _:
                return None

    return rebuilt(expression, change)

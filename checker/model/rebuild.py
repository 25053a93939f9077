"""Replaces parts of expressions."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import count
from typing import TypeVar, assert_never, cast

from checker.language.diagnostics import Span
from checker.model.expressions import (
    Call,
    Counted,
    Expression,
    History,
    Parameter,
    Quantified,
    Sort,
    Term,
    Variable,
)
from checker.model.made_of import within

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
    """The expression with terms in place of free variables. A variable that it binds itself gets another name
    where these terms name one that is called the same.
    """

    def change(part: Expression) -> Expression | None:
        match part:
            case Variable(name=name):
                return values.get(name)
            case Quantified() | Counted():
                others = _other_names(part, values)
                return with_variables(with_variables(part, others), values) if others else None
            case _:
                return None

    return rebuilt(expression, change)


def _other_names(binder: Quantified | Counted, values: Mapping[str, Term]) -> Mapping[str, Variable]:
    """Names for the variables bound here that terms in place of free ones would be taken for."""
    bound: tuple[Variable, ...]
    match binder:
        case Quantified(variables=bound):
            pass
        case Counted(variable=one):
            bound = (one,)
        case _:
            assert_never(binder)
    own = {each.name for each in bound}
    named = {each.name for each in _variables(binder)}
    put = {each.name for name in named - own if name in values for each in _variables(values[name])}
    taken, found = named | put, dict[str, Variable]()
    for each in bound:
        if each.name in put:
            name = next(name for at in count(2) if (name := f"{each.name}{at}") not in taken)
            taken.add(name)
            found[each.name] = replace(each, name=name)
    return found


def _variables(expression: Expression) -> Iterator[Variable]:
    """Yield the variables that are named, bound ones too."""
    return (each for each in within(expression) if isinstance(each, Variable))


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

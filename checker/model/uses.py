"""What typed expressions speak of, directly or through definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from checker.language.diagnostics import Span
from checker.model.expressions import Apply, Call, Expression, Parameter, Sort


@dataclass(frozen=True, slots=True)
class Used:
    """Names of the definitions, the functions and the request's parameters that occur."""

    definitions: frozenset[str]
    functions: frozenset[str]
    parameters: frozenset[str]


def used_by(roots: Iterable[object], bodies: Mapping[str, Expression]) -> Used:
    """What `roots` (expressions, or rules made of them) speak of. `bodies`: the definitions in force."""
    definitions: set[str] = set()
    functions: set[str] = set()
    parameters: set[str] = set()
    waiting = list(roots)
    while waiting:
        for node in within(waiting.pop()):
            match node:
                case Call(definition=name) if name not in definitions:
                    definitions.add(name)
                    waiting += [bodies[name]] if name in bodies else []
                case Apply(function=name):
                    functions.add(name)
                case Parameter(name=name):
                    parameters.add(name)
    return Used(frozenset(definitions), frozenset(functions), frozenset(parameters))


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
        elif is_dataclass(node) and not isinstance(node, Span | Sort):
            stack.extend(getattr(node, each.name) for each in fields(node))


def alike(one: object, other: object) -> bool:
    """Whether two rules or expressions say the same, wherever they are written."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Span) and isinstance(other, Span):
        return True
    if is_dataclass(one) and type(one) is type(other) and not isinstance(one, type):
        return all(alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return one == other

"""Arbitrary values and predicates, which replace a rule's words to test whether a proof needs them."""

from __future__ import annotations

from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.symbolic_state import PRESENCE, Maybe
from checker.logic.terms import Terms
from checker.model.expressions import FACT
from checker.model.model import Function


def arbitrary(terms: Terms, function: Function, scope: Scope) -> Maybe:
    """A value that may depend on everything in scope: the situation, requests, and variables. A function that
    is not state has the same value everywhere.
    """
    if not function.state:
        return Maybe(terms.true, terms.apply(function.name, (), function.result))
    known: dict[Node, None] = {}
    for request in scope.requests.values():
        known |= dict.fromkeys(each.value for each in request.values.values() if each.value is not None)
    known |= dict.fromkeys(each.value for each in scope.variables.values() if each.value is not None)
    arguments = tuple(known)
    name = f"{function.name} in situation {terms.objects.number(scope.state)}"
    value = _value(terms, name, arguments, function)
    if not function.optional:
        return Maybe(terms.true, value)
    return Maybe(terms.apply(name + PRESENCE, arguments, FACT), value)


def _value(terms: Terms, name: str, arguments: tuple[Node, ...], function: Function) -> Node:
    """An arbitrary value. A thing is one that the scope names or one other, since a function from things to
    things would generate infinitely many ground terms.
    """
    if not function.result.has_things:
        return terms.apply(name, arguments, function.result)
    value = terms.symbol(name, function.result)
    for number, each in enumerate(arguments):
        if each.sort == function.result:
            value = terms.ite(terms.apply(f"{name} is {number}", arguments, FACT), each, value)
    return value

"""Quantifiers over terms: enum variables are written out, things stay bound."""

from __future__ import annotations

from typing import Protocol, assert_never

from checker.logic.binders import Bound
from checker.logic.counting import at_least
from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.symbolic_state import Maybe
from checker.logic.terms import Terms
from checker.model.expressions import Counted, Formula, Quantified


class Reading(Protocol):
    """What reads formulas as terms."""

    terms: Terms
    bound: Bound

    def formula(self, formula: Formula, scope: Scope) -> Node: ...


def quantified(reading: Reading, formula: Quantified, scope: Scope) -> Node:
    """The quantifier, read with symbols that do not occur in the values of variables in scope and are not
    bound further inside, because the same quantifier may be read inside itself.
    """
    level = 0
    while True:
        found = _at_level(reading, formula, scope, level)
        if found is not None:
            return found
        level += 1


def _at_level(reading: Reading, formula: Quantified, scope: Scope, level: int) -> Node | None:
    """The quantifier with the symbols of this level; None if they are taken."""
    terms, bound = reading.terms, reading.bound
    join = terms.and_ if formula.universal else terms.or_
    symbols: list[Node] = []
    scopes = [scope]
    for variable in formula.variables:
        if variable.sort.is_enum:
            choices = [terms.value(each, variable.sort) for each in variable.sort.values]
        else:
            choices = [bound.symbol(formula, variable.name, variable.sort, level)]
            symbols += choices
        scopes = [s.bind({variable.name: Maybe(terms.true, c)}) for s in scopes for c in choices]
    if symbols and _occur(bound, symbols, scope):
        return None
    body = join(*(_instance(reading, formula, each) for each in scopes))
    if not symbols:
        return body
    if bound.rebound(symbols, body):
        return None
    return (terms.forall if formula.universal else terms.exists)(tuple(symbols), body)


def counted(reading: Reading, formula: Counted, scope: Scope) -> Node:
    """The count, written as quantifiers over different things; of an enum, as a count of what it says of each
    value.
    """
    terms, sort = reading.terms, formula.variable.sort
    if not sort.is_enum:
        return reading.formula(reading.bound.unfolded(formula), scope)
    values = (Maybe(terms.true, terms.value(each, sort)) for each in sort.values)
    said = [reading.formula(formula.body, scope.bind({formula.variable.name: each})) for each in values]
    least = at_least(terms, said, formula.number + 1)
    enough, too_many = least[formula.number], least[formula.number + 1]
    match formula.how:
        case "at least":
            return enough
        case "at most":
            return terms.not_(too_many)
        case "exactly":
            return terms.and_(enough, terms.not_(too_many))
        case _:
            assert_never(formula.how)


def _occur(bound: Bound, symbols: list[Node], scope: Scope) -> bool:
    """Whether one of the symbols occurs in the value of a variable or parameter in scope."""
    given = [*scope.variables.values(), *(v for r in scope.requests.values() for v in r.values.values())]
    nodes = [node for each in given for node in each if node is not None]
    return bound.occur(symbols, nodes)


def _instance(reading: Reading, formula: Quantified, scope: Scope) -> Node:
    body = reading.formula(formula.body, scope)
    if formula.where is None:
        return body
    where = reading.formula(formula.where, scope)
    return reading.terms.implies(where, body) if formula.universal else reading.terms.and_(where, body)

"""Symbolic requests: what they carry under one law, or under any of several laws that declare requests
differently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from checker.logic.node import Node
from checker.logic.scope import RequestTerms, Scope
from checker.logic.symbolic_state import Maybe, State
from checker.logic.terms import Terms
from checker.model.expressions import Formula
from checker.model.model import Model, RequestParameter


class Reader(Protocol):
    """A law that reads formulas: an encoder."""

    terms: Terms
    model: Model

    def formula(self, formula: Formula, scope: Scope) -> Node: ...


def well_formed(law: Reader, request: RequestTerms, state: State) -> Node:
    """The request carries exactly what the law declares: always, optionally, or exactly under a condition."""
    scope = Scope(state, requests={"": request})
    declared = {each.name for each in law.model.request}
    others = (value.present for name, value in request.values.items() if name not in declared)
    parts = (_as_declared(law, each, scope) for each in law.model.request)
    bounds = within_bounds(law.terms, request.values)
    return law.terms.and_(*parts, *map(law.terms.not_, others), bounds)


def within_bounds(terms: Terms, values: Mapping[str, Maybe]) -> Node:
    """What is never negative is not so where it is carried."""
    found = []
    for each in values.values():
        known = None if each.value is None else each.value.sort.measure
        if each.value is not None and known is not None and not known.signed:
            at_least = terms.at_most(terms.number(0, each.value.sort), each.value)
            found.append(terms.implies(each.present, at_least))
    return terms.and_(*found)


def _as_declared(law: Reader, parameter: RequestParameter, scope: Scope) -> Node:
    terms = law.terms
    due = terms.true if parameter.when is None else law.formula(parameter.when, scope)
    carried = scope.requests[""].values.get(parameter.name, Maybe(terms.false, None)).present
    if not parameter.optional:
        return terms.iff(carried, due)
    if due is terms.true or _units(due) <= _units(carried):
        return terms.true
    return terms.implies(carried, due)


def _units(node: Node) -> set[Node]:
    return set(node.arguments) if node.operator == "and" else {node}


def drawn(law: Reader, prefix: str, fixed: Mapping[str, Node], state: State) -> RequestTerms:
    """A request that is well-formed under the law by construction, but for `within_bounds`. `fixed`: the
    values of some parameters.
    """
    terms = law.terms
    values: dict[str, Maybe] = {}
    for each in law.model.request:
        value = fixed.get(each.name, terms.symbol(f"{prefix}.{each.name}", each.sort))
        free = terms.carried(prefix, each.name) if each.optional else terms.true
        if each.when is not None:
            scope = Scope(state, requests={"": RequestTerms(dict(values))})
            free = terms.and_(free, law.formula(each.when, scope))
        values[each.name] = Maybe(free, value)
    return RequestTerms(values)


def drawn_by_any(laws: Sequence[tuple[Reader, State]], prefix: str) -> tuple[RequestTerms, Node]:
    """A request of any of the laws, each at its own state, and the condition that it is well-formed under one
    of them.
    """
    terms = laws[0][0].terms
    made = [drawn(law, prefix, {}, state) for law, state in laws]
    if all(each.key == made[0].key for each in made):
        return made[0], within_bounds(terms, made[0].values)
    known = {name: each for request in made for name, each in request.values.items()}
    values = {name: Maybe(terms.carried(prefix, name), each.value) for name, each in known.items()}
    request = RequestTerms(values)
    return request, terms.or_(*(well_formed(law, request, state) for law, state in laws))

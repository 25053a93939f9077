"""From quantified to ground formulas: existentials become fresh things, universals their instances.

Over a stratified sort graph the ground terms of a problem are finite and suffice (Herbrand), so nothing
is lost; and whatever is dropped when the rounds run out only weakens the problem, so `unsat` stays sound.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from checker.logic.terms import QUANTIFIERS, Node, Terms, subterms

ROUNDS = 4  # of collecting ground terms; stratified problems settle in two


class Grounder:
    """Grounds the conjuncts of one problem."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._witnesses: dict[tuple[Node, bool], dict[Node, Node]] = {}
        self._names: dict[Node, Node] = {}
        self._definitions: list[Node] = []

    def ground(self, formulas: Iterable[Node]) -> tuple[Node, ...]:
        """Quantifier-free formulas, satisfiable if the given ones are."""
        given = tuple(self._name_inner(each) for each in formulas)
        given = (*given, *self._definitions)
        if not any(each.quantified for each in given):
            return given
        universe: dict[str, tuple[Node, ...]] = {}
        result = given
        for _ in range(ROUNDS):
            result = tuple(self._expand(each, universe, positive=True) for each in given)
            found = self._collect((*given, *result))
            if found == universe:
                break
            universe = found
        return tuple(self._expand(each, universe, positive=True) for each in given)

    def _collect(self, formulas: tuple[Node, ...]) -> dict[str, tuple[Node, ...]]:
        """Ground terms by sort, over uninterpreted sorts; at least one for each sort that is quantified."""
        bound = {s for n in subterms(formulas) if n.operator in QUANTIFIERS for s in n.bound}
        open_nodes: set[Node] = set(bound)
        universe: dict[str, dict[Node, None]] = {s.sort.name: {} for s in bound}
        for node in subterms(formulas):
            if any(each in open_nodes for each in node.arguments):
                open_nodes.add(node)
            if node in open_nodes or node.sort.is_enum or node.operator == "ite":
                continue
            if node.sort.name in universe:
                universe[node.sort.name][node] = None
        for symbol in bound:
            if not universe[symbol.sort.name]:
                some = self.terms.symbol(f"some-{symbol.sort.name}", symbol.sort)
                universe[symbol.sort.name][some] = None
        return {sort: tuple(nodes) for sort, nodes in universe.items()}

    def _expand(self, node: Node, universe: dict[str, tuple[Node, ...]], *, positive: bool) -> Node:
        if not node.quantified:
            return node
        terms = self.terms
        match node.operator:
            case "not":
                return terms.not_(self._expand(node.arguments[0], universe, positive=not positive))
            case "and" | "or":
                parts = (self._expand(each, universe, positive=positive) for each in node.arguments)
                return terms.and_(*parts) if node.operator == "and" else terms.or_(*parts)
            case "forall" | "exists":
                if (node.operator == "forall") is positive:
                    return self._instances(node, universe, positive=positive)
                body = terms.substitute(node.arguments[0], self._witness(node, positive=positive))
                return self._expand(body, universe, positive=positive)
            case _:
                return node

    def _instances(self, node: Node, universe: dict[str, tuple[Node, ...]], *, positive: bool) -> Node:
        choices = [universe.get(symbol.sort.name, ()) for symbol in node.bound]
        parts = [
            self._expand(
                self.terms.substitute(node.arguments[0], dict(zip(node.bound, chosen, strict=True))),
                universe,
                positive=positive,
            )
            for chosen in itertools.product(*choices)
        ]
        return self.terms.and_(*parts) if node.operator == "forall" else self.terms.or_(*parts)

    def _witness(self, node: Node, *, positive: bool) -> dict[Node, Node]:
        """One fresh thing per bound symbol; instances of one quantifier under others get their own."""
        key = (node, positive)
        if key not in self._witnesses:
            self._witnesses[key] = {s: self.terms.fresh(s.name.split("!")[0], s.sort) for s in node.bound}
        return self._witnesses[key]

    def _name_inner(self, node: Node) -> Node:
        """A quantified condition inside a term is given a name, defined both ways."""
        if not node.quantified:
            return node
        if node.operator in ("not", "and", "or"):
            return self.terms.rebuild(node, tuple(self._name_inner(each) for each in node.arguments))
        if node.operator in QUANTIFIERS:
            return node
        return self.terms.substitute(
            node, {q: self._name(q) for q in subterms((node,)) if q.operator in QUANTIFIERS}
        )

    def _name(self, quantified: Node) -> Node:
        if quantified not in self._names:
            name = self.terms.fresh("condition", quantified.sort)
            self._names[quantified] = name
            self._definitions.append(self.terms.implies(name, quantified))
            self._definitions.append(self.terms.implies(quantified, name))
        return self._names[quantified]

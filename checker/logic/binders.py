"""Symbols for the binders of the rules: no quantifier is nested in one that binds the same symbol."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from checker.logic.node import Node, subterms
from checker.logic.terms import Terms
from checker.model.counted import as_quantifiers
from checker.model.expressions import Counted, Formula, Quantified, Sort
from checker.model.unparse import unparse

_DIGEST = 4  # bytes of the hash that distinguishes binders


class Bound:
    """Makes the symbols that quantifiers bind: a binder has the same ones wherever it is read.

    A binder may be read inside itself, if a definition is applied to itself or an update's condition reads
    what the update has written. Levels distinguish these readings.
    """

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._said: dict[int, str] = {}
        self._unfolded: dict[int, Formula] = {}
        self._all: set[Node] = set()
        self._speaking: dict[Node, frozenset[Node]] = {}

    def symbol(self, binder: Quantified, name: str, sort: Sort, level: int) -> Node:
        """The symbol that a binder binds. Its name depends only on the binder's text, not on what was read
        before.
        """
        found = self.terms.binder(f"{name}!{self._named(binder)}{f'.{level}' if level else ''}", sort)
        self._all.add(found)
        return found

    def _named(self, binder: Quantified) -> str:
        """A hash of the binder's text. Binders with the same text share it; levels distinguish them if
        nested.
        """
        key = self.terms.objects.number(binder)
        if key not in self._said:
            self._said[key] = blake2b(unparse(binder).encode(), digest_size=_DIGEST).hexdigest()
        return self._said[key]

    def unfolded(self, formula: Counted) -> Formula:
        """The formula as quantifiers: the same objects wherever it is read."""
        key = self.terms.objects.number(formula)
        if key not in self._unfolded:
            self._unfolded[key] = as_quantifiers(formula)
        return self._unfolded[key]

    def rebound(self, symbols: Iterable[Node], body: Node) -> bool:
        """Whether a quantifier inside the body binds one of the symbols."""
        return not self.terms.binds(body).isdisjoint(symbols)

    def occur(self, symbols: Iterable[Node], roots: Iterable[Node]) -> bool:
        """Whether one of the symbols occurs in the nodes, bound there or not."""
        return any(not self._spoken_of(root).isdisjoint(symbols) for root in roots)

    def _spoken_of(self, root: Node) -> frozenset[Node]:
        if root not in self._speaking:
            for node in subterms((root,), self._speaking):
                found = frozenset[Node]().union(*(self._speaking[each] for each in node.arguments))
                self._speaking[node] = found | {node} if node in self._all else found
        return self._speaking[root]

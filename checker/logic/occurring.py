"""What occurs in a term or formula: symbols, things, functions, and what quantifiers bind."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from checker.logic.node import ORDER, Node, is_thing, of_arguments, subterms

T = TypeVar("T")


class Occurring:
    """Knows what occurs in each node that it was asked about, and in all below it."""

    def __init__(self) -> None:
        self._symbols: dict[Node, frozenset[Node]] = {}
        self._binds: dict[Node, frozenset[Node]] = {}
        self._functions: dict[Node, frozenset[str]] = {}
        self._inside: dict[Node, frozenset[Node]] = {}
        self._things: dict[Node, tuple[Node, ...]] = {}
        self._bound: set[Node] = set()  # symbols that some quantifier binds, or will

    def symbols(self, root: Node) -> frozenset[Node]:
        """The symbols that occur in the node."""
        return _gathered(self._symbols, root, lambda node: (node,) if node.operator == "symbol" else ())

    def functions(self, root: Node) -> frozenset[str]:
        """The functions that the node applies."""
        return _gathered(self._functions, root, lambda node: (node.name,) if node.operator == "apply" else ())

    def binds(self, root: Node) -> frozenset[Node]:
        """The symbols that quantifiers in the node bind."""
        if not root.quantified:
            return frozenset()
        return _gathered(self._binds, root, lambda node: node.bound if node.operator == "exists" else ())

    def things(self, root: Node) -> tuple[Node, ...]:
        """The ground terms of uninterpreted sorts in the node, without bound symbols."""
        found = self._things.get(root)
        if found is None:
            inside = _gathered(self._inside, root, lambda node: (node,) if is_thing(node) else ())
            free = (each for each in inside if self.symbols(each).isdisjoint(self._bound))
            found = self._things[root] = tuple(sorted(free, key=ORDER))
        return found


def _gathered(
    known: dict[Node, frozenset[T]], root: Node, own: Callable[[Node], Collection[T]]
) -> frozenset[T]:
    """What each node below the root has of its `own`, and the root: of all nodes that are not `known` yet."""
    if root not in known:
        for node in subterms((root,), known):
            below, here = of_arguments(known, node), own(node)
            known[node] = below.union(here) if here else below
    return known[root]

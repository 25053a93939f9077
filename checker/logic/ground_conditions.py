"""The conjuncts of ground conditions, and the values that conditions distinguish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.logic.node import Node
from checker.logic.terms import Terms


def conjuncts(terms: Terms, node: Node) -> tuple[Node, ...]:
    """Return the conjuncts of a condition; a negated disjunction counts as a conjunction."""
    if node.operator == "and":
        parts = node.arguments
    elif node.operator == "not" and node.arguments[0].operator == "or":
        parts = tuple(terms.not_(each) for each in node.arguments[0].arguments)
    else:
        return () if node is terms.true else (node,)
    return tuple(each for part in parts for each in conjuncts(terms, part))


def told_apart(values: Sequence[str], tests: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """Return the first value of each group that no test (a set of values) distinguishes."""
    tests = tuple(tests)
    groups: dict[tuple[bool, ...], str] = {}
    for value in values:
        groups.setdefault(tuple(value in each for each in tests), value)
    return tuple(groups.values())

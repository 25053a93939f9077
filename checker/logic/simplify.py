"""Uses conjuncts that fix a term's value to simplify the others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from checker.logic.node import Node
from checker.logic.terms import Terms

ROUNDS = 4  # of substituting what unit conjuncts fix


def propagate(terms: Terms, parts: Iterable[Node]) -> tuple[Node, ...]:
    """An equivalent list of conjuncts, in which unit conjuncts have simplified the others.

    A conjunct `p`, `not p`, `x in {v}`, `a = b` or `a <= 5` simplifies the other conjuncts; it is kept.
    """
    units: dict[Node, None] = {}
    rest = terms.and_(*parts)
    for _ in range(ROUNDS):
        conjuncts = rest.arguments if rest.operator == "and" else (rest,)
        new = [each for each in conjuncts if each not in units and is_unit(each)]
        if not new:
            break
        known: dict[Node, Node] = {}
        for unit in new:
            units[unit] = None
            for old, replacement in consequence(terms, unit).items():
                known.setdefault(old, replacement)
        fixed = {each.arguments[0]: each.values for each in new if each.operator == "member"}
        others = (each for each in conjuncts if each not in units and not _shown(each, fixed))
        rest = terms.substitute(terms.and_(*others), known)
    remaining = rest.arguments if rest.operator == "and" else (rest,)
    return tuple(dict.fromkeys((*units, *(each for each in remaining if each is not terms.true))))


def _shown(conjunct: Node, fixed: Mapping[Node, frozenset[str]]) -> bool:
    """Whether the values of terms show the conjunct at first sight: what most checks of a large law say of a
    request of one kind is that they do not apply to it.
    """
    if conjunct.operator == "or":
        tests, shows = conjunct.arguments, True
    elif conjunct.operator == "not" and conjunct.arguments[0].operator == "and":
        tests, shows = conjunct.arguments[0].arguments, False
    else:
        return False
    for each in tests:
        values = fixed.get(each.arguments[0]) if each.operator == "member" else None
        if values is not None and (values <= each.values) is shows:
            return True
    return False


def is_unit(node: Node) -> bool:
    """Whether the formula, as a conjunct, fixes the value of a term."""
    if node.operator == "member":
        return len(node.values) == 1
    if node.operator == "not":
        return node.arguments[0].operator in ("symbol", "apply", "equal", "at_most")
    return node.operator in ("symbol", "apply", "equal", "at_most")


def consequence(terms: Terms, unit: Node) -> Mapping[Node, Node]:
    """The substitutions that are allowed where the unit holds."""
    if unit.operator == "member":
        term = unit.arguments[0]
        return {term: terms.value(next(iter(unit.values)), term.sort)}
    if unit.operator == "not":
        return {unit.arguments[0]: terms.false}
    if unit.operator == "equal":
        # A symbol is replaced by the other side (the later one, if both are symbols), never by a term that
        # contains it.
        for drop, keep in sorted(itertools.permutations(unit.arguments), key=lambda pair: -pair[0].order):
            if drop.operator == "symbol" and drop not in terms.symbols(keep):
                return {drop: keep, unit: terms.true}
    return {unit: terms.true}

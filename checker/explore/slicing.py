"""Selects the conditions on situations that matter for some digits of an instance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.explore.finite_instance import Instance, is_presence
from checker.explore.state_graph import Digit
from checker.logic.node import Node, subterms


def needed(instance: Instance, given: Iterable[Node], tracked: Iterable[Node]) -> tuple[Node, list[Node]]:
    """The conditions that restrict the tracked digits, and those about other digits that do not hold
    automatically.

    A condition that holds as soon as all untracked digits are absent restricts nothing, unless another
    condition mentions one of the digits that are absent then.
    """
    terms, known = instance.terms, set(tracked)
    kept, apart, met = [], [], []
    for each in dict.fromkeys(given):
        touches = not known.isdisjoint(instance.digits((each,)))
        if _without(instance, each, known) is terms.true:
            met.append((each, touches))
        elif touches:
            kept.append(each)
        else:
            apart.append(each)
    while True:
        spoken = {digit for digit in instance.digits((*kept, *apart)) if digit not in known}
        hit = [pair for pair in met if not spoken.isdisjoint(instance.digits((pair[0],)))]
        if not hit:
            return terms.and_(*kept), apart
        met = [pair for pair in met if pair not in hit]
        kept += [each for each, touches in hit if touches]
        apart += [each for each, touches in hit if not touches]


def unmet(instance: Instance, given: Iterable[Node], tracked: Iterable[Node]) -> list[Node]:
    """The conditions that do not hold automatically when all optional untracked digits are absent."""
    known = set(tracked)
    return [
        each for each in dict.fromkeys(given) if _without(instance, each, known) is not instance.terms.true
    ]


def possible(instance: Instance, apart: Iterable[Node]) -> Mapping[Node, Digit] | None:
    """Values that satisfy the conditions, which are independent of the tracked digits; None if there are
    none. Raises TooLarge.
    """
    groups: list[tuple[set[Node], list[Node]]] = []
    for each in apart:
        digits, nodes = set(instance.digits((each,))), [each]
        linked = [group for group in groups if not group[0].isdisjoint(digits)]
        for more, others in linked:
            digits, nodes = digits | more, [*others, *nodes]
        groups = [*(group for group in groups if group not in linked), (digits, nodes)]
    found: dict[Node, Digit] = {}
    for _, nodes in groups:
        values = _satisfying(instance, nodes)
        if values is None:
            return None
        found |= values
    return found


def _without(instance: Instance, node: Node, tracked: set[Node]) -> Node:
    """The condition, with every optional digit that is not tracked absent."""
    absent = {
        each: instance.terms.false
        for each in subterms((node,))
        if is_presence(each) and instance.value_of(each) not in tracked
    }
    return instance.terms.substitute(node, absent)


def _satisfying(instance: Instance, nodes: list[Node]) -> Mapping[Node, Digit] | None:
    both = instance.terms.and_(*nodes)
    if both is instance.terms.false:
        return None
    space = instance.space_of(instance.digits((both,)), (both,))
    where = instance.set_of(both, space, {})
    return dict(space.at((where & -where).bit_length() - 1)) if where else None

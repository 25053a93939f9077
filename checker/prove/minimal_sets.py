"""Minimal sets that suffice and maximal sets that do not, found from each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Border(Generic[T]):
    """`least`: minimal sets that suffice; `most`: maximal sets that do not."""

    least: tuple[frozenset[T], ...]
    most: tuple[frozenset[T], ...]


def hitting_sets(members: Iterable[T], sets: Iterable[frozenset[T]]) -> tuple[frozenset[T], ...]:
    """Every minimal set of members that has a member in common with each of the sets, in the order of the
    members: only the empty set if there are no sets, and no set if one of them is empty.
    """
    order = tuple(members)
    found: list[frozenset[T]] = [frozenset()]
    for each in sets:
        hit = [one for one in found if one & each]
        longer = (one | {member} for one in found if not one & each for member in order if member in each)
        found = hit + [one for one in dict.fromkeys(longer) if not any(old <= one for old in hit)]
        found = [one for one in found if not any(other < one for other in found)]
    return tuple(found)


def border(members: Iterable[T], suffices: Callable[[frozenset[T]], bool]) -> Border[T]:
    """All minimal sets of the members that suffice, provided that every superset of a sufficient set
    suffices. Remove a minimal hitting set of all minimal sets known so far from the members: what is left is
    either a maximal set that does not suffice, or contains a new minimal set.
    """
    order = tuple(members)
    least: list[frozenset[T]] = []
    most: dict[frozenset[T], None] = {}
    while True:
        for hit in hitting_sets(order, least):
            left = frozenset(order) - hit
            if left in most:
                continue
            if suffices(left):
                least.append(_shrunk(left, order, suffices))
                break
            most[left] = None
        else:
            return Border(tuple(least), tuple(most))


def _shrunk(
    large: frozenset[T], order: tuple[T, ...], suffices: Callable[[frozenset[T]], bool]
) -> frozenset[T]:
    """A minimal sufficient set within a sufficient one."""
    for member in order:
        if member in large and suffices(large - {member}):
            large -= {member}
    return large

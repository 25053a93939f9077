"""Smallest sets that suffice, and largest that do not, each found from the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Border(Generic[T]):
    """`least`: sets that suffice while none with fewer members does; `most`: sets that do not, while any
    with one member more does.
    """

    least: tuple[frozenset[T], ...]
    most: tuple[frozenset[T], ...]


def hitting_sets(members: Iterable[T], sets: Iterable[frozenset[T]]) -> tuple[frozenset[T], ...]:
    """Every smallest set of members that has one of each of the sets, in the order of the members; the empty
    one if there are no sets. None if one of the sets is empty.
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
    """All smallest sets of the members that suffice, where more members never do worse than fewer.

    A set that hits all smallest sets known so far, taken away from the members, leaves either a set that
    does not suffice, and is as large as such a set can be, or one in which there is a new smallest set.
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
    """A smallest set within one that suffices."""
    for member in order:
        if member in large and suffices(large - {member}):
            large -= {member}
    return large

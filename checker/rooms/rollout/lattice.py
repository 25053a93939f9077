"""The mixtures of two versions as a lattice, and the orders of switching as the ways through it.

A mixture is a number whose bit `i` says that switch `i` is on. One order switches them on one by one, from
none to all; it is safe if every mixture on its way is harmless.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import factorial
from typing import TypeAlias

Mixture: TypeAlias = int
Pair: TypeAlias = tuple[int, int]


def on(mixture: Mixture) -> tuple[int, ...]:
    """The switches that are on."""
    return tuple(each for each in range(mixture.bit_length()) if mixture >> each & 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """Turning `switch` in a mixture, with which the first harm of `orders` orders begins."""

    before: Mixture
    switch: int
    orders: int

    @property
    def entered(self) -> Mixture:
        return self.before ^ 1 << self.switch


class Lattice:
    """The mixtures of so many switches. `harmless`, `harmful`: the mixtures known to be so; any other is
    open. Switching goes from none to all.
    """

    def __init__(self, size: int, harmless: frozenset[Mixture], harmful: frozenset[Mixture]) -> None:
        self.size, self.harmless, self.harmful = size, harmless, harmful
        self._ways: dict[tuple[Mixture, bool], int] = {}

    @property
    def all_on(self) -> Mixture:
        return (1 << self.size) - 1

    @property
    def mixtures(self) -> range:
        return range(1 << self.size)

    @cached_property
    def backwards(self) -> Lattice:
        """The same, rolled back: a switch is on that is off here."""
        turned = ([self.all_on ^ each for each in kind] for kind in (self.harmless, self.harmful))
        return Lattice(self.size, *map(frozenset, turned))

    def off(self, mixture: Mixture) -> tuple[int, ...]:
        """The switches that are off."""
        return on(self.all_on ^ mixture)

    def level(self, count: int) -> tuple[Mixture, ...]:
        """The mixtures with so many switches on, the first switches first."""
        return tuple(
            sum(1 << each for each in chosen) for chosen in itertools.combinations(range(self.size), count)
        )

    # ------------------------------------------------------------- counting

    def ways_on(self, mixture: Mixture, *, open_ones: bool = False) -> int:
        """How many orders lead from the mixture to the full one through harmless mixtures, itself included;
        with `open_ones`, also through open mixtures.
        """
        key = (mixture, open_ones)
        if key not in self._ways:
            self._ways[key] = self._counted(mixture, open_ones=open_ones)
        return self._ways[key]

    def _counted(self, mixture: Mixture, *, open_ones: bool) -> int:
        if mixture in self.harmful or not (open_ones or mixture in self.harmless):
            return 0
        if mixture == self.all_on:
            return 1
        return sum(self.ways_on(mixture | 1 << each, open_ones=open_ones) for each in self.off(mixture))

    def ways_back(self, mixture: Mixture) -> int:
        """How many orders lead from the mixture back to none through harmless ones, itself included."""
        return self.backwards.ways_on(self.all_on ^ mixture)

    @property
    def orders(self) -> int:
        return factorial(self.size)

    @property
    def safe(self) -> int:
        """How many orders are known to be safe."""
        return self.ways_on(0)

    @property
    def unsafe(self) -> int:
        """How many orders are known to come to a harmful mixture."""
        return self.orders - self.ways_on(0, open_ones=True)

    def safe_orders(self) -> Iterator[tuple[int, ...]]:
        """Yield every safe order, the first switches first."""
        yield from self._orders(0, ())

    def _orders(self, mixture: Mixture, taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if mixture == self.all_on and self.ways_on(mixture):
            yield taken
        for each in self.off(mixture):
            if self.ways_on(mixture | 1 << each) and mixture in self.harmless:
                yield from self._orders(mixture | 1 << each, (*taken, each))

    # ----------------------------------------------------------- constraints

    @cached_property
    def passed(self) -> frozenset[Mixture]:
        """The mixtures on safe orders."""
        return frozenset(each for each in self.mixtures if self.ways_on(each) and self.ways_back(each))

    @cached_property
    def constraints(self) -> frozenset[Pair]:
        """The pairs of switches in which the first precedes the second in every safe order."""
        return frozenset(
            (first, second)
            for first, second in itertools.permutations(range(self.size), 2)
            if not any(each >> second & 1 and not each >> first & 1 for each in self.passed)
        )

    @cached_property
    def exact(self) -> bool:
        """Whether an order that keeps the constraints is a safe one."""
        if not self.safe:
            return False
        allowed = frozenset(each for each in self.mixtures if self._keeps(each))
        return Lattice(self.size, allowed, frozenset()).safe == self.safe

    def _keeps(self, mixture: Mixture) -> bool:
        return all(mixture >> first & 1 for first, second in self.constraints if mixture >> second & 1)

    @cached_property
    def layers(self) -> tuple[tuple[int, ...], ...]:
        """The switches in groups: each group in any order, after the group before it. Empty if the safe
        orders cannot be described in this way.
        """
        if not self.exact:
            return ()
        before = {each: frozenset(a for a, b in self.constraints if b == each) for each in range(self.size)}
        found: list[tuple[int, ...]] = []
        for first in sorted(set(before.values()), key=len):
            if first != frozenset(itertools.chain.from_iterable(found)):
                return ()
            found.append(tuple(each for each, own in before.items() if own == first))
        return tuple(found)

    @cached_property
    def direct(self) -> tuple[Pair, ...]:
        """The constraints that do not follow from others."""
        pairs = self.constraints
        return tuple(
            (first, second)
            for first, second in sorted(pairs)
            if not any((first, each) in pairs and (each, second) in pairs for each in range(self.size))
        )

    # ----------------------------------------------------------------- harm

    def entries(self) -> Iterator[Entry]:
        """Yield every step with which the first harm of an order begins."""
        for mixture in sorted(self.mixtures, key=lambda each: (each.bit_count(), on(each))):
            ways = self.backwards.ways_on(self.all_on ^ mixture, open_ones=True)
            for switch in self.off(mixture) if ways else ():
                if mixture | 1 << switch in self.harmful:
                    left = factorial(self.size - mixture.bit_count() - 1)
                    yield Entry(mixture, switch, ways * left)

    def escapes(self, mixture: Mixture) -> tuple[tuple[int, ...], ...]:
        """The minimal sets of switches to turn, on or off, to come from the mixture to a harmless one."""
        for count in range(self.size + 1):
            found = tuple(on(each) for each in self.level(count) if mixture ^ each in self.harmless)
            if found:
                return found
        return ()

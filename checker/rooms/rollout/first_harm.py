"""The switches at which unsafe orders become harmful, in as few classes as possible."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from checker.rooms.rollout.lattice import Entry, Lattice, Mixture, on

When: TypeAlias = Literal["always", "off", "on", "listed"]
"""When a step begins a harm: always; while one of some switches is off, or on; or in listed mixtures."""


@dataclass(frozen=True, slots=True)
class FirstHarm:
    """Steps that begin harm of one kind. `switches`: those turned; `which`: those that must be off, or on."""

    switches: tuple[int, ...]
    when: When
    which: frozenset[int]
    entries: tuple[Entry, ...]

    @property
    def orders(self) -> int:
        """How many orders begin to do harm here."""
        return sum(each.orders for each in self.entries)


def first_harms(lattice: Lattice, kind: Callable[[Mixture], Hashable]) -> tuple[FirstHarm, ...]:
    """The first harmful steps of the unsafe orders, those together that harm in the same way (`kind`, of the
    mixture entered) under the same condition; the earliest first.
    """
    groups: dict[tuple[int, Hashable], list[Entry]] = {}
    for each in lattice.entries():
        groups.setdefault((each.switch, kind(each.entered)), []).append(each)
    merged: dict[tuple[Hashable, When, frozenset[int]], list[FirstHarm]] = {}
    for (switch, how), entries in groups.items():
        before = [each.before for each in entries]
        others = [each for each in _reached(lattice, switch) if each not in before]
        when, which = _when(before, others, lattice.size)
        alone = (switch,) if when == "listed" else ()
        key = ((how, alone), when, which)
        merged.setdefault(key, []).append(FirstHarm((switch,), when, which, tuple(entries)))
    return tuple(map(_together, merged.values()))


def _together(parts: list[FirstHarm]) -> FirstHarm:
    entries = tuple(itertools.chain.from_iterable(each.entries for each in parts))
    switches = tuple(switch for each in parts for switch in each.switches)
    return FirstHarm(switches, parts[0].when, parts[0].which, entries)


def _reached(lattice: Lattice, switch: int) -> Iterator[Mixture]:
    """Yield the mixtures without the switch that an order can come to without harm."""
    for mixture in lattice.mixtures:
        off = lattice.all_on ^ mixture
        if not mixture >> switch & 1 and lattice.backwards.ways_on(off, open_ones=True):
            yield mixture


def _when(harmed: Iterable[Mixture], spared: Iterable[Mixture], size: int) -> tuple[When, frozenset[int]]:
    """What tells the mixtures in which a step begins a harm from those in which it does not."""
    here, kept = [frozenset(on(each)) for each in harmed], [frozenset(on(each)) for each in spared]
    everything = frozenset(range(size))
    if not kept:
        return "always", frozenset()
    needed = everything.intersection(*kept)
    if needed and not any(needed <= each for each in here):
        return "off", needed
    shunned = everything.difference(*kept)
    if shunned and all(shunned & each for each in here):
        return "on", shunned
    return "listed", frozenset()

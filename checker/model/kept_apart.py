"""Finds pairs of things that their pins do not keep apart: a thing pins some keys to one value each, and two
things that pin a key to different values are apart. In a law of a thousand effects, few pairs are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge

_FEW = 8  # groups of this size are not divided further


class Kept:
    """Finds, for the number of a thing, the things that pins do not keep apart from it."""

    def __init__(self, pins: Sequence[Mapping[Hashable, str]]) -> None:
        self._pins = pins
        self._all: _Part = _parted(pins, list(range(len(pins))))

    def not_apart(self, number: int) -> Iterator[int]:
        """Yield the numbers of the things that are not kept apart from this one, in ascending order. They may
        include things that are apart only by a key that few things pin.
        """
        return _found(self._all, self._pins[number])


@dataclass(frozen=True, slots=True)
class _Part:
    """A group of things, perhaps divided by the values to which they pin a key."""

    numbers: Sequence[int]
    key: Hashable | None = None
    pinned: Mapping[str, _Part] = field(default_factory=dict)
    loose: _Part | None = None


def _parted(pins: Sequence[Mapping[Hashable, str]], numbers: Sequence[int]) -> _Part:
    if len(numbers) <= _FEW:
        return _Part(numbers)
    often = Counter(key for each in numbers for key in pins[each])
    for key, _ in often.most_common():
        groups: dict[str, list[int]] = {}
        loose: list[int] = []
        for each in numbers:
            groups.setdefault(pins[each][key], []).append(each) if key in pins[each] else loose.append(each)
        if max(len(loose), *map(len, groups.values())) < len(numbers):
            parts = {value: _parted(pins, group) for value, group in groups.items()}
            return _Part(numbers, key, parts, _parted(pins, loose))
    return _Part(numbers)


def _found(part: _Part | None, pins: Mapping[Hashable, str]) -> Iterator[int]:
    if part is None:
        return iter(())
    if part.key is None:
        return iter(part.numbers)
    if part.key in pins:
        return merge(_found(part.pinned.get(pins[part.key]), pins), _found(part.loose, pins))
    return iter(part.numbers)

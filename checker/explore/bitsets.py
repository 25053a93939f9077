"""Sets of the situations of a finite instance, as integers with one bit for each situation.

A situation is a mixed-radix number, one digit for each ground term that matters; so a formula becomes a set
by a few operations on long integers, and a step maps a set by shifting it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.logic.node import Node


@dataclass(frozen=True, slots=True)
class Digit:
    """A ground term that may take `values` (None: absent), at its place in the number."""

    term: Node
    values: tuple[str | bool | None, ...]
    stride: int


class Space:
    """All combinations of the digits' values. Sets are integers; `everything` has every bit."""

    def __init__(self, domains: Mapping[Node, tuple[str | bool | None, ...]]) -> None:
        self.digits: dict[Node, Digit] = {}
        stride = 1
        for term, values in domains.items():
            self.digits[term] = Digit(term, values, stride)
            stride *= len(values)
        self.size = stride
        self.everything = (1 << stride) - 1
        self._masks: dict[tuple[Node, str | bool | None], int] = {}

    def where(self, term: Node, value: str | bool | None) -> int:
        """The situations in which the digit has the value."""
        key = (term, value)
        found = self._masks.get(key)
        if found is None:
            digit = self.digits[term]
            found = 0
            if value in digit.values:
                block = ((1 << digit.stride) - 1) << (digit.values.index(value) * digit.stride)
                found = self._repeat(block, digit.stride * len(digit.values))
            self._masks[key] = found
        return found

    def _repeat(self, block: int, period: int) -> int:
        """The block at every multiple of the period, by doubling."""
        width = period
        while width < self.size:
            block |= block << width
            width *= 2
        return block & self.everything

    def at(self, number: int) -> Iterator[tuple[Node, str | bool | None]]:
        """The values of the digits in the situation of that number."""
        for term, digit in self.digits.items():
            yield term, digit.values[number // digit.stride % len(digit.values)]

    def put(self, number: int, term: Node, value: str | bool | None) -> int:
        """The number of the situation when the digit is set to the value."""
        digit = self.digits[term]
        old = number // digit.stride % len(digit.values)
        return number + (digit.values.index(value) - old) * digit.stride

    def with_digit(self, situations: int, term: Node, value: str | bool | None) -> int:
        """The situations after the digit has been set to the value."""
        digit = self.digits[term]
        target = digit.values.index(value)
        moved = 0
        for place, old in enumerate(digit.values):
            part = situations & self.where(term, old)
            if part:
                moved |= _shift(part, (target - place) * digit.stride)
        return moved

    def before_digit(self, situations: int, term: Node, value: str | bool | None) -> int:
        """The situations that become one of the given ones when the digit is set to the value."""
        digit = self.digits[term]
        hit = situations & self.where(term, value)
        target = digit.values.index(value)
        found = 0
        for place in range(len(digit.values)):
            found |= _shift(hit, (place - target) * digit.stride)
        return found


def _shift(bits: int, places: int) -> int:
    return bits << places if places >= 0 else bits >> -places

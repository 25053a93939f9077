"""Puts nodes in an order that depends on their content, and not on what was built before."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

_WIDTH: Final = 64  # bits that distinguish nodes of the same depth
_MASK: Final = (1 << _WIDTH) - 1


class Order:
    """Gives places. No two nodes have the same, and each node's is greater than those of its arguments."""

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._codes: dict[tuple[object, ...], int] = {}

    def place(self, operator: str, sort: str, said: object, arguments: tuple[int, ...]) -> int:
        """A place for a new node. `said`: its data (a name, names, or places); `arguments`: the arguments'
        places.
        """
        key = (operator, sort, said)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = _coded(operator, sort, said)
        found = hash((code, arguments)) & _MASK  # a hash of numbers is the same in every process
        if arguments:
            found |= (max(arguments) >> _WIDTH) + 1 << _WIDTH
        while found in self._taken:
            found += 1
        self._taken.add(found)
        return found


def _coded(operator: str, sort: str, said: object) -> int:
    told = sorted(said) if isinstance(said, frozenset) else said
    return int.from_bytes(blake2b(repr((operator, sort, told)).encode(), digest_size=8).digest())

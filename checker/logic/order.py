"""Places nodes in an order that depends on what they say, and on nothing that was built before."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

_WIDTH: Final = 64  # bits that tell apart what is equally deep
_MASK: Final = (1 << _WIDTH) - 1


class Order:
    """Gives places. No two nodes have the same, and each node's is above those of its arguments."""

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._codes: dict[tuple[object, ...], int] = {}

    def place(self, operator: str, sort: str, said: object, arguments: tuple[int, ...]) -> int:
        """A place for a new node. `said`: a name, names, or places; `arguments`: the places of those."""
        key = (operator, sort, said)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = _coded(operator, sort, said)
        found = hash((code, arguments)) & _MASK  # of numbers: the same in every process
        if arguments:
            found |= (max(arguments) >> _WIDTH) + 1 << _WIDTH
        while found in self._taken:
            found += 1
        self._taken.add(found)
        return found


def _coded(operator: str, sort: str, said: object) -> int:
    told = sorted(said) if isinstance(said, frozenset) else said
    return int.from_bytes(blake2b(repr((operator, sort, told)).encode(), digest_size=8).digest())

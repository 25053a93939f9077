"""Numbers objects by identity, where equal objects must be told apart or comparing them would take long."""

from __future__ import annotations


class Objects:
    """Numbers objects, and keeps them alive, so that no two objects get the same number. In another process
    all objects are new, and get numbers that were not used here.
    """

    def __init__(self, first: int = 0) -> None:
        """`first`: the lowest number to give."""
        self._first = first
        self._numbers: dict[int, tuple[int, object]] = {}

    def __reduce__(self) -> tuple[type[Objects], tuple[int]]:
        return Objects, (self._first + len(self._numbers),)

    def number(self, thing: object) -> int:
        """The number of this object; the same whenever it is asked for."""
        return self._numbers.setdefault(id(thing), (self._first + len(self._numbers), thing))[0]

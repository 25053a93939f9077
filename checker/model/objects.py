"""Tells objects apart by which they are, where equal ones must not be taken for one another, or where it
would take long to compare them.
"""

from __future__ import annotations

from itertools import count


class Objects:
    """Numbers objects, and keeps them, so that no other object is ever given the number of one. Threads may
    share it: numbers may be left out, but none is given twice.

    In another process all objects are new, and get numbers that none had here.
    """

    def __init__(self, first: int = 0) -> None:
        """`first`: the lowest number to give."""
        self._next = count(first)
        self._numbers: dict[int, tuple[int, object]] = {}

    def __reduce__(self) -> tuple[type[Objects], tuple[int]]:
        return Objects, (next(self._next),)

    def number(self, thing: object) -> int:
        """The number of this object; the same whenever it is asked for."""
        known = self._numbers.get(id(thing))
        if known is None:
            known = self._numbers.setdefault(id(thing), (next(self._next), thing))
        return known[0]

"""Tells objects apart by which they are, where equal ones must not be taken for one another, or where it
would take long to compare them.
"""

from __future__ import annotations


class Objects:
    """Numbers objects, and keeps them, so that no other object is ever given the number of one.

    In another process all objects are new, and get numbers that none had here.
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

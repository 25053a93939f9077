"""Numbers objects by identity, where equal objects must be told apart or comparing them would take long."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


class Objects:
    """Numbers objects, and keeps them alive, so that no two objects get the same number. Threads may share
    it: numbers may be left out, but none is given twice. In another process all objects are new, and get
    numbers that were not used here.
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


class OfObjects(Generic[T]):
    """What was made of objects, so that it is made once of each. In another process nothing was made yet."""

    def __init__(self) -> None:
        self._objects = Objects()
        self._made: dict[int, T] = {}

    def __reduce__(self) -> tuple[type[OfObjects[T]], tuple[()]]:
        return OfObjects, ()

    def of(self, thing: object, make: Callable[[], T]) -> T:
        """What was made of this object, or what is made of it now."""
        number = self._objects.number(thing)
        if number not in self._made:
            self._made[number] = make()
        return self._made[number]

"""Verdicts of this process, in front of those of earlier runs."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from checker.question.jobs import Keeper

_MOST: Final = 50_000_000  # bytes, after which what was not used for longest is dropped


@dataclass(slots=True)
class InMemory:
    """Keeps verdicts as long as it lives. Threads may share it.

    `behind`: where what is not here is looked for, and what is put here is put, too.
    """

    behind: Keeper | None = None
    most: int = _MOST
    _data: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _size: int = 0
    _alone: Lock = field(default_factory=Lock)

    def get(self, name: str) -> bytes | None:
        """The data under the name, if it is there."""
        with self._alone:
            found = self._data.get(name)
            if found is not None:
                self._data.move_to_end(name)
                return found
        found = None if self.behind is None else self.behind.get(name)
        if found is not None:
            self._keep(name, found)
        return found

    def put(self, name: str, data: bytes) -> None:
        """Keep data under the name."""
        self._keep(name, data)
        if self.behind is not None:
            self.behind.put(name, data)

    def _keep(self, name: str, data: bytes) -> None:
        with self._alone:
            self._size += len(data) - len(self._data.pop(name, b""))
            self._data[name] = data
            while self._size > self.most:
                self._size -= len(self._data.popitem(last=False)[1])

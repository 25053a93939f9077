"""Gives memory back between pieces of work, in a process in which Python does not look for garbage itself."""

from __future__ import annotations

import gc
import sys
from typing import Final

_GROWN: Final = 100_000  # new blocks of memory, of some hundred bytes each, that are worth a look


class Clearing:
    """Collects garbage as soon as there may be much: one piece of work may leave as much as a law has."""

    def __init__(self) -> None:
        self._fewest = sys.getallocatedblocks()  # since the last time

    def between_pieces(self) -> None:
        """Look how much memory is in use, and give back what nobody needs if that has grown."""
        from checker.logic.z3_calls import give_memory_back

        held = sys.getallocatedblocks()
        self._fewest = min(self._fewest, held)
        if held > self._fewest + _GROWN:
            gc.collect()
            give_memory_back()
            self._fewest = sys.getallocatedblocks()

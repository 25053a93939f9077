"""When an answer must be there: asked by everything that may take long."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol
from weakref import WeakSet

SPENT: Final = "the time budget is spent"
"""The reason of what is unknown because there was no more time."""


class OutOfTime(Exception):
    """The time for an answer is over."""

    def __str__(self) -> str:
        return SPENT


class Stopped(Exception):
    """Somebody wants no answer any more."""


class Interruptible(Protocol):
    """A solver's context."""

    def interrupt(self) -> None:
        """Make the solver give up what it is at, from whichever thread."""


class Stop:
    """By which a thread tells another that no answer is wanted any more. In another process it is a new one,
    of which nobody hears: processes are ended.
    """

    def __init__(self) -> None:
        self.asked = False
        self._solving: WeakSet[Interruptible] = WeakSet()
        self._alone = Lock()

    def __reduce__(self) -> tuple[type[Stop], tuple[()]]:
        return Stop, ()

    def ask(self) -> None:
        """Want no answer from now on."""
        self.asked = True
        with self._alone:
            solving = tuple(self._solving)
        for each in solving:
            with contextlib.suppress(Exception):  # it may fail with what the other thread was told
                each.interrupt()

    def reaches(self, solving: Interruptible) -> None:
        """Interrupt this, too, when it is asked."""
        with self._alone:
            self._solving.add(solving)

    def keep(self) -> None:
        """Raise Stopped once it was asked."""
        if self.asked:
            raise Stopped


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock, or earlier: as soon as `stop` is asked."""

    at: float
    stop: Stop | None = None

    @classmethod
    def after(cls, seconds: float, stop: Stop | None = None) -> Deadline:
        """The moment in so many seconds."""
        return cls(time.monotonic() + seconds, stop)

    @property
    def remaining(self) -> float:
        """The seconds until then; infinity if that never comes."""
        if self.stop is not None and self.stop.asked:
            return float("-inf")
        return self.at - time.monotonic()

    @property
    def passed(self) -> bool:
        return self.remaining < 0

    def keep(self) -> None:
        """Raise OutOfTime once the moment has passed."""
        if self.passed:
            raise OutOfTime


NEVER: Final = Deadline(float("inf"))

"""The deadline for an answer, checked by everything that may take long."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol

SPENT: Final = "the time budget is spent"
"""The reason of a verdict that is unknown because time ran out."""


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
        self._solving: list[Interruptible] = []
        self._alone = Lock()

    def __reduce__(self) -> tuple[type[Stop], tuple[()]]:
        return Stop, ()

    def ask(self) -> None:
        """Want no answer from now on."""
        with self._alone:
            self.asked = True
            for each in self._solving:
                with contextlib.suppress(Exception):  # it may fail with what the other thread was told
                    each.interrupt()

    @contextlib.contextmanager
    def solving(self, solver: Interruptible) -> Iterator[None]:
        """A question to a solver, which is interrupted when this is asked; never before it or after it, for
        nothing else that is done in a solver's context bears that. Raises OutOfTime if it was asked already.
        """
        with self._alone:
            if self.asked:
                raise OutOfTime
            self._solving.append(solver)
        try:
            yield
        finally:
            with self._alone:
                self._solving.remove(solver)

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
        if self.stopped:
            return float("-inf")
        return self.at - time.monotonic()

    @property
    def passed(self) -> bool:
        return self.remaining < 0

    def solving(self, solver: Interruptible) -> contextlib.AbstractContextManager[None]:
        """A question to a solver, which is given up when `stop` is asked."""
        return contextlib.nullcontext() if self.stop is None else self.stop.solving(solver)

    @property
    def stopped(self) -> bool:
        """Whether somebody wants no answer any more."""
        return self.stop is not None and self.stop.asked

    def keep(self) -> None:
        """Raise OutOfTime once the moment has passed."""
        if self.passed:
            raise OutOfTime


NEVER: Final = Deadline(float("inf"))

"""The deadline for an answer, checked by everything that may take long."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

SPENT: Final = "the time budget is spent"
"""The reason of a verdict that is unknown because time ran out."""


class OutOfTime(Exception):
    """The time for an answer is over."""

    def __str__(self) -> str:
        return SPENT


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment in so many seconds."""
        return cls(time.monotonic() + seconds)

    @property
    def remaining(self) -> float:
        """The seconds until then; infinity if that never comes."""
        return self.at - time.monotonic()

    @property
    def passed(self) -> bool:
        return self.remaining < 0

    def keep(self) -> None:
        """Raise OutOfTime once the moment has passed."""
        if self.passed:
            raise OutOfTime


NEVER: Final = Deadline(float("inf"))

"""What the first lines of a case expect: a verdict, by whom, and the length of the story."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADER = re.compile(r"<!-- claim (\S+)(?: by (.+))? in (.+): (\w+)(?:, (\d+) steps)? -->")


@dataclass(frozen=True, slots=True)
class Expected:
    """The verdict on a claim in a column, perhaps `by` a clause; `steps`: of the shortest story, if any."""

    claim: str
    by: str | None
    column: str
    verdict: str
    steps: int | None


def expectations(text: str) -> tuple[Expected, ...]:
    """What a case expects of its claims."""
    found = [
        Expected(claim, by or None, column, verdict, int(steps) if steps else None)
        for claim, by, column, verdict, steps in HEADER.findall(text)
    ]
    return tuple(found)

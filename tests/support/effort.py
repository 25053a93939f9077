"""How hard tests try: in their own process, of which there is one for each core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from checker.question.jobs import Effort, Job

ALONE: Final = Effort(processes=1)


def untold(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """Return the jobs for tests that look at verdicts only: any story that shows one will do."""
    return tuple(replace(each, told=False) for each in jobs)

"""Effort as people give it: seconds, processes, exploration."""

from __future__ import annotations

from checker.interface.choices import BUDGET, EXPLORED
from checker.interface.shelf import Shelf, program
from checker.prove.processors import usable_processors
from checker.question.jobs import Effort, Kept


def effort(
    budget: float = BUDGET,
    *,
    jobs: int | None = None,
    seed: int = 0,
    explore: bool = False,
    shelf: Shelf | None = None,
    recheck: bool = False,
) -> Effort:
    """Return how hard to try. `budget`: seconds for each verdict, after which it is `unknown`; `jobs`:
    processes, one for each core without a number; `seed`: of the solver; `explore`: hold every verdict
    against all situations of a small instance, too; `shelf`: where the verdicts of earlier runs are, an
    entered `Shelf`; `recheck`: put what is found there to the solver again.
    """
    kept = None if shelf is None else Kept(shelf, program(), recheck)
    return Effort(budget, seed, EXPLORED if explore else 0, processes=jobs or usable_processors(), kept=kept)

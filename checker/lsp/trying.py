"""How hard a server tries, in values that go to another process."""

from __future__ import annotations

from dataclasses import dataclass

from checker.interface.shelf import Shelf
from checker.interface.trying import effort
from checker.question.jobs import Effort


@dataclass(frozen=True, slots=True)
class Trying:
    """`budget`: seconds for a verdict; `jobs`: processes, None for one a core; `cache`: use the verdicts of
    earlier runs, and keep new ones. `alone`: the server checks the law and decides the claims; else somebody
    else does.
    """

    budget: float
    jobs: int | None
    cache: bool
    alone: bool = True

    def effort(self) -> Effort:
        """The same for this process, which keeps what it opens until it ends."""
        shelf = Shelf().__enter__() if self.cache else None
        return effort(self.budget, jobs=self.jobs, shelf=shelf)

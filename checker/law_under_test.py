"""A law that makes tests of what it says: the part of the public interface for testers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.law_on_pages import PagedLaw
from checker.question.jobs import Effort
from checker.results.answer import Watch, nobody

if TYPE_CHECKING:
    from checker.rooms.cases.answer import CasePack


class LawWithTests(PagedLaw):
    """A law that makes test packs."""

    __slots__ = ()

    def cases(
        self,
        version: str,
        *,
        against: str | None = None,
        previous: str | Path | CasePack | None = None,
        stories: bool = True,
        levels: Sequence[str] = (),
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> CasePack:
        """Make the tests of a version: few requests in which every phrase decides both ways and every code
        occurs, and the stories of claims and of mixtures that do harm. `against` another: of what differs.

        `previous`: an earlier pack, or its JSON file, whose tests are kept as far as they can be run.
        `stories`: also those of claims. `levels`: names for tests of one component alone, end to end, and as
        users.
        """
        from checker.rooms.cases.ask import cases

        return cases(
            self,
            version,
            effort or self.effort,
            against=against,
            previous=Path(previous) if isinstance(previous, str) else previous,
            with_stories=stories,
            levels=levels,
            command=command,
            watch=progress,
        )

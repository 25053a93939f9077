"""A law as pages of HTML: the part of the public interface that makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker.interface.loaded_law import LoadedLaw
from checker.question.jobs import Effort
from checker.results.answer import Answer, Watch, nobody

if TYPE_CHECKING:
    from checker.html.ask import Report


class PagedLaw(LoadedLaw):
    """A law that makes pages of its answers."""

    __slots__ = ()

    def report(
        self,
        old: str | None = None,
        new: str | None = None,
        *,
        claims: Sequence[str | int] = (),
        quick: bool = False,
        blame: bool = False,
        examples: bool = False,
        rollout: bool = True,
        cover: bool = False,
        register: bool = False,
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Report:
        """Make the report: one self-contained page of HTML with all answers about the law, and about what
        `new` changes in `old`. Without names, `new` is the last version and `old` the one that it was made
        from; the report of a law that has only one compares nothing.

        `claims`: of these only, or of all. `quick`, `blame`: as for `prove`. `examples`: with
        an ordinary situation for each proof, as of claims that are named. `rollout`: with the mixtures of the
        two versions. `cover`: with all edits of `new`, which takes minutes.
        `register`: also decide every claim with and without every open point. `report.write(folder)` writes
        the page.
        """
        from checker.html.report import Asked, report

        asked = Asked(
            tuple(map(str, claims)),
            quick=quick,
            blame=blame,
            examples=examples,
            rollout=rollout,
            cover=cover,
            register=register,
        )
        law = self if effort is None else replace(self, effort=effort)
        return report(law, old, new, asked, command=command, watch=progress)

    def page(self, *answers: Answer, title: str = "", command: str = "") -> str:
        """Return answers of this law as one self-contained page of HTML, each as a section:
        `law.page(law.diff("old", "new"))`. TypeError for answers of `who`, `lint`, `explain`, `certify` and
        `export`.
        """
        from checker.html.ask import page

        return page(self, answers, title, command)

    def check_report(self, place: str | Path) -> None:
        """Raise SpecError if a report cannot be written to this folder. Call it before long work."""
        from checker.html.folder import check_target

        check_target(self, Path(place))

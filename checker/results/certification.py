"""What re-checking of written evidence comes to: what `certify` finds."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from checker.evidence.certify_report import Certified, certified_paragraphs
from checker.evidence.missing_entries import Missing
from checker.logic.script_solvers import version_of
from checker.report.paper import Paragraph
from checker.results.answer import Answer, Frame, frame_of, keeping, kept


class SolverTime(Struct, frozen=True, kw_only=True):
    """A solver that was asked about every obligation, and the `seconds` that it took for all of them."""

    name: str
    version: str
    seconds: float


class Entry(Struct, frozen=True, kw_only=True):
    """What became of one entry. `rejected`: why, nothing if it holds; `open`: there is no verdict to be
    certified; `vacuous`: what the claim speaks of never occurs; `obligations`, `stories`: how many were
    checked.
    """

    subject: str
    rejected: tuple[str, ...]
    open: bool
    vacuous: bool
    obligations: int
    stories: int


class Certification(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.certify/1"):
    """Whether a folder of evidence is `certified`. `problems`: of the folder as a whole; `former`: whose
    law it compares with, if it does; `missing`: what there is no entry for.
    """

    certified: bool
    exit: int
    seconds: float
    problems: tuple[str, ...]
    former: str | None
    missing: tuple[Missing, ...]
    solvers: tuple[SolverTime, ...]
    obligations: int
    stories: int
    entries: tuple[Entry, ...]
    shipped: bool

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report."""
        return certified_paragraphs(kept(self, "found", Certified))

    def frame(self) -> Frame:
        """A row for each entry."""
        return frame_of(
            (
                {
                    "subject": each.subject,
                    "holds": not (each.rejected or each.open),
                    "rejected": each.rejected,
                    "vacuous": each.vacuous,
                    "obligations": each.obligations,
                    "stories": each.stories,
                }
                for each in self.entries
            ),
            ("subject", "holds", "rejected", "vacuous", "obligations", "stories"),
        )


def certification_of(found: Certified, *, shipped: bool) -> Certification:
    """Return what re-checking came to."""
    answer = Certification(
        certified=not (found.problems or found.rejected),
        exit=found.code,
        seconds=round(found.seconds, 3),
        problems=tuple(found.problems),
        former=found.former or None,
        missing=tuple(found.missing),
        solvers=tuple(
            SolverTime(name=each, version=version_of(each), seconds=round(found.solver_seconds(each), 3))
            for each in found.solvers
        ),
        obligations=found.obligations,
        stories=found.stories,
        entries=tuple(
            Entry(
                subject=each.subject,
                rejected=tuple(each.wrong),
                open=each.open,
                vacuous=each.vacuous,
                obligations=each.obligations,
                stories=each.stories,
            )
            for each in found.entries
        ),
        shipped=shipped,
    )
    return keeping(answer, found=found)

"""One request in one situation: what `explain` tells."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.situation import Request, Situation
from checker.report.explained_request import Explanation, explain_paragraphs
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph
from checker.results.answer import Answer, Frame, frame_of, keeping, kept
from checker.results.told_stories import ToldSituation, told_request, told_situation
from checker.story.case_note import StepNote


class Explained(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.explain/1"):
    """One `request` in one `situation`, as they were understood, with every check in order (`note`), and
    what it changes. `accepted`: every check on the route passes.
    """

    command: str
    column: ToldColumn
    situation: ToldSituation
    request: dict[str, str]
    accepted: bool
    note: StepNote
    shipped: bool

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report."""
        return explain_paragraphs(kept(self, "explanation", Explanation), self.command)

    def frame(self) -> Frame:
        """A row for each check on the route."""
        return frame_of(
            (
                {
                    "component": stage.component,
                    "version": stage.version,
                    "reached": stage.reached,
                    "check": each.name,
                    "clause": each.clause,
                    "outcome": each.outcome,
                    "code": each.code,
                    "place": each.place,
                }
                for stage in self.note.stages
                for each in stage.checks
            ),
            ("component", "version", "reached", "check", "clause", "outcome", "code", "place"),
        )


def explained_of(
    found: Explanation, situation: Situation, request: Request, command: str, *, shipped: bool
) -> Explained:
    """Return what `explain` found: the situation and request as understood, and every check."""
    answer = Explained(
        command=command,
        column=told_column(found.column),
        situation=told_situation(situation),
        request=told_request(request),
        accepted=found.step.outcome == "accepted",
        note=found.step,
        shipped=shipped,
    )
    return keeping(answer, explanation=found)

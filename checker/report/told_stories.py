"""Which stories a run tells in full, and how each of them is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from checker.question.verdict import Result
from checker.report.case_paragraphs import (
    case_paragraphs,
    other_paragraphs,
    reason_paragraphs,
    story_paragraphs,
)
from checker.report.paper import BLANK, Paragraph, paragraph, text_of
from checker.report.summary import in_order, is_main, is_need, result_code
from checker.story.asked_at_the_end import Law
from checker.story.case_note import CaseNote
from checker.story.narrate import narrate, narrate_others

Which: TypeAlias = Literal["all", "versions", "unexpected", "none"]
"""Of which refutations stories are told: of every one (and proofs if asked), of those in a version or
deployment as it stands, of surprises, of none."""

Noting: TypeAlias = Callable[[Result], CaseNote]
"""Returns the case note of a result."""


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories that are told: `which`, and all in a version or deployment of the claims in `of`, by name.
    `proofs`: tell how each proof goes as well, as for claims asked by name.
    """

    which: Which = "none"
    of: frozenset[str] = frozenset()
    proofs: bool = False

    @property
    def proofs_everywhere(self) -> bool:
        """Whether proofs are told with the stories of what they suppose."""
        return self.proofs and self.which in ("all", "versions")

    def tell(self, result: Result) -> bool:
        """Whether a result gets a case note: needs are told only if they surprise or proofs are."""
        which = self.which
        if result.claim.name in self.of and which != "all":
            which = "versions"
        if result_code(result):
            return which != "none"
        if which in ("unexpected", "none"):
            return False
        if self.proofs:
            return True
        told = result.verdict == "refuted" and not is_need(result)
        return told and (which == "all" or is_main(result.column))


def case_notes(
    law: Law, results: Sequence[Result], stories: Stories, note: Noting | None
) -> Iterator[Paragraph]:
    """Yield the stories that are asked for, a blank line after each; a story told before is only named."""
    told: dict[str, Result] = {}
    for each in in_order(results):
        if not stories.tell(each):
            continue
        found = narrate(law, each) if note is None else note(each)
        others = tuple(other_paragraphs(each, narrate_others(law, each)))
        body = _body(each, found, others)
        if each.verdict == "refuted" and body in told:
            yield from case_paragraphs(each, CaseNote())[:1]
            yield paragraph(f"The same story as in {told[body].column}.", indent=2)
            yield BLANK
            continue
        told[body] = each
        yield from case_paragraphs(each, found)
        yield from others


def _body(result: Result, note: CaseNote, others: tuple[Paragraph, ...]) -> str:
    paragraphs = (*story_paragraphs(note), *reason_paragraphs(result.verdict, note), *others)
    return f"{result.claim.name}\n{text_of(paragraphs)}"

"""What claims come to under facts that somebody pins: a story, or that there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.claim import is_existential
from checker.question.verdict import Result
from checker.report.case_paragraphs import other_paragraphs, reason_paragraphs, story_paragraphs
from checker.report.paper import Paragraph, Style, Words, paragraph
from checker.story.asked_at_the_end import Law
from checker.story.narrate import narrate, narrate_others


def pinned_paragraphs(law: Law, results: Sequence[Result]) -> Iterator[Paragraph]:
    """Yield a story for each claim and column in which the facts hold, or how it is known that none does."""
    for each in results:
        by = f" by {each.by}" if each.by else ""
        title = f"Claim {each.claim.number}, {each.claim.name}, in {each.column}{by}"
        facts = " and ".join(f"`{fact}`" for fact in each.claim.pinned)
        word, style = _said(each)
        yield paragraph(Words(title, "heading"), f", where {facts}: ", Words(word, style), hang=2)
        note = narrate(law, each)
        yield from story_paragraphs(note)
        yield from reason_paragraphs(each.verdict, note)
        yield from other_paragraphs(each, narrate_others(law, each))


def _said(result: Result) -> tuple[str, Style]:
    """A story, none, or that nothing of what the claim speaks of has the facts."""
    if not result.decided:
        return f"{result.verdict}: no story is found, and none is excluded", "warning"
    if result.vacuous:
        return "no story: proved, for what the claim speaks of never occurs there", "warning"
    if (result.verdict == "refuted") is not is_existential(result.claim.statement):
        return f"a story: {result.verdict}", ""
    return f"no story: {result.verdict}", ""

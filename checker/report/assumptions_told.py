"""What proofs suppose: every minimal set of suppositions, and a story without those in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checker.model.claim import Column
from checker.prove.assumptions import Assumptions
from checker.question.verdict import Result
from checker.report.case_paragraphs import story_paragraphs
from checker.report.paper import Paragraph, Words, paragraph, text_of
from checker.report.summary import is_main
from checker.story.asked_at_the_end import Law
from checker.story.narrate import narrate, sentence

_NUMBER: Final = 4


@dataclass(frozen=True, slots=True)
class Telling:
    """Which stories are told: of proofs in versions and deployments as they stand, or `everywhere`, but for
    those of claims and columns that are told `elsewhere`.
    """

    elsewhere: frozenset[tuple[str, Column]]
    everywhere: bool = False


def assumption_paragraphs(
    law: Law, found: Sequence[Assumptions], telling: Telling | None
) -> tuple[Paragraph, ...]:
    """Return what the proofs suppose, a line for each claim and its sets. `telling`: None tells no story."""
    if not found:
        return ()
    lines = [line for each in _by_claim(found).values() for line in _claim(law, each, telling)]
    title = "What the proofs suppose: every minimal set with which they go through"
    return (paragraph(Words(title, "heading")), *lines, *_unsupposing(found))


def _by_claim(found: Sequence[Assumptions]) -> dict[str, list[Assumptions]]:
    """Group the proofs that suppose something."""
    groups: dict[str, list[Assumptions]] = {}
    for each in found:
        if sets_text(each) != "nothing":
            groups.setdefault(each.result.claim.name, []).append(each)
    return groups


def _claim(law: Law, found: Sequence[Assumptions], telling: Telling | None) -> Iterator[Paragraph]:
    columns: dict[str, list[Assumptions]] = {}
    for each in found:
        columns.setdefault(sets_text(each), []).append(each)
    for sets, group in columns.items():
        where = "; ".join(str(each.result.column) for each in group)
        number = f"{group[0].result.claim.number:<{_NUMBER}}"
        yield paragraph(Words(sets, "good"), f" in {where}", bullet=number, hang=2)
    stories: dict[str, Column] = {}
    for each in found if telling is not None else ():
        if telling is not None and (telling.everywhere or is_main(each.result.column)):
            yield from _dropped(law, each, telling, stories)


def sets_text(found: Assumptions) -> str:
    """Return the minimal sets in words."""
    if not found.sets:
        return "not known"
    sets = [" and ".join(each.names) or "nothing" for each in found.sets]
    unsure = ", perhaps others" if found.undecided else ""
    return f"{'; or '.join(sets)}{unsure}"


def _unsupposing(found: Sequence[Assumptions]) -> Iterator[Paragraph]:
    """Yield the proofs that suppose nothing."""
    columns: dict[str, list[str]] = {}
    for each in found:
        if sets_text(each) == "nothing":
            columns.setdefault(each.result.claim.number, []).append(str(each.result.column))
    if columns:
        told = "; ".join(f"{number} in {', '.join(where)}" for number, where in columns.items())
        yield paragraph(Words("nothing", "good"), f": {told}", bullet=" " * _NUMBER, hang=2)


def _dropped(
    law: Law, found: Assumptions, telling: Telling, stories: dict[str, Column]
) -> Iterator[Paragraph]:
    """Yield what happens without each supposition that the proof cannot do without. `stories`: those told
    already, and of which column.
    """
    for name, result in found.dropped:
        title = Words(f"{found.result.claim.number} in {found.result.column}, without {name}: ", "strong")
        body = tuple(_story(law, result))
        text = text_of(body)
        said: str = result.verdict
        if (result.claim.name, result.column) in telling.elsewhere:
            said, body = f"{said}; the story is told above", ()
        elif text in stories:
            said, body = f"{said}; the same story as in {stories[text]}", ()
        yield paragraph(title, f"{said}.", indent=2, hang=2)
        yield from body
        stories.setdefault(text, found.result.column)


def _story(law: Law, result: Result) -> Iterator[Paragraph]:
    if result.verdict != "refuted":
        yield paragraph(f"{sentence(result.reason or 'no reason was given')}", indent=4)
        return
    note = narrate(law, result)
    yield from story_paragraphs(note)
    yield from (paragraph(each, indent=2, hang=2) for each in note.because)

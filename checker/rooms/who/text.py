"""The report of `who`: the minimal coalitions that can bring something about, and who cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.exits import AS_EXPECTED, GATE_FAILED, NO_ANSWER, exit_code
from checker.report.paper import Paragraph, Words, joined, paragraph, row
from checker.rooms.who.coalitions import Able, Barred, Who
from checker.rooms.who.find import Answers
from checker.rooms.who.told_column import ColumnTold
from checker.story.in_one_sentence import decided_by, small
from checker.story.narrate import narrate, sentence
from checker.story.wording import listed


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One run of `who`. `repeat`: the command. Time in seconds."""

    answers: Answers
    repeat: str
    seconds: float

    @property
    def code(self) -> int:
        """What the run exits with."""
        return exit_code(map(who_code, self.answers.found))


def who_code(found: Who) -> int:
    """Return what one column would exit with."""
    if found.already.vacuous:
        return GATE_FAILED
    return AS_EXPECTED if found.complete else NO_ANSWER


def who_paragraphs(inquiry: Inquiry, *, full: bool = False) -> tuple[Paragraph, ...]:
    """Return the report: who can and how, who cannot and why, in a sentence each. `full`: every way of every
    coalition, and each reason as a story.
    """
    columns = [ColumnTold(inquiry.answers.regime, each) for each in inquiry.answers.found]
    parts = (
        [tuple(paragraphs) for each in columns for paragraphs in each.parts()] if full else _brief(columns)
    )
    count = len(inquiry.answers.results)
    counted = f"It rests on {count} verdict{'' if count == 1 else 's'}. {inquiry.seconds:.1f} s"
    more = () if full else (paragraph("Every way, and each reason as a story: `--all`."),)
    ending = (*more, paragraph(counted), row(f"Repeat with: {inquiry.repeat}"))
    return joined((*parts, ending))


def _brief(columns: Sequence[ColumnTold]) -> list[tuple[Paragraph, ...]]:
    """Return the question once, and what was found; columns together in which that is the same."""
    questions: dict[tuple[Paragraph, ...], dict[tuple[Paragraph, ...], list[str]]] = {}
    for each in columns:
        found = questions.setdefault(tuple(each.heading()), {})
        found.setdefault(tuple(_found(each)), []).append(str(each.found.column))
    parts = []
    for question, answers in questions.items():
        parts.append(question)
        for told, where in answers.items():
            parts.append((paragraph(Words(f"In {listed(where, 'and')}", "heading")), *told))
    return parts


def _found(column: ColumnTold) -> Iterator[Paragraph]:
    """Yield what was found in a column."""
    if column.found.already.verdict != "refuted":
        yield column.needless()
        return
    if column.found.able:
        yield column.can()
    for number, each in enumerate(column.found.able, 1):
        yield column.named(number, each)
        yield from _first_way(column, each)
    for barred in column.found.barred:
        yield _cannot(column, barred)
    yield from column.undecided()


def _first_way(column: ColumnTold, able: Able) -> Iterator[Paragraph]:
    """Yield one of the ways that lead to the goal at once, and how many more there are."""
    first, *others = (*column.ways(able), "")
    if first:
        more = len(others) - 1
        told = f" And {more} more way{'' if more == 1 else 's'}." if more else ""
        yield paragraph(f"{sentence(first)}{told}", indent=5, bullet="- ")


def _cannot(column: ColumnTold, barred: Barred) -> Paragraph:
    """Return that these cannot, and what decides the story that shows it."""
    if barred.result.verdict != "refuted":
        return column.unknown(barred)
    why = small(decided_by(narrate(column.law, barred.result)))
    who = Words(f"{column.excluded(barred)} cannot", "strong")
    return paragraph(who, f"{column.from_where(barred)} {why}", indent=2, hang=2)

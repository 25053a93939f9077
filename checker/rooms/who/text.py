"""The report of `who`: the minimal coalitions that can bring something about, and who cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.exits import AS_EXPECTED, GATE_FAILED, NO_ANSWER, exit_code
from checker.report.one_page import Part, groups_on_a_page, listed_part
from checker.report.paper import Paragraph, Words, joined, paragraph, row
from checker.rooms.who.coalitions import Able, Barred, Who
from checker.rooms.who.find import Answers
from checker.rooms.who.told_column import ColumnTold
from checker.story.in_one_sentence import decided_by, small
from checker.story.narrate import narrate, sentence
from checker.story.wording import listed

_ALL: Final = "`--all` tells them"
_QUESTION: Final = 2  # paragraphs of a question before its premises
_NAMED: Final = 20  # columns that one heading names


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
    count = len(inquiry.answers.results)
    counted = f"It rests on {count} verdict{'' if count == 1 else 's'}. {inquiry.seconds:.1f} s"
    ending = (paragraph(counted), row(f"Repeat with: {inquiry.repeat}"))
    if full:
        return joined((*(tuple(paragraphs) for each in columns for paragraphs in each.parts()), ending))
    more = paragraph("Every way, and each reason as a story: `--all`.")
    return groups_on_a_page(_brief(columns), Part((more, *ending)), _ALL)


def _brief(columns: Sequence[ColumnTold]) -> list[tuple[Part, ...]]:
    """Return a group of parts for each answer, the first with the question; columns together in which the
    answer is the same.
    """
    questions: dict[tuple[Paragraph, ...], dict[tuple[Part, ...], list[str]]] = {}
    for each in columns:
        found = questions.setdefault(tuple(each.heading()), {})
        found.setdefault(tuple(_found(each)), []).append(str(each.found.column))
    groups = []
    for question, answers in questions.items():
        asked = [listed_part(question, _ALL, head=_QUESTION)]
        for (first, *others), where in answers.items():
            heading = paragraph(Words(f"In {_few(where)}", "heading"))
            groups.append((*asked, replace(first, head=(heading, *first.head)), *others))
            asked = []
    return groups


def _few(columns: Sequence[str]) -> str:
    """Return the names of columns, of many the first and how many more there are."""
    more = len(columns) - _NAMED
    return listed(columns, "and") if more <= 0 else f"{', '.join(columns[:_NAMED])} and {more} more"


def _found(column: ColumnTold) -> Iterator[Part]:
    """Yield what was found in a column: who can, and who cannot."""
    if column.found.already.verdict != "refuted":
        yield Part((column.needless(),))
        return
    able = tuple(
        (column.named(number, each), *_first_way(column, each))
        for number, each in enumerate(column.found.able, 1)
    )
    can = (column.can(),) if able else ()
    cannot = tuple((_cannot(column, each),) for each in column.found.barred)
    undecided = tuple(column.undecided())
    yield Part(can, able, _ALL)
    if cannot:
        yield Part((), cannot, _ALL)
    if undecided:
        yield listed_part(undecided, _ALL)


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

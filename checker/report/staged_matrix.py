"""What was found of requests in one go, and of requests that are under way, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.model.claim import Claim
from checker.model.under_way import unaskable
from checker.prove.left_out import LeftOut
from checker.question.verdict import Result
from checker.report.case_paragraphs import verdict_style
from checker.report.not_asked import left_out_paragraphs
from checker.report.paper import WIDTH, Paragraph, Words, joined, paragraph, row
from checker.report.run_report import Page, ending, summary_line, surprises
from checker.report.summary import Run, claim_key, in_order, result_code
from checker.report.told_stories import Noting, Stories, case_notes
from checker.story.asked_at_the_end import Law
from checker.story.in_one_sentence import decided_by
from checker.story.narrate import narrate

_NUMBER: Final = 4
_CELL: Final = 11
_MANY: Final = 20  # claims in columns; of more, only those that differ have a row


@dataclass(frozen=True, slots=True)
class Pair:
    """One claim in one column, asked both ways."""

    atomic: Result
    staged: Result

    @property
    def differ(self) -> bool:
        return self.atomic.verdict != self.staged.verdict

    @property
    def both(self) -> tuple[Result, Result]:
        return self.atomic, self.staged


def pairs(results: Sequence[Result]) -> tuple[Pair, ...]:
    """Return the results that have a twin, with their twins, sorted by claim."""
    found = {(each.claim.name, each.column): each for each in results}
    twins = (
        (each, found.get((each.claim.name, replace(each.column, staged=True)))) for each in in_order(results)
    )
    return tuple(Pair(each, twin) for each, twin in twins if twin is not None and not each.column.staged)


def staged_paragraphs(law: Law, run: Run, claims: Sequence[Claim], page: Page) -> tuple[Paragraph, ...]:
    """Return the whole report. `claims`: those that were to be asked, if they can be asked both ways."""
    found = pairs(run.results)
    full = page.matrix or len(found) <= _MANY
    shown = [each for each in found if full or each.differ or any(map(result_code, each.both))]
    apart = [each for each in found if each.differ]
    wanted = page.stories.which != "none"
    stories = Stories("all", proofs=True) if wanted else replace(page.stories, which="versions")
    told = [each.staged for each in apart if wanted or each.staged.claim.name in stories.of]
    return joined(
        (
            summary_line(run),
            surprises(run.results, page.note),
            tuple(_table(shown)) if shown else (),
            tuple(_folded(len(found), len(shown))),
            tuple(_reasons(law, [each.staged for each in apart if each.staged not in told], page.note)),
            tuple(_unasked(claims)),
            tuple(case_notes(law, told, stories, page.note))[:-1],
            tuple(left_out_paragraphs([each for each in run.left_out if not _is_told(each)])),
            ending(run),
        )
    )


def _is_told(each: LeftOut) -> bool:
    """Whether the list of what cannot be asked of staged columns has it."""
    return each.claim is not None and unaskable(each.claim) is not None


def _table(found: Sequence[Pair], width: int = WIDTH) -> Iterator[Paragraph]:
    """Yield a row for each claim and column; a claim is named in its first."""
    columns = max(len(str(each.atomic.column)) for each in found) + 2
    names = max(width - _NUMBER - columns - 2 * _CELL, _CELL)
    heads = f"{'':<{_NUMBER}}{'claim':<{names}}{'':<{columns}}{'in one go':<{_CELL}}{'staged':<{_CELL}}"
    yield row(Words(heads, "heading"))
    last = ""
    for each in found:
        claim, column = each.atomic.claim, each.atomic.column
        name = claim.name if len(claim.name) < names else f"{claim.name[: names - 2]}\N{HORIZONTAL ELLIPSIS}"
        title = f"{claim.number:<{_NUMBER}}{name:<{names}}" if claim.name != last else " " * (_NUMBER + names)
        last = claim.name
        yield row(title, f"{column!s:<{columns}}", _cell(each.atomic), _cell(each.staged))


def _cell(result: Result) -> Words:
    verdict = result.word
    mark = " !" if result_code(result) else ""
    return Words(f"{verdict + mark:<{_CELL}}", verdict_style(result))


def _folded(found: int, shown: int) -> Iterator[Paragraph]:
    """Say how many rows are left out."""
    if shown < found:
        where = f"{found - shown} other" if shown else f"{found}"
        yield paragraph(f"In {where} cases, a claim in a column, both verdicts are the same: `--matrix`.")


def _reasons(law: Law, found: Sequence[Result], note: Noting | None) -> Iterator[Paragraph]:
    """Yield what decides each of the stories that is not told in full."""
    refuted = [each for each in found if each.verdict == "refuted"]
    if refuted:
        yield paragraph(Words("Why claims are refuted", "heading"))
    for each in refuted:
        told = narrate(law, each) if note is None else note(each)
        yield paragraph(Words(f"{each.claim.number} in {each.column}: ", "strong"), decided_by(told), hang=4)


def _unasked(claims: Sequence[Claim]) -> Iterator[Paragraph]:
    """Yield a line for each reason why claims cannot be asked where requests are under way."""
    reasons: dict[str, list[str]] = {}
    for each in sorted(claims, key=claim_key):
        reason = unaskable(each)
        if reason is not None:
            reasons.setdefault(reason, []).append(each.number)
    if reasons:
        yield paragraph(Words("Cannot be asked of staged columns", "heading"))
    for reason, numbers in reasons.items():
        of_each = f"each {reason.removeprefix('it ')}" if reason.startswith("it ") else reason
        yield paragraph(f"{', '.join(numbers)}: {of_each if numbers[1:] else reason}", bullet="- ", hang=2)

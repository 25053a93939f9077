"""The report of `prove` as paragraphs: matrix, other columns, needs, case notes, and the sum of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, Literal, TypeAlias

from checker.model.claim import Column
from checker.question.verdict import Result
from checker.report.assumptions_told import Telling, assumption_paragraphs
from checker.report.case_paragraphs import (
    case_paragraphs,
    other_paragraphs,
    reason_paragraphs,
    story_paragraphs,
    verdict_style,
)
from checker.report.not_asked import left_out_paragraphs
from checker.report.paper import BLANK, WIDTH, Paragraph, Words, joined, paragraph, row, text_of
from checker.report.pinned_stories import pinned_paragraphs
from checker.report.summary import IdleRule, Run, by_claim, in_order, is_main, is_need, result_code
from checker.story.asked_at_the_end import Law
from checker.story.case_note import CaseNote
from checker.story.narrate import narrate, narrate_others
from checker.story.wording import clause_and_name

Stories: TypeAlias = Literal["all", "versions", "unexpected", "none"]
"""Which results are told in full: every refutation (and proofs if asked), only surprises, or none."""

Noting: TypeAlias = Callable[[Result], CaseNote]
"""Returns the case note of a result."""

_NUMBER: Final = 4
_CELL: Final = 11
_NARROWEST_NAME: Final = 22
_TWO: Final = 2  # columns, at least, that can be compared
_RARELY: Final = 4  # a column that fewer than one claim in so many is asked in is listed apart


def run_paragraphs(
    law: Law, run: Run, *, stories: Stories, proofs: bool, note: Noting | None = None
) -> tuple[Paragraph, ...]:
    """Return the whole report. `proofs`: tell how each proof goes as well, as for claims asked by name.
    `note`: the case note of each result, if it is known already.
    """
    return joined(
        (
            matrix(run.results, compared=run.compared),
            other_columns(run.results, run.compared),
            needs(run.results),
            tuple(case_notes(law, run.results, stories=stories, proofs=proofs, note=note))[:-1]
            if not run.pinned
            else tuple(pinned_paragraphs(law, run.pinned))[:-1],
            _untold(run.results, stories=stories, proofs=proofs),
            _supposed(law, run, stories=stories, proofs=proofs),
            surprises(run.results),
            idle_rules(run.idle),
            tuple(left_out_paragraphs(run.left_out)),
            ending(run),
        )
    )


# ------------------------------------------------------------------- matrix


def matrix(
    results: Sequence[Result], width: int = WIDTH, compared: Sequence[Column] = ()
) -> tuple[Paragraph, ...]:
    """Return claims against versions and deployments as they stand: what was found for each. `compared`:
    columns that were asked for; with several, the claims whose verdicts differ come first.
    """
    columns = matrix_columns(results, width, compared)
    if not columns:
        return ()
    name_width = width - _NUMBER - sum(map(_cell_width, columns))
    heads = "".join(f"{each!s:<{_cell_width(each)}}" for each in columns)
    head = row(Words(f"{'':<{_NUMBER}}{'claim':<{name_width}}{heads}", "heading"))

    def told(claims: Iterable[Sequence[Result]]) -> Iterator[Paragraph]:
        for found in claims:
            name = found[0].claim.name
            cells = [_cell([each for each in found if each.column == column], column) for column in columns]
            title = name if len(name) < name_width else f"{name[: name_width - 2]}\N{HORIZONTAL ELLIPSIS}"
            yield row(f"{found[0].claim.number:<{_NUMBER}}{title:<{name_width}}", *cells)

    claims = by_claim(results)
    if len(compared) < _TWO:
        return (head, *told(claims.values()))
    apart = {name: found for name, found in claims.items() if differs(found, compared)}
    alike = [found for name, found in claims.items() if name not in apart]
    names = " and ".join(map(str, compared))
    first = f"Claims whose verdict is not the same in {names}: {len(apart) or 'none'}"
    rest = (BLANK, paragraph(Words(f"The same in {names}, or asked in one only: {len(alike)}", "heading")))
    return (
        paragraph(Words(first, "heading")),
        *((head, *told(apart.values())) if apart else ()),
        *((*rest, *(() if apart else (head,)), *told(alike)) if alike else ()),
    )


def differs(found: Sequence[Result], columns: Sequence[Column]) -> bool:
    """Whether the results on one claim are not the same in all of the columns that it was asked in."""
    words = {
        tuple(sorted((each.by or "", each.word) for each in found if each.column == column))
        for column in columns
        if any(each.column == column for each in found)
    }
    return len(words) > 1


def matrix_columns(
    results: Sequence[Result], width: int = WIDTH, compared: Sequence[Column] = ()
) -> tuple[Column, ...]:
    """Return the columns as they stand, and those compared, that many claims are asked in, the most used
    first while they fit.

    They come in the order of appearance.
    """
    shown = (each.column for each in in_order(results))
    main = [each for each in shown if is_main(each) or each in compared]
    asked = Counter(main)
    room = width - _NUMBER - _NARROWEST_NAME
    kept: set[Column] = set()
    for column, count in asked.most_common():
        room -= _cell_width(column)
        if room >= 0 and count * _RARELY > len(by_claim(results)):
            kept.add(column)
    return tuple(each for each in dict.fromkeys(main) if each in kept)


def _cell_width(column: Column) -> int:
    return max(_CELL, len(str(column)) + 2)


def _cell(found: list[Result], column: Column) -> Words:
    """Return one word for what was found; `!` marks what is not as expected."""
    if not found:
        return Words(f"{'-':<{_cell_width(column)}}", "quiet")
    worst = max(found, key=result_code)
    verdict = worst.word
    mark = " !" if result_code(worst) else f" x{len(found)}" if len(found) > 1 else ""
    return Words(f"{verdict + mark:<{_cell_width(column)}}", verdict_style(worst))


# -------------------------------------------------------------------- lists


def other_columns(results: Sequence[Result], compared: Sequence[Column] = ()) -> tuple[Paragraph, ...]:
    """Return what was found in columns that are not in the matrix, needs apart: a line for each verdict."""
    shown = matrix_columns(results, compared=compared)
    found = [each for each in in_order(results) if each.column not in shown and not is_need(each)]
    return _list("Readings, deployments and other columns", _grouped(found, lambda each: str(each.column)))


def needs(results: Sequence[Result]) -> tuple[Paragraph, ...]:
    """Return what claims need, for it was found refuted without, and what is not so."""
    found = [each for each in in_order(results) if is_need(each)]
    expected = by_claim([each for each in found if not result_code(each)])
    lines = chain.from_iterable(map(_needed, expected.values()))
    surprising = _grouped((each for each in found if result_code(each)), _dropped)
    return _list("Suppositions that are needed: refuted without", chain(lines, surprising))


def _needed(found: Sequence[Result]) -> Iterator[Paragraph]:
    """Yield a line for each set of suppositions that one claim needs, with the columns it needs them in."""
    sets: dict[Column, list[str]] = {}
    for each in found:
        kept = replace(each.column, without=())
        sets.setdefault(kept, []).append(" and ".join(each.column.without))
    columns: dict[tuple[str, ...], list[Column]] = {}
    for column, names in sets.items():
        columns.setdefault(tuple(names), []).append(column)
    for needed, where in columns.items():
        yield paragraph(
            Words(", ".join(needed), "good"),
            f" in {'; '.join(map(str, where))}",
            bullet=f"{found[0].claim.number:<{_NUMBER}}",
            hang=2,
        )


def _dropped(result: Result) -> str:
    kept = replace(result.column, without=())
    return f"without {' and '.join(result.column.without)} in {kept}"


def _grouped(found: Iterable[Result], where: Callable[[Result], str]) -> Iterator[Paragraph]:
    """Yield a line for each claim and verdict, with all the places where it was found."""
    groups: dict[tuple[str, str, str, bool], list[Result]] = {}
    for each in found:
        key = (each.claim.number, each.verdict, each.by or "", bool(result_code(each)))
        groups.setdefault(key, []).append(each)
    for (number, verdict, by, surprising), members in groups.items():
        said = f"{verdict}{' !' if surprising else ''}{f' by {by}' if by else ''}"
        yield paragraph(
            Words(said, verdict_style(members[0])),
            f": {'; '.join(map(where, members))}",
            bullet=f"{number:<{_NUMBER}}",
            hang=2,
        )


def _list(title: str, lines: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    made = tuple(lines)
    return (paragraph(Words(title, "heading")), *made) if made else ()


# --------------------------------------------------------------- case notes


def case_notes(
    law: Law, results: Sequence[Result], *, stories: Stories, proofs: bool, note: Noting | None = None
) -> Iterator[Paragraph]:
    """Yield the stories that are asked for, a blank line after each; a story told before is only named."""
    told: dict[str, Result] = {}
    for each in in_order(results):
        if not is_told(each, stories=stories, proofs=proofs):
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


def is_told(result: Result, *, stories: Stories, proofs: bool) -> bool:
    """Whether a result gets a case note: needs are told only if they surprise or proofs are."""
    if result_code(result):
        return stories != "none"
    if stories in ("unexpected", "none"):
        return False
    if proofs:
        return True
    told = result.verdict == "refuted" and not is_need(result)
    return told and (stories == "all" or is_main(result.column))


def _untold(results: Sequence[Result], *, stories: Stories, proofs: bool) -> tuple[Paragraph, ...]:
    """Say how many stories of refutations were left out, unless no stories were asked for."""
    if stories != "versions":
        return ()
    count = sum(
        each.verdict == "refuted" and not is_told(each, stories=stories, proofs=proofs) for each in results
    )
    return (
        (paragraph(f"{count} more refutations have a story; `--stories all` tells them."),) if count else ()
    )


def _supposed(law: Law, run: Run, *, stories: Stories, proofs: bool) -> tuple[Paragraph, ...]:
    """Say what the proofs suppose, with stories if `proofs` are told, but for those that are told above."""
    told = frozenset((each.claim.name, each.column) for each in run.results)
    tells = proofs and stories in ("all", "versions")
    telling = Telling(told, everywhere=stories == "all") if tells else None
    return assumption_paragraphs(law, run.assumptions or (), telling)


def _body(result: Result, note: CaseNote, others: tuple[Paragraph, ...]) -> str:
    paragraphs = (*story_paragraphs(note), *reason_paragraphs(result.verdict, note), *others)
    return f"{result.claim.name}\n{text_of(paragraphs)}"


# ------------------------------------------------------------------- ending


def surprises(results: Sequence[Result]) -> tuple[Paragraph, ...]:
    """Return every result that is not as it should be, with the reason that was given."""
    found = [each for each in in_order(results) if result_code(each)]
    return _list("Not as it should be", (_surprise(each) for each in found))


def idle_rules(idle: Sequence[IdleRule]) -> tuple[Paragraph, ...]:
    """Return the checks and exemptions that decide nothing, a line for each with its versions."""
    columns: dict[tuple[str, str, str, bool], list[str]] = {}
    for each in idle:
        rule = each.rule
        columns.setdefault((rule.kind, rule.name, rule.clause, each.never), []).append(str(rule.column))
    return _list(
        "Rules that decide nothing by themselves", (_idle(*key, where) for key, where in columns.items())
    )


def _idle(kind: str, name: str, clause: str, never: bool, columns: list[str]) -> Paragraph:
    called = f"{kind} {clause_and_name(clause, name)}"
    told = "in no situation does it decide any request" if never else "wherever it decides, so do others"
    return paragraph(
        Words(called, "bad" if never else "quiet"), f" in {', '.join(columns)}: {told}", bullet="- ", hang=2
    )


def _surprise(result: Result) -> Paragraph:
    by = f" by {result.by}" if result.by else ""
    wanted = f", {result.expected}{by} was expected" if result.expected else ""
    if result.vacuous and result.as_expected:
        wanted = ", but what it speaks of never occurs"
    reason = f": {result.reason}" if result.reason and result.verdict in ("unknown", "bounded") else ""
    return paragraph(
        f"{result.claim.name} in {result.column}: ",
        Words(result.verdict, verdict_style(result)),
        f"{wanted}{reason}",
        bullet=f"{result.claim.number:<{_NUMBER}}",
        hang=2,
    )


def ending(run: Run) -> tuple[Paragraph, ...]:
    """Return the count of verdicts, how they compare with what was expected, and how to repeat the run."""
    counts = Counter(each.verdict for each in run.results)
    told = ", ".join(f"{counts[each]} {each}" for each in sorted(counts))
    total = len(run.results)
    wrong = sum(result_code(each) != 0 for each in run.results)
    judged = Words("all as expected", "good") if not wrong else Words(f"{wrong} not as expected", "bad")
    unasked = sum(each.expected is None for each in run.results)
    if unasked and not wrong:
        as_expected = f"{total - unasked} as expected, " if unasked < total else ""
        judged = Words(f"{as_expected}{unasked} without an expectation", "good")
    verdicts = f"{total} verdict{'' if total == 1 else 's'}: {told}; "
    kept = sum(each.kept for each in run.results)
    earlier = f"{'All' if kept == total else kept} from an earlier run. " if kept else ""
    return (
        paragraph(verdicts if total else "nothing was asked; ", judged, f". {earlier}{run.seconds:.1f} s"),
        row(f"Repeat with: {run.repeat}"),
    )

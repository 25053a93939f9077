"""The report of `prove` as paragraphs: first the sum of it and what is wrong, then what differs, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from checker.question.verdict import Result
from checker.report.assumptions_told import Telling, assumption_paragraphs
from checker.report.case_paragraphs import verdict_style
from checker.report.matrix import differing, folded, matrix, matrix_columns, needs, other_columns, table_list
from checker.report.not_asked import left_out_paragraphs
from checker.report.one_page import Part, few_named, listed_part, one_page
from checker.report.paper import Paragraph, Words, joined, paragraph, row
from checker.report.pinned_stories import pinned_paragraphs
from checker.report.summary import IdleRule, Run, by_claim, in_order, is_need, result_code
from checker.report.told_stories import Noting, Stories, case_notes
from checker.story.asked_at_the_end import Law
from checker.story.in_one_sentence import briefly, decided_by
from checker.story.narrate import narrate
from checker.story.wording import clause_and_name

_NUMBER: Final = 4
_MANY: Final = 20  # claims; the matrix of fewer is not folded
_HEAD: Final = 2  # paragraphs: the title of a table, and its head
_ALL: Final = "`--matrix` lists them"


@dataclass(frozen=True, slots=True)
class Page:
    """What the report of a run has besides what is wrong. `stories`: which are told in full. `matrix`: every
    row of the matrix, and what was found in all other columns, however many. `note`: the case note of each
    result, if it is known already.
    """

    stories: Stories = field(default_factory=Stories)
    matrix: bool = False
    note: Noting | None = None


def run_paragraphs(law: Law, run: Run, page: Page) -> tuple[Paragraph, ...]:
    """Return the whole report."""
    results, stories = run.results, page.stories
    noting: Noting = page.note or (lambda each: narrate(law, each))
    never = [each for each in run.idle if each.never]
    full = page.matrix or len(by_claim(results)) <= _MANY
    told = tuple(
        pinned_paragraphs(law, run.pinned) if run.pinned else case_notes(law, results, stories, noting)
    )[:-1]
    further = (told, _supposed(law, run, stories), _rests(results, stories, noting))
    differ, *rest = _verdicts(run, full=full)
    parts = (
        Part(summary_line(run)),
        listed_part(surprises(results, noting), _ALL),
        listed_part(idle_rules(never), _ALL),
        listed_part(differ, _ALL, head=_HEAD),
        *map(Part, rest),
        listed_part(refutations(run, stories, noting, brief=not full), _ALL),
        *map(Part, further),
        listed_part(idle_rules([each for each in run.idle if not each.never]), _ALL),
        listed_part(tuple(left_out_paragraphs(run.left_out)), _ALL),
        Part(ending(run, hint=not full)),
    )
    asked_for_more = page.matrix or any(further)
    return joined(each.told(len(each.entries)) for each in parts) if asked_for_more else one_page(parts)


def _verdicts(run: Run, *, full: bool) -> Iterator[tuple[Paragraph, ...]]:
    """Yield what was found: all of it, or what differs and how much else there is."""
    results, compared = run.results, run.compared
    if full:
        yield matrix(results, compared=compared)
        yield other_columns(results, compared)
        yield needs(results)
        return
    yield differing(results, compared=compared)
    yield (*folded(results, compared=compared), *_elsewhere(run))


def _elsewhere(run: Run) -> Iterator[Paragraph]:
    """Say how much was found in columns that the matrix has not."""
    shown = matrix_columns(run.results, compared=run.compared)
    others = [each for each in run.results if each.column not in shown]
    needed = sum(map(is_need, others))
    if others:
        columns = len({each.column for each in others})
        where = f"in {_number(columns, 'reading')}, deployments and other columns"
        told = f", {needed} of them for suppositions that are needed" if needed else ""
        more = f"{_number(len(others), 'more verdict')} {where}{told}: `--matrix` lists them."
        yield paragraph(more, indent=2, hang=2)


# ------------------------------------------------------------------ first


def summary_line(run: Run) -> tuple[Paragraph, ...]:
    """Return how much was asked, and whether all is as expected."""
    results = run.results
    counts = Counter(each.verdict for each in results)
    told = ", ".join(f"{counts[each]} {each}" for each in sorted(counts))
    claims, columns = len(by_claim(results)), len({each.column for each in results})
    total, wrong = len(results), sum(result_code(each) != 0 for each in results)
    judged = Words("all as expected", "good") if not wrong else Words(f"{wrong} not as expected", "bad")
    unasked = sum(each.expected is None for each in results)
    if unasked and not wrong:
        as_expected = f"{total - unasked} as expected, " if unasked < total else ""
        judged = Words(f"{as_expected}{unasked} without an expectation", "good")
    asked = f"{_number(claims, 'claim')} in {_number(columns, 'column')}, "
    if not total:
        return (paragraph("nothing was asked.", hang=2),)
    return (paragraph(f"{asked}{_number(total, 'verdict')}: {told}; ", judged, ".", hang=2),)


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def surprises(results: Sequence[Result], note: Noting | None = None) -> tuple[Paragraph, ...]:
    """Return every result that is not as it should be, with the reason that was given and, if the case
    `note`s are known, with what decides the story of a refutation.
    """
    found = [each for each in in_order(results) if result_code(each)]
    return table_list("Not as it should be", (line for each in found for line in _surprise(each, note)))


def _surprise(result: Result, note: Noting | None) -> Iterator[Paragraph]:
    by = f" by {result.by}" if result.by else ""
    wanted = f", {result.expected}{by} was expected" if result.expected else ""
    if result.vacuous and result.as_expected:
        wanted = ", but vacuous"
    elif result.unwitnessed and result.as_expected:
        wanted = ", but perhaps vacuous"
    open_still = result.unwitnessed or result.verdict in ("unknown", "bounded")
    reason = f": {result.reason}" if result.reason and open_still else ""
    number = f"{result.claim.number:<{_NUMBER}}"
    yield paragraph(
        f"{result.claim.name} in {result.column}: ",
        Words(result.verdict, verdict_style(result)),
        f"{wanted}{reason}",
        bullet=number,
        hang=2,
    )
    if note is not None and result.verdict == "refuted":
        yield paragraph(decided_by(note(result)), indent=len(number) + 2)


# ---------------------------------------------------------------- reasons


def refutations(run: Run, stories: Stories, noting: Noting, *, brief: bool) -> tuple[Paragraph, ...]:
    """Return a sentence for every refutation in a column of the matrix that is told in no other way; one for
    all that are decided alike. `brief`: without parties and facts, where a clause decides.
    """
    shown = matrix_columns(run.results, compared=run.compared)
    reasons: dict[str, list[Result]] = {}
    for each in in_order(run.results):
        if each.verdict != "refuted" or each.column not in shown or result_code(each) or stories.tell(each):
            continue
        note = noting(each)
        reasons.setdefault(briefly(note) if brief else decided_by(note), []).append(each)
    return table_list("Why claims are refuted", (_reason(*each, brief=brief) for each in reasons.items()))


def _reason(sentence: str, found: Sequence[Result], *, brief: bool) -> Paragraph:
    return paragraph(Words(f"{_where(found, brief=brief)}: ", "strong"), sentence, hang=4)


def _where(found: Sequence[Result], *, brief: bool) -> str:
    """Name claims by number, with the columns; those of the same columns together. `brief`: not too many."""
    columns: dict[str, list[str]] = {}
    for each in found:
        by = f" by {each.by}" if each.by else ""
        columns.setdefault(f"{each.claim.number}{by}", []).append(str(each.column))
    together: dict[str, list[str]] = {}
    for number, where in columns.items():
        together.setdefault(" and ".join(where), []).append(number)
    named = few_named if brief else ", ".join
    return "; ".join(f"{named(numbers)} in {where}" for where, numbers in together.items())


def _rests(results: Sequence[Result], stories: Stories, noting: Noting) -> tuple[Paragraph, ...]:
    """Return what each verdict rests on, if that was asked; but for those that are told in full."""
    asked = [each for each in in_order(results) if each.blame is not None and not stories.tell(each)]
    return table_list("What verdicts rest on", (line for each in asked for line in _rest(each, noting)))


def _rest(result: Result, noting: Noting) -> Iterator[Paragraph]:
    by = f" by {result.by}" if result.by else ""
    yield paragraph(
        f"{result.claim.name} in {result.column}: ",
        Words(f"{result.verdict}{by}", verdict_style(result)),
        bullet=f"{result.claim.number:<{_NUMBER}}",
        hang=2,
    )
    yield from (paragraph(each, indent=_NUMBER, bullet="- ") for each in noting(result).rests)


def _supposed(law: Law, run: Run, stories: Stories) -> tuple[Paragraph, ...]:
    """Say what the proofs suppose, with stories if proofs are told, but for those that are told above."""
    told = frozenset((each.claim.name, each.column) for each in run.results)
    telling = Telling(told, everywhere=stories.which == "all") if stories.proofs_everywhere else None
    return assumption_paragraphs(law, run.assumptions or (), telling)


# ------------------------------------------------------------------- ending


def idle_rules(idle: Sequence[IdleRule]) -> tuple[Paragraph, ...]:
    """Return the checks and exemptions without an effect of their own, a line for each with its versions."""
    columns: dict[tuple[str, str, str, bool], list[str]] = {}
    for each in idle:
        rule = each.rule
        columns.setdefault((rule.kind, rule.name, rule.clause, each.never), []).append(str(rule.column))
    return table_list(
        "Rules without an effect of their own", (_idle(*key, where) for key, where in columns.items())
    )


def _idle(kind: str, name: str, clause: str, never: bool, columns: list[str]) -> Paragraph:
    called = f"{kind} {clause_and_name(clause, name)}"
    told = "it never decides a request" if never else "whenever it decides a request, so does another rule"
    return paragraph(
        Words(called, "bad" if never else "quiet"), f" in {', '.join(columns)}: {told}", bullet="- ", hang=2
    )


def ending(run: Run, *, hint: bool = False) -> tuple[Paragraph, ...]:
    """Return how long the run took, and how to repeat it. `hint`: say how to see more."""
    kept, total = sum(each.kept for each in run.results), len(run.results)
    earlier = f"{'All' if kept == total else kept} from an earlier run. " if kept else ""
    more = paragraph("One claim in full: `redline prove NUMBER`, or `--story NUMBER`.")
    took = paragraph(f"{earlier}{run.seconds:.1f} s")
    return (*((more,) if hint else ()), took, row(f"Repeat with: {run.repeat}"))

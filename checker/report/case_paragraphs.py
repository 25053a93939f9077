"""Case notes as paragraphs: a story that reads aloud, with the words of the law that decide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from checker.question.verdict import Result, VerdictName
from checker.report.paper import BLANK, Paragraph, Style, Words, paragraph
from checker.story.case_note import (
    CaseNote,
    CheckNote,
    CheckOutcome,
    QuoteNote,
    StageNote,
    StepNote,
    StepOutcome,
)
from checker.story.outcomes import outcome_words
from checker.story.steps_told import place_of
from checker.story.wording import capital, clause_and_name

_LONGEST_QUOTE: Final = 240
_OUTCOMES: Final[dict[CheckOutcome, str]] = {
    "passes": "passes",
    "does not apply": "does not apply",
    "exempted": "exempt from",
    "refuses": "REFUSES",
}
_STYLES: Final[dict[CheckOutcome, Style]] = {
    "passes": "good",
    "does not apply": "quiet",
    "exempted": "warning",
    "refuses": "bad",
}


def case_paragraphs(result: Result, note: CaseNote) -> tuple[Paragraph, ...]:
    """Return heading, story and reasons of one result."""
    return (*heading(result), *story_paragraphs(note), *reason_paragraphs(result.verdict, note))


def other_paragraphs(result: Result, notes: Sequence[CaseNote]) -> Iterator[Paragraph]:
    """Yield the further stories of a result, and why there are no more."""
    if result.others is not None:
        claim = f" of claim {result.claim.number}, {result.claim.name}"
        yield from further_paragraphs(result.verdict, notes, result.others.end, claim)


def further_paragraphs(
    verdict: VerdictName, notes: Sequence[CaseNote], end: str, claim: str = ""
) -> Iterator[Paragraph]:
    """Yield the stories after the first of a claim, and why there are no more."""
    for number, note in enumerate(notes, 2):
        yield paragraph(Words(f"Story {number}{claim}", "heading"), hang=2)
        yield from story_paragraphs(note)
        yield from reason_paragraphs(verdict, note)
    if end:
        yield paragraph(f"{end[:1].upper()}{end[1:]}.", indent=2)
        yield BLANK


def heading(result: Result) -> tuple[Paragraph, ...]:
    """Return which claim it is, what it says, and what was found."""
    claim = result.claim
    by = f" by {result.by}" if result.by else ""
    title = Words(f"Claim {claim.number}, {claim.name}, in {result.column}: ", "heading")
    verdict = Words(f"{result.verdict}{by}", verdict_style(result))
    return (
        paragraph(title, verdict, expectation(result), hang=2),
        paragraph(
            claim.sentence,
            Words(f" [{'; '.join((*claim.sources, place_of(claim.span)))}]", "quiet"),
            indent=2,
        ),
    )


def expectation(result: Result) -> Words:
    """Return how the verdict compares with what was expected."""
    if result.vacuous:
        return Words(", but vacuous", "warning")
    if result.expected is None:
        return Words("")
    if result.as_expected:
        return Words(", as expected", "quiet")
    return Words(f", but {result.expected} was expected", "bad")


def verdict_style(result: Result) -> Style:
    """Return good for what was expected, bad for what was not, warning for no answer."""
    if result.verdict in ("unknown", "bounded") or result.vacuous:
        return "warning"
    return "good" if result.as_expected else "bad"


# -------------------------------------------------------------------- story


def story_paragraphs(note: CaseNote) -> Iterator[Paragraph]:
    """Yield the starting situation, the steps, and the requests that are tried."""
    if note.opening:
        yield paragraph(Words(capital(note.begins), "strong"), indent=2)
        yield from (paragraph(f"{each}.", indent=4, bullet="- ") for each in note.opening)
    for number, step in enumerate(note.steps, 1):
        yield from step_paragraphs(step, f"{number}. ")
    trials = (*note.trials, *((note.attempt,) if note.attempt else ()))
    for trial in trials:
        label = "Asked" if trial is not note.attempt else "One would try"
        setting = f", {trial.setting}" if trial.setting else ""
        yield from step_paragraphs(trial, f"{label}{setting}: ")


def step_paragraphs(step: StepNote, label: str) -> Iterator[Paragraph]:
    """Yield who sends what, what each check makes of it, and what it changes."""
    yield paragraph(Words(label, "strong"), f"{step.sentence}.", indent=2, hang=3)
    told: set[str] = set()
    for stage in step.stages:
        yield from stage_paragraphs(stage, told)
    if step.outcome != "happens":
        yield _outcome(step)
    yield from (paragraph(f"{each}.", indent=5, bullet="> ") for each in step.changes)


def _outcome(step: StepNote) -> Paragraph:
    styles: dict[StepOutcome, Style] = {"accepted": "good", "under way": "warning"}
    word, rest = outcome_words(step)
    return paragraph(Words(word, styles.get(step.outcome, "bad")), rest, indent=5)


def stage_paragraphs(stage: StageNote, told: set[str]) -> Iterator[Paragraph]:
    """Yield one component's checks; for a component that is not reached, only whether it would refuse as
    well.

    `told` are the exemptions whose words the step has quoted already.
    """
    version = f" (rules: {stage.version})" if stage.tell_version else ""
    if stage.behind:
        yield paragraph(Words(f"{stage.component} has let it pass already", "quiet"), indent=5, hang=2)
        return
    if not stage.reached:
        refusing = [each for each in stage.checks if each.outcome == "refuses"]
        named = " and ".join(clause_and_name(each.clause, each.name) for each in refusing)
        also = f"; {named} would refuse there as well" if named else ""
        yield paragraph(Words(f"{stage.component}{version} is not reached{also}", "quiet"), indent=5, hang=2)
        return
    yield paragraph(f"{stage.component}{version}", indent=5)
    for check in stage.checks:
        yield from check_paragraphs(check, quoted=check.outcome == "refuses" or not told.issuperset(check.by))
        told.update(check.by)


def check_paragraphs(check: CheckNote, *, quoted: bool) -> Iterator[Paragraph]:
    """Yield the outcome of a check and, if `quoted`, the words that decide it."""
    word, name = _OUTCOMES[check.outcome], clause_and_name(check.clause, check.name)
    adopted = ", an adopted check" if check.adopted_because else ""
    by = f", by {' and '.join(check.by)}" if check.by else ""
    first = paragraph(
        Words(f"{word:<15}", _STYLES[check.outcome]), f"{name}{adopted}{by}{_code(check)}", indent=7
    )
    yield Paragraph(first.runs, first.first, " " * 22)
    if quoted and check.outcome in ("refuses", "exempted"):
        if check.things:
            where = ", ".join(f"{binder} is {name}" for binder, name in check.things)
            yield paragraph(Words(f"where {where}", "quiet"), indent=22)
        yield from chain.from_iterable(quote_paragraphs(each) for each in _told(check))
    because = "for: " if check.forbids else "but: "
    yield from (paragraph(f"{each}.", indent=22, bullet=because) for each in check.facts)
    if check.outcome == "refuses":
        yield paragraph(Words(f"see {check.place}", "quiet"), indent=22)


def _told(check: CheckNote) -> tuple[QuoteNote, ...]:
    """Return the words of the limb for an exempted check, its own for one that refuses."""
    if check.outcome == "refuses":
        return check.quotes
    return tuple(each for each in check.quotes if each.kind == "condition")


def _code(check: CheckNote) -> str:
    if check.outcome != "refuses":
        return ""
    if check.code is None:
        return ": no published code"
    return f": {check.code}, {check.code_label}" if check.code_label else f": {check.code}"


def quote_paragraphs(quote: QuoteNote) -> Iterator[Paragraph]:
    """Yield the words of the law, or the inference that stands in for them, and their meaning."""
    if quote.words:
        words = _shortened(" … ".join(quote.words))
        yield paragraph(f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}", indent=22)
    elif quote.inference:
        yield paragraph(f"inferred: {quote.inference}", indent=22, hang=2)
    if quote.meaning and not quote.forbids:
        yield paragraph(Words(quote.meaning, "quiet"), indent=24, bullet="= ")


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST_QUOTE:
        return words
    half = _LONGEST_QUOTE // 2
    return f"{words[:half].rsplit(' ', 1)[0]} … {words[-half:].split(' ', 1)[-1]}"


# ------------------------------------------------------------------ reasons


def reason_paragraphs(verdict: VerdictName, note: CaseNote) -> Iterator[Paragraph]:
    """Yield why the claim fails, or how it is proved."""
    if note.facts:
        yield paragraph(Words("In the end", "strong"), indent=2)
        yield from (paragraph(f"{each}.", indent=4, bullet="- ") for each in note.facts)
    label = "Why it fails: " if verdict == "refuted" else "Why: "
    for reason in note.because:
        yield paragraph(Words(label, "strong"), reason, indent=2, hang=2)
        label = ""
    if note.proof:
        yield paragraph(Words("Evidence", "strong"), indent=2)
        yield from (paragraph(each, indent=4, bullet="- ") for each in note.proof)
    if note.rests:
        yield paragraph(Words("It rests on", "strong"), indent=2)
        yield from (paragraph(each, indent=4, bullet="- ") for each in note.rests)
    if note.witness:
        yield paragraph(Words("It does occur: ", "strong"), f"{note.witness}.", indent=2, hang=2)
    yield BLANK

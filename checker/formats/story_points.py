"""A case note point by point: who sends what, what each check makes of it, and the words that decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.formats.outcome import Place, Point, one_line, sentence
from checker.story.case_note import CaseNote, CheckNote, CheckOutcome, StageNote, StepNote
from checker.story.wording import clause_and_name

_SAYS: Final[dict[CheckOutcome, str]] = {
    "passes": "passes",
    "does not apply": "does not apply to",
    "exempted": "exempts",
    "refuses": "refuses",
}
_CHECKS, _WORDS = 1, 2  # how far they are indented


def points_of(note: CaseNote, claim: Place | None) -> Iterator[Point]:
    """Yield the story of a case note. What has no place of its own has that of the claim."""
    for fact in note.opening:
        yield Point(sentence(f"{note.begins}: {fact}"), claim)
    for number, step in enumerate(note.steps, 1):
        yield from points_of_step(step, claim, f"{number}. ")
    for trial in note.trials:
        yield from points_of_step(trial, claim, "Asked: ")
    if note.attempt is not None:
        yield from points_of_step(note.attempt, claim, "One would try: ")
    for fact in note.facts:
        yield Point(sentence(f"In the end: {fact}"), claim)
    for why in note.because:
        yield Point(sentence(why), claim, decisive=True)


def points_of_step(step: StepNote, claim: Place | None, label: str) -> Iterator[Point]:
    """Yield one step: the request, each check that it comes to, and what it changes."""
    yield Point(sentence(f"{label}{step.sentence}"), claim)
    for stage in step.stages:
        if stage.reached and not stage.behind:
            for check in stage.checks:
                yield from _check(stage, check, claim)
    for lack in step.lacks:
        yield Point(sentence(f"Not a request there: {lack}"), claim, _CHECKS, decisive=True)
    for change in step.changes:
        yield Point(sentence(change), claim, _CHECKS)


def _check(stage: StageNote, check: CheckNote, claim: Place | None) -> Iterator[Point]:
    where = f"{stage.component}{f' ({stage.version})' if stage.tell_version else ''}"
    by = f", by {' and '.join(check.by)}" if check.by else ""
    code = f": {': '.join(part for part in (check.code, check.code_label) if part)}" if check.code else ""
    refuses = check.outcome == "refuses"
    said = f"{where}: {clause_and_name(check.clause, check.name)} {_SAYS[check.outcome]} the request{by}"
    facts = "".join(f" {sentence(each)}" for each in check.facts)
    place = Place.read(check.place) or claim
    yield Point(f"{sentence(said + (code if refuses else ''))}{facts}", place, _CHECKS, decisive=refuses)
    for quote in check.quotes if refuses else ():
        if quote.holds is False:
            words = " … ".join(quote.words) or quote.inference or quote.meaning
            yield Point(one_line(f"“{words}”"), Place.read(quote.place) or place, _WORDS, decisive=True)

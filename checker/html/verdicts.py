"""Verdicts as a page shows them: the matrix, the claims that differ, and a story for each result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from checker.html.stories import Diagram, diagram_of
from checker.model.claim import Claim, Column
from checker.model.lacking import lacking
from checker.model.mixture import common_model
from checker.model.reads import words_of
from checker.question.verdict import UNDECIDED
from checker.regime.regime import Regime
from checker.report.json_documents import ToldColumn
from checker.results.parts import ToldClaim, Verdict
from checker.results.proofs import Proofs, Supposed
from checker.story.case_note import CaseNote
from checker.story.in_one_sentence import decided_by
from checker.story.statement_in_words import statement_in_words

_RARELY: Final = 4  # a column that fewer than one claim in so many is asked in is listed apart
MARKS: Final = {
    "proved": "\N{CHECK MARK}",
    "refuted": "\N{BALLOT X}",
    "vacuous": "\N{EMPTY SET}",
    "bounded": "\N{HORIZONTAL ELLIPSIS}",
    "unknown": "?",
}


@dataclass(frozen=True, slots=True)
class ToldResult:
    """A verdict in a `word` and a mark. `surprise`: what was expected instead, or what else is wrong with it,
    empty if nothing is. `same`: the column in which this claim has the same story, which is told there; else
    `diagram` is the story, if it has one. `others`: further stories, if they were asked for.
    """

    verdict: Verdict
    place: str
    word: str
    mark: str
    surprise: str
    same: str
    diagram: Diagram | None
    others: tuple[tuple[Diagram, CaseNote], ...]

    @property
    def main(self) -> bool:
        """Whether it is about a version or a deployment as it stands: what is printed in full."""
        return as_it_stands(self.verdict.column)

    @property
    def column(self) -> str:
        """The column in words, and whose doing the refutation had to be."""
        by = f", by {self.verdict.by}" if self.verdict.by else ""
        return f"{self.verdict.column.text}{by}"


@dataclass(frozen=True, slots=True)
class ToldOfClaim:
    """A claim, what it states in words, its results, and what its proofs suppose, if that was asked.
    `pinned`: what it comes to under facts that somebody pinned.
    """

    claim: ToldClaim
    words: str
    results: tuple[ToldResult, ...]
    supposed: tuple[Supposed, ...]
    pinned: tuple[ToldResult, ...]

    def cell(self, column: str) -> tuple[ToldResult, ...]:
        """The results in one column."""
        return tuple(each for each in self.results if each.verdict.column.text == column)


@dataclass(frozen=True, slots=True)
class Turn:
    """A claim whose verdict is not the same in two versions."""

    claim: ToldOfClaim
    old: ToldResult
    new: ToldResult

    @property
    def why(self) -> str:
        """The sentence that says why it fails where it does; empty if none does, or both do."""
        failing = [each for each in (self.old, self.new) if each.verdict.verdict == "refuted"]
        return decided_by(failing[0].verdict.note) if len(failing) == 1 else ""


def told_claims(proofs: Proofs, regime: Regime) -> tuple[ToldOfClaim, ...]:
    """Return claims with their results, in the order of the answer."""
    groups: dict[str, list[Verdict]] = {}
    for each in proofs.results:
        groups.setdefault(each.claim.name, []).append(each)
    return tuple(_claim(found, proofs, regime) for found in groups.values())


def _claim(found: Sequence[Verdict], proofs: Proofs, regime: Regime) -> ToldOfClaim:
    claim = found[0].claim
    known = next((each for each in regime.claims if each.name == claim.name), None)
    asked = (regime.parse_column(each.column.text) for each in found)
    words = "" if known is None else in_words(known, asked, regime)
    supposed = tuple(each for each in proofs.assumptions or () if each.name == claim.name)
    pinned = [each for each in proofs.pinned if each.claim.name == claim.name]
    alone = (one for each in pinned for one in _results([each]))
    return ToldOfClaim(claim, words, tuple(_results(found)), supposed, tuple(alone))


def in_words(claim: Claim, columns: Iterable[Column], regime: Regime) -> str:
    """The statement in the words of the last version or, if that lacks some, of the first of the columns that
    has all of them; empty if none has. `columns`: in which the claim is asked.
    """
    models = (common_model(regime.rules(each)) for each in (Column(tuple(regime.versions)[-1]), *columns))
    model = next((each for each in models if lacking(each, *words_of(claim)) is None), None)
    return "" if model is None else statement_in_words(claim, model)


def _results(found: Sequence[Verdict]) -> Iterator[ToldResult]:
    told: dict[str, tuple[Verdict, CaseNote]] = {}
    for each in found:
        story = _story(each.note)
        same = next((other.column.text for other, known in told.values() if known == story), "")
        has_story = bool(each.note.steps or each.note.trials or each.note.attempt or each.note.opening)
        yield ToldResult(
            verdict=each,
            place=f"{each.claim.number} {each.claim.name} {each.column.text} {each.by or ''}",
            word=word_of(each),
            mark=MARKS[word_of(each)],
            surprise=surprise(each),
            same=same if has_story else "",
            diagram=diagram_of(each.note) if has_story and not same else None,
            others=() if each.others is None else tuple(_told(one.note) for one in each.others.stories),
        )
        if has_story and not same:
            told[each.column.text + (each.by or "")] = each, story


def _told(note: CaseNote) -> tuple[Diagram, CaseNote]:
    return diagram_of(note), note


def _story(note: CaseNote) -> CaseNote:
    """What makes two stories the same for a reader: not how they were found."""
    return CaseNote(
        note.opening, note.begins, note.steps, note.trials, note.attempt, note.because, note.facts
    )


def word_of(verdict: Verdict) -> str:
    """Return a verdict in a word: `vacuous` if what it speaks of never occurs."""
    return "vacuous" if verdict.vacuous else verdict.verdict


def surprise(verdict: Verdict) -> str:
    """Say what is not as it should be; empty if all is."""
    if verdict.vacuous:
        return "what it speaks of never occurs"
    if not verdict.as_expected:
        by = f" by {verdict.by}" if verdict.by else ""
        return f"{verdict.expected}{by} was expected"
    return verdict.reason if without_answer(verdict) else ""


def without_answer(verdict: Verdict) -> bool:
    """Whether a question is left open: what the verdict is or, of a proof, whether it is vacuous."""
    open_still = verdict.verdict == "proved" and verdict.reason.startswith(UNDECIDED)
    return open_still or verdict.verdict in ("unknown", "bounded")


def main_columns(claims: Sequence[ToldOfClaim], compared: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of the matrix: those `compared`, then versions and deployments as they stand that
    many claims were asked in.
    """
    columns = [one.verdict.column for each in claims for one in each.results]
    asked = Counter(each.text for each in columns if as_it_stands(each))
    often = tuple(each for each, count in asked.items() if count * _RARELY > len(claims))
    return tuple(dict.fromkeys((*(each for each in compared if each in asked), *often)))


def other_columns(
    claims: Sequence[ToldOfClaim], shown: Sequence[str]
) -> tuple[tuple[str, tuple[tuple[str, ToldResult], ...]], ...]:
    """Return the columns that the matrix does not show, each with the claims that were asked there, by
    number, and what was found.
    """
    found: dict[str, list[tuple[str, ToldResult]]] = {}
    for claim in claims:
        for each in claim.results:
            if each.verdict.column.text not in shown:
                found.setdefault(each.verdict.column.text, []).append((claim.claim.number, each))
    return tuple((column, tuple(results)) for column, results in found.items())


def as_it_stands(column: ToldColumn) -> bool:
    """Whether it is a version or a deployment without readings, and with all suppositions."""
    return not column.readings and not column.without


def turns(claims: Sequence[ToldOfClaim], old: str, new: str) -> Iterator[Turn]:
    """Yield the claims of which something else was found in one column than in the other."""
    for claim in claims:
        before, after = claim.cell(old), claim.cell(new)
        if {each.word for each in before} != {each.word for each in after}:
            pairs = (Turn(claim, *pair) for pair in product(before, after) if pair[0].word != pair[1].word)
            yield from islice(pairs, 1)

"""What results of several kinds are made of: claims as cited, evidence, stories, what was not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from checker.model.claim import Claim
from checker.model.unparse import unparse
from checker.prove.left_out import LeftOut
from checker.question.verdict import Blame, Evidence, Open, Others, Strategy, VerdictName
from checker.question.verdict import Result as Found
from checker.report.case_paragraphs import further_paragraphs, reason_paragraphs, story_paragraphs
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import text_of
from checker.report.summary import is_need
from checker.results.notes import notes_of
from checker.results.told_stories import ToldTrace, told_request, told_trace
from checker.story.asked_at_the_end import Law
from checker.story.case_note import CaseNote
from checker.story.narrate import narrate_others
from checker.story.steps_told import place_of

# ---------------------------------------------------------------------- claims


class ToldClaim(Struct, frozen=True, kw_only=True):
    """A claim as it is written. `statement`: in the language; `line` of `file`, from 1, is where it begins;
    `sources`: the clauses and papers that its author names.
    """

    number: str
    name: str
    sentence: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    statement: str
    file: str
    line: int


def told_claim(claim: Claim) -> ToldClaim:
    """Return a claim as it is written."""
    return ToldClaim(
        number=claim.number,
        name=claim.name,
        sentence=claim.sentence,
        sources=claim.sources,
        notes=claim.notes,
        statement=claim.statement_text,
        file=claim.span.file,
        line=claim.span.line,
    )


class ToldLeftOut(Struct, frozen=True, kw_only=True):
    """Something that was not asked: a claim (by number and name; `null` for a column that no claim expects
    anything of) in a column (`null`: in any), and the `reason`, a sentence without its subject.
    """

    claim: str | None
    name: str | None
    column: ToldColumn | None
    reason: str


def told_left_out(left_out: Iterable[LeftOut]) -> tuple[ToldLeftOut, ...]:
    """Return the claims and columns that were not asked, with the reason."""
    return tuple(
        ToldLeftOut(
            claim=None if each.claim is None else each.claim.number,
            name=None if each.claim is None else each.claim.name,
            column=None if each.column is None else told_column(each.column),
            reason=each.reason,
        )
        for each in left_out
    )


# ------------------------------------------------------------------ situations


class ToldStrategy(Struct, frozen=True, kw_only=True):
    """In a situation at most `rank` steps from the goal, take this `step`: an effect or event, or `request`
    for one that changes nothing. `parameters`: name -> term of the language, `null` for any thing that will
    do.
    """

    rank: int
    step: str
    parameters: dict[str, str | None]


class ToldObligation(Struct, frozen=True, kw_only=True):
    """What the solver showed to be unsatisfiable, in so many `seconds`; `meaning`: “unsatisfiable iff …”."""

    name: str
    meaning: str
    seconds: float


class ToldEvidence(Struct, frozen=True, kw_only=True):
    """Why a verdict may be believed. Names are those of the trace (`user_1`), not people's.

    `binding`: variable of the claim -> thing; `requests`: name in the claim -> parameters; `attempt`:
    for a refuted “possibly”, the request that one would make, and that is refused; `trace`: the story;
    `ways`: how the goal is reached; `excluded`: how it would come about from situations that no story
    enters; `invariant`: clauses, in the language, that hold wherever stories come and rule it out;
    `alone`: there is no way out if there is nobody else; `arises`: false if no few steps are known to
    lead to the situation shown; `way`: the story that does; `cases`: evidence for each case of an exact
    difference, `missing` the case that never occurs; `one_by_one`: it is about any one of the things
    that the goal is of.
    """

    binding: dict[str, str]
    requests: dict[str, dict[str, str]]
    attempt: dict[str, str] | None
    trace: ToldTrace | None
    ways: tuple[ToldStrategy, ...]
    excluded: tuple[ToldStrategy, ...] | None
    invariant: tuple[str, ...]
    alone: bool
    arises: bool
    way: ToldTrace | None
    cases: tuple[ToldEvidence, ...]
    missing: str
    one_by_one: bool
    obligations: tuple[ToldObligation, ...]


def told_evidence(evidence: Evidence) -> ToldEvidence:
    """Return evidence; things are named as in the trace, not as in the case note."""
    excluded = evidence.excluded
    return ToldEvidence(
        binding=dict(evidence.binding),
        requests={name: told_request(each) for name, each in evidence.requests.items()},
        attempt=None if evidence.attempt is None else told_request(evidence.attempt),
        trace=None if evidence.trace is None else told_trace(evidence.trace),
        ways=tuple(map(_strategy, evidence.ways)),
        excluded=None if excluded is None else tuple(map(_strategy, excluded)),
        invariant=tuple(map(unparse, evidence.invariant)),
        alone=evidence.alone,
        arises=evidence.arises,
        way=None if evidence.way is None else told_trace(evidence.way),
        cases=tuple(map(told_evidence, evidence.cases)),
        missing=evidence.missing,
        one_by_one=evidence.one_by_one,
        obligations=tuple(
            ToldObligation(name=each.name, meaning=each.meaning, seconds=round(each.seconds, 4))
            for each in evidence.obligations
        ),
    )


def _strategy(strategy: Strategy) -> ToldStrategy:
    parameters = strategy.parameters.items()
    return ToldStrategy(
        rank=strategy.rank,
        step=strategy.schema,
        parameters={name: None if term is None else unparse(term) for name, term in parameters},
    )


# --------------------------------------------------------------------- verdict


class ToldGround(Struct, frozen=True, kw_only=True):
    """Something that a verdict rests on: of which `kind` it is, the `rule` that it is of, its `clause`, the
    `words` of the law, their `meaning` as written, and its `place` (`FILE:LINE`).
    """

    kind: Literal["phrase", "limb", "update", "condition", "axiom", "premise", "start"]
    rule: str
    clause: str
    words: tuple[str, ...]
    meaning: str
    place: str


class ToldBlame(Struct, frozen=True, kw_only=True):
    """What a verdict rests on: all of `needed`, whatever `others` more could mean. `unknown`: why that was
    not found out, or empty.
    """

    needed: tuple[ToldGround, ...]
    others: int
    unknown: str


class LeftOpen(Struct, frozen=True, kw_only=True):
    """What would help where there is no verdict: the `evidence` of a story that would decide the claim, from
    a situation of which it is not known whether it can come about; or, of one from a start to where the
    `lemma` is false. Of a proof, only the latter, if it does without the lemma.
    """

    lemma: str | None
    evidence: ToldEvidence


class OtherStory(Struct, frozen=True, kw_only=True):
    """A further story behind a verdict: its `evidence`, and the story in sentences."""

    evidence: ToldEvidence
    note: CaseNote


class OtherStories(Struct, frozen=True, kw_only=True):
    """Further stories behind a verdict, each of another kind than all before it, the shortest first; `end`
    says why there are no more, and is empty where as many were found as were asked for.
    """

    stories: tuple[OtherStory, ...]
    end: str


class Verdict(Struct, frozen=True, kw_only=True):
    """What was found of one claim in one column. `seconds`: the time that it took; `kept`:
    it was reached in an earlier run.

    `verdict`: only `proved` and `refuted` are verdicts for any number of parties, and both carry
    `evidence` that was checked again; of `bounded` and `unknown`, `reason` says why. For `refuted` it
    may say in one sentence why the claim fails. `expected`: what its author expects, `null` where
    nobody said; `as_expected` is true then. `by`: the clause or check whose doing the refutation had to
    be. `need`: the column goes without a supposition that the claim says it needs. `vacuous`: proved,
    but what it speaks of never occurs; otherwise `witness` shows that it does, if that was asked.
    `explored`: what the second way of deciding had to say. `left_open`: where there is no verdict, what
    would help; of a proof, a lemma that is false and not needed. `others`: further stories, if they were
    asked for and a story is behind the verdict. `blame`: what it rests on, if that was
    asked. `note`: the story behind it, in sentences.
    """

    claim: ToldClaim
    column: ToldColumn
    verdict: VerdictName
    by: str | None
    expected: Literal["proved", "refuted"] | None
    as_expected: bool
    need: bool
    vacuous: bool
    reason: str
    explored: str
    left_open: LeftOpen | None
    seconds: float
    kept: bool
    evidence: ToldEvidence
    witness: ToldEvidence | None
    others: OtherStories | None
    blame: ToldBlame | None
    note: CaseNote

    def __repr__(self) -> str:
        return f"Verdict({self.claim.number} {self.claim.name}, in {self.column}: {self.verdict})"

    def story(self) -> str:
        """Return the story behind the verdict as lines of text: why a claim fails, or how it is proved.
        Further stories follow it, if they were asked for.
        """
        told = [*story_paragraphs(self.note), *reason_paragraphs(self.verdict, self.note)]
        if self.others is not None:
            notes = [each.note for each in self.others.stories]
            told += further_paragraphs(self.verdict, notes, self.others.end)
        return text_of(told)


def _every(_: Found) -> bool:
    return True


def verdict_of(law: Law, result: Found, *, examples: bool = True) -> Verdict:
    """Return one result with its evidence, witness and case note. `examples`: as for `notes_of`."""
    (verdict,) = verdicts_of(law, (result,), examples=examples)
    return verdict


def verdicts_of(
    law: Law,
    results: Sequence[Found],
    processes: int = 1,
    *,
    examples: bool = True,
    noted: Callable[[Found], bool] = _every,
) -> tuple[Verdict, ...]:
    """Return results with their evidence, witnesses and, of those that are `noted`, case notes, for which
    there may be so many `processes`. `examples`: as for `notes_of`.
    """
    told = iter(notes_of(law, tuple(filter(noted, results)), processes, examples=examples))
    return tuple(_verdict(law, each, next(told) if noted(each) else CaseNote()) for each in results)


def _verdict(law: Law, result: Found, note: CaseNote) -> Verdict:
    return Verdict(
        claim=told_claim(result.claim),
        column=told_column(result.column),
        verdict=result.verdict,
        by=result.by,
        expected=result.expected,
        as_expected=result.as_expected,
        need=is_need(result),
        vacuous=result.vacuous,
        reason=result.reason,
        explored=result.explored,
        left_open=None if result.left_open is None else _left_open(result.left_open),
        seconds=round(result.seconds, 3),
        kept=result.kept,
        evidence=told_evidence(result.evidence),
        witness=None if result.witness is None else told_evidence(result.witness),
        others=None if result.others is None else _others(law, result, result.others),
        blame=None if result.blame is None else _blame(result.blame),
        note=note,
    )


def _others(law: Law, result: Found, others: Others) -> OtherStories:
    stories = (
        OtherStory(evidence=told_evidence(each), note=note)
        for each, note in zip(others.stories, narrate_others(law, result), strict=True)
    )
    return OtherStories(stories=tuple(stories), end=others.end)


def _left_open(left: Open) -> LeftOpen:
    lemma = None if left.lemma is None else left.lemma.name
    return LeftOpen(lemma=lemma, evidence=told_evidence(left.story))


def _blame(blame: Blame) -> ToldBlame:
    return ToldBlame(
        needed=tuple(
            ToldGround(
                kind=each.kind,
                rule=each.rule,
                clause=each.clause,
                words=tuple(phrase.text for phrase in each.phrases),
                meaning=each.meaning,
                place=place_of(each.span),
            )
            for each in blame.needed
        ),
        others=blame.others,
        unknown=blame.unknown,
    )

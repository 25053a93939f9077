"""Rules without effect, and words and rules that do not fit each other: what `lint` finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from checker.language.diagnostics import Span
from checker.question.verdict import VerdictName
from checker.regime.regime import Regime
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import Paragraph
from checker.results.answer import Evidenced, Frame, frame_of, keeping, kept
from checker.rooms.lint.claims import LintAnswer
from checker.rooms.lint.find import Lint
from checker.rooms.lint.finding import Finding as Found
from checker.rooms.lint.finding import Kind
from checker.rooms.lint.text import lint_paragraphs


class Finding(Struct, frozen=True, kw_only=True):
    """One finding. `gates`: it is about a rule that can never decide, and so gives exit code 4; `subject`:
    what it is about; `clause`, `words`: the words of the law concerned; `versions` in which it was found;
    `claims`: the numbers of the claims in `asked` that show it; `span`: the place, lines and columns from
    1, end exclusive.
    """

    kind: Kind
    gates: bool
    subject: str
    message: str
    clause: str
    words: tuple[str, ...]
    notes: tuple[str, ...]
    versions: tuple[str, ...]
    claims: tuple[str, ...]
    span: Span


class Question(Struct, frozen=True, kw_only=True):
    """A claim that lint asked; `usual`: the verdict that it has where every rule decides something."""

    claim: str
    sentence: str
    column: ToldColumn
    verdict: VerdictName
    usual: Literal["proved", "refuted"]
    reason: str
    seconds: float


class NotComparedReading(Struct, frozen=True, kw_only=True):
    """A reading that could not be compared in a version."""

    reading: str
    version: str


class Findings(Evidenced, frozen=True, kw_only=True, tag_field="schema", tag="redline.lint/1"):
    """What a drafter should look at: those that gate first, then by kind, then as they stand in the spec.

    `counts`: kind -> how many; `asked`: every question; `claims`: the same as a page of the language.
    """

    command: str
    seconds: float
    exit: int
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    asked: tuple[Question, ...]
    unasked: tuple[NotComparedReading, ...]
    claims: str
    shipped: bool

    def paragraphs(self, *, every: bool = False) -> Iterable[Paragraph]:
        """The report. `every`: each notice in full, and not only the first of each kind."""
        told = kept(self, "linted", Linted)
        texts = {each.file: each.text for each in told.regime.documents}
        return lint_paragraphs(
            told.lint, texts, versions=told.versions, repeat=self.command, seconds=told.seconds, every=every
        )

    def frame(self) -> Frame:
        """A row for each finding."""
        return frame_of(
            (
                {
                    "kind": each.kind,
                    "gates": each.gates,
                    "subject": each.subject,
                    "message": each.message,
                    "clause": each.clause,
                    "versions": each.versions,
                    "file": each.span.file,
                    "line": each.span.line,
                }
                for each in self.findings
            ),
            ("kind", "gates", "subject", "message", "clause", "versions", "file", "line"),
        )


@dataclass(frozen=True, slots=True)
class Linted:
    """A run of `lint`: what was found in these versions of the law. `code`: what it exits with."""

    regime: Regime
    lint: Lint
    versions: tuple[str, ...]
    repeat: str
    seconds: float
    code: int


def findings_of(linted: Linted, *, shipped: bool) -> Findings:
    """Return everything that was found and asked."""
    found = linted.lint
    answer = Findings(
        command=linted.repeat,
        seconds=round(linted.seconds, 3),
        exit=linted.code,
        counts=dict(Counter(each.kind for each in found.findings)),
        findings=tuple(map(_finding, found.findings)),
        asked=tuple(map(_asked, found.asked)),
        unasked=tuple(
            NotComparedReading(reading=reading, version=version) for reading, version in found.unasked
        ),
        claims=found.text,
        shipped=shipped,
    )
    return keeping(answer, linted=linted)


def _finding(found: Found) -> Finding:
    return Finding(
        kind=found.kind,
        gates=found.gates,
        subject=found.subject,
        message=found.message,
        clause=found.clause,
        words=found.words,
        notes=tuple(found.notes),
        versions=tuple(found.versions),
        claims=tuple(found.claims),
        span=found.span,
    )


def _asked(asked: LintAnswer) -> Question:
    return Question(
        claim=asked.number,
        sentence=asked.question.sentence,
        column=told_column(asked.column),
        verdict=asked.result.verdict,
        usual=asked.question.usual,
        reason=asked.result.reason,
        seconds=round(asked.result.seconds, 3),
    )

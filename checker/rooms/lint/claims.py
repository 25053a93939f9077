"""Writes the claims of lint as text, has them decided, and keeps the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from checker.model.claim import Claim, Column
from checker.question.jobs import Job
from checker.question.verdict import Result
from checker.regime.additions import free_numbers, with_claims
from checker.regime.regime import Regime
from checker.rooms.claim_texts import ClaimText, document

Deciding: TypeAlias = Callable[[Regime, tuple[Job, ...]], tuple[Result, ...]]
"""Decides jobs about a regime; the results come in the order of the jobs."""

_TITLE: Final = "What lint asks"
_PREFACE: Final = "Expected is what would be so in a law in which every rule decides something."
_SOURCE: Final = "redline lint"


@dataclass(frozen=True, slots=True)
class LintQuestion:
    """A claim to be written. `topic`: what it asks of a rule, as a name; `usual`: the verdict that it has
    in a law with which all is well.
    """

    topic: str
    sentence: str
    statement: str
    usual: Literal["proved", "refuted"]


@dataclass(frozen=True, slots=True)
class LintAnswer:
    """A question in a column, and its answer."""

    question: LintQuestion
    column: Column
    number: str
    result: Result

    @property
    def unusual(self) -> bool:
        """Whether it is decided, and otherwise than in a law with which all is well."""
        return self.result.decided and self.result.verdict != self.question.usual


class Asker:
    """Questions in rounds: later ones may follow from earlier answers. `asked` has all of them."""

    def __init__(self, law: Regime, deciding: Deciding) -> None:
        self.law, self.deciding = law, deciding
        self.asked: dict[tuple[LintQuestion, Column], LintAnswer] = {}
        self._numbers: dict[LintQuestion, str] = {}
        self._free = free_numbers(law)
        self._claims: list[ClaimText] = []
        self.regime = law

    @property
    def text(self) -> str:
        """The claims as they were written: a Markdown page, or nothing if none was asked."""
        return document(_TITLE, _PREFACE, self._claims, _SOURCE) if self._claims else ""

    def ask(self, wanted: Sequence[tuple[LintQuestion, Column]]) -> None:
        """Have the questions decided that were not before."""
        fresh = [each for each in dict.fromkeys(wanted) if each not in self.asked]
        if not fresh:
            return
        told = []
        for question, column in fresh:
            if question not in self._numbers:
                told.append(self._written(question, column))
        if told:  # the law grows by what is new; all of it is one text in the end
            self._claims += told
            self.regime = with_claims(self.regime, document(_TITLE, _PREFACE, told, _SOURCE))
        claims = {each.number: each for each in self.regime.claims}
        jobs = tuple(_job(claims[self._numbers[question]], column) for question, column in fresh)
        for (question, column), result in zip(fresh, self.deciding(self.regime, jobs), strict=True):
            self.asked[question, column] = LintAnswer(question, column, self._numbers[question], result)

    def answer(self, question: LintQuestion, column: Column) -> LintAnswer:
        """Return the answer to a question that was asked."""
        return self.asked[question, column]

    def known(self, question: LintQuestion, column: Column) -> LintAnswer | None:
        """Return the answer to a question, if it was asked."""
        return self.asked.get((question, column))

    def _written(self, question: LintQuestion, column: Column) -> ClaimText:
        number = self._numbers[question] = next(self._free)
        name = f"lint-{question.topic}-{number}"
        expected = ((question.usual, (column,)),)
        return ClaimText(number, name, question.sentence, (question.statement,), expected)


def _job(claim: Claim, column: Column) -> Job:
    """What the claim expects in the column, if that is where it was asked first."""
    expected = [each.verdict for each in claim.expectations if each.column == column]
    return Job(claim, column, expected[0] if expected else None, told=False)

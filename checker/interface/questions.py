"""Each claim in each column as a question of its own, for those who ask them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.interface.claims_to_ask import chosen_jobs
from checker.interface.loaded_law import LoadedLaw
from checker.interface.named_claims import chosen_claims
from checker.interface.proving import prove
from checker.question.jobs import Effort, Job
from checker.question.verdict import Result
from checker.report.summary import Run, in_order
from checker.results.answer import kept, nobody
from checker.results.parts import Verdict


@dataclass(frozen=True, slots=True)
class Question:
    """One claim in one column. `by`: only a refutation that this clause causes counts."""

    number: str
    name: str
    sentence: str
    column: str
    by: str | None
    file: Path
    line: int

    @property
    def title(self) -> str:
        """The claim and the column, in words."""
        by = f", by {self.by}" if self.by else ""
        return f"Claim {self.number}, {self.name}, in {self.column}{by}"


def questions(
    law: LoadedLaw, claims: Sequence[str] = (), versions: Sequence[str] = (), *, quick: bool = False
) -> tuple[Question, ...]:
    """Return what `prove` would ask: the claims (all without any) in the columns that their authors name, or
    in these. Raises SpecError for a claim or column that there is not.
    """
    chosen = chosen_claims(law.regime, claims)
    return tuple(map(_question, chosen_jobs(law.regime, chosen, versions, quick=quick)))


def _question(job: Job) -> Question:
    claim = job.claim
    place = Path(claim.span.file)
    return Question(claim.number, claim.name, claim.sentence, str(job.column), job.by, place, claim.span.line)


def answer(law: LoadedLaw, question: Question, effort: Effort) -> tuple[Result, Verdict]:
    """Decide one question. Raises Disagreement if two ways of deciding contradict each other."""
    found = prove(
        law,
        (question.name,),
        (question.column,),
        replace(effort, processes=1),
        quick=True,
        staged=False,
        blame=False,
        assumptions=False,
        changed=None,
        examples=False,
        command="",
        watch=nobody,
    )
    pairs = zip(in_order(kept(found, "run", Run).results), found.results, strict=True)
    return next(
        (result, verdict)
        for result, verdict in pairs
        if result.by == question.by and str(result.column) == question.column
    )

"""Claims of which an edit may leave nothing that they speak of."""

from __future__ import annotations

from checker.model.claim import Column
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Result
from checker.question.witness import witness_of
from checker.regime.regime import Regime
from checker.trusted.replay import NotReplayed, Replayer


def loses_its_witness(law: Regime, result: Result, column: Column) -> bool:
    """Whether what shows that a proof is not vacuous no longer happens in the column. Its proof may go
    through all the same.
    """
    if result.witness is None:
        return False
    question = Question(law, Job(result.claim, column, by=result.by))
    if question.cases:
        return False  # the stories of its cases are part of the proof
    asked = witness_of(result.claim, question.statement)
    if asked is None:
        return False
    try:
        Replayer(question).shows(asked, result.witness)
    except NotReplayed:
        return True
    return False

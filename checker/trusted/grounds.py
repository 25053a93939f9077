"""What every verdict about a law rests on: each step keeps the axioms, and they allow a start."""

from __future__ import annotations

from collections.abc import Iterator

from checker.question.problem import Problem
from checker.question.question import Question
from checker.question.verdict import Evidence
from checker.trusted.obligations import Claimed, axioms_kept
from checker.trusted.replay import NotReplayed, Replayer


def demanded(problem: Problem, *, checked: bool) -> Iterator[Claimed]:
    """What must be unsatisfiable for the grounds."""
    return axioms_kept(problem, checked=checked)


def replay_grounds(question: Question, start: Evidence) -> None:
    """Raise NotReplayed unless the evidence shows a start within the axioms."""
    trace = Replayer(question).happens(start, starts=True)
    if trace.steps or start.attempt is not None:
        raise NotReplayed("the start must be a single situation")

"""What every verdict about a law rests on: each step keeps the axioms, and they allow a start."""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.confirm import NotReplayed, Replayer
from checker.engines.obligations import Claimed, Rejected, axioms_kept, check
from checker.engines.problem import GaveUp, Problem
from checker.engines.question import Question
from checker.engines.search import Ending, find_story
from checker.engines.slim import slimmed
from checker.engines.verdict import Evidence, Grounds


class Unfounded(GaveUp):
    """What every verdict in the column would rest on does not hold."""


def find_grounds(question: Question, problem: Problem, *, checked: bool) -> Grounds | str:
    """The grounds, shown of all requests or, `checked`, of those that are accepted; or what fails.

    Raises Unfounded if there is no start.
    """
    anywhere = Ending(problem.terms.true)
    start = find_story(problem, (), lambda _state: (anywhere,), {}, start=True)
    if start is None:
        raise Unfounded("the axioms allow no start")
    found = Replayer(question).told(start)
    told = slimmed(question.rules, found, question.deadline) or found
    replay_grounds(question, told)
    try:
        return Grounds(checked, told, check(problem, demanded(problem, checked=checked)))
    except Rejected as broken:
        return str(broken)


def demanded(problem: Problem, *, checked: bool) -> Iterator[Claimed]:
    """What must be unsatisfiable for the grounds."""
    return axioms_kept(problem, checked=checked)


def replay_grounds(question: Question, start: Evidence) -> None:
    """Raise NotReplayed unless the evidence shows a start within the axioms."""
    trace = Replayer(question).happens(start, starts=True)
    if trace.steps or start.attempt is not None:
        raise NotReplayed("the start is no single situation")

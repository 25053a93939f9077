"""Finds what every verdict about a law rests on: a start, and whether each step keeps the axioms."""

from __future__ import annotations

import contextlib

from checker.prove.fewer_things import slimmed
from checker.prove.search import find_story
from checker.question.goals import Ending
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.verdict import Evidence, Grounds, Obligation
from checker.question.workbench import Place, Workshop
from checker.trusted.grounds import demanded, replay_grounds
from checker.trusted.obligations import Rejected, check
from checker.trusted.replay import NotReplayed, Replayer


class Unfounded(GaveUp):
    """The grounds of every verdict in the column do not hold."""


def grounds_of(question: Question, workshop: Workshop) -> tuple[Obligation, ...]:
    """The grounds that a verdict on the question rests on besides its own evidence; found once for all
    questions that share them. Raises Unfounded if they do not hold.
    """
    for each in question.compared if question.about.compares else ():
        _grounds(question, workshop, workshop.place(each, (), moving=False))
    return _grounds(question, workshop, question.place(workshop)).obligations


def _grounds(question: Question, workshop: Workshop, place: Place) -> Grounds:
    own = Question.of_grounds(question.regime, place, question.deadline)

    def ask(*, checked: bool) -> Grounds | str:
        return find_grounds(own, own.problem(workshop), checked=checked)

    found = workshop.grounds(place, own.rules, ask)
    if isinstance(found, str):
        raise Unfounded(f"a step breaks an axiom: {found.removeprefix('axioms ')}, one may be false")
    return found


def find_grounds(question: Question, problem: Problem, *, checked: bool) -> Grounds | str:
    """The grounds, shown for all requests or, if `checked`, for accepted ones; or what fails.

    Raises Unfounded if there is no start.
    """
    anywhere = Ending(problem.terms.true)
    start = find_story(problem, (), lambda _state: (anywhere,), {}, start=True, told=False)
    if start is None:
        raise Unfounded("the axioms allow no start")
    found = Replayer(question).told(start)
    told = _shown(question, found)
    try:
        return Grounds(checked, told, check(problem, demanded(problem, checked=checked)))
    except Rejected as broken:
        return str(broken)


def _shown(question: Question, start: Evidence) -> Evidence:
    """The start, replayed; with fewer things if that works."""
    slim = slimmed(question.rules, start, question.deadline)
    if slim is not None:
        with contextlib.suppress(NotReplayed):
            replay_grounds(question, slim)
            return slim
    replay_grounds(question, start)
    return start

"""Invariants: clauses of the rule language that hold in every situation to which stories come.

Trusted: it says what is asked of them. The clauses themselves are found by `find_invariant`, and are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.logic.node import Node
from checker.logic.smtlib import Part
from checker.logic.symbolic_state import State
from checker.model.expressions import Before, Formula, Outcome, Parameter, StepIs
from checker.model.made_of import within
from checker.model.reads import lacking
from checker.question.goals import Asking, Condition, condition_of
from checker.question.problem import GaveUp, Problem
from checker.trusted.obligations import Claimed, never_entered, never_starts
from checker.trusted.region import Region


def broken(clauses: tuple[Formula, ...]) -> Condition:
    """One of the clauses is false."""

    def condition(problem: Problem, state: State) -> Node:
        terms, scope = problem.terms, problem.scope(state)
        return terms.or_(*(terms.not_(problem.read(each, scope)) for each in clauses))

    return condition


def _check_words(problem: Problem, clauses: tuple[Formula, ...]) -> None:
    """Raise GaveUp if the clauses speak of what the law has not, or of more than one situation."""
    strange = lacking(problem.model, *clauses)
    if strange is not None:
        raise GaveUp(f"its invariant speaks of `{strange}`, which is not there")
    if any(isinstance(each, Parameter | Outcome | Before | StepIs) for each in within(*clauses)):
        raise GaveUp("its invariant speaks of requests or steps, and not of situations alone")


def ruled_out(problem: Problem, asking: Asking, clauses: tuple[Formula, ...]) -> Iterator[Claimed]:
    """Every clause holds at every start and, where all of them hold, after every step that counts; and where
    all hold, what is asked about does not come about. Raises GaveUp if they speak of what the law has not.
    """
    _check_words(problem, clauses)
    outside = Region(problem, broken(clauses), asking(problem).steps)
    yield from never_starts(outside)
    yield from never_entered(outside)
    state = problem.system.base
    within = Part("the invariant holds", problem.terms.not_(outside.at(state)))
    excluded = Part("what the claim excludes", condition_of(asking)(problem, state))
    yield Claimed(
        "invariant",
        "unsatisfiable iff no situation in which the invariant holds shows what is excluded",
        (*problem.frame_parts, within, excluded),
    )

"""Invariants: clauses of the rule language that hold in every situation that stories reach. Trusted: it says
what must be shown about the clauses. The clauses themselves are found by `find_invariant`, and are not
trusted.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.logic.node import Node
from checker.logic.smtlib import Part
from checker.logic.symbolic_state import State
from checker.model.expressions import Before, Formula, Outcome, Parameter, StepIs
from checker.model.lacking import lacking
from checker.model.made_of import within
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
    """Raise GaveUp if the clauses mention something that the law does not have, or are about requests or
    steps.
    """
    strange = lacking(problem.model, *clauses)
    if strange is not None:
        raise GaveUp(f"its invariant mentions `{strange}`, which the law does not have")
    if any(isinstance(each, Parameter | Outcome | Before | StepIs) for each in within(*clauses)):
        raise GaveUp("its invariant must be about situations alone, not about requests or steps")


def ruled_out(problem: Problem, asking: Asking, clauses: tuple[Formula, ...]) -> Iterator[Claimed]:
    """Every clause holds at every start and is kept by every step that counts if all clauses hold before it;
    and wherever all clauses hold, the goal does not. Raises GaveUp if they mention something that the law
    does not have.
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

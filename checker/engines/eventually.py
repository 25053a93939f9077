"""What comes about in the end, if a request is made again and again while it would be accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.engines.obligations import Claimed, Schema
from checker.engines.problem import GaveUp, Problem
from checker.engines.reach import Decided, decide_reach, reaching
from checker.engines.region import Region, grow
from checker.engines.system import Action
from checker.logic.state import State
from checker.logic.terms import Node
from checker.model.claim import Eventually, Steps


@dataclass(frozen=True, slots=True)
class Waiting:
    """The pieces of an `eventually` claim, as conditions.

    A situation *waits* when what is given and the condition hold and the goal does not. A step is *just* if
    it is an accepted request of the kind that is made again and again.
    """

    statement: Eventually

    def waits(self, problem: Problem, state: State) -> Node:
        """The situation waits for the goal."""
        scope = problem.scope(state)
        condition = problem.read(self.statement.condition, scope)
        return problem.terms.and_(
            problem.given(scope), condition, problem.terms.not_(self.goal(problem, state))
        )

    def goal(self, problem: Problem, state: State) -> Node:
        """What is to come about."""
        return problem.read(self.statement.goal, problem.scope(state))

    def just(self, problem: Problem, action: Action) -> Node:
        """The request is of the kind that is made again and again."""
        scope = problem.scope(action.before, requests={self.statement.request: action.parameters})
        return problem.read(self.statement.justice, scope)


def decide_eventually(problem: Problem, statement: Eventually) -> tuple[Decided, Region]:
    """Decide with one rank, or by a story to where nothing need ever happen. Raises GaveUp otherwise.

    Proved: while waiting, every step goes on waiting or brings the goal, a just request is possible, and
    any just request brings the goal. Refuted: a waiting situation in which no just request is possible. The
    region is that of the situations in which one is.
    """
    waiting = Waiting(statement)
    possible = grow(
        problem, lambda other, _state: other.terms.true, Steps(), within=waiting.waits, restrict=waiting.just
    )

    def stuck(other: Problem, state: State) -> Node:
        outside = other.terms.not_(possible.for_problem(other).at(state))
        return other.terms.and_(waiting.waits(other, state), outside)

    decided = decide_reach(problem, reaching(stuck))
    if decided.story is not None:
        return decided, possible
    proof = (_goes_on(waiting), _brings(waiting))
    for schema in proof:
        for each in schema(problem):
            if problem.answer(*each.formulas) is not None:
                raise GaveUp(f"one rank is not enough: {each.name} fails")
    return Decided(None, (*decided.obligations, *proof), decided.invariant), possible


def _goes_on(waiting: Waiting) -> Schema:
    def build(problem: Problem) -> Iterator[Claimed]:
        state, steps = problem.system.base, waiting.statement.steps
        for schema in problem.system.schemas(steps):
            action = problem.system.at(schema, state, problem.system.fresh(schema, "w"))
            later = problem.system.moved(action.after, "later")
            yield Claimed(
                f"{schema.name} goes on waiting",
                f"unsatisfiable iff, while waiting, `{schema.name}` goes on waiting or brings the goal",
                (
                    *problem.frame,
                    waiting.waits(problem, state),
                    action.guard,
                    problem.system.sent_by(steps, action, problem.scope(state)),
                    problem.terms.not_(waiting.goal(problem, action.after)),
                    problem.terms.not_(waiting.goal(problem, later)),
                    problem.terms.not_(waiting.waits(problem, later)),
                ),
            )

    return build


def _brings(waiting: Waiting) -> Schema:
    def build(problem: Problem) -> Iterator[Claimed]:
        state, schema = problem.system.base, problem.system.every_request
        action = problem.system.at(schema, state, problem.system.fresh(schema, "w"))
        yield Claimed(
            "the request brings the goal",
            "unsatisfiable iff, while waiting, every accepted request of the kind brings the goal",
            (
                *problem.frame,
                waiting.waits(problem, state),
                action.guard,
                waiting.just(problem, action),
                problem.terms.not_(waiting.goal(problem, action.after)),
            ),
        )

    return build

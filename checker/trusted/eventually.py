"""Claims with `eventually`: a request is made again and again while it would be accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.logic.node import Node
from checker.logic.smtlib import Part
from checker.logic.symbolic_state import State
from checker.model.claim import Eventually, Steps
from checker.question.goals import Asking, reaching
from checker.question.problem import Problem
from checker.question.transition_system import Action
from checker.question.verdict import Strategy
from checker.trusted.obligations import Claimed, fresh_step
from checker.trusted.region import Region


@dataclass(frozen=True, slots=True)
class Waiting:
    """The pieces of an `eventually` claim, as conditions.

    A situation *waits* if the claim's `where`, its premises and the condition hold and the goal does not. A
    step is *just* if it is an accepted request of the kind that is made again and again.
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
        """The goal holds."""
        return problem.read(self.statement.goal, problem.scope(state))

    def just(self, problem: Problem, action: Action) -> Node:
        """The request is of the kind that is made again and again."""
        scope = problem.scope(action.before, requests={self.statement.request: action.parameters})
        return problem.read(self.statement.justice, scope)

    def ways(self, problem: Problem, strategies: tuple[Strategy, ...]) -> Region:
        """The region where the strategies show that a just request would be accepted."""
        return Region(problem, anything, Steps(), strategies, next_only=True, restrict=self.just)

    def stuck(self, region: Region) -> Asking:
        """The question whether a story reaches a situation that waits and in which no just request is
        possible.
        """

        def condition(problem: Problem, state: State) -> Node:
            return problem.terms.and_(self.waits(problem, state), problem.terms.not_(region.at(state)))

        return reaching(condition)

    def proof(self, problem: Problem) -> Iterator[Claimed]:
        """With one rank: every step from a waiting situation leads to a waiting situation or to the goal, and
        every just request leads to the goal.
        """
        state, steps = problem.system.base, self.statement.steps
        waits = (*problem.frame_parts, Part("waiting", self.waits(problem, state)))
        for schema in problem.system.schemas(steps):
            action = fresh_step(problem, schema)
            sent = problem.system.sent_by(steps, action, problem.scope(state))
            taken = Part("the step is taken", problem.terms.and_(action.guard, sent))
            later = problem.system.moved(action.after, "later")
            yield Claimed(
                f"{schema.name} goes on waiting",
                f"unsatisfiable iff, while waiting, `{schema.name}` goes on waiting or brings the goal",
                (
                    *waits,
                    taken,
                    self._without_goal(problem, action.after),
                    self._without_goal(problem, later),
                    self._not_waiting(problem, later),
                ),
            )
        if problem.system.moving:
            yield self._deployment(problem, waits)
        action = fresh_step(problem, problem.system.every_request)
        just = problem.terms.and_(action.guard, self.just(problem, action))
        yield Claimed(
            "the request brings the goal",
            "unsatisfiable iff, while waiting, every accepted request of the kind brings the goal",
            (*waits, Part("a just request is accepted", just), self._without_goal(problem, action.after)),
        )

    def _deployment(self, problem: Problem, waits: tuple[Part, ...]) -> Claimed:
        after = problem.system.moved(problem.system.base, "then")
        return Claimed(
            "deployment goes on waiting",
            "unsatisfiable iff, while waiting, any deployment goes on waiting or brings the goal",
            (*waits, self._without_goal(problem, after), self._not_waiting(problem, after)),
        )

    def _without_goal(self, problem: Problem, after: State) -> Part:
        return Part("after it, no goal", problem.terms.not_(self.goal(problem, after)))

    def _not_waiting(self, problem: Problem, after: State) -> Part:
        return Part("after it, no waiting either", problem.terms.not_(self.waits(problem, after)))


def anything(problem: Problem, _state: State) -> Node:
    """Every situation qualifies."""
    return problem.terms.true

"""Claims about what can still come about: `if P, then possibly next Q`, `possibly Q`, `never Q`."""

from __future__ import annotations

from dataclasses import dataclass

from checker.logic.node import Node
from checker.logic.symbolic_state import State
from checker.model.claim import Leads
from checker.question.goals import Asking, reaching
from checker.question.one_by_one import OneByOne
from checker.question.problem import Problem
from checker.question.verdict import Strategy
from checker.trusted.region import Region


@dataclass(frozen=True, slots=True)
class Possible:
    """The pieces of an `always, if P, then possibly next | possibly | never Q`, as conditions."""

    statement: Leads

    def condition(self, problem: Problem, state: State) -> Node:
        """The claim's `where`, its premises and P hold."""
        scope = problem.scope(state)
        return problem.terms.and_(problem.given(scope), problem.read(self.statement.condition, scope))

    def goal(self, problem: Problem, state: State) -> Node:
        """Q holds."""
        return problem.read(self.statement.goal, problem.scope(state))

    @property
    def single(self) -> bool:
        """Exactly one step must lead to Q."""
        return self.statement.modality == "next"

    def ways(self, problem: Problem, strategies: tuple[Strategy, ...]) -> Region:
        """The region from which the strategies lead to Q."""
        return Region(problem, self.goal, self.statement.steps, strategies, next_only=self.single)

    def failing(self, region: Region) -> Asking:
        """The question whether a story reaches a situation that the claim excludes: P holds and there is no
        way to Q or, for `never`, there is one. The region must belong to the problem that asks.
        """

        def excluded(problem: Problem, state: State) -> Node:
            inside = region.at(state)
            there = inside if self.statement.modality == "never" else problem.terms.not_(inside)
            return problem.terms.and_(self.condition(problem, state), there)

        return reaching(excluded)


def ways_of_one(one: OneByOne, problem: Problem, strategies: tuple[Strategy, ...]) -> Region:
    """The region from which the strategies lead to a situation where q holds for the one thing and P holds,
    by steps that never end q for another thing.
    """
    return Region(problem, one.repaired, one.statement.steps, strategies, restrict=one.keeps)

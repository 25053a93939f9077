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
        """What is given and P hold."""
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
        """From where the strategies lead to Q."""
        return Region(problem, self.goal, self.statement.steps, strategies, next_only=self.single)

    def failing(self, region: Region) -> Asking:
        """The question whether a story comes to a situation that the claim excludes: P without a way or,
        for `never`, with one. The region is one of the problem that asks.
        """

        def excluded(problem: Problem, state: State) -> Node:
            inside = region.at(state)
            there = inside if self.statement.modality == "never" else problem.terms.not_(inside)
            return problem.terms.and_(self.condition(problem, state), there)

        return reaching(excluded)


def ways_of_one(one: OneByOne, problem: Problem, strategies: tuple[Strategy, ...]) -> Region:
    """From where the strategies lead to where q is so of the one thing and P holds, without a step that ends
    q for another.
    """
    return Region(problem, one.repaired, one.statement.steps, strategies, restrict=one.keeps)

"""Questions of reaching: whether a story comes to a goal, and the region that the answer is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from checker.engines.goals import Ending, Reach
from checker.engines.problem import Problem
from checker.engines.region import Condition, Region
from checker.engines.verdict import Strategy
from checker.logic.node import Node
from checker.logic.state import State

Asking: TypeAlias = Callable[[Problem], Reach]
"""A question in the terms of any problem, so that evidence can be rebuilt in a problem of its own."""


def reaching(condition: Condition) -> Asking:
    """The question of reaching, by any steps, a situation with the condition."""

    def asking(problem: Problem) -> Reach:
        def goal(state: State) -> Iterator[Ending]:
            yield Ending(condition(problem, state))

        return Reach(goal, universal=True)

    return asking


def condition_of(asking: Asking) -> Condition:
    """The goal as one condition of a situation; the requests and last steps in it are its free symbols."""

    def condition(problem: Problem, state: State) -> Node:
        return problem.terms.or_(*(each.condition for each in asking(problem).goal(state)))

    return condition


def exclusion(problem: Problem, asking: Asking, strategies: tuple[Strategy, ...]) -> Region:
    """The region from which the goal could be reached by the strategies."""
    return Region(problem, condition_of(asking), asking(problem).steps, strategies, level=1)

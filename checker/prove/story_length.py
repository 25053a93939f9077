"""Finds the length of the shortest story: one more step at a time, for any number of things, in one solver.
Nothing here is trusted, and no story is built here: `search` looks for one of that length.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from checker.logic.incremental import Incremental, Purse
from checker.logic.node import Node
from checker.question.goals import Reach
from checker.question.problem import Problem, relevant
from checker.question.transition_system import Action

HIGHEST = 40  # steps; nobody reads a longer story
NODE = 60  # what a new term costs, in Z3's units


class Climb:
    """The stories of a question, with one more step whenever there is none with the steps so far."""

    def __init__(self, problem: Problem, reach: Reach, restrict: Callable[[Action], Node]) -> None:
        self._problem, self._reach, self._restrict = problem, reach, restrict
        self._state = problem.system.base
        reads = tuple(each.condition for each in reach.goal(self._state))
        self._schemas = relevant(problem, reads, problem.system.schemas(reach.steps))
        self._solver = Incremental(problem.solver)
        self._solver.add((*problem.frame, *problem.system.start(self._state), *_somebody_else(problem)))
        self.steps = 0  # there is no story with fewer steps

    def on(self, purse: Purse, first: int, last: int = HIGHEST) -> int | None:
        """The number of steps before the goal in the shortest story with at least `first` and at most `last`
        steps; None if the purse is empty before one is found, or if there is none. Raises OutOfTime.
        """
        while self.steps <= last:
            if self.steps >= first:
                endings = self._reach.goal(self._state)
                goal = self._problem.terms.or_(*(each.condition for each in endings))
                possible = self._solver.possible((self._solver.switch(goal),), purse)
                if possible is None:
                    return None
                if possible:
                    return self.steps
            if not self._schemas:
                return None
            before = self._solver.size
            self._advance()
            purse.left -= NODE * (self._solver.size - before)
        return None

    def _advance(self) -> None:
        system = self._problem.system
        self._state, taken, _ = system.advance(self._state, self.steps, self._schemas, self._restrict)
        self._solver.add((taken,))
        self.steps += 1


def _somebody_else(problem: Problem) -> Iterator[Node]:
    """Every sort with named constants has a further thing."""
    terms, named = problem.terms, problem.system.named
    for name, constants in itertools.groupby(named, key=lambda each: each.sort.name):
        another = terms.symbol(f"another {name}", problem.system.model.sorts[name])
        yield from (terms.not_(terms.equal(another, each)) for each in constants)

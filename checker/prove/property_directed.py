"""Finds an invariant by asking what leads to the goal, and excluding that: property-directed reachability.

For one step more at a time, a situation that leads to the goal is drawn as a diagram, and the diagram is
excluded from where so few steps come to, by a clause of as few of its formulas as keep it out. Clauses that
every step keeps are an invariant. Where a diagram cannot be excluded there may be a story, or no invariant of
such clauses. Nothing here is trusted: `obligations` asks of what is found.

After Karbyshev, Bjørner, Itzhaky, Rinetzky and Shoham, “Property-Directed Inference of Universal Invariants
or Proving Their Absence”, Journal of the ACM 64 (2017).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.logic.incremental import Incremental, Purse
from checker.logic.node import Node
from checker.logic.solver import Solver
from checker.model.expressions import Formula, Sort
from checker.prove.diagrams import Diagram, Drawing, Words, no_words
from checker.prove.find_invariant import Unreached
from checker.prove.story_length import NODE

EACH: Final = 1_000_000  # what one question may cost, in Z3's units
FEW: Final = 4  # things of a sort in a diagram, at most
FRAMES: Final = 20  # steps for which it is told apart which clauses hold


class _GivesUp(Exception):
    """A diagram cannot be excluded, or a question costs too much."""


class Exclusion:
    """Clauses against a goal, each with the number of steps after which it is known to hold."""

    def __init__(
        self,
        asked: Unreached,
        read: frozenset[str],
        seed: int,
        purse: Purse,
        words: Words = no_words,
    ) -> None:
        """`read`: the functions of which clauses may speak; `words`: what else they may say. `seed`: of the
        solver; costs turn on it.
        """
        problem, base = asked.problem, asked.problem.system.base
        self._problem = problem
        self._after, taken = asked.step(base, 0)
        deadline, named = problem.solver.deadline, problem.solver.named
        own = Solver(problem.terms, seed, deadline, named)  # so that what others asked is no matter here
        self._solver = Incremental(own, roughly=True)
        self._solver.add(problem.frame)
        self._step = self._solver.switch(taken)
        start = problem.system.start(base)
        self._start = self._solver.switch(problem.terms.and_(*start))
        self._at_start = Incremental(own, roughly=True)  # what is asked of a start would burden the other
        self._at_start.add((*problem.frame, *start))
        self._goal = self._solver.switch(asked.goal(problem, base))
        self._drawing = Drawing(problem, self._solver, read, words)
        self._held: dict[Diagram, int] = {}
        self._most = 1
        self._purse = purse
        self.hopeless = False  # no other seed will do, as a diagram cannot be excluded or is too large

    def clauses(self) -> tuple[Formula, ...]:
        """Clauses that start and every step keep, and that rule out the goal, as far as the search can tell;
        none if the purse is empty before any are found, or if there are none. Raises OutOfTime.
        """
        try:
            return self._invariant()
        except _GivesUp:
            return ()

    def _is_hopeless(self) -> _GivesUp:
        self.hopeless = True
        return _GivesUp()

    def _invariant(self) -> tuple[Formula, ...]:
        if self._possible(self._start, self._goal):
            raise self._is_hopeless()
        while self._most <= FRAMES:
            while (diagram := self._drawn(*self._frame(self._most), self._goal)) is not None:
                self._exclude(diagram)
            kept = self._kept()
            if kept is not None:
                return tuple(each.clause for each in kept)
            self._most += 1
        raise _GivesUp

    def _frame(self, steps: int) -> tuple[Node, ...]:
        """What is known to hold after so many steps, as switches."""
        if steps == 0:
            return (self._start,)
        return tuple(self._excluding(each) for each, most in self._held.items() if most >= steps)

    def _excluding(self, diagram: Diagram) -> Node:
        problem = self._problem
        return self._solver.switch(problem.read(diagram.clause, problem.scope(problem.system.base)))

    def _exclude(self, goal: Diagram) -> None:
        """Exclude a diagram that leads to the goal, and before it all that lead there. Raises _GivesUp."""
        waiting = [(self._most, goal)]
        while waiting:
            steps, diagram = waiting[-1]
            if steps == 0 or self._not_at_start(diagram) is None:
                raise self._is_hopeless()
            before = self._drawn(*self._leading_to(diagram, steps))
            if before is not None:
                waiting.append((steps - 1, before))
                continue
            waiting.pop()
            general = self._generalised(diagram, self._as_far_as_kept_out(diagram, steps))
            self._held[general] = self._as_far_as_kept_out(general, steps)

    def _as_far_as_kept_out(self, diagram: Diagram, steps: int) -> int:
        """For how many steps no step leads to the diagram, if none does for so many."""
        while steps < self._most and self._leads(diagram, steps + 1) is False:
            steps += 1
        return steps

    def _generalised(self, diagram: Diagram, steps: int) -> Diagram:
        """As few of the diagram's formulas as keep it out: few that can change, before all. What never
        changes is as true after many steps as after few: a clause that speaks of it is more often kept.
        """
        fixed = frozenset(each for each in diagram.literals if not self._drawing.changes(each))
        found = diagram
        for literal in (None, *diagram.literals):
            if literal is None or (literal in found.literals and literal not in fixed):
                resting = self._resting(found.without(literal), steps)
                if resting is not None:
                    found = found.only(fixed.union(resting.literals))
        found = self._resting(found, steps) or found
        for literal in diagram.literals:
            if literal in fixed and literal in found.literals:
                found = self._resting(found.without(literal), steps) or found
        return found

    def _resting(self, diagram: Diagram, steps: int) -> Diagram | None:
        """The formulas that keep the diagram out at a start and after so many steps; None if they do not."""
        first = self._not_at_start(diagram)
        if first is None or self._leads(diagram, steps) is not False:
            return None
        then = self._then(diagram)
        later = self._solver.core(then.values())
        return diagram.only(
            frozenset(each for each in diagram.literals if each in first or then[each] in later)
        )

    def _not_at_start(self, diagram: Diagram) -> frozenset[Formula] | None:
        """The formulas that keep the diagram out at a start; None if they do not."""
        base = self._problem.system.base
        now = {each: self._at_start.switch(self._drawing.there(each, base)) for each in diagram.literals}
        if self._at_start.possible(now.values(), self._purse, EACH) is not False:
            return None
        core = self._at_start.core(now.values())
        return frozenset(each for each, node in now.items() if node in core)

    def _leads(self, diagram: Diagram, steps: int) -> bool | None:
        return self._asked(*self._leading_to(diagram, steps))

    def _leading_to(self, diagram: Diagram, steps: int) -> tuple[Node, ...]:
        """That a step leads to the diagram from where it is not yet, one step earlier."""
        frame = self._frame(steps - 1)
        return (*frame, self._excluding(diagram), self._step, *self._then(diagram).values())

    def _then(self, diagram: Diagram) -> dict[Formula, Node]:
        there = self._drawing.there
        return {each: self._solver.switch(there(each, self._after)) for each in diagram.literals}

    def _kept(self) -> tuple[Diagram, ...] | None:
        """Clauses that every step keeps; None if there are none yet, and each is known for as many steps as
        it is found to hold after.
        """
        for steps in range(1, self._most):
            for each in [diagram for diagram, most in self._held.items() if most == steps]:
                if self._leads(each, steps + 1) is False:
                    self._held[each] = steps + 1
            if steps not in self._held.values():
                return tuple(each for each, most in self._held.items() if most > steps)
        return None

    # ------------------------------------------------------------- asking

    def _asked(self, *what: Node) -> bool | None:
        return self._solver.possible(what, self._purse, EACH)

    def _possible(self, *what: Node) -> bool:
        possible = self._asked(*what)
        if possible is None:
            raise _GivesUp
        return possible

    def _drawn(self, *what: Node) -> Diagram | None:
        """The diagram of a situation among few things in which all that holds; None if there is none."""
        before = self._solver.size
        if not self._possible(*what):
            return None
        counts: dict[Sort, int] = {}
        few: list[Node] = []
        for sort in self._drawing.sorts:
            counts[sort] = next(self._enough(sort, (*what, *few)), 0)
            if not counts[sort]:
                raise _GivesUp
            few.append(self._drawing.few(sort, counts[sort]))
        diagram = self._drawing.drawn(counts)
        if diagram is None:
            raise self._is_hopeless()
        self._purse.left -= NODE * (self._solver.size - before)
        return diagram

    def _enough(self, sort: Sort, what: tuple[Node, ...]) -> Iterator[int]:
        """Yield numbers of things of the sort among which it is possible."""
        numbers = range(1, FEW + 1)
        return (count for count in numbers if self._asked(*what, self._drawing.few(sort, count)))

"""Finds an inductive invariant: of many candidate clauses, those that hold at every start and that, together,
every step keeps. It drops clauses that are false after a few steps. Then it repeatedly drops clauses that a
step can make false although all remaining ones hold before it: at first with three things of every sort,
which is cheap, then with any number. Nothing here is trusted: `obligations` checks what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from checker.explore.placings import things_of
from checker.logic.ground import Grounder
from checker.logic.incremental import Incremental, Purse
from checker.logic.node import Node, subterms
from checker.logic.solver import LEAVES
from checker.logic.symbolic_state import Maybe, State
from checker.model.expressions import FACT, Formula, Not
from checker.prove.clause_reasons import free_variables
from checker.prove.clause_templates import Candidate, pairs
from checker.question.goals import Condition
from checker.question.problem import Problem
from checker.question.transition_system import Action, Schema

THINGS: Final = 3  # of every sort; with two, too many clauses hold
STEPS: Final = 3  # from a start, after which clauses are checked
MOST: Final = 40_000  # instances with so few things
EACH: Final = 400_000  # what one question may cost, in Z3's units


@dataclass(frozen=True, slots=True)
class Unreached:
    """A `goal` that no story shall reach by steps of the schemas that the restriction allows."""

    problem: Problem
    goal: Condition
    schemas: tuple[Schema, ...]
    restrict: Callable[[Action], Node]

    def step(self, state: State, number: int) -> tuple[State, Node]:
        """Any of the steps: the situation after it, and the condition that it is one."""
        after, taken, _ = self.problem.system.advance(state, number, self.schemas, self.restrict)
        return after, taken


@dataclass(frozen=True, slots=True)
class Held:
    """If `enough`, a few clauses that rule the goal out; otherwise clauses that seem to hold in all
    situations with few things. `kept`: the candidates that say so. `false`: those that some story refutes.
    """

    clauses: tuple[Formula, ...]
    enough: bool
    kept: tuple[Candidate, ...] = ()
    false: tuple[Candidate, ...] = ()


def held(asked: Unreached, found: Iterable[Candidate], purse: Purse) -> Held:
    """The candidates that hold. Raises OutOfTime."""
    tried = tuple(found)
    kept = _not_soon_false(asked, tried, purse)
    among_few = _Induction(asked, kept, THINGS, purse)
    few = among_few.held()
    fewest = among_few.fewest() if few else ()
    for each in (fewest, few) if len(fewest) < len(few) else (few,):
        enough = _Induction(asked, each, None, purse).held() if each else ()
        if enough and _true_at_starts(asked, enough, purse):
            return Held(tuple(each.clause for each in enough), enough=True)
    soon = {*kept}
    false = tuple(each for each in tried if each not in soon)
    clauses = tuple(each.clause for each in among_few.kept)
    return Held(clauses, enough=False, kept=among_few.least(), false=false)


class Axioms:
    """What the axioms say of what never changes."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._solver = Incremental(problem.solver)
        self._solver.add(problem.frame)
        self._settled: dict[Formula, bool] = {}

    def settle(self, formula: Formula) -> bool:
        """Whether they alone say if the formula holds of different things. Raises OutOfTime."""
        if formula not in self._settled:
            self._settled[formula] = any(map(self._exclude, (formula, Not(formula))))
        return self._settled[formula]

    def _exclude(self, formula: Formula) -> bool:
        candidate = Candidate(free_variables(formula), (formula,))
        cube = self._solver.switch(_cube(self._problem, candidate, self._problem.system.base))
        return self._solver.possible((cube,), Purse(EACH), EACH) is False


def _true_at_starts(asked: Unreached, found: tuple[Candidate, ...], purse: Purse) -> bool:
    """Whether all candidates are shown to hold at every start. Some may have been kept only because the
    solver gave up on what is false there.
    """
    problem, state = asked.problem, asked.problem.system.base
    solver = Incremental(problem.solver)
    solver.add((*problem.frame, *problem.system.start(state)))
    false = solver.switch(problem.terms.or_(*(_cube(problem, each, state) for each in found)))
    return solver.possible((false,), purse, EACH) is False


def _not_soon_false(asked: Unreached, found: tuple[Candidate, ...], purse: Purse) -> tuple[Candidate, ...]:
    """The candidates that were not found to be false within few steps from a start, among few things if a
    start has so few.
    """
    problem, kept = asked.problem, found
    state = problem.system.base
    few: int | None = THINGS
    start = (*problem.frame, *problem.system.start(state))
    solver = Incremental(problem.solver, roughly=True)
    solver.add(_among(problem, start, few))
    if solver.possible((), purse, EACH) is False:
        solver, few = Incremental(problem.solver, roughly=True), None
        solver.add(start)
    for number in range(STEPS + 1):
        false = {
            each: problem.terms.symbol(f"clause {n} false after {number}", FACT)
            for n, each in enumerate(kept)
        }
        cubes = {each: _cube(problem, each, state) for each in kept}
        tied = (problem.terms.implies(name, cubes[each]) for each, name in false.items())
        solver.add(_among(problem, tuple(tied), few))
        while solver.possible((solver.switch(problem.terms.or_(*false.values())),), purse, EACH):
            holds = solver.holds
            false = {each: name for each, name in false.items() if not (holds(name) or holds(cubes[each]))}
        kept = tuple(false)
        if number < STEPS:
            state, taken = asked.step(state, number)
            solver.add(_among(problem, (taken,), few))
    return kept


def _cube(problem: Problem, candidate: Candidate, state: State) -> Node:
    """The condition that the clause is false in the situation, with a new symbol for each variable."""
    terms = problem.terms
    named = {v: terms.symbol(f"any {v.name}", v.sort) for v in candidate.variables}
    scope = problem.scope(state).bind({v.name: Maybe(terms.true, each) for v, each in named.items()})
    apart = () if candidate.whole else pairs(candidate.variables)
    return terms.and_(
        *(terms.not_(terms.equal(named[one], named[other])) for one, other in apart),
        *(problem.read(each, scope) for each in candidate.excluded),
    )


class _Induction:
    """Asks which clauses a step can make false if all hold before it, with `count` things of every sort or
    any number.
    """

    def __init__(
        self, asked: Unreached, found: tuple[Candidate, ...], count: int | None, purse: Purse
    ) -> None:
        self._asked, self._problem, self._purse = asked, asked.problem, purse
        problem, terms = asked.problem, asked.problem.terms
        base = problem.system.base
        after, self._taken = asked.step(base, 0)
        self._given = {each: terms.symbol(f"clause {n} given", FACT) for n, each in enumerate(found)}
        self._false = {each: terms.symbol(f"clause {n} false", FACT) for n, each in enumerate(found)}
        self._step = terms.symbol("the step is taken", FACT)
        self._goal = terms.symbol("the goal is there", FACT)
        self._cubes = {each: _cube(problem, each, after) for each in found}
        clauses = ((self._given[e], problem.read(e.clause, problem.scope(base))) for e in found)
        cubes = ((self._false[e], self._cubes[e]) for e in found)
        step = (self._step, self._taken), (self._goal, asked.goal(problem, base))
        tied = (terms.implies(name, meaning) for name, meaning in (*clauses, *cubes, *step))
        self._solver = Incremental(problem.solver, roughly=True)
        self._solver.add(_among(problem, (*problem.frame, *tied), count))
        self._few = count is not None
        self.kept = found

    def held(self) -> tuple[Candidate, ...]:
        """The clauses that every step keeps, if they rule out the goal; empty otherwise. For any number of
        things, only those that this needs.
        """
        while lost := self._lost():
            self.kept = tuple(each for each in self.kept if each not in lost)
        if self._possible(self._goal) is not False:
            return ()
        if self._few:
            return self.least()
        return self.fewest()

    def least(self) -> tuple[Candidate, ...]:
        """What is kept without what plainly follows from the rest."""
        return tuple(each for each in self.kept if not any(map(each.follows_from, self.kept)))

    def _lost(self) -> frozenset[Candidate]:
        """Clauses that a step may make false; empty if none. If they cannot be decided together, the first
        one that is not shown to be kept.
        """
        together = self._solver.switch(self._problem.terms.or_(*(self._false[e] for e in self.kept)))
        match self._possible(self._step, together):
            case True:
                return self._seen()
            case False:
                return frozenset()
            case None:
                for each in self.kept:
                    if self._possible(self._step, self._false[each]) is not False:
                        return frozenset((each,))
                return frozenset()

    def _seen(self) -> frozenset[Candidate]:
        """The clauses that are false in the last answer."""
        holds = self._solver.holds
        return frozenset(e for e in self.kept if holds(self._false[e]) or holds(self._cubes[e]))

    def _possible(self, *what: Node) -> bool | None:
        given = (self._given[each] for each in self.kept)
        return self._solver.possible((*given, *what), self._purse, EACH)

    def fewest(self) -> tuple[Candidate, ...]:
        """Clauses that rule out the goal and that every step keeps, of which none can be dropped."""
        whole = self.kept
        self.kept = self._resting()
        self._slim()
        kept, self.kept = self.kept, whole if self._few else self.kept
        return kept

    def _resting(self) -> tuple[Candidate, ...]:
        """In their order, the clauses that rule out the goal and those with which every step keeps these."""
        needed = self._needed(self._goal)
        waiting = sorted(needed, key=self.kept.index)
        while waiting:
            each = waiting.pop()
            more = self._needed(self._step, self._false[each]) - needed
            needed |= more
            waiting += sorted(more, key=self.kept.index)
        return tuple(each for each in self.kept if each in needed)

    def _slim(self) -> None:
        """Drop clauses that the others do not need, the last ones first."""
        for each in reversed(self.kept):
            whole = self.kept
            self.kept = tuple(other for other in whole if other is not each)
            if self._possible(self._goal) is not False or not self._closed():
                self.kept = whole

    def _closed(self) -> bool:
        """Whether every step keeps all clauses; false if one question does not decide it."""
        together = self._solver.switch(self._problem.terms.or_(*(self._false[e] for e in self.kept)))
        return self._possible(self._step, together) is False

    def _needed(self, *what: Node) -> set[Candidate]:
        """The clauses that rule `what` out, or all of them if that is not decided."""
        if self._possible(*what) is not False:
            return {*self.kept}
        core = self._solver.core(self._given[each] for each in self.kept)
        return {each for each in self.kept if self._given[each] in core}


def _among(problem: Problem, formulas: tuple[Node, ...], count: int | None) -> tuple[Node, ...]:
    """The formulas or, with `count` things of every sort, their ground instances there."""
    if count is None:
        return formulas
    terms = problem.terms
    counts = {each.name: count for each in problem.system.model.sorts.values()}
    things = {name: each.all for name, each in things_of(problem, counts).items()}
    grounder = Grounder(terms, problem.system.named, things, MOST)
    ground = grounder.ground(formulas)
    closed = (
        terms.or_(*(terms.equal(node, each) for each in things[node.sort.name]))
        for node in subterms(ground)
        if node.operator in LEAVES and node.sort.name in things and node not in things[node.sort.name]
    )
    return (*ground, *closed)

"""The second opinion: every situation of a small instance, without solver, strategies or invariants.

An instance has a fixed number of things of every sort. Its situations are told apart only by what the claim
reads, directly or through steps that may change that; values that nothing tells apart count as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from checker.engines.goals import ANY_STEP
from checker.engines.graph import Graph, GroundMove, Plan
from checker.engines.instance import Instance, is_presence
from checker.engines.problem import Problem
from checker.engines.reach import Asking
from checker.engines.system import Schema
from checker.logic.simplify import consequence, is_unit
from checker.logic.terms import Node, subterms
from checker.model.claim import Leads, Steps


@dataclass(frozen=True, slots=True)
class Explored:
    """`length`: steps of the shortest story to the goal (for a claim: to its violation), None if there is
    none in the instance. `situations`: how many situations the instance has.
    """

    length: int | None
    situations: int


class Explorer:
    """Explores one claim in one instance. Raises TooLarge when that is not worth it."""

    def __init__(self, problem: Problem, things: Mapping[str, int], largest: int) -> None:
        self.problem = problem
        self.terms = problem.terms
        self.instance = Instance(problem, things, largest)
        axioms = self.instance.ground(self.terms.and_(*problem.frame))
        self.axioms = axioms.arguments if axioms.operator == "and" else (axioms,)
        self._known = {
            old: new
            for unit in self.axioms
            if is_unit(unit)
            for old, new in consequence(self.terms, unit).items()
        }
        self.start = self.instance.ground(self.terms.and_(*problem.system.start(problem.system.base)))

    # ------------------------------------------------------------- questions

    def reach(self, asking: Asking) -> Explored:
        """How far the goal is from the starts, by the steps that count."""
        reach = asking(self.problem)
        endings = reach.goal(self.problem.system.base)
        goals = tuple(case for each in endings for case in self._cases(each.condition))
        plan = self._plan((goals,), (reach.steps,), from_start=reach.reachable)
        return self._shortest(plan, lambda graph: _distance(graph, reach.steps, graph.sets[0]))

    def leads(self, statement: Leads) -> Explored:
        """How far a violation of `possibly next`, `possibly` or `never` is from the starts."""
        scope = self.problem.scope(self.problem.system.base)
        conditions = self._cases(
            self.terms.and_(self.problem.given(scope), self.problem.read(statement.condition, scope))
        )
        goals = self._cases(self.problem.read(statement.goal, scope))
        plan = self._plan((conditions, goals), (ANY_STEP, statement.steps), from_start=True)
        return self._shortest(plan, lambda graph: _violation(graph, statement))

    def _shortest(self, plan: Plan, distance: Callable[[Graph], int | None]) -> Explored:
        """The least distance over all configurations of what never changes."""
        graphs = [Graph(self.instance, each) for each in self.instance.configurations(plan)]
        lengths = [length for each in graphs if (length := distance(each)) is not None]
        return Explored(min(lengths, default=None), sum(each.space.size for each in graphs))

    def _cases(self, goal: Node) -> tuple[Node, ...]:
        return tuple(each[0] for each in self.instance.choices((self._simplified(goal),)))

    def _simplified(self, node: Node) -> Node:
        """The ground node, with what the axioms fix put in."""
        return self.terms.substitute(self.instance.ground(node), self._known)

    # ---------------------------------------------------------------- plans

    def _plan(
        self, goals: tuple[tuple[Node, ...], ...], kinds: tuple[Steps, ...], *, from_start: bool
    ) -> Plan:
        """The digits that matter to the goals through any number of steps, the steps, and the starts."""
        sets = tuple(self.terms.or_(*each) for each in goals)
        tracked = self.instance.digits(sets)
        while True:
            moves = tuple(
                tuple(
                    m
                    for schema in self.problem.system.schemas(kind)
                    for m in self.moves(schema, kind, tracked)
                )
                for kind in kinds
            )
            read = [n for kind in moves for m in kind for n in m.nodes]
            axioms = self._needed(self.axioms, set(tracked))
            larger = tuple(dict.fromkeys((*tracked, *self.instance.digits((*read, axioms)))))
            if larger == tracked:
                break
            tracked = larger
        start = axioms
        if from_start:
            starts = self.start.arguments if self.start.operator == "and" else (self.start,)
            start = self.terms.and_(axioms, self._needed(starts, set(tracked)))
        return Plan(sets, axioms, start, tuple(kinds), moves, tracked)

    def _needed(self, conjuncts: tuple[Node, ...], tracked: set[Node]) -> Node:
        """The conjuncts that restrict tracked digits: not those that nothing tracked occurs in, nor those
        that hold as soon as what is not tracked is absent."""
        kept = []
        for conjunct in conjuncts:
            if not any(each in tracked for each in self.instance.digits((conjunct,))):
                continue
            absent = {
                node: self.terms.false
                for node in subterms((conjunct,))
                if is_presence(node) and self.instance.value_of(node) not in tracked
            }
            if self.terms.substitute(conjunct, absent) is not self.terms.true:
                kept.append(conjunct)
        return self.terms.and_(*kept)

    # --------------------------------------------------------------- moves

    def moves(self, schema: Schema, steps: Steps, tracked: tuple[Node, ...]) -> Iterator[GroundMove]:
        """Every concrete step of the schema that can change a tracked digit."""
        system = self.problem.system
        state = system.base
        action = system.at(schema, state, system.fresh(schema, "x"))
        counts = system.sent_by(steps, action, self.problem.scope(state))
        written: list[Node] = []
        nodes: list[Node] = []
        touched: list[Node] = []
        for term in tracked:
            old = state.lookup(term.name, term.arguments)
            new = action.after.lookup(term.name, term.arguments)
            if new != old:
                assert new.value is not None
                written.append(term)
                writes = (w for w in action.writes if w.function == term.name)
                touched += [write.match(term.arguments)[0] for write in writes]
                nodes += [self._simplified(new.present), self._simplified(new.value)]
        if not written:
            return
        guard = self._simplified(self.terms.and_(action.guard, counts, self.terms.or_(*touched)))
        for possible, *values in self.instance.choices((guard, *nodes)):
            pairs = dict(zip(written, zip(values[::2], values[1::2], strict=True), strict=True))
            yield GroundMove(possible, pairs)


def _distance(graph: Graph, steps: Steps, bad: int) -> int | None:
    """The steps from the starts to the nearest of the situations."""
    for length, layer in enumerate(graph.layers(steps)):
        if layer & bad:
            return length
    return None


def _violation(graph: Graph, statement: Leads) -> int | None:
    condition, goal = graph.sets
    match statement.modality:
        case "never":
            return graph.escape(condition, goal, statement.steps)
        case "next":
            good = graph.before(goal, statement.steps)
        case "possibly":
            good = graph.can_reach(goal, statement.steps)
        case _:
            assert_never(statement.modality)
    return _distance(graph, ANY_STEP, condition & ~good)

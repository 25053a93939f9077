"""The second opinion: every situation of a small instance, without solver, strategies or invariants.

An instance has a fixed number of things of every sort. Its situations are told apart only by what the claim
reads, directly or through steps that may change that; values that nothing tells apart count as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.engines.goals import ANY_STEP
from checker.engines.instance import Instance
from checker.engines.problem import Problem
from checker.engines.reach import Asking
from checker.engines.system import Schema
from checker.logic.terms import Node, subterms
from checker.model.model import Leads, Steps


@dataclass(frozen=True, slots=True)
class Explored:
    """`length`: steps of the shortest story to the goal (for a claim: to its violation), None if there is
    none in the instance. `situations`: how many situations the instance has.
    """

    length: int | None
    situations: int


@dataclass(frozen=True, slots=True)
class Move:
    """One concrete step: where it can be taken, and what it writes: digit -> value -> where."""

    guard: int
    writes: Mapping[Node, Mapping[str | bool | None, int]]


@dataclass(frozen=True, slots=True)
class GroundMove:
    """One concrete step as ground formulas: its condition, and (present, value) of what it writes."""

    schema: str
    guard: Node
    writes: Mapping[Node, tuple[Node, Node]] = field(default_factory=dict)


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
            if self.terms.is_unit(unit)
            for old, new in self.terms.consequence(unit).items()
        }
        self.start = self.instance.ground(self.terms.and_(*problem.system.start(problem.system.base)))

    # ------------------------------------------------------------- questions

    def reach(self, asking: Asking) -> Explored:
        """How far the goal is from the starts, by the steps that count."""
        reach = asking(self.problem)
        state = self.problem.system.base
        goals = self._cases(self.terms.or_(*(each.condition for each in reach.goal(state))))
        graph = Graph(self, goals, (reach.steps,), from_start=reach.reachable)
        bad = graph.union(goals)
        if not reach.reachable:
            return Explored(0 if bad & graph.starts else None, graph.space.size)
        for length, layer in enumerate(graph.layers(reach.steps)):
            if layer & bad:
                return Explored(length, graph.space.size)
        return Explored(None, graph.space.size)

    def leads(self, statement: Leads) -> Explored:
        """How far a violation of `possibly next`, `possibly` or `never` is from the starts."""
        scope = self.problem.scope(self.problem.system.base)
        conditions = self._cases(
            self.terms.and_(self.problem.given(scope), self.problem.read(statement.condition, scope))
        )
        goals = self._cases(self.problem.read(statement.goal, scope))
        graph = Graph(self, (*conditions, *goals), (ANY_STEP, statement.steps), from_start=True)
        condition, goal = graph.union(conditions), graph.union(goals)
        if statement.modality == "never":
            return Explored(graph.escape(condition, goal, statement.steps), graph.space.size)
        good = graph.before(goal, statement.steps)
        if statement.modality == "possibly":
            good = graph.can_reach(goal, statement.steps)
        for length, layer in enumerate(graph.layers(ANY_STEP)):
            if layer & condition & ~good:
                return Explored(length, graph.space.size)
        return Explored(None, graph.space.size)

    def _cases(self, goal: Node) -> tuple[Node, ...]:
        return tuple(each[0] for each in self.instance.choices((self._simplified(goal),)))

    def _simplified(self, node: Node) -> Node:
        """The ground node, with what the axioms fix put in."""
        return self.terms.substitute(self.instance.ground(node), self._known)

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
        for guard, *values in self.instance.choices((guard, *nodes)):
            pairs = dict(zip(written, zip(values[::2], values[1::2], strict=True), strict=True))
            yield GroundMove(schema.name, guard, pairs)


class Graph:
    """The situations of an instance and the moves between them, by the kinds of steps asked for."""

    def __init__(
        self, explorer: Explorer, goals: tuple[Node, ...], kinds: tuple[Steps, ...], *, from_start: bool
    ) -> None:
        self.explorer = explorer
        tracked, moves = self._close(goals, kinds)
        axioms = self._needed((*explorer.axioms,), set(tracked))
        start = axioms
        if from_start:
            starts = explorer.start.arguments if explorer.start.operator == "and" else (explorer.start,)
            start = explorer.terms.and_(axioms, self._needed(starts, set(tracked)))
        nodes = [*goals, *tracked, start]
        for each in (m for kind in moves for m in kind):
            nodes += [each.guard, *(n for pair in each.writes.values() for n in pair)]
        self.space = explorer.instance.space(nodes, axioms)
        self._done: dict[Node, int] = {}
        within = self.set_of(axioms)
        self.starts = self.set_of(start) & within
        self._moves = {
            id(kind): tuple(self._move(each) for each in ground)
            for kind, ground in zip(kinds, moves, strict=True)
        }

    def _close(
        self, goals: tuple[Node, ...], kinds: tuple[Steps, ...]
    ) -> tuple[tuple[Node, ...], list[list[GroundMove]]]:
        """The digits that matter to the goals through any number of steps, and the steps."""
        tracked = self._digits(goals)
        while True:
            moves = [
                [
                    move
                    for schema in self.explorer.problem.system.schemas(kind)
                    for move in self.explorer.moves(schema, kind, tracked)
                ]
                for kind in kinds
            ]
            read = [n for kind in moves for m in kind for n in (m.guard, *sum(m.writes.values(), ()))]
            axioms = self._needed(self.explorer.axioms, set(tracked))
            larger = tuple(dict.fromkeys((*tracked, *self._digits((*read, axioms)))))
            if larger == tracked:
                return tracked, moves
            tracked = larger

    def _needed(self, conjuncts: tuple[Node, ...], tracked: set[Node]) -> Node:
        """The conjuncts that restrict tracked digits: not those that nothing tracked occurs in, nor those
        that hold as soon as what is not tracked is absent.
        """
        terms = self.explorer.terms
        kept = []
        for conjunct in conjuncts:
            if not any(each in tracked for each in self._digits((conjunct,))):
                continue
            absent = {
                node: terms.false
                for node in subterms((conjunct,))
                if node.operator == "apply"
                and node.name.endswith("?")
                and self.explorer.instance.value_of(node) not in tracked
            }
            if terms.substitute(conjunct, absent) is not terms.true:
                kept.append(conjunct)
        return terms.and_(*kept)

    def _digits(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        found: dict[Node, None] = {}
        for node in subterms(nodes):
            if node.operator == "apply":
                found[self.explorer.instance.value_of(node) if node.name.endswith("?") else node] = None
        return tuple(found)

    # ----------------------------------------------------------------- sets

    def set_of(self, node: Node) -> int:
        """The situations in which the ground formula holds."""
        return self.explorer.instance.set_of(node, self.space, self._done)

    def union(self, nodes: tuple[Node, ...]) -> int:
        """The situations in which one of the formulas holds."""
        result = 0
        for each in nodes:
            result |= self.set_of(each)
        return result

    def _move(self, ground: GroundMove) -> Move:
        writes: dict[Node, dict[str | bool | None, int]] = {}
        for term, (present, value) in ground.writes.items():
            here = self.set_of(present)
            cases: dict[str | bool | None, int] = {None: self.space.everything & ~here}
            if value.sort.name == "fact":
                true = self.set_of(value)
                cases = {True: true, False: self.space.everything & ~true}
            else:
                for name, where in self.explorer.instance.values(value, self.space, self._done).items():
                    cases[name] = cases.get(name, 0) | (where & here)
            writes[term] = {v: where for v, where in cases.items() if where}
        return Move(self.set_of(ground.guard), writes)

    def after(self, situations: int, steps: Steps) -> int:
        """The situations that one step leads to."""
        return self._union(self._forward(situations & m.guard, m) for m in self._moves[id(steps)])

    def _forward(self, images: int, move: Move) -> int:
        if not images:
            return 0
        parts: dict[tuple[tuple[Node, str | bool | None], ...], int] = {(): images}
        for term, cases in move.writes.items():
            parts = {
                (*chosen, (term, value)): part & where
                for chosen, part in parts.items()
                for value, where in cases.items()
                if part & where
            }
        return self._union(self._set_digits(part, chosen) for chosen, part in parts.items())

    def _set_digits(self, part: int, chosen: tuple[tuple[Node, str | bool | None], ...]) -> int:
        for term, value in chosen:
            part = self.space.with_digit(part, term, value)
        return part

    def before(self, situations: int, steps: Steps) -> int:
        """The situations from which one step leads to one of the given ones."""
        return self._union(self._backward(situations, m) for m in self._moves[id(steps)])

    def _backward(self, situations: int, move: Move) -> int:
        if not move.guard:
            return 0
        parts = [(move.guard, situations)]
        for term, cases in move.writes.items():
            parts = [
                (guard & where, self.space.before_digit(target, term, value))
                for guard, target in parts
                for value, where in cases.items()
                if guard & where
            ]
        return self._union(guard & target for guard, target in parts)

    @staticmethod
    def _union(sets: Iterator[int]) -> int:
        result = 0
        for each in sets:
            result |= each
        return result

    def layers(self, steps: Steps) -> Iterator[int]:
        """The situations at distance 0, 1, 2, … from the starts."""
        seen = layer = self.starts
        while layer:
            yield layer
            layer = self.after(layer, steps) & ~seen
            seen |= layer

    def can_reach(self, goal: int, steps: Steps) -> int:
        """The situations from which some sequence of steps leads to the goal."""
        found = layer = goal
        while layer:
            layer = self.before(layer, steps) & ~found
            found |= layer
        return found

    def escape(self, condition: int, goal: int, steps: Steps) -> int | None:
        """The length of the shortest story that has the condition and, by the steps, comes to the goal."""
        beyond = 0
        newest = 0
        layers = self.layers(ANY_STEP)
        length = 0
        while True:
            layer = next(layers, 0)
            newest = ((layer & condition) | self.after(newest, steps)) & ~beyond
            beyond |= newest
            if newest & goal:
                return length
            if not layer and not newest:
                return None
            length += 1

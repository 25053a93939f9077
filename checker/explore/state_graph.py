"""The situations of one configuration of an instance, as sets, and the steps between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from checker.explore.bitsets import Space
from checker.logic.node import Node
from checker.model.claim import Steps
from checker.model.expressions import FACT
from checker.question.transition_system import Action

Digit: TypeAlias = str | bool | None


@dataclass(frozen=True, slots=True)
class GroundMove:
    """One concrete step as ground formulas: its condition, and for each place that it writes (present,
    value). `action` with the `chosen` values is such a step.
    """

    guard: Node
    writes: Mapping[Node, tuple[Node, Node]] = field(default_factory=dict)
    action: Action | None = None
    chosen: Mapping[Node, Node] = field(default_factory=dict)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Everything that it reads."""
        return (self.guard, *(node for pair in self.writes.values() for node in pair))


@dataclass(frozen=True, slots=True)
class Case:
    """One way for a goal to hold, with the values `chosen` for its symbols, and its last steps, if any."""

    condition: Node
    chosen: Mapping[Node, Node]
    last: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to explore: the goals as formulas, the axioms, where stories start, the moves of each kind of
    steps, and the digits that all these read. `cases`: those of each goal; `others`: values of terms that are
    not digits, which complete the digits' values to a situation within the axioms.
    """

    goals: tuple[Node, ...]
    axioms: Node
    start: Node
    kinds: tuple[Steps, ...]
    moves: tuple[tuple[GroundMove, ...], ...]
    digits: tuple[Node, ...]
    cases: tuple[tuple[Case, ...], ...] = ()
    others: Mapping[Node, Digit] = field(default_factory=dict)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Everything that it reads."""
        moves = (node for kind in self.moves for each in kind for node in each.nodes)
        return (*self.goals, self.axioms, self.start, *moves)


@dataclass(frozen=True, slots=True)
class Move:
    """One concrete step: where it can be taken, and what it writes: digit -> value -> where."""

    guard: int
    writes: Mapping[Node, Mapping[Digit, int]]
    ground: GroundMove

    def image(self, space: Space, number: int) -> int | None:
        """The number of the situation that the step leads to from that one; None if it cannot be taken."""
        if not self.guard >> number & 1:
            return None
        after = number
        for term, cases in self.writes.items():
            value = next(value for value, where in cases.items() if where >> number & 1)
            after = space.put(after, term, value)
        return after


class Sets(Protocol):
    """Turns ground formulas into sets of situations."""

    def keep_time(self) -> None: ...
    def space(self, plan: Plan) -> Space: ...
    def set_of(self, node: Node, space: Space, done: dict[Node, int]) -> int: ...
    def values(self, node: Node, space: Space, done: dict[Node, int]) -> dict[Digit, int]: ...


class Graph:
    """The state graph of one plan. `within` the axioms, `starts` where stories start, `sets` are the goals;
    `reached`: the situations reached in the layers computed so far.
    """

    def __init__(self, instance: Sets, plan: Plan) -> None:
        self._instance = instance
        self.space = instance.space(plan)
        self._done: dict[Node, int] = {}
        self.plan = plan
        within = self.within = self._set_of(plan.axioms)
        self.starts = self.reached = self._set_of(plan.start) & within
        self.sets = tuple(self._set_of(each) & within for each in plan.goals)
        self._moves = [
            (kind, tuple(self._move(each, within) for each in ground))
            for kind, ground in zip(plan.kinds, plan.moves, strict=True)
        ]

    def _set_of(self, node: Node) -> int:
        return self._instance.set_of(node, self.space, self._done)

    def _move(self, ground: GroundMove, within: int) -> Move:
        writes: dict[Node, dict[Digit, int]] = {}
        for term, (present, value) in ground.writes.items():
            here = self._set_of(present)
            cases: dict[Digit, int]
            if value.sort == FACT:
                true = self._set_of(value)
                cases = {True: true, False: self.space.everything & ~true}
            else:
                cases = {None: self.space.everything & ~here}
                for name, where in self._instance.values(value, self.space, self._done).items():
                    cases[name] = cases.get(name, 0) | (where & here)
            writes[term] = {v: where for v, where in cases.items() if where}
        return Move(self._set_of(ground.guard) & within, writes, ground)

    def moves(self, steps: Steps) -> tuple[Move, ...]:
        """The concrete steps of a kind."""
        return next(moves for kind, moves in self._moves if kind is steps)

    # ---------------------------------------------------------------- steps

    def after(self, situations: int, steps: Steps) -> int:
        """The situations that one step leads to."""
        return union(self._forward(situations & each.guard, each) for each in self.moves(steps))

    def _forward(self, images: int, move: Move) -> int:
        self._instance.keep_time()
        parts: dict[tuple[tuple[Node, Digit], ...], int] = {(): images} if images else {}
        for term, cases in move.writes.items():
            parts = {
                (*chosen, (term, value)): part & where
                for chosen, part in parts.items()
                for value, where in cases.items()
                if part & where
            }
        return union(self._set_digits(part, chosen) for chosen, part in parts.items())

    def _set_digits(self, part: int, chosen: tuple[tuple[Node, Digit], ...]) -> int:
        for term, value in chosen:
            part = self.space.with_digit(part, term, value)
        return part

    def before(self, situations: int, steps: Steps) -> int:
        """The situations from which one step leads to one of the given ones."""
        return union(self._backward(situations, each) for each in self.moves(steps) if each.guard)

    def _backward(self, situations: int, move: Move) -> int:
        self._instance.keep_time()
        parts = [(move.guard, situations)]
        for term, cases in move.writes.items():
            parts = [
                (guard & where, self.space.before_digit(target, term, value))
                for guard, target in parts
                for value, where in cases.items()
                if guard & where
            ]
        return union(guard & target for guard, target in parts)

    # ---------------------------------------------------------------- paths

    def layers(self, steps: Steps) -> Iterator[int]:
        """The situations at distance 0, 1, 2, … from the starts."""
        seen = layer = self.starts
        while layer:
            yield layer
            layer = self.after(layer, steps) & ~seen
            self.reached = seen = seen | layer

    def can_reach(self, goal: int, steps: Steps) -> int:
        """The situations from which some sequence of steps leads to the goal."""
        found = layer = goal
        while layer:
            layer = self.before(layer, steps) & ~found
            found |= layer
        return found

    def escape(self, condition: int, goal: int, steps: Steps) -> int | None:
        """The length of the shortest story in which the condition holds and only the given steps lead from
        there to the goal.
        """
        all_steps = self._moves[0][0]
        layers = self.layers(all_steps)
        beyond = newest = length = 0
        while True:
            layer = next(layers, 0)
            newest = ((layer & condition) | self.after(newest, steps)) & ~beyond
            beyond |= newest
            if newest & goal:
                return length
            if not layer and not newest:
                return None
            length += 1


def union(sets: Iterable[int]) -> int:
    """The situations in any of the sets."""
    result = 0
    for each in sets:
        result |= each
    return result

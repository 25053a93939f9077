"""What a claim depends on: places, followed back through everything that can change them.

All else about a situation may be left out: it makes no difference to what is followed, nor does anything that
changes nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checker.logic.node import Node
from checker.tla.concrete_steps import Move, Moves, tests_of
from checker.tla.possible_values import NOTHING, Place
from checker.tla.residual_rules import Ground
from checker.tla.told_apart import Focus, Pattern

Known: TypeAlias = Mapping[Node, Node]
"""Places -> the values that they are known to have."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What is followed, and the steps that change it. `nodes`: all conditions that this depends on."""

    places: frozenset[Pattern]
    steps: frozenset[Pattern]
    nodes: tuple[Node, ...]

    def tests(self, ground: Ground, function: str) -> set[frozenset[str]]:
        """The sets of values that conditions test the function for."""
        found: set[frozenset[str]] = set()
        for symbol, tests in tests_of(self.nodes).items():
            if ground.places[symbol][0] == function:
                found |= tests
        return found


class Cone:
    """Works out slices of one instance. `axioms`: what holds of every situation, each on its own; `others`:
    what else restricts those considered; `taken`: the steps that count.
    """

    def __init__(
        self,
        moves: Moves,
        focus: Focus,
        axioms: Iterable[Node],
        others: Iterable[Node],
        taken: Iterable[Move],
    ) -> None:
        self.moves = moves
        self.ground = moves.ground
        self.focus = focus
        self.axioms = tuple(dict.fromkeys(axioms))
        self.constraints = tuple(dict.fromkeys((*self.axioms, *others)))
        self._writers: dict[Pattern, list[Move]] = {}
        for move in taken:
            if moves.may_change(move):
                for pattern in dict.fromkeys(focus.place(each.place) for each in moves.writes(move)):
                    self._writers.setdefault(pattern, []).append(move)
        self._read: dict[tuple[Move, Pattern], tuple[Node, ...]] = {}

    # --------------------------------------------------------------- slices

    def slice(self, read: Iterable[Node], looked: Iterable[Place], known: Known) -> Slice:
        """What `read` depends on through any number of steps, where some values are known.

        `looked`: places to be followed in any case.
        """
        nodes = dict.fromkeys(self._put(each, known) for each in read)
        followed: dict[Pattern, None] = {}
        steps: dict[Pattern, None] = {}
        new = [*self._patterns(nodes), *(self.focus.place(each) for each in looked)]
        settled = False
        while not settled:
            while new:
                pattern = new.pop()
                if pattern in followed:
                    continue
                followed[pattern] = None
                for move in self._writers.get(pattern, ()):
                    if self._put(self.moves.guard(move), known) is self.ground.terms.false:
                        continue
                    steps[self.focus.step(move)] = None
                    depends = (self._put(each, known) for each in self._depends(move, pattern))
                    fresh = [each for each in depends if each not in nodes]
                    nodes |= dict.fromkeys(fresh)
                    new += self._patterns(fresh)
            needed = [each for each in self._needed(followed, known) if each not in nodes]
            nodes |= dict.fromkeys(needed)
            new += self._patterns(needed)
            settled = not new
        return Slice(frozenset(followed), frozenset(steps), tuple(nodes))

    def _put(self, node: Node, known: Known) -> Node:
        """The condition, with what is known put in."""
        return self.ground.terms.substitute(node, known) if known else node

    def _patterns(self, nodes: Iterable[Node]) -> list[Pattern]:
        places = {place for node in nodes for place in self.ground.read_by(node)}
        return list(dict.fromkeys(self.focus.place(each) for each in sorted(places)))

    def _depends(self, move: Move, pattern: Pattern) -> tuple[Node, ...]:
        """What decides whether the step is taken, and what it makes of the places of the pattern."""
        key = (move, pattern)
        if key not in self._read:
            found = {self.moves.guard(move): None}
            for write in self.moves.writes(move):
                if self.focus.place(write.place) == pattern:
                    found |= dict.fromkeys((write.when, *write.values.values()))
            self._read[key] = tuple(found)
        return self._read[key]

    def _needed(self, followed: Mapping[Pattern, None], known: Known) -> Iterable[Node]:
        """The constraints that may restrict what is followed: those that do not hold anyway as soon as all
        that is not followed is absent, whatever stands where something must."""
        terms = self.ground.terms
        for constraint in self.constraints:
            node = self._put(constraint, known)
            absent = {
                symbol: terms.value(NOTHING, symbol.sort)
                for symbol in terms.symbols(node)
                if NOTHING in symbol.sort.values and self._place(symbol) not in followed
            }
            if terms.substitute(node, absent) is not terms.true:
                yield node

    def _place(self, symbol: Node) -> Pattern:
        return self.focus.place(self.ground.places[symbol])

    # ---------------------------------------------------------------- known

    def consequences(self, pins: Known) -> Known:
        """The pins, and the places that must then be empty: by an axiom, and for good."""
        terms = self.ground.terms
        empty: dict[Node, Node] = {}
        for axiom in self.axioms:
            node = self._put(axiom, pins)
            if node.operator == "member" and node.values == {NOTHING}:
                empty[node.arguments[0]] = terms.value(NOTHING, node.arguments[0].sort)
        while True:
            known = {**pins, **empty}
            filled = [each for each in empty if self._may_be_filled(each, known)]
            if not filled:
                return known
            empty = {symbol: value for symbol, value in empty.items() if symbol not in filled}

    def _may_be_filled(self, symbol: Node, known: Known) -> bool:
        """Whether some step may give the empty place a value."""
        place = self.ground.places[symbol]
        for move in self._writers.get(self.focus.place(place), ()):
            for write in self.moves.writes(move):
                values = [node for value, node in write.values.items() if value != NOTHING]
                if write.place == place and values:
                    terms = self.ground.terms
                    may = terms.and_(self.moves.guard(move), write.when, terms.or_(*values))
                    if self.moves.satisfiable(self._put(may, known)):
                        return True
        return False

    # -------------------------------------------------------------- figures

    def situations(self, places: Iterable[Pattern], pinned: Container[str] = ()) -> float:
        """Return how many situations can be told apart at most, by what is followed and not pinned."""
        total = 1.0
        for name, tokens in places:
            if name in pinned:
                continue
            function = self.ground.model.functions[name]
            of_it = math.prod(
                self.focus.count(t, s) for t, s in zip(tokens, function.parameters, strict=True)
            )
            total *= float(len(self.ground.domain(function))) ** of_it
        return total

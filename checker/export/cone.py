"""What a claim depends on: places, followed back through everything that can change them.

All else about a situation may be left out: it makes no difference to what is followed, nor does anything that
changes nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.export.focus import Focus, Pattern
from checker.export.moves import Move, Moves, tests_of
from checker.export.possible import NOTHING, Place
from checker.logic.terms import Node


@dataclass(frozen=True, slots=True)
class Slice:
    """What is followed, and the steps that change it. `tests`: function -> the sets of values that conditions
    test it for."""

    places: frozenset[Pattern]
    steps: frozenset[Pattern]
    tests: Mapping[str, frozenset[frozenset[str]]]


class Cone:
    """Works out slices of one instance. `constraints`: what holds of every situation considered, each on its
    own; `taken`: the steps that count.
    """

    def __init__(
        self, moves: Moves, focus: Focus, constraints: Iterable[Node], taken: Iterable[Move]
    ) -> None:
        self.moves = moves
        self.ground = moves.ground
        self.focus = focus
        self.constraints = tuple(dict.fromkeys(constraints))
        self._writers: dict[Pattern, list[Move]] = {}
        for move in taken:
            if moves.may_change(move):
                for place in dict.fromkeys(each.place for each in moves.writes(move)):
                    writers = self._writers.setdefault(self.focus.place(place), [])
                    if not writers or writers[-1] is not move:
                        writers.append(move)
        self._read: dict[tuple[Move, Pattern], frozenset[Node]] = {}

    # --------------------------------------------------------------- slices

    def slice(self, read: Iterable[Node], looked: Iterable[Place]) -> Slice:
        """What `read` depends on through any number of steps; `looked`: places to be followed in any case."""
        nodes = dict.fromkeys(read)
        followed: dict[Pattern, None] = {}
        steps: dict[Pattern, None] = {}
        new = [*self._patterns(nodes), *(self.focus.place(each) for each in looked)]
        while new:
            while new:
                pattern = new.pop()
                if pattern in followed:
                    continue
                followed[pattern] = None
                for move in self._writers.get(pattern, ()):
                    steps[self.focus.step(move)] = None
                    fresh = [each for each in self._depends(move, pattern) if each not in nodes]
                    nodes |= dict.fromkeys(fresh)
                    new += self._patterns(fresh)
            for each in self._needed(followed):
                if each not in nodes:
                    nodes[each] = None
                    new += self._patterns((each,))
        return Slice(frozenset(followed), frozenset(steps), self._tests(tuple(nodes)))

    def _patterns(self, nodes: Iterable[Node]) -> list[Pattern]:
        places = {place for node in nodes for place in self.ground.read_by(node)}
        return list(dict.fromkeys(self.focus.place(each) for each in sorted(places)))

    def _depends(self, move: Move, pattern: Pattern) -> frozenset[Node]:
        """What decides whether the step is taken, and what it makes of the places of the pattern."""
        key = (move, pattern)
        if key not in self._read:
            found = {self.moves.guard(move)}
            for write in self.moves.writes(move):
                if self.focus.place(write.place) == pattern:
                    found |= {write.when, *write.values.values()}
            self._read[key] = frozenset(found)
        return self._read[key]

    def _needed(self, followed: Mapping[Pattern, None]) -> Iterable[Node]:
        """The constraints that may restrict what is followed: those that do not hold anyway as soon as all
        that is not followed is absent, whatever stands where something must."""
        for constraint in self.constraints:
            terms = self.ground.terms
            absent = {}
            for symbol in terms.symbols(constraint):
                if (
                    NOTHING in symbol.sort.values
                    and self.focus.place(self.ground.places[symbol]) not in followed
                ):
                    absent[symbol] = terms.value(NOTHING, symbol.sort)
            if terms.substitute(constraint, absent) is not terms.true:
                yield constraint

    def _tests(self, nodes: tuple[Node, ...]) -> dict[str, frozenset[frozenset[str]]]:
        found: dict[str, set[frozenset[str]]] = {}
        for symbol, tests in tests_of(nodes).items():
            found.setdefault(self.ground.places[symbol][0], set()).update(tests)
        return {name: frozenset(tests) for name, tests in found.items()}

    # -------------------------------------------------------------- figures

    def situations(self, places: Iterable[Pattern]) -> float:
        """Return how many situations can be told apart at most, by what is followed."""
        total = 1.0
        for name, tokens in places:
            function = self.ground.model.functions[name]
            of_it = math.prod(
                self.focus.count(t, s) for t, s in zip(tokens, function.parameters, strict=True)
            )
            total *= float(len(self.ground.domain(function))) ** of_it
        return total

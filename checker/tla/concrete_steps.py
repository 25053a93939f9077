"""Every concrete step of a finite instance: when it can be taken, and what it writes.

Things that nothing tells apart stand for each other: besides the first thing of a sort and the named ones, a
step uses others only in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from checker.logic.ground_conditions import told_apart
from checker.logic.node import Node, subterms
from checker.model.claim import Steps
from checker.model.expressions import Sort
from checker.model.model import Event, Model
from checker.tla.possible_values import NOTHING, After, Place, Possible, Reading, Situation, Write
from checker.tla.residual_rules import Ground

MOST: Final = 60_000  # concrete steps of an instance; beyond that no claim is sliced in reasonable time
SPLITS: Final = 400  # cases tried to see that a condition cannot hold

Kind = TypeVar("Kind")


class TooLarge(Exception):
    """The instance has more steps than it is worth going through; the message is the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A request (`event` None) or an event with all its parameters; absent ones are `""`.

    `carried`: that the request is well-formed, as far as that depends on the situation.
    """

    event: Event | None
    given: Mapping[str, str]
    carried: Node


def things_of(model: Model, counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Return the things of each sort: as many as counted, and the named ones after them."""
    found: dict[str, tuple[str, ...]] = {}
    for sort in model.sorts.values():
        if sort.name in counts:
            named = tuple(each.name for each in model.constants.values() if each.sort == sort)
            names = (f"{sort.name} {number}" for number in range(1, counts[sort.name] + 1))
            found[sort.name] = (*names, *named)
    return found


class Moves:
    """The steps of one instance of a column, worked out when they are asked for."""

    def __init__(self, ground: Ground, counts: Mapping[str, int]) -> None:
        self.ground = ground
        self.terms = ground.terms
        self.model = ground.model
        self.counts = counts
        self._guards: dict[Move, Node] = {}
        self._writes: dict[Move, tuple[Write, ...]] = {}
        self._satisfiable: dict[Node, bool] = {}
        self.requests = tuple(self._all_requests(canonical=True))
        self.events = tuple(self._all_events())

    # ---------------------------------------------------------- enumerating

    def _all_requests(self, *, canonical: bool) -> Iterator[Move]:
        found: list[tuple[dict[str, str], Node]] = [({}, self.terms.true)]
        for parameter in self.model.request:
            larger: list[tuple[dict[str, str], Node]] = []
            for given, carried in found:
                due = self.terms.true
                if parameter.when is not None:
                    due = self.ground.formula(
                        parameter.when, Reading(self.ground, requests={"": self.known(given)})
                    )
                absent = carried if parameter.optional else self.terms.and_(carried, self.terms.not_(due))
                present = self.terms.and_(carried, due)
                if absent is not self.terms.false:
                    larger.append(({**given, parameter.name: NOTHING}, absent))
                if present is not self.terms.false:
                    values = self._values(parameter.sort, given, canonical=canonical)
                    larger += [({**given, parameter.name: each}, present) for each in values]
            found = _few(larger)
        for given, carried in found:
            yield Move(None, given, carried)

    def every_request(self) -> tuple[Move, ...]:
        """All requests, those included that differ only in things that nothing tells apart."""
        return tuple(self._all_requests(canonical=False))

    def _all_events(self) -> Iterator[Move]:
        for event in self.model.events.values():
            found: list[dict[str, str]] = [{}]
            for parameter in event.parameters:
                found = _few(
                    [
                        {**given, parameter.name: each}
                        for given in found
                        for each in (
                            *self._values(parameter.sort, given, canonical=True),
                            *((NOTHING,) if parameter.optional else ()),
                        )
                    ]
                )
            for given in found:
                yield Move(event, given, self.terms.true)

    def _values(self, sort: Sort, given: Mapping[str, str], *, canonical: bool) -> Sequence[str]:
        """The values of a parameter behind others; things are taken in their order."""
        members = self.ground.members(sort)
        if sort.is_enum or not canonical:
            return members
        count = self.counts[sort.name]
        used = max(
            (number for number, each in enumerate(members[:count]) if each in given.values()), default=0
        )
        return (*members[: min(used + 2, count)], *members[count:])

    # --------------------------------------------------------------- asking

    def known(self, given: Mapping[str, str]) -> dict[str, Possible]:
        """Parameters as terms."""
        return {name: self.ground.known(value) for name, value in given.items()}

    def reading(self, move: Move, now: Situation) -> Reading:
        """What the rules for the step are read in."""
        given = self.known(move.given)
        if move.event is None:
            return Reading(now, requests={"": given})
        return Reading(now, variables=given)

    def guard(self, move: Move) -> Node:
        """When the step can be taken."""
        if move not in self._guards:
            reading = self.reading(move, self.ground)
            if move.event is None:
                guard = self.terms.and_(move.carried, self.ground.accepted(reading))
            else:
                when = move.event.when
                guard = self.terms.true if when is None else self.ground.formula(when, reading)
            self._guards[move] = guard
        return self._guards[move]

    def may_change(self, move: Move) -> bool:
        """Whether the step writes anything and can be taken at all."""
        return bool(self.writes(move)) and self.guard(move) is not self.terms.false

    def taken(self, steps: Steps) -> Iterator[Move]:
        """The steps that count, whoever sends the requests."""
        if steps.requests or steps.any_step:
            yield from self.requests
        for each in self.events:
            assert each.event is not None
            if steps.any_step or each.event.name in steps.events:
                yield each

    def writes(self, move: Move) -> tuple[Write, ...]:
        """What the step writes: no place with two values."""
        if move not in self._writes:
            reading = self.reading(move, self.ground)
            if move.event is not None:
                found = self.ground.writes(move.event.updates, reading, self.terms.true)
            else:
                found = self.ground.made(reading)
            self._writes[move] = tuple(found)
        return self._writes[move]

    def after(self, move: Move) -> After:
        """The situation after the step."""
        return After(self.ground.one_of, self.ground.terms, self.ground, self.writes(move))

    # ---------------------------------------------------------- conditions

    def satisfiable(self, node: Node) -> bool:
        """Whether some values of the places make the condition true; true if that is not soon seen."""
        if node not in self._satisfiable:
            self._satisfiable[node] = self._split(node)
        return self._satisfiable[node]

    def _split(self, node: Node) -> bool:
        stack, tried = [node], 0
        while stack:
            current = stack.pop()
            tried += 1
            if current is self.terms.true or tried > SPLITS:
                return True
            if current is self.terms.false:
                continue
            symbol = min(self.terms.symbols(current), key=lambda each: each.order)
            for value in told_apart(symbol.sort.values, tests_of((current,)).get(symbol, set())):
                chosen = self.terms.value(value, symbol.sort)
                stack.append(self.terms.substitute(current, {symbol: chosen}))
        return False


def moves_of(model: Model, counts: Mapping[str, int], version: str) -> Moves:
    """Return the steps of an instance. `counts`: things of each sort, named ones apart. Raises TooLarge.

    What an axiom says of one place alone is put in everywhere, if no step can end it, and the place may be
    empty.
    """
    things = things_of(model, counts)
    bare = Ground(model, things, version)
    said = bare.single(each.formula.formula for each in model.axioms)
    known = {place: values for place, values in said.items() if NOTHING in values}  # left out is absent
    while True:
        moves = Moves(Ground(model, things, version, known), counts)
        ended = set(_ended(moves, known))
        if not ended:
            return moves
        known = {place: values for place, values in known.items() if place not in ended}


def _ended(moves: Moves, known: Mapping[Place, frozenset[str]]) -> Iterator[Place]:
    """The places that some step may give another value."""
    for move in (*moves.requests, *moves.events):
        for write in moves.writes(move):
            if write.place in known:
                other = [n for value, n in write.values.items() if value not in known[write.place]]
                may = moves.terms.and_(moves.guard(move), write.when, moves.terms.or_(*other))
                if other and moves.satisfiable(may):
                    yield write.place


def tests_of(nodes: Sequence[Node]) -> dict[Node, set[frozenset[str]]]:
    """Return, for every place that the conditions read, the sets of values that they test it for."""
    found: dict[Node, set[frozenset[str]]] = {}
    for node in subterms(nodes):
        if node.operator == "member":
            found.setdefault(node.arguments[0], set()).add(node.values)
    return found


def _few(found: list[Kind]) -> list[Kind]:
    if len(found) > MOST:
        raise TooLarge(f"the instance has more than {MOST:,} concrete steps")
    return found

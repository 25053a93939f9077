"""What decides a question, for each of its subjects: conditions on single places of a finite instance.

The subjects are what a claim can be cut by: the requests that it is asked of or, without any, the values of
its enum variables.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from checker.logic.ground_conditions import conjuncts
from checker.logic.node import Node
from checker.model.expressions import And, Term
from checker.tla.claim_shape import ClaimShape
from checker.tla.concrete_steps import Move, Moves, TooLarge
from checker.tla.possible_values import NOTHING, Place, Possible, Reading, Situation
from checker.tla.residual_rules import Ground
from checker.tla.told_apart import Focus, Pattern

CHOICES: Final = 30_000  # ways to choose the requests that a claim names

Binding: TypeAlias = Mapping[str, str]
Requests: TypeAlias = Mapping[str, Mapping[str, Possible]]
Subject: TypeAlias = tuple[str, ...]
"""The pattern of a request, or values of the claim's enum variables."""


@dataclass(slots=True)
class Read:
    """What matters to one subject: conditions, and places whatever the conditions come to. `asked`: where the
    claim says anything of it."""

    nodes: dict[Node, None] = field(default_factory=dict)
    asked: dict[Node, None] = field(default_factory=dict)
    places: dict[Place, None] = field(default_factory=dict)

    def add(self, *nodes: Node) -> None:
        """Add conditions."""
        self.nodes |= dict.fromkeys(nodes)

    def join(self, other: Read) -> None:
        """Add what matters to another."""
        self.nodes |= other.nodes
        self.asked |= other.asked
        self.places |= other.places


@dataclass(frozen=True, slots=True)
class Havoc:
    """A situation of which nothing at all is known, not even in what it is like the one before."""

    ground: Ground

    def at(self, place: Place) -> Possible:
        """Return that anything may stand at the place, unless it never changes."""
        name, arguments = place
        function = self.ground.model.functions[name]
        if not function.state:
            return self.ground.at(place)
        return self.ground.symbol(f"after {name}({', '.join(arguments)})", self.ground.domain(function))


class Reader:
    """Reads one question over one instance. Raises TooLarge.

    `asked`: the claim's own requests -> the patterns of those that can matter. `makes`: for `next`, the steps
    that might bring the goal about. `happening`: the events that the claim asks about.
    """

    def __init__(self, question: ClaimShape, moves: Moves, focus: Focus) -> None:
        self.question = question
        self.moves = moves
        self.focus = focus
        self.ground = moves.ground
        self.terms = moves.terms
        self.asked: dict[str, frozenset[Subject]] = {}
        self.makes: dict[Pattern, None] = {}
        self.happening: dict[Pattern, None] = {}
        self._candidates: dict[str, Sequence[Move]] = {}

    def subjects(self) -> dict[Subject, Read]:
        """Return what matters to every subject."""
        found: dict[Subject, Read] = {}
        match self.question.form:
            case "situation" | "next" | "never":
                for binding in self.bindings:
                    self._read_here(binding, found.setdefault(self._values(binding), Read()))
            case "request":
                self._of_requests(found)
            case "after":
                if self.question.kind != "event":
                    self._of_requests(found)
                if self.question.kind != "request":
                    self._of_events(found)
        return found

    # ------------------------------------------------------------- readings

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """Every way to give the claim's variables things and values, those that are fixed apart."""
        variables = self.question.variables
        ranges = [
            self.ground.things[each.sort.name][:1]
            if each.name in self.focus.variables
            else self.ground.members(each.sort)
            for each in variables
        ]
        names = [each.name for each in variables]
        return tuple(dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*ranges))

    def _values(self, binding: Binding) -> Subject:
        return tuple(binding[each.name] for each in self.question.variables if each.sort.is_enum)

    def reading(self, binding: Binding, requests: Requests, after: Situation | None = None) -> Reading:
        """Return what the claim's words are read in; `after`: the situation after the step, if any."""
        variables = {name: self.ground.known(value) for name, value in binding.items()}
        before = None if after is None else self.ground
        return Reading(after or self.ground, before, variables, requests)

    def given(self, binding: Binding) -> Node:
        """Return the claim's `where` and premises."""
        claim = self.question.claim
        parts = (*claim.premises, *((claim.where,) if claim.where is not None else ()))
        return self.ground.formula(And(parts), self.reading(binding, {}))

    def _where(self, binding: Binding, requests: Requests) -> Node:
        return self.ground.formula(self.question.where, self.reading(binding, requests))

    def _failing(self, said: Node) -> Node:
        """What TLC looks for: that what is always so is not, or that what is possible is."""
        return self.terms.not_(said) if self.question.universal else said

    # ----------------------------------------------------------- situations

    def _read_here(self, binding: Binding, read: Read) -> None:
        """What claims about situations depend on, and about what can be done in them."""
        condition = self.terms.and_(self.given(binding), self._where(binding, {}))
        read.add(condition)
        read.asked[condition] = None
        for each in (*self.question.steps.senders, *self.question.steps.others):
            read.add(*self.ground.term(each, self.reading(binding, {})).values())
        if self.question.form == "next":
            for move in self.moves.taken(self.question.steps):
                self._read_step(move, binding, condition, read)
            return
        for requests in self._with_own_requests({}):
            read.add(self.ground.formula(self.question.formula, self.reading(binding, requests)))

    def _read_step(self, move: Move, binding: Binding, condition: Node, read: Read) -> None:
        """What decides whether the step brings the goal about, if it ever does."""
        after = self.moves.after(move)
        goal = self.ground.formula(self.question.formula, self.reading(binding, {}, after))
        sent = self._sent(move, binding)
        if not self.moves.satisfiable(self.terms.and_(condition, sent, goal)):
            return
        if self.moves.guard(move) is not self.terms.false:
            self.makes[self.focus.step(move)] = None
            read.add(goal, sent, self.moves.guard(move))
            read.places |= dict.fromkeys(sorted(after.changed))

    def _sent(self, move: Move, binding: Binding) -> Node:
        """That the request is sent by one of those whose requests count."""
        steps = self.question.steps
        if move.event is not None or not (steps.senders or steps.others):
            return self.terms.true
        name = next(each.name for each in self.ground.model.request if not each.sort.is_enum)
        reading = self.reading(binding, {})

        def is_one_of(terms: tuple[Term, ...]) -> Node:
            found = (
                self.ground.term(each, reading).get(move.given[name], self.terms.false) for each in terms
            )
            return self.terms.or_(*found)

        others = self.terms.not_(is_one_of(steps.others)) if steps.others else self.terms.false
        return self.terms.or_(is_one_of(steps.senders), others)

    # ------------------------------------------------- requests asked about

    def _of_requests(self, found: dict[Subject, Read]) -> None:
        """Of requests whose conditions are the same, and that carry the same things, one is enough."""
        alike: set[object] = set()
        for move in self.moves.requests:
            if not self.focus.first_comes_first(move):
                continue
            read = Read()
            for binding in self.bindings:
                self._read_request(move, binding, read)
            key = self._what_counts(move, read)
            if read.nodes and key not in alike:
                alike.add(key)
                found.setdefault(self.focus.step(move)[1], Read()).join(read)

    def _what_counts(self, move: Move, read: Read) -> object:
        """What tells a request from those that it may stand for."""
        things = tuple(
            (each.name, "" if each.sort.is_enum and move.given[each.name] else move.given[each.name] or "-")
            for each in self.ground.model.request
        )
        written = tuple((each.place, each.when) for each in self.moves.writes(move))
        return things, tuple(read.nodes), self.moves.guard(move), written

    def _read_request(self, move: Move, binding: Binding, read: Read) -> None:
        asked = {self.question.request: self.moves.known(move.given)}
        where, given = self._where(binding, asked), self.given(binding)
        if given is self.terms.false or not self.moves.satisfiable(where):
            return
        after = self.moves.after(move) if self.question.form == "after" else None
        for requests in self._with_own_requests(asked):
            said = self.ground.formula(self.question.formula, self.reading(binding, requests, after))
            fails = self.terms.and_(given, where, self._failing(said))
            if after is not None and not after.changed and not self.moves.satisfiable(fails):
                continue  # it leaves all that is spoken of as it is, and the claim true
            read.add(said, where, *((given,) if self.question.reachable else ()))
            read.asked[self.terms.and_(given, where)] = None
            if after is not None:
                read.add(self.moves.guard(move))
                read.places |= dict.fromkeys(sorted(after.changed))

    # --------------------------------------------------- events asked about

    def _of_events(self, found: dict[Subject, Read]) -> None:
        """A claim about events is cut by values; one about any step is read with each of its requests."""
        requests = tuple(found)
        for move in self.moves.events:
            assert move.event is not None
            if self.question.kind == "event" and move.event.name != self.question.event:
                continue
            for binding in self.bindings:
                read = Read()
                self._read_event(move, binding, read)
                if read.nodes:
                    self.happening[self.focus.step(move)] = None
                    subjects = (
                        (self._values(binding),) if self.question.kind == "event" else requests or ((),)
                    )
                    for each in subjects:
                        found.setdefault(each, Read()).join(read)

    def _read_event(self, move: Move, binding: Binding, read: Read) -> None:
        assert move.event is not None
        given = self.terms.and_(self.given(binding), self._where(binding, {}))
        if given is self.terms.false:
            return
        after = self.moves.after(move)
        for requests in self._with_own_requests({}):
            known = self.reading(binding, requests, after)
            reading = Reading(after, self.ground, known.variables, requests, move.event.name)
            said = self.ground.formula(self.question.formula, reading)
            fails = self.terms.and_(given, self._failing(said))
            if self.question.kind == "step" and not after.changed and not self.moves.satisfiable(fails):
                continue
            read.add(said, given, self.moves.guard(move))
            read.asked[given] = None
            read.places |= dict.fromkeys(sorted(after.changed or after.looked))

    # ------------------------------------------------- the claim's requests

    def _with_own_requests(self, asked: Requests) -> Iterator[Requests]:
        """Every way to choose the requests that the claim itself names, beside those asked about."""
        names = self.question.requests
        ranges = [self._may_be(each) for each in names]
        if math.prod(map(len, ranges)) > CHOICES:
            raise TooLarge(f"there are more than {CHOICES:,} ways to choose the requests that it names")
        for chosen in itertools.product(*ranges):
            own = {name: self.moves.known(move.given) for name, move in zip(names, chosen, strict=True)}
            yield {**asked, **own}

    def _may_be(self, name: str) -> Sequence[Move]:
        """The requests that can matter to the claim by that name, whatever the situation and the others."""
        if name not in self._candidates:
            found = [each for each in self.moves.every_request() if self._may_matter(name, each)]
            self.asked[name] = frozenset(self.focus.step(each)[1] for each in found)
            self._candidates[name] = found
        return self._candidates[name]

    def _may_matter(self, name: str, move: Move) -> bool:
        others = (*self.question.requests, self.question.request)
        requests = {each: self._unknown(each) for each in others} | {name: self.moves.known(move.given)}
        after = Havoc(self.ground) if self.question.form == "after" else None
        for binding in self.bindings:
            said = self.ground.formula(self.question.formula, self.reading(binding, requests, after))
            if self.moves.satisfiable(self._failing(said)):
                return True
        return False

    def _unknown(self, name: str) -> dict[str, Possible]:
        """A request of which nothing is known."""
        return {
            each.name: self.ground.symbol(f"{name}.{each.name}", (NOTHING, *self.ground.members(each.sort)))
            for each in self.ground.model.request
        }

    def axioms(self) -> list[Node]:
        """Return what holds of every situation, condition by condition."""
        return self.ground.held(each.formula.formula for each in self.ground.model.axioms)

    def others(self) -> list[Node]:
        """Return what else restricts the situations considered: where stories start, else what is given."""
        if self.question.reachable:
            return self.ground.held(each.formula for each in self.ground.model.start)
        return [part for each in self.bindings for part in conjuncts(self.terms, self.given(each))]

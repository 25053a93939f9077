"""Random regimes: small whole laws with starts, axioms, effects and events, written in the language itself.

What `rules.py` writes is large, so that single situations can be asked everything. What is written here
is small, so that every situation of an instance with a few things can be gone through, and lively: requests
are accepted, things change hands, events undo it. A law of this kind is followed by claims (`claims.py`).

This module says what laws can say. The parts of a law are written by `vocabulary.py`, `meanings.py`
(definitions and premises), `requests.py`, `checks.py`, `deeds.py` (effects and events),
`suppositions.py`, `versions.py` and `readings.py`.
"""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.random_laws.expressions import FACT, Applicable, Scope
from tests.random_laws.showing import shown, shown_term
from tests.random_laws.writer import Writer

SENDERS, OTHERS = 2, 1  # things of each sort in the instance by which the size of a law is judged
ROOM = 7.0  # bits that the functions may have between them in that instance
TWO_SIDES = 3  # words in the shortest comparison
SHALLOW = 1  # of most formulas: a law says simple things


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a step brings about: a place, and what it becomes when the condition holds.

    Texts have the request's parameters written `Q.name`. `step`: the event, or "" for a request.
    """

    step: str
    condition: str
    place: str
    result: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """A state function: its name, argument sorts, result sort, and whether it may be absent."""

    name: str
    arguments: tuple[str, ...]
    result: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Said:
    """An item of a rule, as modifications and readings name it: its phrases, or else its inference."""

    rule: str
    kind: str
    clause: str
    phrases: tuple[str, ...]
    inference: str


def plain(text: str) -> str:
    """A text of rules: the parameters of the request at hand have no prefix."""
    return text.replace("Q.", "")


@dataclass(slots=True)
class Lawmaker(Writer):
    """Writes one small law. What claims can speak of is kept: deeds, checks, limbs, what starts have."""

    places: list[Place] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    started: list[tuple[Place, str]] = field(default_factory=list)  # what each place is at the start
    checks_made: list[str] = field(default_factory=list)
    checks_at: dict[str, list[str]] = field(default_factory=dict)
    first_checks: list[str] = field(default_factory=list)  # those that both versions have
    adopted: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    limbs_made: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    events_made: list[str] = field(default_factory=list)
    effects_made: list[str] = field(default_factory=list)
    axioms_made: list[str] = field(default_factory=list)
    lemmas_made: list[str] = field(default_factory=list)
    premises_made: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # name, sorts
    columns: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    deployments: list[str] = field(default_factory=list)
    staged: bool = True  # no component is on the route twice
    turns: set[str] = field(default_factory=set)  # "accepted", "rejected": which way the modification turns
    changed: set[str] = field(default_factory=set)  # what it changes by name
    acts: tuple[str, ...] = ()
    room: float = ROOM
    favourites: tuple[str, ...] = ()
    keen: float = 0.35  # how often it shows one of them
    becoming: list[tuple[str, str]] = field(default_factory=list)  # places that effects write, with the act
    outcome_of: Callable[[Scope, str], str | None] | None = None

    @property
    def sender(self) -> str:
        """The sort of whoever sends a request."""
        return next(sort for _, sort in self.parameters if sort in self.sorts)

    @property
    def rule(self) -> Scope:
        return Scope(parameters=tuple(self.parameters), request="Q")

    def why(self) -> str:
        """A reason of its own, by which a reading can name an item."""
        return f'inference "{self.fresh("by chance ")}"'

    @contextlib.contextmanager
    def aside(self, what: str) -> Iterator[None]:
        """What is written by a chance of its own, so that laws are the same but for that. `what`: tells it
        from others that are written at the same time.
        """
        _, state, _ = self.chance.getstate()
        whole, self.chance = self.chance, random.Random(f"{what}{state[0]}, {state[-1]}")
        try:
            yield
        finally:
            self.chance = whole

    # --------------------------------------------------------------- sizes

    def count(self, sort: str) -> int:
        """How many things of a sort there are in the instance by which sizes are judged."""
        if sort in self.enums:
            return len(self.enums[sort])
        if sort not in self.sorts:
            return 2  # versions
        constants = sum(own == sort for _, own in self.constants)
        return constants + (SENDERS - bool(constants) if sort == "User" else OTHERS)

    def bits(self, place: Place) -> float:
        """How many bits the function has in the instance by which sizes are judged."""
        values = 2 if place.result == FACT else self.count(place.result) + place.optional
        return math.prod(map(self.count, place.arguments)) * math.log2(values)

    # ---------------------------------------------------------- expressions

    def about_act(self) -> str:
        """That the request's act is one of some, but not of all."""
        some = self.chance.sample(self.acts, self.chance.randint(1, max(1, len(self.acts) - 1)))
        return f"Q.act is {some[0]}" if len(some) == 1 else f"Q.act in {{{', '.join(some)}}}"

    def at(self, scope: Scope, *, among: frozenset[str] | None = None) -> tuple[Place, str] | None:
        """A place with arguments from the scope; one `among` these, if that is said."""
        places = [each for each in self.places if among is None or each.name in among]
        for _ in range(4):
            if not places:
                return None
            place = self.chance.choice(places)
            text = self.applied(Applicable(place.name, place.arguments, place.result), scope, 1)
            if text is not None:
                return place, text
        return None

    def literal(self, scope: Scope) -> str:
        """A short statement about one place that may change; a formula if there is none."""
        found = None if scope.fixed_only else self.at(scope)
        if found is None:
            return self.formula(scope, 0)
        place, text = found
        if place.result == FACT:
            return self.one((text, text, f"(not {text})"))
        value = self.term(place.result, scope, 0)
        ways = [f"({text} is {value})", f"({text} is not {value})"] if value else []
        ways += [f"({text} is absent)", f"({text} is present)"] if place.optional else []
        return self.one(ways) if ways else self.formula(scope, 0)

    def saying(self, scope: Scope) -> str:
        """A literal or two, or any formula; now and then beside one of what the law likes to show."""
        way = self.chance.random()
        liked = self.liked(scope) if self.maybe(self.keen) else None
        if liked is not None:
            word = self.one(("and", "or", "implies", ""))
            other = self.liked(scope) if self.maybe(0.3) else self.literal(scope)
            return f"({liked} {word} {other})" if word else liked
        if way < 0.6:
            return self.literal(scope)
        if way < 0.75:
            return f"({self.literal(scope)} {self.one(('and', 'or', 'implies'))} {self.literal(scope)})"
        return self.formula(scope, SHALLOW if way < 0.92 else SHALLOW + 1)

    def showy(self, scope: Scope) -> str:
        """One of what the law likes to show, wherever it can; for places that laws seldom have."""
        return (self.liked(scope) if self.maybe(0.85) else None) or self.saying(scope)

    def liked(self, scope: Scope) -> str | None:
        """A formula with one of the constructs that this law shows, if one can stand here."""
        for each in self.chance.sample(self.favourites, len(self.favourites)):
            found = shown(self, each, scope)
            if found is not None:
                return found
        return None

    def thing(self, sort: str, scope: Scope, depth: int = 1) -> str | None:
        """A term, often one that the law likes to show."""
        if self.maybe(0.55):
            for each in self.chance.sample(self.favourites, len(self.favourites)):
                found = shown_term(self, each, sort, scope)
                if found is not None:
                    return found[0]
        return self.term(sort, scope, depth)

    def outcome(self, scope: Scope, construct: str = "") -> str | None:
        """What becomes of the request that the scope speaks of: what claims say, set by them."""
        return self.outcome_of(scope, construct) if self.outcome_of is not None else None

    def _atom(self, scope: Scope, depth: int) -> str | None:
        """One of `Writer`'s, but seldom one that compares a term with itself."""
        found = Writer._atom(self, scope, depth)
        words = (found or "").strip("()").split(" ")
        same = len(words) >= TWO_SIDES and words[0] == words[-1]
        return None if same and self.maybe(0.9) else found

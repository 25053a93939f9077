"""Situations of which not everything is known: what may stand at every place, and when it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

from checker.logic.node import Node
from checker.logic.terms import Terms

NOTHING: Final = ""  # the value of what is absent, and of a fact that is false
HOLDS: Final = "true"  # the value of a fact that is true

Place: TypeAlias = tuple[str, tuple[str, ...]]
"""A function and its arguments."""

Possible: TypeAlias = Mapping[str, Node]
"""The values that a term may have -> when it has them; no two at once, and always one of them."""


class Situation(Protocol):
    """Something that says what may stand at a place."""

    def at(self, place: Place) -> Possible: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """All that an expression depends on: the twin of `checker.model.environment.Environment`."""

    now: Situation
    before: Situation | None = None
    variables: Mapping[str, Possible] = field(default_factory=dict)
    requests: Mapping[str, Mapping[str, Possible]] = field(default_factory=dict)
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """The place gets one of the values where the condition holds."""

    place: Place
    when: Node
    values: Possible


@dataclass(slots=True)
class After:
    """The situation after writes. `looked`: the places that have been looked up in it; `changed`: those of
    them that may have been written."""

    one_of: Callable[[list[tuple[Node, Possible]]], Possible]
    terms: Terms
    old: Situation
    writes: Sequence[Write]
    looked: set[Place] = field(default_factory=set)
    changed: set[Place] = field(default_factory=set)

    def at(self, place: Place) -> Possible:
        """What stands at the place: what was written there, else what stood there."""
        terms, rest = self.terms, self.terms.true
        choices: list[tuple[Node, Possible]] = []
        self.looked.add(place)
        for write in self.writes:
            if write.place == place:
                self.changed.add(place)
                choices.append((terms.and_(rest, write.when), write.values))
                rest = terms.and_(rest, terms.not_(write.when))
        return self.one_of([*choices, (rest, self.old.at(place))])

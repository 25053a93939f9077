"""What an expression is read in: a symbolic situation, requests, variables, and the rules in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.logic.node import Node
from checker.logic.symbolic_state import Maybe, State
from checker.model.model import Model
from checker.model.situation import Instance


@dataclass(frozen=True, slots=True)
class RequestTerms:
    """The parameters of one symbolic request; those that are not listed are absent."""

    values: Mapping[str, Maybe]

    @property
    def key(self) -> tuple[tuple[str, Maybe], ...]:
        """Identifies the request."""
        return tuple(self.values.items())


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression is read in; the symbolic twin of `evaluate`'s environment."""

    state: State
    before: State | None = None
    variables: Mapping[str, Maybe] = field(default_factory=dict)
    requests: Mapping[str, RequestTerms] = field(default_factory=dict)
    events: Mapping[str, Node] = field(default_factory=dict)

    def bind(self, variables: Mapping[str, Maybe]) -> Scope:
        known = {**self.variables, **variables}
        return Scope(self.state, self.before, known, self.requests, self.events)

    def at(self, state: State) -> Scope:
        return Scope(state, self.before, self.variables, self.requests, self.events)


@dataclass(frozen=True, slots=True)
class Rules:
    """The models in force, by version, and the versions deployed when a column is asked about."""

    models: Mapping[str, Model]
    versions: Mapping[Instance, str]

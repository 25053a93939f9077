"""What is built once for a law and serves every claim asked of it: system, solver, strategies."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from checker.engines.laws import law_of, rules_of
from checker.engines.system import Columns, System
from checker.engines.verdict import Grounds, Strategy
from checker.logic.solver import Solver
from checker.model.claim import Column
from checker.model.deadline import Deadline
from checker.model.model import Model
from checker.model.reads import meaning, reads

KEPT = 4  # workbenches kept at once

Place: TypeAlias = tuple[Column, tuple[str, ...], bool]
"""A law, the versions that its deployment ranges over, and whether they move between steps."""


class Asked(Protocol):
    """Asks for the grounds: of all requests or, `checked`, of those that are accepted; or what fails."""

    def __call__(self, *, checked: bool) -> Grounds | str: ...


@dataclass(frozen=True, slots=True)
class Workbench:
    """`grown`: the strategies of regions that claims may have in common, by what they depend on."""

    system: System
    solver: Solver
    grown: dict[Hashable, tuple[Strategy, ...]] = field(default_factory=dict)


class Known:
    """Grounds, by all that decides about them."""

    def __init__(self) -> None:
        self._found: list[tuple[object, Grounds | str]] = []

    def found(self, read: object) -> Grounds | str | None:
        """The grounds of a law that has the same to be read."""
        return next((found for key, found in self._found if key == read), None)

    def keep(self, read: object, found: Grounds | str) -> None:
        """Keep what was found."""
        self._found.append((read, found))


class Workshop:
    """The workbenches of a run, and what verdicts rest on besides their own evidence."""

    def __init__(self, regime: Columns, seed: int, known: Known | None = None) -> None:
        """`known`: the grounds found so far, if other workshops have a part in them."""
        self.regime = regime
        self.seed = seed
        self._laws: dict[tuple[Column, tuple[str, ...]], Column] = {}
        self._benches: dict[Place, Workbench] = {}
        self._grounds: dict[Place, Grounds | str] = {}
        self._known = Known() if known is None else known

    def place(self, column: Column, free: tuple[str, ...], *, moving: bool) -> Place:
        """What is built for a column is built for all that have the same law."""
        key = (column, free)
        if key not in self._laws:
            self._laws[key] = law_of(self.regime, column, free)
        return self._laws[key], free, moving

    def bench(self, place: Place, deadline: Deadline) -> Workbench:
        """The workbench of a law; dropped again once there are too many."""
        if place not in self._benches:
            if len(self._benches) >= KEPT:
                del self._benches[next(iter(self._benches))]
            law, free, moving = place
            system = System(self.regime, law, free, moving=moving)
            self._benches[place] = Workbench(system, Solver(system.terms, self.seed, named=system.named))
        found = self._benches[place]
        found.solver.deadline = found.system.terms.deadline = deadline
        return found

    def grounds(self, place: Place, rules: Mapping[str, Model], ask: Asked) -> Grounds | str:
        """What verdicts about the law rest on, which laws that differ elsewhere have in common.

        All requests come first, which is the simpler question.
        """
        for checked in (False, True) if place not in self._grounds else ():
            deployed = dict(self.regime.deployed(place[0]))
            read = (place[1:], deployed, _ground(rules, checked=checked))
            found = self._known.found(read)
            if found is None:
                found = ask(checked=checked)
                self._known.keep(read, found)
            self._grounds[place] = found
            if not isinstance(found, str):
                break
        return self._grounds[place]


def _ground(rules: Mapping[str, Model], *, checked: bool) -> object:
    """What decides whether every step keeps the axioms, and whether there is a start; if `checked`, of
    requests that the checks let through.
    """
    return [_said(name, model, checked=checked) for name, model in rules.items()]


def _said(version: str, model: Model, *, checked: bool) -> object:
    rules = (*rules_of(model), *(model.checks if checked else ()))
    said = meaning(model, reads(model, *rules))
    return (version, rules, said, model.constants, model.sorts, model.components)

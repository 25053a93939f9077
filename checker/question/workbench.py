"""What a claim is decided on: the law in terms, which claims share, and a solver of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from checker.logic.node import Node
from checker.logic.solver import Solver
from checker.model.claim import Column
from checker.model.deadline import Deadline
from checker.model.model import Model
from checker.model.reads import meaning, reads
from checker.question.same_law import law_of, rules_of
from checker.question.transition_system import Columns, Schema, System
from checker.question.verdict import Grounds

Place: TypeAlias = tuple[Column, tuple[str, ...], bool]
"""A law, the versions that its deployment ranges over, and whether they move between steps."""


class AsksGrounds(Protocol):
    """Asks for the grounds: of all requests or, `checked`, of those that are accepted; or what fails."""

    def __call__(self, *, checked: bool) -> Grounds | str: ...


class Touched:
    """What a step of a kind may write, and what it reads: functions of the law."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._known: dict[tuple[str, bool], tuple[frozenset[str], frozenset[str]]] = {}

    def __call__(self, schema: Schema) -> tuple[frozenset[str], frozenset[str]]:
        """The functions written, and those read."""
        key = (schema.name, schema.at_once)
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._known[key]

    def _found(self, name: str, at_once: bool) -> tuple[frozenset[str], frozenset[str]]:
        system = self.system
        kinds = (*system.request_schemas, system.every_request, *system.event_schemas)
        own = replace(next(each for each in kinds if each.name == name), at_once=at_once)
        action = system.at(own, system.base, system.taken(own, 0))
        seen: list[Node] = [action.guard]
        for write in action.writes:  # at the most general arguments
            sorts = system.model.functions[write.function].parameters
            arguments = tuple(system.terms.symbol(f"place {n}", s) for n, s in enumerate(sorts))
            condition, value = write.match(arguments)
            seen += [condition, value.present, *((value.value,) if value.value is not None else ())]
        return frozenset(each.function for each in action.writes), frozenset(system.reads(seen))


@dataclass(frozen=True, slots=True)
class Workbench:
    """A law in terms, and the solver that is asked in them. What a solver was asked sways which of several
    shortest stories it finds, so no two claims share one; what is built in terms sways nothing.
    """

    system: System
    solver: Solver
    touched: Touched


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
    """Makes the workbenches of a run, and knows what verdicts rest on besides their own evidence."""

    def __init__(self, regime: Columns, seed: int, known: Known | None = None) -> None:
        """`known`: the grounds found so far, if other workshops have a part in them."""
        self.regime = regime
        self.seed = seed
        self._laws: dict[tuple[Column, tuple[str, ...]], Column] = {}
        self._touched: dict[Place, Touched] = {}
        self._grounds: dict[Place, Grounds | str] = {}
        self._known = Known() if known is None else known

    def place(self, column: Column, free: tuple[str, ...], *, moving: bool) -> Place:
        """Where the grounds of a column are kept: with those of all that have the same law."""
        key = (column, free)
        if key not in self._laws:
            self._laws[key] = law_of(self.regime, column, free)
        return self._laws[key], free, moving

    def bench(self, place: Place, deadline: Deadline) -> Workbench:
        """The law in the terms that all claims about it share, with a solver that was never asked."""
        if place not in self._touched:
            law, free, moving = place
            self._touched[place] = Touched(System(self.regime, law, free, moving=moving))
        touched = self._touched[place]
        system = touched.system
        system.terms.deadline = deadline
        return Workbench(system, Solver(system.terms, self.seed, deadline, named=system.named), touched)

    def grounds(self, place: Place, rules: Mapping[str, Model], ask: AsksGrounds) -> Grounds | str:
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

"""The workbench for a claim: the law in terms, which claims share, and a solver of its own."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeAlias

from checker.logic.node import Node
from checker.logic.solver import Solver
from checker.logic.terms import Terms
from checker.model.claim import Column
from checker.model.deadline import Deadline
from checker.model.expressions import Sort
from checker.model.model import Model
from checker.model.reads import meaning, reads
from checker.question.columns import Columns
from checker.question.same_law import law_of, rules_of
from checker.question.transition_system import Schema, System
from checker.question.verdict import Grounds

Place: TypeAlias = tuple[Column, tuple[str, ...], bool]
"""A law, the versions that its deployment ranges over, and whether they move between steps."""


_LARGE: Final = 15_000  # terms that a process keeps from one claim to the next
_GROWN: Final = 3  # and so many times those after the first claim: most are not of the law


class AsksGrounds(Protocol):
    """Finds the grounds for all requests or, if `checked`, for accepted ones; or says what fails."""

    def __call__(self, *, checked: bool) -> Grounds | str: ...


class Touched:
    """The functions of the law that a step of a schema may write, and those that it reads."""

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
        for write in action.writes:  # with symbols as arguments
            sorts = system.model.functions[write.function].parameters
            arguments = tuple(system.terms.symbol(f"place {n}", s) for n, s in enumerate(sorts))
            condition, value = write.match(arguments)
            seen += [condition, value.present, *((value.value,) if value.value is not None else ())]
        written = {each.function for each in action.writes}
        for function in system.model.functions.values():
            if function.history is None:
                continue
            arguments = tuple(system.terms.symbol(f"place {n}", s) for n, s in enumerate(function.parameters))
            old, new = (each.lookup(function.name, arguments).value for each in (system.base, action.after))
            if old is not new and old is not None and new is not None:
                written.add(function.name)
                seen += [old, new]
        return frozenset(written), frozenset(system.reads(seen))


@dataclass(frozen=True, slots=True)
class Workbench:
    """A law in terms, and the solver that is asked about them. Earlier questions influence which of several
    shortest stories a solver finds, so no two claims share one; shared terms influence nothing.
    """

    system: System
    solver: Solver
    touched: Touched


class Known:
    """Grounds, found by everything that they depend on. In another process none were found yet."""

    def __init__(self) -> None:
        self._found: list[tuple[object, Grounds | str]] = []

    def __reduce__(self) -> tuple[type[Known], tuple[()]]:
        return Known, ()

    def without_months(self) -> Known:
        """Those that looked at no month of the calendar: at which one does depends on what the solver was
        asked before.
        """
        kept = Known()
        kept._found = [each for each in self._found if isinstance(each[1], str) or not _months(each[1])]
        return kept

    def found(self, read: object) -> Grounds | str | None:
        """The grounds of a law for which the same was read."""
        return next((found for key, found in self._found if key == read), None)

    def keep(self, read: object, found: Grounds | str) -> None:
        """Keep what was found."""
        self._found.append((read, found))


class Common:
    """Terms and solvers that laws have in common which are edits of each other: what was built, translated,
    or found unsatisfiable for one need not be for the next. Where a solver has been asked before decides
    which of several stories it finds, so it is only for questions whose stories nobody is told.
    """

    def __init__(self) -> None:
        self._terms: list[tuple[Mapping[str, Sort], Terms]] = []
        self._solvers: list[tuple[Terms, tuple[Node, ...], Solver]] = []

    @property
    def size(self) -> int:
        """How many terms there are."""
        return sum(len(each) for _, each in self._terms)

    def terms(self, sorts: Mapping[str, Sort]) -> Terms:
        """The terms of laws that have just these sorts: a term knows the values of its sort."""
        for known, found in self._terms:
            if known == sorts:
                return found
        self._terms.append((sorts, Terms()))
        return self._terms[-1][1]

    def solver(self, system: System, seed: int) -> Solver:
        """The solver for laws with these terms in which the same named things exist."""
        for terms, named, found in self._solvers:
            if terms is system.terms and named == system.named:
                return found
        self._solvers.append((system.terms, system.named, Solver(system.terms, seed, named=system.named)))
        return self._solvers[-1][2]


class Workshop:
    """Makes the workbenches of a run, and keeps the grounds that verdicts rest on besides their evidence."""

    def __init__(
        self, regime: Columns, seed: int, known: Known | None = None, common: Common | None = None
    ) -> None:
        """`known`: the grounds found so far, if they are shared with other workshops; `common`: terms and
        solvers that are.
        """
        self.regime = regime
        self._common = common
        self.seed = seed
        self._laws: dict[tuple[Column, tuple[str, ...]], Column] = {}
        self._touched: dict[Place, Touched] = {}
        self._first = 0  # terms there were after the first claim about these
        self._grounds: dict[Place, Grounds | str] = {}
        self._known = Known() if known is None else known

    def place(self, column: Column, free: tuple[str, ...], *, moving: bool) -> Place:
        """The key of a column's grounds, which all columns with the same law share."""
        key = (column, free)
        if key not in self._laws:
            self._laws[key] = law_of(self.regime, column, free)
        return self._laws[key], free, moving

    def bench(self, place: Place, deadline: Deadline) -> Workbench:
        """The law in the terms that all claims about it share, with a new solver unless they have one in
        common.
        """
        if self._common is None and self._full(place):
            self._touched.clear()
            self._first = 0
            if not gc.isenabled():  # who works without it wants its memory back
                gc.collect()
        if place not in self._touched:
            law, free, moving = place
            terms = None if self._common is None else self._common.terms
            self._touched[place] = Touched(System(self.regime, law, free, moving=moving, terms=terms))
        touched = self._touched[place]
        system = touched.system
        system.terms.deadline = deadline
        if self._common is None:
            return Workbench(system, Solver(system.terms, self.seed, deadline, named=system.named), touched)
        solver = self._common.solver(system, self.seed)
        solver.deadline = deadline
        return Workbench(system, solver, touched)

    def _full(self, place: Place) -> bool:
        """Whether the laws in terms are to make room: they are of another law, or most of their terms are of
        claims that are decided.
        """
        if any(each[:2] != place[:2] for each in self._touched):
            return True
        size = sum(len(each.system.terms) for each in self._touched.values())
        self._first = self._first or size
        return size > max(_LARGE, _GROWN * self._first)

    def grounds(self, place: Place, rules: Mapping[str, Model], ask: AsksGrounds) -> Grounds | str:
        """The grounds of verdicts about the law; laws that differ only elsewhere share them. All requests are
        tried first, which is the simpler question.
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


def _months(grounds: Grounds) -> bool:
    return any(each.months for each in (*grounds.obligations, *grounds.start.obligations))


def _ground(rules: Mapping[str, Model], *, checked: bool) -> object:
    """What the grounds depend on: whether every step keeps the axioms, and whether there is a start; if
    `checked`, only for requests that the checks let through.
    """
    return [_said(name, model, checked=checked) for name, model in rules.items()]


def _said(version: str, model: Model, *, checked: bool) -> object:
    rules = (*rules_of(model), *(model.checks if checked else ()))
    said = meaning(model, reads(model, *rules))
    return (version, rules, said, model.constants, model.sorts, model.components)

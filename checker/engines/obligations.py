"""The statements that a verdict rests on, each of which must be unsatisfiable.

Small and trusted. `check` asks the solver about every one of them by itself. They are built from the spec and
the strategies, as terms of the rule language: nothing else that a search found is taken over.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checker.engines.problem import GaveUp, Problem
from checker.engines.region import Condition, Region
from checker.engines.verdict import Obligation
from checker.logic.solver import Satisfied, Unknown
from checker.logic.state import PRESENCE
from checker.logic.terms import Node
from checker.model.claim import Steps
from checker.model.expressions import FACT, Sort
from checker.model.model import Function
from checker.model.situation import Situation


class Rejected(Exception):
    """An obligation does not hold: the evidence is wrong. The message names the obligation."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An obligation before it is checked."""

    name: str
    meaning: str
    formulas: tuple[Node, ...]


Schema: TypeAlias = Callable[[Problem], Iterator[Claimed]]


def check(problem: Problem, schemas: tuple[Schema, ...]) -> tuple[Obligation, ...]:
    """Ask the solver about every obligation. Raises Rejected, or GaveUp without an answer."""
    checked = []
    for schema in schemas:
        for claimed in schema(problem):
            started = time.perf_counter()
            answer = problem.solver.ask(claimed.formulas)
            if isinstance(answer, Unknown):
                raise GaveUp(answer.reason)
            if isinstance(answer, Satisfied):
                raise Rejected(claimed.name)
            checked.append(Obligation(claimed.name, claimed.meaning, time.perf_counter() - started))
    return tuple(checked)


def impossible(name: str, meaning: str, condition: Condition) -> Schema:
    """No situation within the axioms satisfies the condition."""

    def build(problem: Problem) -> Iterator[Claimed]:
        yield Claimed(name, meaning, (*problem.frame, condition(problem, problem.system.base)))

    return build


def never_starts(region: Region) -> Schema:
    """No story starts in the region."""

    def build(problem: Problem) -> Iterator[Claimed]:
        state = problem.system.base
        yield Claimed(
            "start",
            "unsatisfiable iff no start is among the situations to be excluded",
            (*problem.frame, *problem.system.start(state), region.for_problem(problem).at(state)),
        )

    return build


def never_entered(region: Region, steps: Steps | None = None) -> Schema:
    """No step (of the region's own kind, or of `steps`) leads from outside the region into it."""

    def build(problem: Problem) -> Iterator[Claimed]:
        state = problem.system.base
        own = region.for_problem(problem)
        outside = problem.terms.not_(own.at(state))
        for schema in problem.system.schemas(steps or own.steps):
            action = problem.system.at(schema, state, problem.system.fresh(schema, "w"))
            yield Claimed(
                f"step {schema.name}",
                f"unsatisfiable iff no `{schema.name}` leads there from elsewhere",
                (*problem.frame, outside, own.reached_by(action)),
            )

    return build


def never_at(
    region: Region, situation: Situation, binding: Mapping[str, str], *, alone: bool = False
) -> Schema:
    """The situation of a story is outside the region, and, for a single next step, no step of the region's
    kind leads from it to the target: with any number of further things around it, or `alone`.
    """

    def build(problem: Problem) -> Iterator[Claimed]:
        state = problem.system.base
        own = region.for_problem(problem)
        axioms = problem.system.axioms(state)
        inside = own.at(state)
        nobody_else = tuple(_nobody_else(problem, situation)) if alone else ()
        here = (*nobody_else, *diagram(problem, situation, binding, (*axioms, inside)))
        yield Claimed(
            "situation",
            "unsatisfiable iff the situation of the story is not one from which the goal can be reached",
            (*axioms, *here, inside),
        )
        if not own.next_only:
            return
        for schema in own.schemas.values():
            action = problem.system.at(schema, state, problem.system.fresh(schema, "w"))
            reached = own.reached_by(action)
            here = (*nobody_else, *diagram(problem, situation, binding, (*axioms, reached)))
            yield Claimed(
                f"step {schema.name}",
                f"unsatisfiable iff no `{schema.name}` gives the goal in the situation of the story",
                (*axioms, *here, reached),
            )

    return build


def axioms_kept(problem: Problem, *, checked: bool) -> Iterator[Claimed]:
    """Every step from a situation within the axioms leads to one within the axioms; unless `checked`, even
    a request that is refused would.
    """
    state = problem.system.base
    axioms = problem.system.axioms(state)
    for schema in (*problem.system.request_schemas, *problem.system.event_schemas):
        action = problem.system.at(schema, state, problem.system.fresh(schema, "w"), checked=checked)
        broken = problem.terms.not_(problem.terms.and_(*problem.system.axioms(action.after)))
        yield Claimed(
            f"axioms after {schema.name}",
            f"unsatisfiable iff `{schema.name}` keeps every axiom",
            (*axioms, action.guard, broken),
        )


def diagram(
    problem: Problem, situation: Situation, binding: Mapping[str, str], asked: tuple[Node, ...]
) -> tuple[Node, ...]:
    """What is so of the situation's named things, as far as `asked` reads it; nothing of any others."""
    read = problem.reads(asked)
    functions = [each for each in problem.system.model.functions.values() if each.name in read]
    facts = [fact for each in functions for fact in _facts(problem, situation, each)]
    return (*_bindings(problem, binding), *facts)


def _nobody_else(problem: Problem, situation: Situation) -> Iterator[Node]:
    """Every thing is one of the situation's."""
    for name, names in situation.things.items():
        sort = problem.system.model.sorts[name]
        anything = problem.terms.symbol(f"any {name}", sort)
        known = (problem.terms.equal(anything, thing(problem, each, sort)) for each in names)
        yield problem.terms.forall((anything,), problem.terms.or_(*known))


def thing(problem: Problem, name: str, sort: Sort) -> Node:
    """The term for a named thing or an enum value of the situation."""
    if sort.is_enum:
        return problem.terms.value(name, sort)
    constant = name in problem.system.model.constants
    return problem.terms.constant(name if constant else f"the {name}", sort)


def _bindings(problem: Problem, binding: Mapping[str, str]) -> Iterator[Node]:
    for name, given in problem.variables.items():
        assert given.value is not None
        yield problem.terms.equal(given.value, thing(problem, binding[name], given.value.sort))


def _facts(problem: Problem, situation: Situation, function: Function) -> Iterator[Node]:
    terms, state = problem.terms, problem.system.base
    choices = [s.values if s.is_enum else situation.things.get(s.name, ()) for s in function.parameters]
    for names in itertools.product(*choices):
        if function.table is not None and names in function.table.entries:
            continue
        pairs = zip(names, function.parameters, strict=True)
        arguments = tuple(thing(problem, name, sort) for name, sort in pairs)
        value = situation.values.get((function.name, names))
        if function.result == FACT:
            fact = terms.apply(function.name, arguments, FACT)
            yield fact if value is True else terms.not_(fact)
            continue
        if function.optional:
            present = terms.apply(function.name + PRESENCE, arguments, FACT)
            yield present if value is not None else terms.not_(present)
        known = state.lookup(function.name, arguments).value
        if isinstance(value, str) and known is not None:
            yield terms.equal(known, thing(problem, value, function.result))

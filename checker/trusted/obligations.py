"""The statements that a verdict rests on, each of which must be unsatisfiable.

Small and trusted. They are built from the spec, the claim, and what a search found, written in the rule
language: strategies and stories. `check` asks the solver about each of them separately.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.logic.node import Node
from checker.logic.smtlib import Part
from checker.logic.solver import Satisfied, Unknown
from checker.logic.symbolic_state import PRESENCE
from checker.model.expressions import FACT, Sort
from checker.model.model import Function
from checker.model.situation import Situation
from checker.question.goals import Condition
from checker.question.problem import GaveUp, Problem
from checker.question.transition_system import ONE, Action, Schema
from checker.question.verdict import Obligation
from checker.trusted.region import Region


class Rejected(Exception):
    """An obligation does not hold: the evidence is wrong. The message names the obligation."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An obligation before it is checked: its parts must be unsatisfiable together."""

    name: str
    meaning: str
    parts: tuple[Part, ...]

    @property
    def formulas(self) -> tuple[Node, ...]:
        return tuple(each.formula for each in self.parts)


def check(problem: Problem, obligations: Iterable[Claimed]) -> tuple[Obligation, ...]:
    """Ask the solver about every obligation. Raises Rejected if one is satisfiable, GaveUp if the solver
    does.
    """
    checked = []
    for claimed in obligations:
        started = time.perf_counter()
        answer = problem.solver.ask(claimed.formulas)
        if isinstance(answer, Unknown):
            raise GaveUp(answer.reason)
        if isinstance(answer, Satisfied):
            raise Rejected(claimed.name)
        seconds, months = time.perf_counter() - started, tuple(sorted(problem.solver.months))
        checked.append(Obligation(claimed.name, claimed.meaning, seconds, months))
    return tuple(checked)


def impossible(problem: Problem, condition: Condition) -> Iterator[Claimed]:
    """No situation within the axioms satisfies the condition."""
    excluded = Part("what the claim excludes", condition(problem, problem.system.base))
    yield Claimed(
        "nowhere",
        "unsatisfiable iff no situation, reachable or not, shows what is excluded",
        (*problem.frame_parts, excluded),
    )


def never_starts(region: Region) -> Iterator[Claimed]:
    """No story starts in the region."""
    problem, state = region.problem, region.problem.system.base
    starts = (Part("a story starts here", each) for each in problem.system.start(state))
    inside = Part("what is excluded could come about from here", region.at(state))
    yield Claimed(
        "start",
        "unsatisfiable iff no start is among the situations to be excluded",
        (*problem.frame_parts, *starts, inside),
    )


def never_entered(region: Region) -> Iterator[Claimed]:
    """No step of the region's kind leads from outside the region into it."""
    problem, state = region.problem, region.problem.system.base
    outside = Part("before the step, outside", problem.terms.not_(region.at(state)))
    for schema in problem.system.schemas(region.steps):
        reached = region.reached_by(fresh_step(problem, schema))
        yield Claimed(
            f"step {schema.name}",
            f"unsatisfiable iff no `{schema.name}` leads there from elsewhere",
            (*problem.frame_parts, outside, Part("the step is taken and, after it, inside", reached)),
        )


def never_at(
    region: Region, situation: Situation, binding: Mapping[str, str], *, alone: bool
) -> Iterator[Claimed]:
    """The situation of a story is outside the region, and, if exactly one step is asked for, no step of the
    region's kind leads from it to the target: however many further things there are or, if `alone`, with
    none.
    """
    problem, state = region.problem, region.problem.system.base

    def here(asked: Part) -> tuple[Part, ...]:
        axioms = problem.axiom_parts
        read = (*(each.formula for each in axioms), asked.formula)
        others = nobody_else(problem, situation) if alone else ()
        known = (*others, *diagram(problem, situation, binding, read))
        return (*axioms, *(Part("the situation of the story", each) for each in known), asked)

    yield Claimed(
        "situation",
        "unsatisfiable iff the situation of the story is not one from which the goal can be reached",
        here(Part("the goal can be reached from here", region.at(state))),
    )
    for schema in region.schemas.values() if region.next_only else ():
        reached = region.reached_by(fresh_step(problem, schema))
        yield Claimed(
            f"step {schema.name}",
            f"unsatisfiable iff no `{schema.name}` gives the goal in the situation of the story",
            here(Part("the step is taken and gives the goal", reached)),
        )


def axioms_kept(problem: Problem, *, checked: bool) -> Iterator[Claimed]:
    """Every step from a situation within the axioms leads to one within the axioms; unless `checked`, the
    same is required of requests that are refused.
    """
    for schema in (*problem.system.request_schemas, *problem.system.event_schemas):
        action = fresh_step(problem, schema, checked=checked)
        broken = problem.terms.not_(problem.terms.and_(*problem.system.axioms(action.after)))
        yield Claimed(
            f"axioms after {schema.name}",
            f"unsatisfiable iff `{schema.name}` keeps every axiom",
            (
                *problem.axiom_parts,
                Part("the step is taken", action.guard),
                Part("after it, an axiom is false", broken),
            ),
        )
    yield from _deployment_keeps_axioms(problem)


def _deployment_keeps_axioms(problem: Problem) -> Iterator[Claimed]:
    """If versions move, every deployment keeps the axioms, too. Axioms without versions need no check."""
    system = problem.system
    after = system.axioms(system.moved(system.base, "then"))
    if after == system.axioms(system.base):
        return
    broken = Part("after it, an axiom is false", problem.terms.not_(problem.terms.and_(*after)))
    yield Claimed(
        "axioms after a deployment",
        "unsatisfiable iff every deployment keeps every axiom",
        (*problem.axiom_parts, broken),
    )


def fresh_step(problem: Problem, schema: Schema, *, checked: bool = True) -> Action:
    """Any step of the schema from any situation."""
    system = problem.system
    return system.at(schema, system.base, system.fresh(schema, ONE), checked=checked)


def diagram(
    problem: Problem, situation: Situation, binding: Mapping[str, str], asked: tuple[Node, ...]
) -> tuple[Node, ...]:
    """Exactly the facts about the situation's named things that `asked` reads, and the versions deployed."""
    read = problem.reads(asked)
    declared = problem.model.functions.values()
    functions = [each for each in declared if each.name in read and not each.arbitrary]
    facts = [fact for each in functions for fact in _facts(problem, situation, each)]
    return (*_bindings(problem, binding), *facts, *_versions(problem, situation))


def _versions(problem: Problem, situation: Situation) -> Iterator[Node]:
    system = problem.system
    for at, node in system.base.versions.items() if system.free else ():
        yield problem.terms.equal(node, system.encoder.version_value(situation.versions[at]))


def nobody_else(problem: Problem, situation: Situation) -> Iterator[Node]:
    """Every thing is one of the situation's."""
    for name, names in situation.things.items():
        sort = problem.system.model.sorts[name]
        anything = problem.terms.symbol(f"any {name}", sort)
        known = (problem.terms.equal(anything, thing(problem, each, sort)) for each in names)
        yield problem.terms.forall((anything,), problem.terms.or_(*known))


def thing(problem: Problem, name: str, sort: Sort) -> Node:
    """The term for a named thing or a value of the situation."""
    if not sort.has_things:
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

"""For each form of claim, what must not (or must) be reachable, as the goal of a story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from checker.logic.node import Node
from checker.logic.symbolic_state import State
from checker.model.claim import Always, AlwaysAfter, EveryRequest, Possibly, PossiblyAfter, SomeRequest, Steps
from checker.model.expressions import Formula, Not
from checker.question.problem import Problem, by_condition
from checker.question.transition_system import Action, Parameters, Schema

ANY_STEP = Steps(any_step=True)
Simple = Always | AlwaysAfter | EveryRequest | Possibly | PossiblyAfter | SomeRequest


Condition: TypeAlias = Callable[[Problem, State], Node]
"""A condition on a situation, in the terms of a problem."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One way for a story to end: the last steps (if the goal mentions them), and what must hold."""

    condition: Node
    last: tuple[Action, ...] = ()


Goal: TypeAlias = Callable[[State], Iterable[Ending]]
"""What a story must reach from the given situation."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A question of reachability: whether a story reaches the goal.

    `universal`: the claim says that it never does (the goal is its violation). `reachable`: stories start
    at a start; otherwise in any situation within the axioms. `requests`: those that the goal names.
    """

    goal: Goal
    universal: bool
    steps: Steps = ANY_STEP
    reachable: bool = True
    requests: Mapping[str, Parameters] = field(default_factory=dict)


Asking: TypeAlias = Callable[[Problem], Reach]
"""A question that can be asked in any problem, so evidence can be re-checked in a new one."""


def reach_of(problem: Problem, statement: Simple, by: str | None = None) -> Reach:
    """The question that a simple statement asks. `by` restricts violations to those that a clause causes."""
    match statement:
        case Always(formula=formula):
            return Reach(_state_goal(problem, Not(formula)), universal=True)
        case Possibly(formula=formula, steps=steps):
            return Reach(_state_goal(problem, formula), universal=False, steps=steps)
        case AlwaysAfter():
            return Reach(_after_goal(problem, statement, by), universal=True)
        case PossiblyAfter(request=request, where=where, formula=formula):
            twin = AlwaysAfter("request", request, "", twice=False, where=where, formula=Not(formula))
            return Reach(_after_goal(problem, twin, by), universal=False)
        case EveryRequest(request=request, where=where, formula=formula, reachable=reachable):
            return _request_reach(
                problem,
                request,
                (where, Not(formula), by_condition(by, request, problem.system.models)),
                reachable=reachable,
                universal=True,
            )
        case SomeRequest(request=request, formula=formula, reachable=reachable):
            return _request_reach(problem, request, (formula,), reachable=reachable, universal=False)
        case _:
            assert_never(statement)


def _state_goal(problem: Problem, formula: Formula) -> Goal:
    def goal(state: State) -> Iterator[Ending]:
        scope = problem.scope(state)
        yield Ending(problem.terms.and_(problem.given(scope), problem.read(formula, scope)))

    return goal


def _request_reach(
    problem: Problem, request: str, formulas: tuple[Formula | None, ...], *, reachable: bool, universal: bool
) -> Reach:
    """Whether there is a request of the laws that the claim is about, accepted or not, for which all formulas
    hold.
    """
    parameters, formed = problem.drawn(f"the goal's {request}")
    asked = {request: parameters}

    def goal(state: State) -> Iterator[Ending]:
        scope = problem.scope(state, requests=asked)
        parts = (problem.read(each, scope) for each in formulas)
        yield Ending(problem.terms.and_(formed, problem.given(scope), *parts))

    return Reach(goal, universal, reachable=reachable, requests=asked)


def _after_goal(problem: Problem, statement: AlwaysAfter, by: str | None) -> Goal:
    """The goal: a last step of the statement's kind, after which its formula is false."""

    def goal(state: State) -> Iterator[Ending]:
        for schema in _last_schemas(problem, statement):
            first = _step(problem, schema, state, "last")
            if not statement.twice:
                condition = _violation(problem, statement, first, by)
                yield Ending(problem.terms.and_(first.guard, condition), (first,))
                continue
            second = _step(problem, schema, first.after, "again")
            condition = _violation(problem, statement, second, by)
            yield Ending(problem.terms.and_(first.guard, second.guard, condition), (first, second))

    return goal


def _step(problem: Problem, schema: Schema, state: State, prefix: str) -> Action:
    return problem.system.at(schema, state, problem.system.fresh(schema, prefix))


def _last_schemas(problem: Problem, statement: AlwaysAfter) -> tuple[Schema, ...]:
    system = problem.system
    match statement.kind:
        case "request":
            return (system.every_request,)
        case "step":
            return (system.every_request, *system.event_schemas)
        case "event":
            return tuple(each for each in system.event_schemas if each.name == statement.event)
        case _:
            assert_never(statement.kind)


def _violation(problem: Problem, statement: AlwaysAfter, action: Action, by: str | None) -> Node:
    """`where` and the claim's premises held before the step; the formula is false after it."""
    event = action.schema.event
    if event is not None and by is not None:
        return problem.terms.false  # clauses exempt only requests, and checks refuse only requests
    requests = {} if event is not None else {statement.request: action.parameters}
    before = problem.scope(action.before, requests=requests)
    after = problem.scope(
        action.after,
        before=action.before,
        requests=requests,
        events={} if event is None else {event.name: problem.terms.true},
    )
    return problem.terms.and_(
        problem.given(before),
        problem.read(statement.where, before),
        problem.read(by_condition(by, statement.request, problem.system.models), before),
        problem.terms.not_(problem.read(statement.formula, after)),
    )


def reaching(condition: Condition) -> Asking:
    """The question whether a situation with the condition can be reached by any steps."""

    def asking(problem: Problem) -> Reach:
        def goal(state: State) -> Iterator[Ending]:
            yield Ending(condition(problem, state))

        return Reach(goal, universal=True)

    return asking


def condition_of(asking: Asking) -> Condition:
    """The goal as one condition on a situation; its free symbols are the requests and last steps in it."""

    def condition(problem: Problem, state: State) -> Node:
        return problem.terms.or_(*(each.condition for each in asking(problem).goal(state)))

    return condition

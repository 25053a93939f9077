"""Claims between versions, deployments and orders of checks, as claims about every request."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Literal, assert_never

from checker.logic.encode import Encoder
from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.symbolic_state import State
from checker.model.claim import Column, Compare, Difference, DifferenceCase, EveryRequest
from checker.model.decision import answer_of
from checker.model.expressions import FACT, And, Formula, Iff, Implies, Not, Or, Outcome, Truth
from checker.model.model import Check, Model, Stage
from checker.question.goals import Ending, Reach
from checker.question.problem import Problem


def versions_of(statement: Compare | Difference) -> tuple[str, ...]:
    """The versions over which a side of the comparison lets the deployment range."""
    match statement:
        case Difference():
            return ()
        case Compare(left=left, right=right):
            return left.versions or right.versions
        case _:
            assert_never(statement)


def as_request_claim(statement: Compare | Difference, models: tuple[Model, ...]) -> EveryRequest:
    """The comparison (not of orders) as a statement about every request in every situation. `models`: all
    compared models, whose checks may refuse the request.
    """
    match statement:
        case Difference(request=request):
            return EveryRequest(request, None, _difference(statement, models), reachable=False)
        case Compare(request=request, left=left, right=right):
            parts = [each for each in (statement.where, left.where, right.where) if each]
            where = And(tuple(parts)) if parts else None
            return EveryRequest(request, where, _relation(statement, models), reachable=False)
        case _:
            assert_never(statement)


def _relation(statement: Compare, models: tuple[Model, ...]) -> Formula:
    accepted = _both(statement, "accepted")
    if statement.relation == "no-more":
        return Implies(*accepted)
    alike = (Iff(*accepted), Iff(*_both(statement, "rejected")))
    if not statement.codes:
        return And(alike)
    refusals = (Iff(*_both(statement, "rejected", name)) for name in check_names(models))
    return And((*alike, *refusals))


def check_names(models: Iterable[Model]) -> tuple[str, ...]:
    """The names of all checks, each once."""
    return tuple(dict.fromkeys(check.name for model in models for check in model.checks))


def _both(statement: Compare, kind: Literal["accepted", "rejected"], by: str | None = None) -> list[Outcome]:
    """The outcome of the request by the rules of the left side, and by those of the right side."""
    columns = (each.column for each in (statement.left, statement.right))
    return [Outcome(kind, statement.request, by, None if each is None else str(each)) for each in columns]


def changed(old: Column, new: Column, request: str) -> Formula:
    """The request is accepted by the rules of `new` and not by those of `old`."""
    accepted = Outcome("accepted", request, column=str(new))
    return And((accepted, Not(Outcome("accepted", request, column=str(old)))))


def made(old: Column, new: Column, request: str) -> Formula:
    """The request is well-formed but rejected under `new`, and not well-formed under `old`."""
    kinds: tuple[Literal["accepted", "rejected"], ...] = ("accepted", "rejected")
    before = (Not(Outcome(kind, request, column=str(old))) for kind in kinds)
    return And((Outcome("rejected", request, column=str(new)), *before))


def rejected_differently(old: Column, new: Column, request: str, models: Iterable[Model]) -> Formula:
    """The request is rejected by the rules of both columns, but not by the same checks."""
    by = [
        [Outcome("rejected", request, name, str(column)) for column in (old, new)]
        for name in check_names(models)
    ]
    rejected = (Outcome("rejected", request, column=str(each)) for each in (old, new))
    return And((*rejected, Or(tuple(Not(Iff(*each)) for each in by))))


def _difference(statement: Difference, models: tuple[Model, ...]) -> Formula:
    old, new, request = statement.old, statement.new, statement.request
    parts = [
        Iff(changed(old, new, request), _any_of(statement.accepted)),
        Iff(changed(new, old, request), _any_of(statement.rejected)),
    ]
    more = (
        (rejected_differently(old, new, request, models), statement.differently),
        (made(old, new, request), statement.made),
        (made(new, old, request), statement.unmade),
    )
    parts += [Iff(formula, _any_of(cases)) for formula, cases in more if cases is not None]
    return And(tuple(parts))


def _any_of(cases: tuple[DifferenceCase, ...]) -> Formula:
    return Or(tuple(each.formula for each in cases)) if cases else Truth(value=False)


# ------------------------------------------------------------------- orders


def order_reach(problem: Problem, statement: Compare) -> Reach:
    """A request that is answered differently in two admissible orders of the checks."""
    request = problem.drawn(f"the goal's {statement.request}")[0]

    def goal(state: State) -> Iterator[Ending]:
        named = problem.scope(state, requests={statement.request: request, "": request})
        answers = [_answers(problem, named, f"order {each}") for each in ("one", "other")]
        first, second = answers
        if statement.codes:
            different = [problem.terms.not_(problem.terms.iff(first[c], second[c])) for c in first]
        else:
            refused = [problem.terms.or_(*each.values()) for each in answers]
            different = [problem.terms.not_(problem.terms.iff(*refused))]
        yield Ending(
            problem.terms.and_(
                *_orders(problem, "order one"),
                *_orders(problem, "order other"),
                problem.given(named),
                problem.read(statement.where, named),
                problem.terms.or_(*different),
            )
        )

    return Reach(goal, universal=True, reachable=False, requests={statement.request: request})


def _answers(problem: Problem, scope: Scope, order: str) -> dict[tuple[str, str], Node]:
    """Answer -> the condition that the sender gets it: some check with this answer fails at the first
    component that refuses, and no failing check there comes before it.
    """
    terms, encoder = problem.terms, problem.system.encoder
    answers: dict[tuple[str, str], list[Node]] = {}
    earlier = terms.true
    for stage in problem.system.model.route:
        for law, here in encoder.enforced_at(stage, scope):
            checks = law.checks_at(stage)
            failing = {each.name: law.check_fails(each, scope) for each in checks}
            for check in checks:
                first = [
                    terms.or_(terms.not_(failing[other.name]), _precedes(law, order, stage, check, other))
                    for other in checks
                    if other is not check
                ]
                answer = terms.and_(earlier, here, failing[check.name], *first)
                answers.setdefault(answer_of(check), []).append(answer)
        earlier = terms.and_(earlier, terms.not_(encoder.stage_fails(stage, scope)))
    return {answer: terms.or_(*nodes) for answer, nodes in answers.items()}


def _precedes(law: Encoder, order: str, stage: Stage, one: Check, other: Check) -> Node:
    """Whether a version asks `one` before `other`: as published, otherwise a free choice."""
    terms = law.terms
    known = law.model.orders.get(stage.component)
    if known is not None and known.published is not None:
        names = known.published
        if one.name in names and other.name in names:
            return terms.true if names.index(one.name) < names.index(other.name) else terms.false
    low, high = sorted((one.name, other.name))
    chosen = terms.symbol(f"{order} {stage.component} {law.model.column} {low} {high}", FACT)
    return chosen if one.name == low else terms.not_(chosen)


def _orders(problem: Problem, order: str) -> list[Node]:
    """The choices form an order in every version: no three checks form a cycle."""
    encoder = problem.system.encoder
    return [
        _no_circle(law, order, stage, three)
        for law in map(encoder.under, problem.system.models)
        for stage in problem.system.model.route
        for three in itertools.permutations(law.checks_at(stage), 3)
    ]


def _no_circle(law: Encoder, order: str, stage: Stage, checks: tuple[Check, ...]) -> Node:
    a, b, c = checks
    circle = (_precedes(law, order, stage, *pair) for pair in ((a, b), (b, c), (c, a)))
    return law.terms.not_(law.terms.and_(*circle))

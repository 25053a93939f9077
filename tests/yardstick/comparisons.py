"""Comparisons of columns, of deployments, and of orders of checks, in a world.

They are of every state within the axioms of all sides, and of what is a request under any of them. What is no
request on one side is neither accepted nor rejected there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from checker.model.claim import Compare, Difference, DifferenceCase, Side
from checker.model.expressions import Formula
from tests.yardstick.inquiry import Binding, Inquiry, sides
from tests.yardstick.rules import Decision, Rules
from tests.yardstick.worlds import Asked, State, Unfit


def compared(asked: Inquiry) -> bool:
    """Whether some request in some state violates the comparison."""
    every = [(number, 0) for number in asked.world.makeable]
    deployments = [len(list(_deployed(asked, each))) for each in sides(asked.claim)]
    if len(asked.graph.all) * len(every) * prod(deployments) > asked.work:
        raise Unfit("too many requests in too many states")
    statement = asked.statement
    for now in asked.graph.all:
        suspects = every
        if isinstance(statement, Compare) and statement.left.kind != "order":
            suspects = [each for each in every if any(_broken(asked, now, each, statement))]
        for binding in asked.bindings if suspects else ():
            if asked.given(binding, now) and any(violates(asked, binding, now, each) for each in suspects):
                return True
    return False


def violates(asked: Inquiry, binding: Binding, now: State, request: Asked) -> bool:
    """Whether the request, as things are, violates the comparison."""
    statement = asked.statement
    assert isinstance(statement, Compare | Difference)
    if isinstance(statement, Difference):
        return asked.fits(now, request) and _misdescribed(asked, binding, now, request, statement)
    if statement.left.kind == "order":
        return _several_answers(asked, binding, now, request, statement)
    for one, other in _broken(asked, now, request, statement):
        conditions = [
            (statement.left.where, one),
            (statement.right.where, other),
            (statement.where, other or one),
        ]
        if all(_said(asked, binding, now, request, statement.request, f, at) for f, at in conditions):
            return True
    return False


def _breaks(statement: Compare, one: Decision, other: Decision) -> bool:
    if statement.relation == "no-more":
        return one.accepted and not other.accepted
    if one.accepted is not other.accepted or one.rejected is not other.rejected:
        return True
    return statement.codes and _refusing(one) != _refusing(other)


def _refusing(decision: Decision) -> frozenset[str]:
    """The checks that refuse: those that fail where the first one does."""
    stop = decision.refusing
    return frozenset(() if stop is None else stop.failing)


def _broken(
    asked: Inquiry, now: State, request: Asked, statement: Compare
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What is deployed on both sides, for each choice of it with which the sides do not stand as is said."""
    left, right = _side(asked, statement.left), _side(asked, statement.right)
    for one, other in product(_deployed(asked, statement.left), _deployed(asked, statement.right)):
        decisions = left.decide(_at(now, one), request), right.decide(_at(now, other), request)
        if any(each.fits for each in decisions) and _breaks(statement, *decisions):
            yield one, other


def _deployed(asked: Inquiry, side: Side) -> Iterator[tuple[str, ...]]:
    if side.kind == "column":
        yield ()
    else:
        yield from product(side.versions, repeat=len(asked.rules.instances))


def _side(asked: Inquiry, side: Side) -> Rules:
    """The rules of one side."""
    if side.kind != "column":
        return asked.rules
    columns = [each.column for each in sides(asked.claim) if each.kind == "column"]
    return asked.compared[columns.index(side.column)]


def _at(now: State, versions: tuple[str, ...]) -> State:
    return (now[0], versions, now[2]) if versions else now


def _said(
    asked: Inquiry,
    binding: Binding,
    now: State,
    request: Asked,
    name: str,
    formula: Formula | None,
    versions: tuple[str, ...],
) -> bool:
    return asked.test(formula)(asked.moment(binding, _at(now, versions), {name: request}))


def _misdescribed(
    asked: Inquiry, binding: Binding, now: State, request: Asked, statement: Difference
) -> bool:
    """Whether the request changes outside the cases, or is in one and does not change so."""
    old, new = (each.decide(now, request) for each in asked.compared)
    m = asked.moment(binding, now, {statement.request: request})

    def listed(cases: tuple[DifferenceCase, ...]) -> bool:
        return any(asked.test(each.formula)(m) for each in cases)

    if listed(statement.accepted) is not (new.accepted and not old.accepted):
        return True
    if listed(statement.rejected) is not (old.accepted and not new.accepted):
        return True
    rejected = old.rejected and new.rejected and _refusing(old) != _refusing(new)
    others = (
        (statement.differently, rejected),
        (statement.made, new.rejected and not old.fits),
        (statement.unmade, old.rejected and not new.fits),
    )
    return any(cases is not None and listed(cases) is not so for cases, so in others)


def occurs(asked: Inquiry, label: str) -> bool:
    """Whether some request in some state is of the case of an exact difference."""
    statement = asked.statement
    assert isinstance(statement, Difference)
    formulas = [asked.test(each.formula) for each in statement.cases if each.label == label]
    for now in asked.graph.all:
        for binding in asked.bindings:
            if not asked.given(binding, now):
                continue
            for number in asked.world.makeable:
                m = asked.moment(binding, now, {statement.request: (number, 0)})
                if asked.fits(now, (number, 0)) and any(each(m) for each in formulas):
                    return True
    return False


def _several_answers(
    asked: Inquiry, binding: Binding, now: State, request: Asked, statement: Compare
) -> bool:
    """Whether it turns on the order of the checks which of them answers first. Whether one does, never turns
    on it.
    """
    if not statement.codes or not _said(asked, binding, now, request, statement.request, statement.where, ()):
        return False
    decision = asked.rules.decide(now, request)
    stop = decision.refusing
    if not decision.fits or stop is None:
        return False
    model = asked.rules.models[stop.version]
    order = model.orders.get(stop.instance[0])
    known = () if order is None or order.published is None else order.published
    place = {name: number for number, name in enumerate(known)}
    first = [
        name
        for name in stop.failing
        if not any(name in place and other in place and place[other] < place[name] for other in stop.failing)
    ]
    codes = {check.name: check.code for check in model.checks}
    return len({(codes[each] or "", "" if codes[each] else each) for each in first}) > 1

"""Decides claims between columns, deployments and orders of checks in a concrete world.

What is compared is written out here. What the checks of a column make of a request, and what is one, is asked
of `checker.model.evaluate`, by way of `concrete` and `oracle`; `yardstick` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from checker.model.claim import Compare, Difference, DifferenceCase, Side
from checker.model.decision import Decision
from checker.model.expressions import Formula, Outcome
from checker.model.model import Order
from checker.model.situation import Instance, Request
from tests.worlds.concrete import Deployed, World
from tests.worlds.oracle import Asked, Binding, Test
from tests.worlds.oracle_forms import Found
from tests.worlds.recall import State


def compared(asked: Asked) -> Found:
    """The comparison in the world. Raises TooMany."""
    return _first(asked, lambda binding, request: compared_by(asked, binding, request))


def compared_by(asked: Asked, binding: Binding, request: Request) -> Test:
    """Whether a situation shows a violation of the comparison, with this request."""
    statement = asked.claim.statement
    if isinstance(statement, Difference):
        return _changed(asked, binding, request, statement)
    assert isinstance(statement, Compare)
    if statement.left.kind == "order":
        return _several_answers(asked, binding, request, codes=statement.codes)
    return decided_differently(asked, binding, request, statement)


def _first(asked: Asked, shows: Callable[[Binding, Request], Test]) -> Found:
    """0 steps if some situation within the axioms shows it, for some binding and request."""
    tests = [shows(binding, request) for binding, request in asked.pairs]
    return Found(0 if any(test(state) for state in asked.world.situations for test in tests) else None)


def _applies(asked: Asked, binding: Binding, request: Request) -> Test:
    fits, given = asked.world.fit(request), asked.given(binding)
    return lambda state: fits(state) and given(state)


# ------------------------------------------------------------------- columns


def decided_differently(asked: Asked, binding: Binding, request: Request, statement: Compare) -> Test:
    """Whether a situation shows that the two sides do not stand as the claim says, for this request."""
    given = asked.given(binding)
    left, right, name = statement.left, statement.right, statement.request
    ways = []
    for one, other in product(_versions(asked, left), _versions(asked, right)):
        said = [(left.where, one), (right.where, other), (statement.where, other or one)]
        conditions = [asked.holds(each, binding, name, request, at) for each, at in said if each is not None]
        ways.append(
            (conditions, _decision(asked, left, one, request), _decision(asked, right, other, request))
        )

    def differ(state: State) -> bool:
        return any(
            all(each(state) for each in conditions) and not _as_said(statement, one(state), other(state))
            for conditions, one, other in ways
        )

    return lambda state: given(state) and differ(state)


def _versions(asked: Asked, side: Side) -> Iterator[Deployed]:
    """Every deployment of the side's versions; one empty one for a column."""
    if side.kind == "column":
        yield ()
        return
    instances = tuple(asked.world.versions)
    for chosen in product(side.versions, repeat=len(instances)):
        yield tuple(zip(instances, chosen, strict=True))


def _decision(
    asked: Asked, side: Side, versions: Deployed, request: Request
) -> Callable[[State], Decision | None]:
    """What becomes of the request on a side; None where it is none there."""
    column = "" if side.column is None else str(side.column)
    formed = asked.world.fit(request, column, versions)
    decided = asked.world.decision(request, column, versions)
    return lambda state: decided(state) if formed(state) else None


def _as_said(statement: Compare, one: Decision | None, other: Decision | None) -> bool:
    if statement.relation == "no-more":
        return one is None or not one.accepted or (other is not None and other.accepted)
    if one is None or other is None:
        return one is other
    if one.accepted is not other.accepted:
        return False
    refusing = [{each.check.name for each in decision.refusing} for decision in (one, other)]
    return not statement.codes or refusing[0] == refusing[1]


# ---------------------------------------------------------- exact differences


def _changed(asked: Asked, binding: Binding, request: Request, statement: Difference) -> Test:
    """Whether a situation shows a request that changes outside the cases, or one in them that does not."""
    applies = _asked_of(asked, binding, request, statement)
    name = statement.request
    new = asked.holds(_accepted(asked, name, str(statement.new)), binding, name, request)
    old = asked.holds(_accepted(asked, name, str(statement.old)), binding, name, request)
    gained = [asked.holds(each.formula, binding, name, request) for each in statement.accepted]
    lost = [asked.holds(each.formula, binding, name, request) for each in statement.rejected]

    otherwise = _differently(asked, binding, request, statement)

    def test(state: State) -> bool:
        was, is_now = old(state), new(state)
        if otherwise(state, both_reject=not was and not is_now):
            return applies(state)
        listed = (any(each(state) for each in gained), any(each(state) for each in lost))
        return listed != (is_now and not was, was and not is_now) and applies(state)

    return test


def _asked_of(asked: Asked, binding: Binding, request: Request, statement: Difference) -> Test:
    """Whether it is a request in one of the two columns, wherever that is asked, and what is given is so."""
    given, formed = asked.given(binding), _formed(asked, request, statement)
    return lambda state: given(state) and any(each(state) for each in formed)


def _formed(asked: Asked, request: Request, statement: Difference) -> list[Test]:
    return [asked.world.fit(request, str(each)) for each in (statement.old, statement.new)]


def _differently(
    asked: Asked, binding: Binding, request: Request, statement: Difference
) -> Callable[..., bool]:
    """Whether the cases do not say what both reject, but not by the same checks; never if none are asked."""
    cases = statement.differently
    if cases is None:
        return lambda _state, **_: False
    listed = [asked.holds(each.formula, binding, statement.request, request) for each in cases]
    sides = [asked.world.decision(request, str(each), ()) for each in (statement.old, statement.new)]
    formed = _formed(asked, request, statement)

    def wrong(state: State, *, both_reject: bool) -> bool:
        both_reject = both_reject and all(each(state) for each in formed)
        refusing = [{each.check.name for each in side(state).refusing} for side in sides]
        return any(each(state) for each in listed) != (both_reject and refusing[0] != refusing[1])

    return wrong


def occurs(asked: Asked, label: str) -> bool:
    """Whether some request in some situation is in the case."""
    statement = asked.claim.statement
    assert isinstance(statement, Difference)
    cases = [each for each in _every_case(statement) if each.label == label]

    def shows(binding: Binding, request: Request) -> Test:
        applies = _asked_of(asked, binding, request, statement)
        tests = [asked.holds(each.formula, binding, statement.request, request) for each in cases]
        return lambda state: any(each(state) for each in tests) and applies(state)

    return _first(asked, shows).story is not None


def _every_case(statement: Difference) -> tuple[DifferenceCase, ...]:
    return (*statement.accepted, *statement.rejected, *(statement.differently or ()))


def _accepted(asked: Asked, name: str, column: str) -> Formula:
    key = (name, column)
    if key not in asked.kept:
        asked.kept[key] = Outcome("accepted", name, column=column)
    return asked.kept[key]


# ------------------------------------------------------------------- orders


def _several_answers(asked: Asked, binding: Binding, request: Request, *, codes: bool) -> Test:
    """Whether which answer the sender gets depends on the order in which the checks are asked.

    A check may answer if it fails at the component that refuses, and none that fails there is known to come
    before it. Whether there is any answer does not depend on the order.
    """
    applies, world = _applies(asked, binding, request), asked.world
    decided = world.decision(request)

    def differ(state: State) -> bool:
        decision = decided(state)
        at = decision.refused_at
        if at is None or not codes:
            return False
        failing = [each.check for each in decision.refusing]
        published = _published(world, at)
        answers = {
            (each.code, None if each.code else each.name)
            for each in failing
            if not any(_before(published, other.name, each.name) for other in failing)
        }
        return len(answers) > 1

    return lambda state: applies(state) and differ(state)


def _published(world: World, at: Instance) -> tuple[str, ...]:
    order: Order | None = world.model.orders.get(at[0])
    return () if order is None or order.published is None else order.published


def _before(published: tuple[str, ...], one: str, other: str) -> bool:
    return one in published and other in published and published.index(one) < published.index(other)

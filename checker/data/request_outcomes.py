"""The outcomes of a request as formulas about its parameters: mirrors `decide` of `checker.model.meaning`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from checker.data.lookups import NotInSql
from checker.model.decision import limb_path
from checker.model.expressions import (
    And,
    Formula,
    Iff,
    Is,
    Not,
    Or,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    Truth,
    Value,
    Variable,
)
from checker.model.item import Item
from checker.model.model import Check, Limb, Model, RequestParameter, Stage
from checker.model.quantities import measure, value_of

YES = Truth(value=True)
NO = Truth(value=False)


class RequestOutcomes:
    """Says in formulas what a model decides of the request at hand. `known`: parameters that are surely
    things of their sorts.
    """

    def __init__(self, model: Model, known: Iterable[str] = ()) -> None:
        self.model = model
        self.known = frozenset(known)

    def of(self, outcome: Outcome) -> Formula:
        """The formula of an outcome, about the request at hand. Its changes are for the caller to make."""
        if outcome.column is not None:
            raise NotInSql(f"this asks for an outcome in another column, `{outcome.column}`")
        decided = self._decided(outcome)
        if outcome.request and not outcome.changes:
            return And((self.well_formed(), decided))
        if outcome.request:
            raise NotInSql("this asks for the outcome of a request that is changed")
        return decided

    def _decided(self, outcome: Outcome) -> Formula:
        by = outcome.by or ""
        match outcome.kind:
            case "accepted":
                return self.accepted()
            case "rejected":
                return Not(self.accepted()) if outcome.by is None else self._rejected_by(by)
            case "passes":
                return Not(self._some_fails(by))
            case "fails":
                return self._some_fails(by)
            case "fails only":
                others = Or(tuple(self._failing(lambda check, stage: not _is(check, stage, by))))
                return And((self._some_fails(by), Not(others)))
            case "exempted":
                return self._exempted(by)
            case _:
                assert_never(outcome.kind)

    # ------------------------------------------------------------ decisions

    def accepted(self) -> Formula:
        """Every check on the route passes."""
        return Not(Or(tuple(self._failing(lambda _check, _stage: True))))

    def refused_at(self, check: Check, stage: Stage) -> Formula:
        """The check refuses the request at that stop: it fails there, and the request gets that far."""
        return And((self.stops(stage), self.fails(check), Not(self._refused_before(stage))))

    def _refused_before(self, stage: Stage) -> Formula:
        earlier = self.model.route[: self.model.route.index(stage)]
        return Or(tuple(self._failing(lambda _check, at: at in earlier)))

    def _rejected_by(self, name: str) -> Formula:
        return Or(
            tuple(
                self.refused_at(check, stage)
                for stage in self.model.route
                for check in self.checks(stage)
                if _is(check, stage, name)
            )
        )

    def _some_fails(self, name: str) -> Formula:
        return Or(tuple(self._failing(lambda check, stage: _is(check, stage, name))))

    def _failing(self, chosen: Callable[[Check, Stage], bool]) -> Iterator[Formula]:
        for stage in self.model.route:
            checks = tuple(self.fails(each) for each in self.checks(stage) if chosen(each, stage))
            if checks:
                yield And((self.stops(stage), Or(checks)))

    def _exempted(self, clause: str) -> Formula:
        found: list[Formula] = []
        for stage in self.model.route:
            for check in self.checks(stage):
                limbs = tuple(self.holds(each) for each in check.limbs if clause in limb_path(each))
                if limbs:
                    found.append(And((self.stops(stage), self.would_fail(check), Or(limbs))))
        return Or(tuple(found))

    def checks(self, stage: Stage) -> tuple[Check, ...]:
        """The checks that are made at a stop."""
        return tuple(each for each in self.model.checks if stage.component in each.components)

    def stops(self, stage: Stage) -> Formula:
        """Whether the request stops there, and is checked."""
        when = YES if stage.when is None else stage.when
        there: Formula = YES if stage.index is None else Present(stage.index)
        behind = NO if stage.behind is None else stage.behind
        return And((when, there, Not(behind)))

    def fails(self, check: Check) -> Formula:
        """Whether a check fails the request."""
        return And((self.would_fail(check), Not(Or(tuple(map(self.holds, check.limbs))))))

    def would_fail(self, check: Check) -> Formula:
        """Whether it would if it had no exceptions."""
        unless = Or(_stated(check.items, "applies-unless"))
        met = And(_stated(check.items, "requires"))
        return And((*_stated(check.items, "applies-when"), Not(unless), Not(met)))

    def holds(self, limb: Limb) -> Formula:
        """Whether an exception holds, for some things."""
        body = And(_stated(limb.items, "condition"))
        if not limb.binders:
            return body
        return Quantified(universal=False, variables=limb.binders, where=None, body=body)

    # ---------------------------------------------------------- well-formed

    def well_formed(self) -> Formula:
        """Whether the request carries what it must, and nothing that it must not."""
        return And(tuple(map(self.carried, self.model.request)))

    def carried(self, parameter: RequestParameter) -> Formula:
        """Whether the request carries the parameter as it must."""
        term = Parameter("", parameter.name, parameter.sort)
        there = Present(term)
        due = YES if parameter.when is None else parameter.when
        as_due: Formula = Or((Not(there), due)) if parameter.optional else Iff(there, due)
        return And((as_due, Or((Not(there), self.exists(parameter)))))

    def exists(self, parameter: RequestParameter) -> Formula:
        """Whether the value of a parameter is something of its sort."""
        term = Parameter("", parameter.name, parameter.sort)
        if parameter.sort.is_quantity:
            nothing = value_of(parameter.sort, 0)
            return YES if measure(parameter.sort).signed else Ordered(term, "at least", nothing)
        if parameter.name in self.known:
            return YES
        if parameter.sort.is_enum:
            return Or(tuple(Is(term, Value(parameter.sort, each)) for each in parameter.sort.values))
        thing = Variable(f"some {parameter.sort.name}", parameter.sort)
        return Quantified(universal=False, variables=(thing,), where=None, body=Is(thing, term))


def _stated(items: tuple[Item, ...], kind: str) -> tuple[Formula, ...]:
    return tuple(each.meaning.formula for each in items if each.kind == kind and each.meaning is not None)


def _is(check: Check, stage: Stage, name: str) -> bool:
    return name in (check.name, stage.component)

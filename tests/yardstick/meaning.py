"""What expressions mean in a world, from the reference: each becomes a Python function of a moment.

A statement about something absent is false. Absent terms are `None`.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Protocol, TypeAlias, assert_never

from checker.model import expressions as e
from checker.model.expressions import FACT, Formula, Term
from checker.model.model import Model
from tests.yardstick.months import months_later
from tests.yardstick.worlds import Asked, Instance, State, World, Worth


@dataclass(slots=True)
class Moment:
    """What a formula is read in: a state, the one before the step, the things and requests that names stand
    for.
    """

    now: State
    names: dict[str, Worth]
    requests: Mapping[str, Asked | None] = field(default_factory=dict)
    before: State | None = None
    step: str | None = None
    was: Mapping[str, Asked | None] | None = (
        None  # the requests as they were before the step, if not the same
    )


Reader: TypeAlias = Callable[[Moment], Worth]
Test: TypeAlias = Callable[[Moment], bool]


_ORDERS: Mapping[e.How, Callable[[Fraction, Fraction], bool]] = {
    "at least": operator.ge,
    "at most": operator.le,
    "more than": operator.gt,
    "less than": operator.lt,
}
_WORK: Mapping[e.ArithmeticOperator, Callable[[list[Fraction], Fraction], Fraction]] = {
    "plus": lambda parts, _f: parts[0] + parts[1],
    "minus": lambda parts, _f: parts[0] - parts[1],
    "least": lambda parts, _f: min(parts),
    "greatest": lambda parts, _f: max(parts),
    "times": lambda parts, factor: parts[0] * factor,
    "share": lambda parts, factor: parts[0] * factor,
    "share down": lambda parts, factor: Fraction(math.floor(parts[0] * factor)),
    "share up": lambda parts, factor: Fraction(math.ceil(parts[0] * factor)),
    "months": lambda parts, factor: Fraction(months_later(int(parts[0]), int(factor), int(parts[1]))),
}


class Judge(Protocol):
    """Says what becomes of requests, and what is deployed where."""

    def outcome(self, said: e.Outcome, now: State, asked: Asked | None, made: Asked | None) -> bool: ...
    def deployed(self, now: State, instance: Instance) -> str | None: ...


class Meaning:
    """The expressions of one model in a world. `dropped`: premises that the column goes without."""

    def __init__(
        self, world: World, number: int, model: Model, judge: Judge, dropped: frozenset[str] = frozenset()
    ) -> None:
        """`number`: that of the model among those of the world."""
        self.world, self.model, self.judge, self.dropped = world, model, judge, dropped
        self.tables = world.tables[number]
        self._known: dict[tuple[int, bool], tuple[object, Reader]] = {}

    def test(self, formula: Formula | None) -> Test:
        """Whether a formula holds; true if there is none."""
        if formula is None:
            return lambda _m: True
        read = self._remembered(formula, term=False)
        return lambda m: read(m) is True

    def term(self, term: Term) -> Reader:
        """The value of a term."""
        return self._remembered(term, term=True)

    def _remembered(self, expression: e.Expression, *, term: bool) -> Reader:
        key = (id(expression), term)
        if key not in self._known:
            if term:
                assert isinstance(expression, Term)
                made = self._term(expression)
            else:
                assert isinstance(expression, Formula)
                made = self._formula(expression)
            self._known[key] = (expression, made)
        return self._known[key][1]

    # ------------------------------------------------------------------ terms

    def _term(self, term: Term) -> Reader:
        match term:
            case e.Variable(name=name):
                return lambda m: m.names[name]
            case e.Parameter(request=request, name=name):
                return self._parameter(request, name)
            case e.Value(name=name) | e.Constant(name=name):
                return lambda _m: name
            case e.Absent():
                return lambda _m: None
            case e.Apply():
                return self._apply(term)
            case e.Call():
                return self._call(term)
            case e.Cases():
                return self._cases(term)
            case e.Arithmetic():
                number = self._number(term)
                return lambda m: None if (found := number(m)) is None else str(found)
            case e.Before(body=body):
                return self._before(self._remembered(body, term=True))
            case e.VersionOf():
                return self._version(term)
            case _:
                assert_never(term)

    def _number(self, term: Term) -> Callable[[Moment], Fraction | None]:
        """How many smallest units a number is; of a share that is not rounded, perhaps not a whole number. Of
        a value in order, how many are below it.
        """
        if not isinstance(term, e.Arithmetic):
            one = self.term(term)
            if not isinstance(term, e.Absent) and term.sort.values:
                places = {name: Fraction(at) for at, name in enumerate(term.sort.values)}
                return lambda m: places.get(str(one(m)))
            return lambda m: None if (found := one(m)) is None else Fraction(str(found))
        parts, work, factor = [self._number(each) for each in term.parts], _WORK[term.operator], term.factor

        def read(m: Moment) -> Fraction | None:
            known = [found for each in parts if (found := each(m)) is not None]
            return work(known, factor) if len(known) == len(parts) else None

        return read

    def _parameter(self, request: str, name: str) -> Reader:
        requests = self.world.requests

        def read(m: Moment) -> Worth:
            asked = m.requests[request]
            return None if asked is None else requests[asked[0]].get(name)

        return read

    def _apply(self, said: e.Apply) -> Reader:
        """A function; what has been is a truth value of the state, which every step brings up to date."""
        arguments = [self.term(each) for each in said.arguments]
        absent = False if said.sort == FACT else None
        name = said.function
        index, table = self.world.index.get(name, {}), self.tables.setdefault(name, {})
        state = self.world.functions[name].state
        if state and not arguments:
            place = index[()]
            return lambda m: m.now[0][place]

        def read(m: Moment) -> Worth:
            at = tuple([each(m) for each in arguments])
            if None in at:
                return absent
            return m.now[0][index[at]] if state else table[at]

        return read

    def _call(self, said: e.Call) -> Reader:
        """A definition or premise: its words, with the arguments in place of its parameters."""
        name = said.definition
        if name in self.dropped:
            return lambda _m: True
        arguments = [self.term(each) for each in said.arguments]
        known = self.model.definitions.get(name)
        if known is not None:
            parameters = [each.name for each in known.parameters]
            body = self._remembered(known.body, term=known.result != FACT)
        else:
            premise = self.model.premises[name]
            parameters = [each.name for each in premise.parameters]
            body = self._remembered(premise.formula.formula, term=False)
        request = said.request

        def read(m: Moment) -> Worth:
            inner: dict[str, Worth] = {}
            for parameter, argument in zip(parameters, arguments, strict=True):
                inner[parameter] = argument(m)
            at_hand = {"": m.requests[request]} if request in m.requests else {}
            was = None if m.was is None or request not in m.was else {"": m.was[request]}
            return body(Moment(m.now, inner, at_hand, m.before, m.step, was))

        return read

    def _cases(self, said: e.Cases) -> Reader:
        branches = [(self.term(value), self.test(when)) for value, when in said.branches]
        otherwise = self.term(said.otherwise) if said.otherwise is not None else None

        def read(m: Moment) -> Worth:
            for value, when in branches:
                if when(m):
                    return value(m)
            return None if otherwise is None else otherwise(m)

        return read

    @staticmethod
    def _before(body: Reader) -> Reader:
        def read(m: Moment) -> Worth:
            assert m.before is not None  # within, `before` says the same again
            requests = m.requests if m.was is None else m.was
            return body(Moment(m.before, m.names, requests, m.before, m.step))

        return read

    def _version(self, said: e.VersionOf) -> Reader:
        component = said.component
        if said.index is None:
            return lambda m: self.judge.deployed(m.now, (component, None))
        index = self.term(said.index)

        def read(m: Moment) -> Worth:
            at = index(m)
            return None if at is None else self.judge.deployed(m.now, (component, str(at)))

        return read

    # --------------------------------------------------------------- formulas

    def _formula(self, formula: Formula) -> Reader:
        match formula:
            case e.Truth(value=value):
                return lambda _m: value
            case e.Is(left=left, right=right):
                one, other = self.term(left), self.term(right)
                return lambda m: (found := one(m)) is not None and found == other(m)
            case e.Matches(left=left, right=right):
                one, other = self.term(left), self.term(right)
                return lambda m: one(m) == other(m)
            case e.Ordered(left=left, how=how, right=right):
                low, high, order = self._number(left), self._number(right), _ORDERS[how]
                return lambda m: (
                    (one := low(m)) is not None and (other := high(m)) is not None and order(one, other)
                )
            case e.Present(term=term):
                one = self.term(term)
                return lambda m: one(m) is not None
            case e.In(term=term, values=values):
                one, several = self.term(term), [self.term(each) for each in values]
                return lambda m: (found := one(m)) is not None and any(found == each(m) for each in several)
            case e.Not() | e.And() | e.Or() | e.Implies() | e.Iff():
                return self._joined(formula)
            case e.Quantified():
                return self._quantified(formula)
            case e.Counted():
                return self._counted(formula)
            case e.StepIs(event=event):
                return lambda m: m.step == event
            case e.Outcome():
                return self._outcome(formula)
            case e.Apply():
                return self._apply(formula)
            case e.Call():
                return self._call(formula)
            case e.Before(body=body):
                return self._before(self._remembered(body, term=False))
            case _:
                assert_never(formula)

    def _joined(self, formula: e.Not | e.And | e.Or | e.Implies | e.Iff) -> Reader:
        match formula:
            case e.Not(body=body):
                one = self.test(body)
                return lambda m: not one(m)
            case e.And(parts=parts):
                tests = [self.test(each) for each in parts]
                return lambda m: all(each(m) for each in tests)
            case e.Or(parts=parts):
                tests = [self.test(each) for each in parts]
                return lambda m: any(each(m) for each in tests)
            case e.Implies(premise=premise, conclusion=conclusion):
                one, other = self.test(premise), self.test(conclusion)
                return lambda m: not one(m) or other(m)
            case e.Iff(left=left, right=right):
                one, other = self.test(left), self.test(right)
                return lambda m: one(m) is other(m)
            case _:
                assert_never(formula)

    def _quantified(self, said: e.Quantified) -> Reader:
        names = [each.name for each in said.variables]
        ranges = [self.world.members(each.sort) for each in said.variables]
        where, body, universal = self.test(said.where), self.test(said.body), said.universal

        def read(m: Moment) -> Worth:
            inner = Moment(m.now, dict(m.names), m.requests, m.before, m.step, m.was)
            for chosen in product(*ranges):
                inner.names.update(zip(names, chosen, strict=True))
                if where(inner) and body(inner) is not universal:
                    return not universal
            return universal

        return read

    def _counted(self, said: e.Counted) -> Reader:
        name, things, body = said.variable.name, self.world.members(said.variable.sort), self.test(said.body)
        many = said.number

        def read(m: Moment) -> Worth:
            inner = Moment(m.now, dict(m.names), m.requests, m.before, m.step, m.was)
            found = 0
            for thing in things:
                inner.names[name] = thing
                found += bool(body(inner))
            return {"at least": found >= many, "at most": found <= many, "exactly": found == many}[said.how]

        return read

    def _outcome(self, said: e.Outcome) -> Reader:
        changes = [(name, self.term(value)) for name, value in said.changes]
        requests = self.world.requests

        def read(m: Moment) -> Worth:
            made = asked = m.requests[said.request]
            if made is not None and changes:
                values = {**requests[made[0]], **{name: value(m) for name, value in changes}}
                asked = (self.world.request(values), 0)
            return self.judge.outcome(said, m.now, asked, made)

        return read

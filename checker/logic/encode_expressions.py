"""Expressions as terms: mirrors `checker.model.meaning`, form by form, in the same order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import reduce
from typing import assert_never

from checker.logic.arbitrary import arbitrary
from checker.logic.binders import Bound
from checker.logic.node import Node, term_text
from checker.logic.quantify import counted, quantified
from checker.logic.scope import RequestTerms, Scope
from checker.logic.symbolic_state import Maybe
from checker.logic.terms import Terms
from checker.model.expressions import (
    FACT,
    Absent,
    And,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Counted,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    Sort,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.history import function_of
from checker.model.model import Function, Model
from checker.model.months import RULES, Period
from checker.model.orders import allowed, order_of, stepped
from checker.model.reckoned import in_column
from checker.model.working_days import WorkingPeriod


class Expressions(ABC):
    """Encodes the expressions of one version. `model` gives the functions, definitions and premises."""

    def __init__(self, terms: Terms, model: Model) -> None:
        self.terms = terms
        self.model = model
        self.bound = Bound(terms)
        # The same definition is read again and again for the same situation and request.
        self._called: dict[tuple[object, ...], Maybe] = {}

    @abstractmethod
    def outcome(self, outcome: Outcome, scope: Scope) -> Node:
        """The condition that the request has the outcome."""

    # -------------------------------------------------------------- terms

    def term(self, expression: Term | Formula, scope: Scope) -> Maybe:
        """The value of a term; a formula's truth as a value of sort FACT."""
        terms = self.terms
        match expression:
            case Variable(name=name):
                return scope.variables.get(name, Maybe(terms.false, None))
            case Parameter(request=request, name=name):
                values = scope.requests[request].values if request in scope.requests else {}
                return values.get(name, Maybe(terms.false, None))
            case Value(sort=sort, name=name):
                return Maybe(terms.true, terms.value(name, sort))
            case Constant(sort=sort, name=name):
                return Maybe(terms.true, terms.constant(name, sort))
            case Absent():
                return Maybe(terms.false, None)
            case Apply():
                return self._apply(expression, scope)
            case Call():
                return self._call(expression, scope)
            case Cases():
                return self._cases(expression, scope)
            case Before(body=body):
                assert scope.before is not None
                return self.term(body, scope.at(scope.before))
            case VersionOf(component=component, index=index):
                return self._version(component, index, scope)
            case Arithmetic():
                said = in_column(self.model, expression)
                return self._arithmetic(expression, scope) if said is expression else self.term(said, scope)
            case Truth() | Is() | Matches() | Ordered() | Present() | In() | Not() | And() | Or():
                return Maybe(terms.true, self.formula(expression, scope))
            case Implies() | Iff() | Quantified() | Counted() | StepIs() | Outcome():
                return Maybe(terms.true, self.formula(expression, scope))
            case _:
                assert_never(expression)

    def _arithmetic(self, term: Arithmetic, scope: Scope) -> Maybe:
        """The number that comes of the parts, in smallest units; of a share that is not rounded, times the
        factor's denominator.
        """
        terms, factor = self.terms, term.factor
        given = [self.term(each, scope) for each in term.parts]
        values = [each.value for each in given if each.value is not None]
        if len(values) < len(given):
            return Maybe(terms.false, None)
        first, *rest = values
        scaled = terms.weighed((factor.numerator, first))
        match term.operator:
            case "plus":
                found = terms.weighed(*((1, each) for each in values))
            case "minus":
                found = terms.weighed((1, first), *((-1, each) for each in rest), sort=term.sort)
            case "least":
                found = reduce(terms.least, values)
            case "greatest":
                found = reduce(terms.greatest, values)
            case "times" | "share":
                found = scaled
            case "share down":
                found = terms.quotient(scaled, factor.denominator)
            case "share up":
                less = terms.quotient(terms.weighed((-1, scaled)), factor.denominator)
                found = terms.weighed((-1, less))
            case "months":
                periods = [Period(int(factor), each) for each in RULES]
                found = terms.months(first, periods[-1])
                for each in periods[-2::-1]:
                    found = terms.ite(terms.member(rest[0], (each.rule,)), terms.months(first, each), found)
            case "working days":
                assert term.calendar is not None
                found = terms.working(first, WorkingPeriod(int(factor), term.calendar))
            case _:
                assert_never(term.operator)
        return Maybe(terms.and_(*(each.present for each in given)), found)

    def _apply(self, apply: Apply, scope: Scope) -> Maybe:
        declared = self._declared(apply)
        if declared.arbitrary:
            return arbitrary(self.terms, declared, scope)
        given = [self.term(each, scope) for each in apply.arguments]
        values = [each.value for each in given if each.value is not None]
        if len(values) < len(given):
            return Maybe(self.terms.false, None)
        found = self._looked_up(declared, tuple(values), scope)
        present = self.terms.and_(*(each.present for each in given), found.present)
        return Maybe(present, found.value)

    def _declared(self, apply: Apply) -> Function:
        """The function; one that remembers is made by the words that ask for it."""
        known = self.model.functions.get(apply.function)
        if known is None and apply.history is not None:
            return function_of(apply.history)
        return self.model.functions[apply.function]

    def _looked_up(self, declared: Function, arguments: tuple[Node, ...], scope: Scope) -> Maybe:
        """The function at arguments that are present. If it has a table, this version's own table counts."""
        if declared.table is None:
            return scope.state.lookup(declared.name, arguments, declared)
        return scope.state.tabled(declared, arguments)

    def _call(self, call: Call, scope: Scope) -> Maybe:
        """The definition's body, read with its arguments and the request that it was called for."""
        body: Term | Formula
        if call.definition in self.model.premises:
            premise = self.model.premises[call.definition]
            parameters, body = premise.parameters, premise.formula.formula
        else:
            definition = self.model.definitions[call.definition]
            parameters, body = definition.parameters, definition.body
        given = tuple(self.term(each, scope) for each in call.arguments)
        request = scope.requests.get(call.request, RequestTerms({}))
        key = (call.definition, given, scope.state, request.key)
        if key not in self._called:
            variables = {p.name: value for p, value in zip(parameters, given, strict=True)}
            inner = Scope(scope.state, variables=variables, requests={"": request})
            found = self._called[key] = self.term(body, inner)
            if call.sort == FACT and found.value is not None:
                told = ", ".join("…" if each.value is None else term_text(each.value) for each in given)
                self._label(found.value, f"{call.definition}({told})" if told else call.definition, scope, "")
        return self._called[key]

    def _label(self, node: Node, name: str, scope: Scope, source: str) -> Node:
        """Give a formula the name of its rule, with a prime for every step that leads to the situation."""
        return self.terms.label(node, name + "'" * scope.state.moment, source)

    def _cases(self, cases: Cases, scope: Scope) -> Maybe:
        absent = Maybe(self.terms.false, None)
        result = absent if cases.otherwise is None else self.term(cases.otherwise, scope)
        for term, condition in reversed(cases.branches):
            holds, value = self.formula(condition, scope), self.term(term, scope)
            present = self.terms.ite(holds, value.present, result.present)
            if value.value is None or result.value is None:
                result = Maybe(present, result.value if value.value is None else value.value)
            else:
                result = Maybe(present, self.terms.ite(holds, value.value, result.value))
        return result

    def _version(self, component: str, index: Term | None, scope: Scope) -> Maybe:
        given = None if index is None else self.term(index, scope)
        if given is not None and given.value is None:
            return Maybe(self.terms.false, None)
        version = scope.state.version(component, None if given is None else given.value)
        present = self.terms.true if given is None else given.present
        return Maybe(self.terms.false if version is None else present, version)

    # ----------------------------------------------------------- formulas

    def formula(self, formula: Formula, scope: Scope) -> Node:
        """The condition under which the formula holds; atoms about something absent are false."""
        terms = self.terms
        match formula:
            case Truth(value=value):
                return terms.true if value else terms.false
            case Is(left=left, right=right):
                return self.same(self.term(left, scope), self.term(right, scope))
            case Matches(left=left, right=right):
                a, b = self.term(left, scope), self.term(right, scope)
                both_absent = terms.and_(terms.not_(a.present), terms.not_(b.present))
                return terms.or_(self.same(a, b), both_absent)
            case Ordered():
                return self._ordered(formula, scope)
            case Present(term=term):
                return self.term(term, scope).present
            case In(term=term, values=values):
                subject = self.term(term, scope)
                return terms.or_(*(self.same(subject, self.term(each, scope)) for each in values))
            case Not(body=body):
                return terms.not_(self.formula(body, scope))
            case And(parts=parts):
                return terms.and_(*(self.formula(each, scope) for each in parts))
            case Or(parts=parts):
                return terms.or_(*(self.formula(each, scope) for each in parts))
            case Implies(premise=premise, conclusion=conclusion):
                return terms.implies(self.formula(premise, scope), self.formula(conclusion, scope))
            case Iff(left=left, right=right):
                return terms.iff(self.formula(left, scope), self.formula(right, scope))
            case Quantified():
                return quantified(self, formula, scope)
            case Counted():
                return counted(self, formula, scope)
            case StepIs(event=event):
                return scope.events.get(event, terms.false)
            case Outcome():
                return self.outcome(formula, scope)
            case Apply() | Call() | Before():
                return self._holds(self.term(formula, scope))
            case _:
                assert_never(formula)

    def _ordered(self, formula: Ordered, scope: Scope) -> Node:
        """Both present, and in that order; both sides are multiplied by what makes shares whole."""
        order = order_of(formula)
        if order is not None:
            return self._by_places(formula, order, scope)
        terms = self.terms
        one, other = self.term(formula.left, scope), self.term(formula.right, scope)
        if one.value is None or other.value is None:
            return terms.false
        left = terms.weighed((_denominator(formula.right), one.value))
        right = terms.weighed((_denominator(formula.left), other.value))
        match formula.how:
            case "at most":
                holds = terms.at_most(left, right)
            case "at least":
                holds = terms.at_most(right, left)
            case "more than":
                holds = terms.not_(terms.at_most(left, right))
            case "less than":
                holds = terms.not_(terms.at_most(right, left))
            case _:
                assert_never(formula.how)
        return terms.and_(one.present, other.present, holds)

    def _by_places(self, formula: Ordered, order: Sort, scope: Scope) -> Node:
        """Both present, and in the order of an enum: spelt out value by value, so that it needs no theory."""
        terms = self.terms
        (left, up), (right, more) = stepped(formula.left), stepped(formula.right)
        one, other = self.term(left, scope), self.term(right, scope)
        ways: list[Node] = []
        for at, name in enumerate(order.values):
            values = allowed(order, formula.how, at + more - up)
            known = (Maybe(terms.true, terms.value(each, order)) for each in values)
            there = terms.or_(*(self.same(one, each) for each in known))
            side = one.present if len(values) == len(order.values) and one.value is not None else there
            ways.append(terms.and_(self.same(other, Maybe(terms.true, terms.value(name, order))), side))
        return terms.or_(*ways)

    def truth(self, expression: Term | Formula, scope: Scope) -> Node:
        """The condition under which an expression of sort FACT is true; an absent one is not."""
        return self._holds(self.term(expression, scope))

    def _holds(self, given: Maybe) -> Node:
        if given.value is None:
            return self.terms.false
        assert given.value.sort == FACT
        return self.terms.and_(given.present, given.value)

    def same(self, a: Maybe, b: Maybe) -> Node:
        """Both present and equal."""
        if a.value is None or b.value is None:
            return self.terms.false
        return self.terms.and_(a.present, b.present, self.terms.equal(a.value, b.value))


def _denominator(term: Term) -> int:
    """How many times as much the number of a term is as its value."""
    share = isinstance(term, Arithmetic) and term.operator == "share"
    return term.factor.denominator if share and isinstance(term, Arithmetic) else 1

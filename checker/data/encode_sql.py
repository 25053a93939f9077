"""Typed expressions as SQL: mirrors `checker.model.meaning`, form by form, in the same order.

A term is SQL that is NULL where the term is absent. A formula is SQL that is true or false. A quantifier over
things is a subquery over the view of their sort, a function is a column of that view (see `relations`), and
one of several things a view of its own. What cannot be said so is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import product
from typing import Final, assert_never

from sqlglot import exp

from checker.data import amounts, periods, sql
from checker.data.lookups import (
    LARGEST,
    MOST,
    RESULT,
    THING,
    Lookups,
    NotInSql,
    Scope,
    large,
    refuse_history,
    view_of,
)
from checker.data.sql import ABSENT, Sql, Tree
from checker.model.environment import definition
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
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Function, Premise
from checker.model.orders import as_members, order_of
from checker.model.reckoned import in_column
from checker.model.working_days import WorkingPeriod

NO_REQUEST: Final = "there is no request at hand: the tables have what is, and not what is sent"


class SqlMeaning(Lookups):
    """Says the expressions of one model in SQL; see `Lookups` for what it is made with."""

    # -------------------------------------------------------------- terms

    def term(self, expression: Term | Formula, scope: Scope) -> Sql:
        """The value of a term."""
        match expression:
            case Variable(name=name):
                return scope.variables.get(name, ABSENT)
            case Parameter(request=request, name=name):
                if request not in scope.requests:
                    raise NotInSql(NO_REQUEST)
                return scope.requests[request].get(name, ABSENT)
            case Value(sort=sort, name=name) if sort.is_quantity:
                return amounts.number(int(name))
            case Value(name=name):
                return sql.value_of(name)
            case Constant(name=name):
                key = self.mapping.key(name)
                return Sql(sql.text(key), always=True, constant=key, possible=(key,))
            case Absent():
                return ABSENT
            case Apply():
                refuse_history(expression)
                return self._applied(expression, scope)
            case Call():
                return self.term(*self._called(expression, scope))
            case Cases(branches=branches, otherwise=otherwise):
                rest = ABSENT if otherwise is None else self.term(otherwise, scope)
                return sql.choose(
                    (
                        (self.formula(condition, scope), self.term(term, scope))
                        for term, condition in branches
                    ),
                    rest,
                )
            case Before(body=body):
                return self.term(body, replace(scope, before=True))
            case VersionOf():
                return self._version(expression, scope)
            case Arithmetic(operator="months" | "working days"):
                said = in_column(self.model, expression)
                return self._period(expression, scope) if said is expression else self.term(said, scope)
            case Arithmetic(operator=operator, factor=factor, parts=parts):
                self.size_up(1)
                terms = [self.term(each, scope) for each in parts]
                if operator.startswith("share"):
                    self.widest = max(self.widest, amounts.fraction(factor, terms)[0].largest)
                found = amounts.worked_out(operator, factor, terms)
                self.widest = max(self.widest, found.largest)
                return found
            case (
                Truth()
                | Is()
                | Matches()
                | Ordered()
                | Present()
                | In()
                | Not()
                | And()
                | Or()
                | Implies()
                | Iff()
                | Quantified()
                | Counted()
                | StepIs()
                | Outcome()
            ):
                return Sql(self.formula(expression, scope), always=True)
            case _:
                assert_never(expression)

    def _called(self, call: Call, scope: Scope) -> tuple[Term | Formula, Scope]:
        """The definition's body, and the scope that it is read in."""
        named = definition(self.model, call.definition)
        given = (self.term(each, scope) for each in call.arguments)
        names = (each.name for each in named.parameters)
        requests = {"": scope.requests[call.request]} if call.request in scope.requests else {}
        body = named.formula.formula if isinstance(named, Premise) else named.body
        return body, Scope(dict(zip(names, given, strict=True)), requests, scope.before)

    def _applied(self, apply: Apply, scope: Scope) -> Sql:
        """A function's value. NULL if an argument is."""
        if apply.sort == FACT:
            return Sql(self.formula(apply, scope), always=True)
        function, arguments, things = self.looked_up(apply, scope)
        if any(each.never for each in arguments):
            return ABSENT
        if not things:
            return self.tabled(function, arguments)
        if len(things) > 1:
            row = self.name(function.name)
            found = self.pair(function, arguments, row)
            return self.value(_scalar(sql.column(RESULT, row), found), function)
        thing = arguments[things[0]]
        if thing.row:
            return self.at(function, arguments, thing.row, scope)
        row = self.name(function.parameters[things[0]].name.lower())
        value = self.at(function, arguments, row, scope)
        if value.never:
            return ABSENT
        found = self.rows(function.parameters[things[0]], row).where(
            exp.EQ(this=sql.column(THING, row), expression=sql.operand(thing.tree.copy()))
        )
        return Sql(_scalar(value.tree, found), possible=value.possible, largest=value.largest)

    def _compared(self, term: Term, scope: Scope) -> tuple[Sql, int]:
        """A side of a comparison of numbers, and what it is to be divided by: a share need not be whole."""
        if isinstance(term, Arithmetic) and term.operator == "share":
            self.size_up(1)
            return amounts.fraction(term.factor, [self.term(each, scope) for each in term.parts])
        return self.term(term, scope), 1

    def _period(self, period: Arithmetic, scope: Scope) -> Sql:
        """The day on which a period of months or of working days ends."""
        begins, *rule = (self.term(each, scope) for each in period.parts)
        number = int(period.factor)
        if period.calendar is None:
            found = periods.months_later(begins, rule[0], number)
        else:
            others = self.days_off(period.calendar)
            found = periods.working_days_later(begins, WorkingPeriod(number, period.calendar), others)
        self.size_up(sql.size(found.tree))
        self.widest = max(self.widest, found.largest)
        return found

    def _version(self, term: VersionOf, scope: Scope) -> Sql:
        """The version that is deployed where the question is asked: tables do not say."""
        if term.index is None:
            return sql.value_of(self.deployed[term.component, None])
        index = self.term(term.index, scope)
        branches = (
            (sql.equal(index, sql.value_of(at)), sql.value_of(version))
            for (component, at), version in self.deployed.items()
            if component == term.component and at is not None
        )
        return sql.choose(branches, ABSENT)

    # ----------------------------------------------------------------- formulas

    def formula(self, formula: Formula | Term, scope: Scope) -> Tree:
        """The truth of a formula, which is never NULL."""
        self.size_up(1)
        match formula:
            case Truth(value=value):
                return sql.truth(value=value)
            case Is(left=left, right=right):
                return sql.equal(self.term(left, scope), self.term(right, scope))
            case Matches(left=left, right=right):
                return sql.matching(self.term(left, scope), self.term(right, scope))
            case Ordered() if order_of(formula) is not None:
                return self.formula(as_members(formula), scope)
            case Ordered(left=left, how=how, right=right):
                return amounts.ordered(self._compared(left, scope), how, self._compared(right, scope))
            case Present(term=term):
                return sql.present(self.term(term, scope))
            case In(term=term, values=values):
                found = self.term(term, scope)
                return sql.or_(sql.equal(found, self.term(each, scope)) for each in values)
            case Not(body=body):
                return sql.not_(self.formula(body, scope))
            case And(parts=parts):
                return sql.and_(self.formula(each, scope) for each in parts)
            case Or(parts=parts):
                return sql.or_(self.formula(each, scope) for each in parts)
            case Implies(premise=premise, conclusion=conclusion):
                return sql.or_((sql.not_(self.formula(premise, scope)), self.formula(conclusion, scope)))
            case Iff(left=one, right=other):
                return sql.iff(self.formula(one, scope), self.formula(other, scope))
            case Quantified():
                return self._quantified(formula, scope)
            case Counted():
                return self._counted(formula, scope)
            case StepIs(event=event):
                return sql.truth(value=self.event == event)
            case Outcome():
                return self._outcome(formula, scope)
            case Apply():
                refuse_history(formula)
                return self._fact(formula, scope)
            case Call():
                return self._sized(self.formula(*self._called(formula, scope)))
            case Before(body=body):
                return self.formula(body, replace(scope, before=True))
            case (
                Variable()
                | Parameter()
                | Value()
                | Constant()
                | Absent()
                | Cases()
                | VersionOf()
                | Arithmetic()
            ):
                raise AssertionError(formula)
            case _:
                assert_never(formula)

    def _sized(self, tree: Tree) -> Tree:
        """What a definition comes to, unless it is too large."""
        if sql.size(tree) > LARGEST:
            self.size_up(LARGEST + 1)
        return tree

    def _fact(self, apply: Apply, scope: Scope) -> Tree:
        """Whether a fact holds. It does not if an argument is absent."""
        function, arguments, things = self.looked_up(apply, scope)
        if any(each.never for each in arguments):
            return sql.truth(value=False)
        if not things:
            return sql.or_(
                condition
                for (_, at), condition in self.choices(function, arguments)
                if not sql.is_false(condition)
                if self.known(function, tuple(each or "" for each in at)) is True
            )
        if len(things) > 1:
            row = self.name(function.name)
            found = self.pair(function, arguments, row)
            return exp.Exists(this=found.select(exp.Literal.number(1)).where(_holds(sql.column(RESULT, row))))
        thing = arguments[things[0]]
        if thing.row:
            return self._fact_at(function, arguments, thing.row, scope)
        row = self.name(function.parameters[things[0]].name.lower())
        condition = self._fact_at(function, arguments, row, scope)
        here = exp.EQ(this=sql.column(THING, row), expression=sql.operand(thing.tree.copy()))
        sort = function.parameters[things[0]]
        self.slots.setdefault(sort, {})
        return sql.exists(sql.table(view_of(sort), row), sql.and_((here, condition)))

    def _fact_at(self, function: Function, arguments: tuple[Sql, ...], row: str, scope: Scope) -> Tree:
        found = self.at(function, arguments, row, scope) if large(function, arguments) is not None else None
        if found is not None:
            return _holds(exp.Coalesce(this=found.tree, expressions=[exp.false()]))
        columns = (
            (condition, self.column(function, slot, row, scope).tree)
            for slot, condition in self.choices(function, arguments)
            if not sql.is_false(condition)
        )
        return sql.or_(
            sql.and_((condition, each if isinstance(each, exp.Boolean) else _holds(each)))
            for condition, each in columns
        )

    def _quantified(self, formula: Quantified, scope: Scope) -> Tree:
        where = Truth(value=True) if formula.where is None else formula.where

        def chosen(inner: Scope) -> Tree:
            body = self.formula(formula.body, inner)
            return sql.and_((self.formula(where, inner), sql.not_(body) if formula.universal else body))

        some = sql.or_(self._some(formula.variables, scope, chosen))
        return sql.not_(some) if formula.universal else some

    def _some(
        self, variables: tuple[Variable, ...], scope: Scope, said: Callable[[Scope], Tree]
    ) -> Iterator[Tree]:
        """Whether some things make it true, for each choice of values for the variables of enums."""
        enums = [each for each in variables if each.sort.is_enum]
        things = [each for each in variables if not each.sort.is_enum]
        total = 1
        for each in enums:
            total *= len(each.sort.values)
        if total > MOST:
            raise NotInSql(f"a quantifier over enums has more than {MOST:,} instances")
        for values in product(*(each.sort.values for each in enums)):
            chosen = {each.name: sql.value_of(value) for each, value in zip(enums, values, strict=True)}
            rows = {each: self.name(each.name) for each in things}
            chosen |= {each.name: self.bound(each.sort, row) for each, row in rows.items()}
            found = said(scope.binding(chosen))
            for each, row in reversed(rows.items()):
                found = sql.exists(sql.table(view_of(each.sort), row), found)
            if not isinstance(found, exp.Boolean):
                self.gone_through.update(each.sort for each in things)
            yield found

    def _counted(self, counted: Counted, scope: Scope) -> Tree:
        variable, number = counted.variable, exp.Literal.number(counted.number)
        compared = {"at least": exp.GTE, "at most": exp.LTE, "exactly": exp.EQ}[counted.how]
        if variable.sort.is_enum:
            truths = (
                self.formula(counted.body, scope.binding({variable.name: sql.value_of(each)}))
                for each in variable.sort.values
            )
            total = reduce(lambda one, other: exp.Add(this=one, expression=other), map(sql.number, truths))
            return compared(this=exp.Paren(this=total), expression=number)
        self.gone_through.add(variable.sort)
        row = self.name(variable.name)
        body = self.formula(counted.body, scope.binding({variable.name: self.bound(variable.sort, row)}))
        found = (
            exp.select(exp.Count(this=exp.Star())).from_(sql.table(view_of(variable.sort), row)).where(body)
        )
        return compared(this=exp.Subquery(this=found), expression=number)

    def _outcome(self, outcome: Outcome, scope: Scope) -> Tree:
        if self.outcomes is None or outcome.request not in scope.requests:
            raise NotInSql(NO_REQUEST)
        here = {**scope.requests[outcome.request]}
        here |= {name: self.term(term, scope) for name, term in outcome.changes}
        inner = Scope(requests={"": here}, before=scope.before)
        return self.formula(self.outcomes(outcome), inner)


def _scalar(value: Tree, found: exp.Select) -> Tree:
    return exp.Subquery(this=found.select(value))


def _holds(fact: Tree) -> Tree:
    """Whether the cell of a fact is true, in all dialects: some have no conditions that are mere columns."""
    return exp.EQ(this=fact, expression=exp.true())

"""Wishes that make formulas come true in a random draft, by setting what they read.

Left to chance, hardly any request would be accepted: some check always fails. So a draft is wished closer to
acceptance, to the exemption of one limb, or to the failing of one check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from checker.interface.random_drafts import Draft, knows, mend, some_of
from checker.model.environment import belongs
from checker.model.evaluate import Environment, bindings, decide, definition, holds, term_value
from checker.model.expressions import (
    And,
    Apply,
    Arithmetic,
    Call,
    Cases,
    Counted,
    Expression,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Parameter,
    Present,
    Quantified,
    Sort,
    Truth,
    Value,
)
from checker.model.model import Check, Premise
from checker.model.situation import Request

ROUNDS: Final = 6  # wishes for one request
DEPTH: Final = 12  # of wishes in wishes
_NOT_APPLY, _EXEMPT = 0.1, 0.3  # up to which a check does not apply, or exempts; beyond, it passes
_TRIES: Final = 6  # of numbers in one comparison
_AT_LIMIT: Final = 0.7  # how often a number is tried that is next to what it is compared with
_OTHER: Final = 0.7  # how often what shall not be equal gets another value, rather than none


def towards_acceptance(draft: Draft, *, spare: bool) -> None:
    """Wish away what refuses the request, all of it or (`spare`) all but one check."""
    wisher = Wisher(draft)
    for _ in range(ROUNDS):
        decision = decide(draft.rules, draft.situation, Request(draft.request))
        failing = [each for each in decision.checks if each.fails]
        if len(failing) <= spare:
            return
        report = draft.chance.choice(failing)
        env = draft.environment(draft.rules[report.version])
        _let_pass(report.check, env, wisher)
        mend(draft)


def _let_pass(check: Check, env: Environment, wisher: Wisher) -> None:
    way = wisher.draft.chance.random()
    conditions = [
        each.meaning.formula for each in check.items if each.kind == "applies-when" and each.meaning
    ]
    if way < _NOT_APPLY and conditions:
        wisher.wish(wisher.draft.chance.choice(conditions), env, truth=False)
    elif way < _EXEMPT and check.limbs:
        _exempt(check, env, wisher)
    else:
        for item in check.items:
            if item.kind == "requires" and item.meaning is not None:
                wisher.wish(item.meaning.formula, env)


def _exempt(check: Check, env: Environment, wisher: Wisher) -> None:
    limb = wisher.draft.chance.choice(check.limbs)
    chosen = list(bindings(limb.binders, env.situation))
    scope = replace(env, variables={**env.variables, **wisher.draft.chance.choice(chosen)})
    for item in limb.items:
        if item.kind == "condition" and item.meaning is not None:
            wisher.wish(item.meaning.formula, scope)


def towards_exemption(draft: Draft) -> None:
    """Wish that some check would fail, but for one of its limbs."""
    decision = decide(draft.rules, draft.situation, Request(draft.request))
    subject = [each for each in decision.checks if each.check.limbs]
    if not subject:
        return
    report = draft.chance.choice(subject)
    env, wisher = draft.environment(draft.rules[report.version]), Wisher(draft)
    for item in report.check.items:
        if item.meaning is not None and item.kind in ("applies-when", "applies-unless"):
            wisher.wish(item.meaning.formula, env, truth=item.kind == "applies-when")
    _exempt(report.check, env, wisher)
    required = [e.meaning.formula for e in report.check.items if e.kind == "requires" and e.meaning]
    if required:
        wisher.wish(draft.chance.choice(required), env, truth=False)
    mend(draft)


def towards_near_miss(draft: Draft) -> None:
    """Wish that the request were accepted but for one thing: a condition of the limb that exempts it, or a
    requirement of one check.
    """
    towards_exemption(draft)
    towards_acceptance(draft, spare=False)
    decision = decide(draft.rules, draft.situation, Request(draft.request))
    wishes = [
        (report, item.meaning.formula, things)
        for report in decision.checks
        if report.applies
        for items, things in (
            ((report.check.items, {}),)
            if not (report.would_fail and report.exempting)
            else ((each.limb.items, each.things) for each in report.exempting)
        )
        for item in items
        if item.kind in ("requires", "condition") and item.meaning is not None
    ]
    if wishes:
        report, formula, things = draft.chance.choice(wishes)
        env = draft.environment(draft.rules[report.version])
        scope = replace(env, variables={**env.variables, **things})
        Wisher(draft).wish(formula, scope, truth=False)
        mend(draft)


@dataclass(slots=True)
class Wisher:
    """Tries to give formulas a truth, and terms a value, by changing a draft. It may well fail."""

    draft: Draft
    depth: int = 0

    def wish(self, formula: Expression, env: Environment, *, truth: bool = True) -> None:
        """Try to make the formula hold (or not)."""
        if self.depth > DEPTH or holds(_as_formula(formula), env) is truth:
            return
        self.depth += 1
        self._wish(formula, env, truth=truth)
        self.depth -= 1

    def _wish(self, formula: Expression, env: Environment, *, truth: bool) -> None:
        chance = self.draft.chance
        match formula:
            case Not(body=body):
                self.wish(body, env, truth=not truth)
            case And(parts=parts) | Or(parts=parts):
                if truth is isinstance(formula, And):
                    for each in parts:
                        self.wish(each, env, truth=truth)
                else:
                    self.wish(chance.choice(parts), env, truth=truth)
            case Implies(premise=premise, conclusion=conclusion):
                self._wish(Or((Not(premise), conclusion)), env, truth=truth)
            case Iff(left=first, right=second):
                self.wish(second, env, truth=holds(first, env) is truth)
            case Is(left=one, right=other) | Matches(left=one, right=other):
                self._equate(one, other, env, truth=truth)
            case Ordered():
                self._order(formula, env, truth=truth)
            case Present(term=term):
                self.give(term, self._some(term) if truth else None, env)
            case In(term=term, values=values):
                self.give(term, term_value(chance.choice(values), env) if truth else None, env)
            case Apply():
                self.give(formula, truth, env)
            case Call():
                meaning, scope = _body(formula, env)
                self.wish(meaning, scope, truth=truth)
            case Quantified():
                self._quantified(formula, env, truth=truth)
            case Counted():
                self._counted(formula, env, truth=truth)
            case _:
                return

    def _equate(self, left: Expression, right: Expression, env: Environment, *, truth: bool) -> None:
        if not truth:
            other = self._some(left) if self.draft.chance.random() < _OTHER else None
            self.give(left, other, env)
            return
        value = term_value(right, env)
        if value is None:
            value = term_value(left, env) or self._some(right)
            if not self.give(right, value, env):
                return
        if not self.give(left, value, env):
            self.give(right, term_value(left, env), env)

    def _order(self, formula: Ordered, env: Environment, *, truth: bool) -> None:
        """Try values for one side until the comparison comes out as wished, or give up."""
        side, other = formula.left, formula.right
        if isinstance(side, Value | Arithmetic):
            side, other = other, side
        self._have(other, env)
        for _ in range(_TRIES):
            if holds(formula, env) is truth:
                return
            self.give(side, self._near(side, term_value(other, env)), env)

    def _have(self, term: Expression, env: Environment) -> None:
        """Give values to what a term is worked out from, where it has none: nothing compares with that."""
        if not isinstance(term, Arithmetic) or term_value(term, env) is not None:
            return
        for part in term.parts:
            self._have(part, env)
            if term_value(part, env) is None:
                self.give(part, self._some(part), env)

    def _near(self, side: Expression, limit: str | bool | None) -> str | None:
        """A value for one side of a comparison: often the limit itself or a number next to it, where it
        turns. Of several limits on one thing, hardly any other value would be within all.
        """
        chance = self.draft.chance
        sort = getattr(side, "sort", None)
        counted = isinstance(sort, Sort) and sort.is_quantity and isinstance(limit, str)
        if not counted or chance.random() >= _AT_LIMIT:
            return self._some(side)
        return str(int(str(limit)) + chance.choice((-1, 0, 1)))

    def _quantified(self, formula: Quantified, env: Environment, *, truth: bool) -> None:
        chosen = list(bindings(formula.variables, env.situation))
        if formula.universal is not truth:
            chosen = [self.draft.chance.choice(chosen)]
        for each in chosen[:8]:
            scope = replace(env, variables={**env.variables, **each})
            inside = formula.where is None or holds(formula.where, scope)
            if formula.universal is truth and not inside:
                continue
            if not inside and formula.where is not None:
                self.wish(formula.where, scope)
            self.wish(formula.body, scope, truth=truth)

    def _counted(self, formula: Counted, env: Environment, *, truth: bool) -> None:
        """Of as many of the first things as it needs it shall be so, and not of the others."""
        chosen = list(bindings((formula.variable,), env.situation))
        self.draft.chance.shuffle(chosen)
        few = range(formula.number + 2)
        many = self.draft.chance.choice([each for each in few if formula.allows(each) is truth])
        for number, each in reversed(list(enumerate(chosen[:8]))):
            scope = replace(env, variables={**env.variables, **each})
            self.wish(formula.body, scope, truth=number < many)

    def _some(self, term: Expression) -> str | None:
        sort = getattr(term, "sort", None)
        if not isinstance(sort, Sort):
            return None
        return some_of(sort, self.draft)

    def give(self, term: Expression, value: str | bool | None, env: Environment) -> bool:
        """Try to give the term a value (None: absent); answer whether it could be tried."""
        match term:
            case Parameter(name=name, sort=sort):
                if isinstance(value, str) and not belongs(value, sort, env.situation):
                    return False  # worked out, and less than a quantity can be
                if isinstance(value, str):
                    self.draft.request[name] = value
                else:
                    self.draft.request.pop(name, None)
                return True
            case Apply():
                return self._give_function(term, value, env)
            case Call():
                body, scope = _body(term, env)
                return self.give(body, value, scope)
            case Cases(branches=branches, otherwise=otherwise):
                for branch, condition in branches:
                    if holds(condition, env):
                        return self.give(branch, value, env)
                if otherwise is not None:
                    return self.give(otherwise, value, env)
                branch, condition = self.draft.chance.choice(branches)
                self.wish(condition, env)
                return self.give(branch, value, env)
            case _:
                return term_value(term, env) == value

    def _give_function(self, term: Apply, value: str | bool | None, env: Environment) -> bool:
        function = env.model.functions[term.function]
        arguments = [term_value(each, env) for each in term.arguments]
        for place, (argument, given) in enumerate(zip(term.arguments, arguments, strict=True)):
            if given is None:
                arguments[place] = self._some(argument)
                self.give(argument, arguments[place], env)
        known = function.table.entries if function.table else {}
        at = tuple(str(each) for each in arguments)
        if at in known:
            return self._look_up(term, value, env)
        if any(knows(model, function.name, at) for model in self.draft.rules.values()):
            return False
        if value is None and not function.optional:
            return False
        self.draft.values.pop((function.name, at), None)
        if value is not None and value is not False:
            self.draft.values[function.name, at] = value
        return True

    def _look_up(self, term: Apply, value: str | bool | None, env: Environment) -> bool:
        """Find a row of the table that says so, and ask for it instead."""
        table = env.model.functions[term.function].table
        rows = [at for at, entry in (table.entries if table else {}).items() if entry == value]
        fixed = [None if isinstance(each, Parameter) else term_value(each, env) for each in term.arguments]
        kept = [row for row in rows if all(f is None or f == r for f, r in zip(fixed, row, strict=True))]
        same = [
            row
            for row in kept
            if any(r == term_value(a, env) for r, a in zip(row, term.arguments, strict=True))
        ]
        if not kept:
            return False
        row = self.draft.chance.choice(same or kept)
        for argument, name in zip(term.arguments, row, strict=True):
            self.give(argument, name, env)
        return True


def _as_formula(formula: Expression) -> Formula:
    """A formula as such; a term counts as true, so that nothing is wished of it."""
    return formula if isinstance(formula, Formula) else Truth(value=True)


def _body(call: Call, env: Environment) -> tuple[Expression, Environment]:
    named = definition(env.model, call.definition)
    values = (term_value(each, env) for each in call.arguments)
    given = (each if isinstance(each, str) else None for each in values)
    variables = dict(zip((each.name for each in named.parameters), given, strict=True))
    body = named.formula.formula if isinstance(named, Premise) else named.body
    return body, replace(env, variables=variables)

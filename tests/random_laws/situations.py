"""Random situations, requests and events of any regime, and wishes that make formulas come true in them.

Left to chance, hardly any request would be accepted: some check always fails. So a draft is wished closer to
acceptance, to the exemption of one limb, or to the failing of one check, by setting what the formulas read.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from checker.model.evaluate import (
    Environment,
    Rules,
    bindings,
    decide,
    definition,
    holds,
    members,
    routing_model,
    term_value,
)
from checker.model.expressions import (
    FACT,
    And,
    Apply,
    Call,
    Cases,
    ExactlyOne,
    Expression,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Parameter,
    Present,
    Quantified,
    Sort,
    Truth,
)
from checker.model.model import Check, Function, Model, Premise, Staging
from checker.model.situation import Instance, Request, Situation

SENDERS, TARGETS, OTHERS = 4, 3, 2  # things of a sort at most: senders, what requests name, all else
ROUNDS = 6  # wishes for one request
DEPTH = 12  # of wishes in wishes


@dataclass(frozen=True, slots=True)
class Sample:
    """One situation, with a well-formed request and the arguments of an event, enabled or not."""

    situation: Situation
    request: Request
    event: str | None
    arguments: Mapping[str, str]


@dataclass(slots=True)
class Draft:
    """A situation and a request in the making: the mappings are changed in place."""

    rules: Rules
    chance: random.Random
    things: dict[str, tuple[str, ...]]
    values: dict[tuple[str, tuple[str, ...]], str | bool]
    versions: Mapping[Instance, str]
    request: dict[str, str] = field(default_factory=dict)

    @property
    def situation(self) -> Situation:
        return Situation(self.things, self.values, self.versions)

    def environment(self, model: Model) -> Environment:
        return Environment(model, self.situation, requests={"": Request(self.request)})

    def finished(self) -> tuple[Situation, Request]:
        """The draft as it stands, of its own from now on."""
        return Situation(dict(self.things), dict(self.values), dict(self.versions)), Request(
            dict(self.request)
        )


def sample(rules: Rules, versions: Mapping[Instance, str], chance: random.Random) -> Sample:
    """A random situation of the rules with these versions deployed, with a request and an event."""
    draft = draft_of(rules, versions, chance)
    aim = chance.random()
    if aim < 0.6:
        _towards_acceptance(draft, spare=chance.random() < 0.3)
    elif aim < 0.75:
        _towards_exemption(draft)
    model = routing_model(rules, draft.situation)
    event, arguments = _event(draft, model)
    mend(draft)
    if model.staging is not None and chance.random() < 0.8:
        _fly(draft, model.staging, event, arguments)
    situation, request = draft.finished()
    return Sample(situation, request, event, arguments)


# ------------------------------------------------------------------- chance


def draft_of(rules: Rules, versions: Mapping[Instance, str], chance: random.Random) -> Draft:
    """A situation and a request by chance alone; the request is well-formed."""
    model = next(iter(rules.values()))
    things = _things(model, chance)
    draft = Draft(rules, chance, things, {}, versions)
    density = chance.choice((0.3, 0.6, 0.9))
    for function in model.functions.values():
        for arguments in places(function, draft.situation):
            if any(Wisher.knows(each, function.name, arguments) for each in rules.values()):
                continue
            value = _chosen(function, draft, density)
            if value is not None and value is not False:
                draft.values[function.name, arguments] = value
    for parameter in model.request:
        draft.request[parameter.name] = chance.choice(members(parameter.sort, draft.situation))
        if parameter.optional and chance.random() < 0.4:
            del draft.request[parameter.name]
    mend(draft)
    return draft


def _things(model: Model, chance: random.Random) -> dict[str, tuple[str, ...]]:
    named = [each.sort.name for each in model.request if not each.sort.is_enum]
    found = {}
    for sort in model.sorts.values():
        if sort.is_enum or sort == FACT:
            continue
        most = SENDERS if named[:1] == [sort.name] else TARGETS if sort.name in named else OTHERS
        constants = [each.name for each in model.constants.values() if each.sort == sort]
        own = [f"{sort.name.lower()}{number}" for number in range(chance.randint(1, most))]
        found[sort.name] = (*own, *constants)
    return found


def places(function: Function, situation: Situation) -> list[tuple[str, ...]]:
    """The arguments for which a situation says what the function is worth: not those that a table knows."""
    known = function.table.entries if function.table else {}
    choices = (members(each, situation) for each in function.parameters)
    return [each for each in product(*choices) if each not in known]


def _chosen(function: Function, draft: Draft, density: float) -> str | bool | None:
    if function.result == FACT:
        return draft.chance.random() < density
    if function.optional and draft.chance.random() >= density:
        return None
    return draft.chance.choice(members(function.result, draft.situation))


def mend(draft: Draft) -> None:
    """Make the request carry exactly what it must: what is due is added, what is not is taken away."""
    model = next(iter(draft.rules.values()))
    for parameter in model.request:
        due = parameter.when is None or holds(parameter.when, draft.environment(model))
        if not due:
            draft.request.pop(parameter.name, None)
        elif parameter.name not in draft.request and not parameter.optional:
            draft.request[parameter.name] = draft.chance.choice(members(parameter.sort, draft.situation))


def _event(draft: Draft, model: Model) -> tuple[str | None, dict[str, str]]:
    """An event with arguments; more often than not one that can happen."""
    if not model.events:
        return None, {}
    event = draft.chance.choice(tuple(model.events.values()))
    arguments = {}
    for parameter in event.parameters:
        if not (parameter.optional and draft.chance.random() < 0.4):
            arguments[parameter.name] = draft.chance.choice(members(parameter.sort, draft.situation))
    if event.when is not None and draft.chance.random() < 0.6:
        variables = {each.name: arguments.get(each.name) for each in event.parameters}
        env = Environment(model, draft.situation, variables=variables, rules=draft.rules)
        Wisher(draft).wish(event.when, env)
    return event.name, arguments


def _fly(draft: Draft, staging: Staging, event: str | None, arguments: Mapping[str, str]) -> None:
    """Make the request one that is under way: as which it says it was sent, or what the event lets pass."""
    flight = arguments[staging.flight] if event in staging.passing else draft.request.get(staging.parameter)
    if flight is None:
        return
    for name, function in staging.carried.items():
        draft.values.pop((function, (flight,)), None)
        if name in draft.request:
            draft.values[function, (flight,)] = draft.request[name]
    if event in staging.passing and draft.chance.random() < 0.5:
        draft.request[staging.parameter] = flight


# ------------------------------------------------------------------- wishes


def _towards_acceptance(draft: Draft, *, spare: bool) -> None:
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
    if way < 0.1 and conditions:
        wisher.wish(wisher.draft.chance.choice(conditions), env, truth=False)
    elif way < 0.3 and check.limbs:
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


def _towards_exemption(draft: Draft) -> None:
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
            case Present(term=term):
                self.give(term, self._some(term, env) if truth else None, env)
            case In(term=term, values=values):
                self.give(term, term_value(chance.choice(values), env) if truth else None, env)
            case Apply():
                self.give(formula, truth, env)
            case Call():
                meaning, scope = _body(formula, env)
                self.wish(meaning, scope, truth=truth)
            case Quantified():
                self._quantified(formula, env, truth=truth)
            case ExactlyOne():
                self._exactly_one(formula, env, truth=truth)
            case _:
                return

    def _equate(self, left: Expression, right: Expression, env: Environment, *, truth: bool) -> None:
        if not truth:
            other = self._some(left, env) if self.draft.chance.random() < 0.7 else None
            self.give(left, other, env)
            return
        value = term_value(right, env)
        if value is None:
            value = term_value(left, env) or self._some(right, env)
            if not self.give(right, value, env):
                return
        if not self.give(left, value, env):
            self.give(right, term_value(left, env), env)

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

    def _exactly_one(self, formula: ExactlyOne, env: Environment, *, truth: bool) -> None:
        """Of one thing it shall be so, and of the first others not; or else of two, or of none."""
        chosen = list(bindings((formula.variable,), env.situation))
        self.draft.chance.shuffle(chosen)
        many = 1 if truth else self.draft.chance.choice((0, 2))
        for number, each in reversed(list(enumerate(chosen[:8]))):
            scope = replace(env, variables={**env.variables, **each})
            self.wish(formula.body, scope, truth=number < many)

    def _some(self, term: Expression, env: Environment) -> str | None:
        sort = getattr(term, "sort", None)
        if not isinstance(sort, Sort):
            return None
        return self.draft.chance.choice(members(sort, env.situation))

    def give(self, term: Expression, value: str | bool | None, env: Environment) -> bool:
        """Try to give the term a value (None: absent); answer whether it could be tried."""
        match term:
            case Parameter(name=name):
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
                arguments[place] = self._some(argument, env)
                self.give(argument, arguments[place], env)
        known = function.table.entries if function.table else {}
        at = tuple(str(each) for each in arguments)
        if at in known:
            return self._look_up(term, value, env)
        if any(self.knows(model, function.name, at) for model in self.draft.rules.values()):
            return False
        if value is None and not function.optional:
            return False
        self.draft.values.pop((function.name, at), None)
        if value is not None and value is not False:
            self.draft.values[function.name, at] = value
        return True

    @staticmethod
    def knows(model: Model, function: str, at: tuple[str, ...]) -> bool:
        table = model.functions[function].table
        return table is not None and at in table.entries

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

"""What terms, formulas and checks mean in a finite situation: the definition of the language.

It mirrors spec/reference.md sentence by sentence, uses no solver, and prefers simplicity to speed. The
encoder says the same in solver terms; tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from checker.model import decision as decisions
from checker.model.deadline import NEVER, Deadline
from checker.model.decision import CheckReport, Decision, ItemReport, LimbReport, StageReport
from checker.model.environment import Environment, Rules, belongs, definition, request_environment
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
    Expression,
    Formula,
    History,
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
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.item import Item
from checker.model.mixture import routing_model
from checker.model.model import Check, Limb, Model, Premise
from checker.model.quantities import amount, in_order, numeral_of
from checker.model.recall import Recalled, recall
from checker.model.reckoned import working_day
from checker.model.situation import Instance, Request, Situation

# -------------------------------------------------------------------- terms


def term_value(expression: Expression, env: Environment) -> str | bool | None:
    """Return the value of a term (None: absent), or the truth of a formula."""
    match expression:
        case Variable(name=name):
            return env.variables.get(name)
        case Parameter(request=request, name=name):
            carried = env.requests.get(request)
            return None if carried is None else carried.values.get(name)
        case Value(name=name) | Constant(name=name):
            return name
        case Absent():
            return None
        case Apply():
            return _applied(expression, env)
        case Call():
            return _called(expression, env)
        case Cases(branches=branches, otherwise=otherwise):
            said = next((term for term, condition in branches if holds(condition, env)), otherwise)
            return None if said is None else term_value(said, env)
        case Before(body=body):
            return term_value(body, _earlier(env))
        case VersionOf():
            return _version(expression, env)
        case Arithmetic(operator="working days"):
            return working_day(expression, env, term_value)
        case Arithmetic():
            return numeral_of(amount(expression, lambda part: term_value(part, env)))
        case Truth() | Is() | Matches() | Ordered() | Present() | In() | Not() | And() | Or():
            return holds(expression, env)
        case Implies() | Iff() | Quantified() | Counted() | StepIs() | Outcome():
            return holds(expression, env)
        case _:
            assert_never(expression)


def _applied(apply: Apply, env: Environment) -> str | bool | None:
    """Look a function up. If an argument is absent, so is the value (a fact is false)."""
    arguments = _present(apply.arguments, env)
    if arguments is None:
        return False if apply.sort == FACT else None
    if apply.history is not None:
        return recalled(apply.function, apply.history, arguments, env)
    table = env.model.functions[apply.function].table
    if table is not None and arguments in table.entries:
        value: str | bool | None = table.entries[arguments]
    else:
        value = env.situation.values.get((apply.function, arguments))
    return bool(value) if apply.sort == FACT else value


def recalled(function: str, history: History, arguments: tuple[str, ...], env: Environment) -> Recalled:
    """What has been, where the situation says what had been before it, or says no less than is so by now."""
    names = (each.name for each in history.variables)
    scope = env.scoped(dict(zip(names, arguments, strict=True)), {})
    return recall(function, history, arguments, env, lambda: holds(history.parts[0], scope))


def _called(call: Call, env: Environment) -> str | bool | None:
    """Read a definition's body in its own scope: its parameters, and the request that the call names.
    Parameters may be absent; the body determines what that means.
    """
    named = definition(env.model, call.definition)
    values = (term_value(each, env) for each in call.arguments)
    given = (each if isinstance(each, str) else None for each in values)
    names = (each.name for each in named.parameters)
    requests = {"": env.requests[call.request]} if call.request in env.requests else {}
    scope = env.scoped(dict(zip(names, given, strict=True)), requests)
    body = named.formula.formula if isinstance(named, Premise) else named.body
    return term_value(body, scope)


def _present(terms: tuple[Expression, ...], env: Environment) -> tuple[str, ...] | None:
    """Return the values of all terms, or None if one of them is absent."""
    values = tuple(term_value(each, env) for each in terms)
    present = tuple(each for each in values if isinstance(each, str))
    return present if len(present) == len(values) else None


def _earlier(env: Environment) -> Environment:
    if env.before is None:
        raise ValueError("`before` is used where no step has been taken")
    return replace(env, situation=env.before)


def _version(term: VersionOf, env: Environment) -> str | None:
    if term.index is None:
        return env.situation.versions.get((term.component, None))
    index = term_value(term.index, env)
    return env.situation.versions.get((term.component, index)) if isinstance(index, str) else None


# ----------------------------------------------------------------- formulas


def holds(formula: Formula, env: Environment) -> bool:
    """Whether `formula` is true. Every atom about something absent is false."""
    match formula:
        case Truth(value=value):
            return value
        case Is(left=left, right=right):
            value_left = term_value(left, env)
            return value_left is not None and value_left == term_value(right, env)
        case Matches(left=left, right=right):
            return term_value(left, env) == term_value(right, env)
        case Ordered():
            return in_order(formula, lambda part: term_value(part, env))
        case Present(term=term):
            return term_value(term, env) is not None
        case In(term=term, values=values):
            return any(holds(Is(term, each), env) for each in values)
        case Not(body=body):
            return not holds(body, env)
        case And(parts=parts):
            return all(holds(each, env) for each in parts)
        case Or(parts=parts):
            return any(holds(each, env) for each in parts)
        case Implies(premise=premise, conclusion=conclusion):
            return not holds(premise, env) or holds(conclusion, env)
        case Iff(left=one, right=other):
            return holds(one, env) == holds(other, env)
        case Quantified():
            return _quantified(formula, env)
        case Counted(variable=variable, body=body):
            return formula.allows(sum(holds(body, each) for each in _scopes((variable,), env)))
        case StepIs(event=event):
            return env.step_event == event
        case Outcome():
            return _outcome(formula, env)
        case Apply() | Call() | Before():
            return term_value(formula, env) is True
        case _:
            assert_never(formula)


def _quantified(formula: Quantified, env: Environment) -> bool:
    where = formula.where
    chosen = (each for each in _scopes(formula.variables, env) if where is None or holds(where, each))
    truths = (holds(formula.body, each) for each in chosen)
    return all(truths) if formula.universal else any(truths)


def _scopes(variables: tuple[Variable, ...], env: Environment) -> Iterator[Environment]:
    """Yield the environment extended by every choice of things for the variables."""
    for binding in env.choices(variables):
        yield env.scoped({**env.variables, **binding})


def _outcome(outcome: Outcome, env: Environment) -> bool:
    if outcome.request and not is_request(outcome, env):
        return False
    by = outcome.by
    match outcome.kind:
        case "accepted":
            return _decided(outcome, env).accepted
        case "rejected":
            decided = _decided(outcome, env)
            return decisions.rejected_by(decided, by) if by is not None else not decided.accepted
        case "passes":
            return not decisions.fails(_decided(outcome, env, by), by or "")
        case "fails":
            return decisions.fails(_decided(outcome, env, by), by or "")
        case "fails only":
            return decisions.fails_only(_decided(outcome, env), by or "")
        case "exempted":
            return decisions.exempted(_decided(outcome, env), by or "")
        case _:
            assert_never(outcome.kind)


def is_request(outcome: Outcome, env: Environment) -> bool:
    """Whether the request of `outcome` is well-formed under its column, before parameters are replaced."""
    rules, situation = _asked_under(outcome, env)
    request = env.requests.get(outcome.request, Request({}))
    return well_formed(routing_model(rules, situation), situation, request, env.deadline)


def _decided(outcome: Outcome, env: Environment, only: str | None = None) -> Decision:
    """Decide the request of `outcome` under its column; see `decide` for `only`."""
    failing = outcome.kind != "exempted"
    return decide(*_asked_under(outcome, env), request_of(outcome, env), env.deadline, only, failing=failing)


def request_of(outcome: Outcome, env: Environment) -> Request:
    """Return the request of `outcome`, with its parameters replaced."""
    values = dict(env.requests.get(outcome.request, Request({})).values)
    for name, term in outcome.changes:
        value = term_value(term, env)
        values.pop(name, None)
        if isinstance(value, str):
            values[name] = value
    return Request(values)


def _asked_under(outcome: Outcome, env: Environment) -> tuple[Rules, Situation]:
    """The rules of the outcome's column, and the situation with the versions deployed there."""
    if outcome.column is None:
        return env.rules, env.situation
    if env.columns is None:
        raise ValueError(f"the rules of the column `{outcome.column}` were not given")
    rules, deployed = env.columns(outcome.column)
    return rules, replace(env.situation, versions=deployed)


# ------------------------------------------------------------- well-formed


def well_formed(model: Model, situation: Situation, request: Request, deadline: Deadline = NEVER) -> bool:
    """Whether `request` carries exactly what is declared: always, optionally, or under a condition."""
    return next(misformed(model, situation, request, deadline), None) is None


def misformed(
    model: Model, situation: Situation, request: Request, deadline: Deadline = NEVER
) -> Iterator[tuple[str, bool]]:
    """Yield each parameter that the request wrongly carries (True) or lacks (False). A parameter with a value
    that is not of its sort is wrongly carried.
    """
    declared = {each.name for each in model.request}
    yield from ((name, True) for name in request.values if name not in declared)
    env = request_environment(model, situation, request, deadline)
    for parameter in model.request:
        value = request.values.get(parameter.name)
        due = parameter.when is None or holds(parameter.when, env)
        strange = value is not None and not belongs(value, parameter.sort, situation)
        if strange or (not (parameter.optional and due) and (value is not None) != due):
            yield parameter.name, value is not None


# ------------------------------------------------------------------- checks


def decide(
    rules: Rules,
    situation: Situation,
    request: Request,
    deadline: Deadline = NEVER,
    only: str | None = None,
    *,
    failing: bool = False,
) -> Decision:
    """Take `request` along its route and report every check, also at components that it never reaches.

    `only`: a check or a component; then other checks, and which stops are reached, are not reported.
    `failing`: checks that pass are not reported.
    """
    stages: list[StageReport] = []
    for component, behind in stops(rules, situation, request, deadline):
        version = situation.versions[component]
        env = request_environment(rules[version], situation, request, deadline)
        reports = tuple(
            _check_report(check, component, version, env)
            for check in env.model.checks
            if component[0] in check.components and not behind
            if only is None or only in (check.name, component[0])
            if not failing or _fails(check, env)
        )
        reached = not any(each.refusing for each in stages)
        stages.append(StageReport(component, version, reports, reached, behind))
    return Decision(request, tuple(stages))


def route(
    rules: Rules, situation: Situation, request: Request, deadline: Deadline = NEVER
) -> tuple[Instance, ...]:
    """Return the component instances that the request visits, in order, including those that it has already
    passed.

    Routes, conditions and indices are those of the rules that route (see `routing_model`).
    """
    return tuple(component for component, _ in stops(rules, situation, request, deadline))


def stops(
    rules: Rules, situation: Situation, request: Request, deadline: Deadline
) -> Iterator[tuple[Instance, bool]]:
    """Yield the component instances on the request's way, and whether it has already been let pass there."""
    env = request_environment(routing_model(rules, situation), situation, request, deadline)
    for stage in env.model.route:
        if stage.when is not None and not holds(stage.when, env):
            continue
        index = None if stage.index is None else term_value(stage.index, env)
        if stage.index is None or isinstance(index, str):
            behind = stage.behind is not None and holds(stage.behind, env)
            yield (stage.component, index if isinstance(index, str) else None), behind


def _check_report(check: Check, component: Instance, version: str, env: Environment) -> CheckReport:
    items = _item_reports(check.items, env)
    return CheckReport(
        check=check,
        component=component,
        version=version,
        items=items,
        limbs=tuple(_limb_report(each, env) for each in check.limbs),
        applies=_all(items, "applies-when") and not _any(items, "applies-unless"),
        met=_all(items, "requires"),
    )


def _fails(check: Check, env: Environment) -> bool:
    """What the report says, found out with no more than it takes."""

    def asked(kind: str) -> Iterator[bool | None]:
        return (_holds(each, env) for each in check.items if each.kind == kind)

    fails = all(asked("applies-when")) and not any(asked("applies-unless")) and not all(asked("requires"))
    return fails and not any(_limb_report(each, env).holds for each in check.limbs)


def _limb_report(limb: Limb, env: Environment) -> LimbReport:
    """Try every choice of things for the binders. Report the first with which every condition holds or, if
    there is none, the one with which most leading conditions hold, in written order.
    """
    conditions = tuple(
        each.meaning.formula for each in limb.items if each.kind == "condition" and each.meaning is not None
    )
    nearest: Mapping[str, str | None] = {each.name: None for each in limb.binders}
    furthest = -1
    for binding in env.choices(limb.binders):
        reached = _true_at_first(conditions, env.scoped({**env.variables, **binding}))
        if reached > furthest:
            nearest, furthest = dict(binding), reached
        if furthest == len(conditions):
            break
    scope = env.scoped({**env.variables, **nearest})
    return LimbReport(limb, furthest == len(conditions), nearest, _item_reports(limb.items, scope))


def _true_at_first(conditions: tuple[Formula, ...], env: Environment) -> int:
    """Count the conditions before the first that is false."""
    for number, each in enumerate(conditions):
        if not holds(each, env):
            return number
    return len(conditions)


def _item_reports(items: tuple[Item, ...], env: Environment) -> tuple[ItemReport, ...]:
    return tuple(ItemReport(each, _holds(each, env)) for each in items)


def _holds(item: Item, env: Environment) -> bool | None:
    return None if item.meaning is None else holds(item.meaning.formula, env)


def _all(reports: tuple[ItemReport, ...], kind: str) -> bool:
    return all(each.holds for each in reports if each.item.kind == kind)


def _any(reports: tuple[ItemReport, ...], kind: str) -> bool:
    return any(each.holds for each in reports if each.item.kind == kind)

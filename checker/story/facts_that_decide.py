"""Finds what makes a formula true or false, and on which facts that rests: all that a story must tell.

A conjunction that is false is so by one false part, the one with the fewest grounds; one that is true by all
its parts; and so on down to atoms, and from these to the functions that they read. That no thing of many has
a property is not told; nor are the conditions by which a definition picks its case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeAlias, assert_never

from checker.model.evaluate import (
    CheckReport,
    Environment,
    LimbReport,
    bindings,
    definition,
    holds,
    term_value,
)
from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Before,
    Call,
    Cases,
    Constant,
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
from checker.model.model import Premise
from checker.story.sentences import Place

Ground: TypeAlias = tuple[bool, Place]
"""Whether the place is read in the situation before the step, and the place."""


Atom: TypeAlias = Truth | Is | Matches | Present | In | StepIs | Outcome | Apply | Call

ONLY_TERMS: Final = (Variable, Parameter, Value, Constant, Absent, Cases, VersionOf)
"""What is never a formula."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """An atom on which the truth of a formula rests, and where it is read; definitions are atoms.

    `earlier`: in the situation before the step. `given`: the atom stands in the condition of the statement.
    """

    atom: Atom
    env: Environment
    earlier: bool = False
    given: bool = False


def deciding(formula: Formula, env: Environment) -> Iterator[Deciding]:
    """Yield the atoms that make a formula true or false. Of a part that decides alone, only that part; of a
    quantifier, only the thing that decides.
    """
    match formula:
        case Not(body=body):
            yield from deciding(body, env)
        case And(parts=parts):
            yield from _parts(parts, env, wanted=False)
        case Or(parts=parts):
            yield from _parts(parts, env, wanted=True)
        case Implies(premise=premise, conclusion=conclusion):
            if holds(premise, env) and not holds(conclusion, env):
                yield from (replace(each, given=True) for each in deciding(premise, env))
                yield from deciding(conclusion, env)
            else:
                yield from _parts((Not(premise), conclusion), env, wanted=True)
        case Iff(left=left, right=right):
            yield from deciding(left, env)
            yield from deciding(right, env)
        case Quantified():
            yield from _instance(formula, env)
        case ExactlyOne():
            yield from _counted(formula, env)
        case Before(body=body):
            if env.before is not None and not isinstance(body, ONLY_TERMS):
                earlier = replace(env, situation=env.before)
                yield from (replace(each, earlier=True) for each in deciding(body, earlier))
        case Truth() | Is() | Matches() | Present() | In() | StepIs() | Outcome() | Apply() | Call():
            yield Deciding(formula, env)
        case _:
            assert_never(formula)


def grounds(expression: Expression, env: Environment) -> tuple[Ground, ...]:
    """Return the places that the value of `expression` rests on, each once, in reading order."""
    return tuple(dict.fromkeys(_grounds(expression, env)))


def _grounds(expression: Expression, env: Environment) -> Iterator[Ground]:
    match expression:
        case Variable() | Parameter() | Value() | Constant() | Absent() | Truth() | StepIs():
            return
        case VersionOf() | Outcome():
            return  # told by the stages of a decision
        case Apply():
            yield from _applied(expression, env)
        case Call():
            yield from _grounds(*_body(expression, env))
        case Cases():
            yield from _chosen(expression, env)
        case Before(body=body):
            if env.before is not None:
                earlier = replace(env, situation=env.before)
                yield from ((True, place) for _, place in _grounds(body, earlier))
        case Is(left=left, right=right) | Matches(left=left, right=right):
            yield from _each((left, right), env)
        case Present(term=term):
            yield from _grounds(term, env)
        case In(term=term, values=values):
            yield from _each((term, *values), env)
        case Not() | And() | Or() | Implies() | Iff() | Quantified() | ExactlyOne():
            for each in deciding(expression, env):
                yield from ((each.earlier or before, at) for before, at in _grounds(each.atom, each.env))
        case _:
            assert_never(expression)


def _each(expressions: Iterable[Expression], env: Environment) -> Iterator[Ground]:
    for each in expressions:
        yield from _grounds(each, env)


def _parts(parts: tuple[Formula, ...], env: Environment, *, wanted: bool) -> Iterator[Deciding]:
    """Go on with the one part that decides by being `wanted`, with the fewest grounds; else with all."""
    deciders = [each for each in parts if holds(each, env) is wanted]
    chosen = [min(deciders, key=lambda each: len(grounds(each, env)))] if deciders else parts
    for each in chosen:
        yield from deciding(each, env)


def _instance(quantified: Quantified, env: Environment) -> Iterator[Deciding]:
    """Find the thing that makes `some` true or `every` false; yield nothing if there is none."""
    for binding in bindings(quantified.variables, env.situation):
        scope = replace(env, variables={**env.variables, **binding})
        where = quantified.where
        if where is not None and not holds(where, scope):
            continue
        if holds(quantified.body, scope) is not quantified.universal:
            if where is not None:
                yield from (replace(each, given=True) for each in deciding(where, scope))
            yield from deciding(quantified.body, scope)
            return


def _counted(one: ExactlyOne, env: Environment) -> Iterator[Deciding]:
    """Find the one thing that makes it true, or two that make it false; yield nothing if there is none."""
    scopes = (
        replace(env, variables={**env.variables, **binding})
        for binding in bindings((one.variable,), env.situation)
    )
    for scope in islice((each for each in scopes if holds(one.body, each)), 2):
        yield from deciding(one.body, scope)


def _applied(apply: Apply, env: Environment) -> Iterator[Ground]:
    yield from _each(apply.arguments, env)
    values = tuple(term_value(each, env) for each in apply.arguments)
    present = tuple(each for each in values if isinstance(each, str))
    table = env.model.functions[apply.function].table
    if len(present) == len(values) and (table is None or present not in table.entries):
        yield False, Place(apply.function, present)


def _body(call: Call, env: Environment) -> tuple[Expression, Environment]:
    """Return a definition's body and the scope that it is read in, as its meaning has it."""
    named = definition(env.model, call.definition)
    values = (term_value(each, env) for each in call.arguments)
    given = (each if isinstance(each, str) else None for each in values)
    names = (each.name for each in named.parameters)
    requests = {"": env.requests[call.request]} if call.request in env.requests else {}
    scope = replace(env, variables=dict(zip(names, given, strict=True)), requests=requests)
    return (named.formula.formula if isinstance(named, Premise) else named.body), scope


def _chosen(cases: Cases, env: Environment) -> Iterator[Ground]:
    for term, condition in cases.branches:
        if holds(condition, env):
            yield from _grounds(term, env)
            return
    if cases.otherwise is not None:
        yield from _grounds(cases.otherwise, env)


# ------------------------------------------------------------------- checks


def check_grounds(report: CheckReport, env: Environment) -> tuple[Ground, ...]:
    """Return what the outcome of a check rests on; `env` is that of the request at its component."""
    if not report.applies:
        return _fewest(_not_applying(report), env)
    requires = _meanings(report, "requires")
    if report.met:
        return grounds(And(requires), env)
    false = tuple(each for each in requires if not holds(each, env))
    if report.exempting:
        limb = report.exempting[0]
        return _unique((*grounds(And(false), env), *limb_grounds(limb, env)))
    applying = (*_meanings(report, "applies-when"), *map(Not, _meanings(report, "applies-unless")))
    missed = (ground for limb in report.limbs for ground in limb_grounds(limb, env))
    return _unique((*grounds(And(applying), env), *grounds(And(false), env), *missed))


def limb_grounds(report: LimbReport, env: Environment) -> tuple[Ground, ...]:
    """Return what a limb's holding or not rests on: all its conditions, or the first that is false."""
    scope = replace(env, variables={**env.variables, **report.things})
    conditions = tuple(
        each.item.meaning.formula
        for each in report.items
        if each.item.kind == "condition" and each.item.meaning is not None
    )
    return grounds(And(conditions), scope)


def _meanings(report: CheckReport, kind: str) -> tuple[Formula, ...]:
    return tuple(
        each.item.meaning.formula
        for each in report.items
        if each.item.kind == kind and each.item.meaning is not None
    )


def _not_applying(report: CheckReport) -> list[Formula]:
    return [
        each.item.meaning.formula
        for each in report.items
        if each.item.meaning is not None
        and (each.item.kind, each.holds) in {("applies-when", False), ("applies-unless", True)}
    ]


def _fewest(formulas: list[Formula], env: Environment) -> tuple[Ground, ...]:
    return min((grounds(each, env) for each in formulas), key=len, default=())


def _unique(found: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(dict.fromkeys(found))

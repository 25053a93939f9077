"""Finds what makes a formula true or false, and on which facts that rests: all that a story must tell.

A conjunction that is false is so by one false part, the one with the fewest grounds; one that is true by all
its parts; and so on down to atoms, and from these to the functions that they read. That no thing, or every
thing, has a property is one ground by itself. The conditions by which a definition picks its case are told
where it is a number or a date, which else nobody could work out again, and not of other definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias, assert_never

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
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
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
from checker.model.made_of import ONLY_TERMS
from checker.model.model import Premise
from checker.story.sentences import Place

Ground: TypeAlias = tuple[bool, Place]
"""Whether the place is read in the situation before the step, and the place."""


Atom: TypeAlias = (
    Truth | Is | Matches | Ordered | Present | In | StepIs | Outcome | Apply | Call | Quantified | Counted
)
"""A quantifier is one where no single thing decides: none makes it true, or none makes it false."""


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
    quantifier, only the thing that decides or, if there is none, the quantifier itself.
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
        case Counted():
            yield from _counted(formula, env)
        case Before(body=body):
            if env.before is not None and not isinstance(body, ONLY_TERMS):
                earlier = replace(env, situation=env.before)
                yield from (replace(each, earlier=True) for each in deciding(body, earlier))
        case Truth() | Is() | Matches() | Ordered() | Present() | In() | StepIs() | Outcome():
            yield Deciding(formula, env)
        case Apply() | Call():
            yield Deciding(formula, env)
        case _:
            assert_never(formula)


@dataclass(frozen=True, slots=True)
class OfAll:
    """A quantifier that is true or false by what is so of all things, and where it is read."""

    quantifier: Quantified | Counted
    env: Environment


Found: TypeAlias = Ground | OfAll


def grounds(expression: Expression, env: Environment) -> tuple[Ground, ...]:
    """Return the places that the value of `expression` rests on, each once, in reading order; of those that
    are read of all things alike, only what makes a thing count.
    """
    return tuple(
        dict.fromkeys(
            ground
            for each in found(expression, env)
            for ground in (_of_counted(each) if isinstance(each, OfAll) else (each,))
        )
    )


def _of_counted(all_things: OfAll) -> Iterator[Ground]:
    """Yield the places that make things count, where there are too few of them."""
    counted, env = all_things.quantifier, all_things.env
    if isinstance(counted, Counted):
        for binding in bindings((counted.variable,), env.situation):
            scope = replace(env, variables={**env.variables, **binding})
            if holds(counted.body, scope):
                yield from grounds(counted.body, scope)


def swept(expression: Expression, env: Environment) -> tuple[Ground, ...]:
    """Return the places that it rests on of all the things of which its quantifiers speak, if no single one
    decides.
    """
    return tuple(
        dict.fromkeys(
            ground
            for each in found(expression, env)
            if isinstance(each, OfAll)
            for ground in _of_every(each.quantifier, each.env)
        )
    )


def _of_every(quantifier: Quantified | Counted, env: Environment) -> Iterator[Ground]:
    match quantifier:
        case Quantified(variables=variables, where=where, body=body):
            read = (body,) if where is None else (where, body)
        case Counted(variable=variable, body=body):
            variables, read = (variable,), (body,)
        case _:
            assert_never(quantifier)
    for binding in bindings(variables, env.situation):
        scope = replace(env, variables={**env.variables, **binding})
        for each in read:
            yield from grounds(each, scope)
            yield from swept(each, scope)


def found(expression: Expression, env: Environment) -> Iterator[Found]:
    """Yield what the value of `expression` rests on, in reading order."""
    match expression:
        case Variable() | Parameter() | Value() | Constant() | Absent() | Truth() | StepIs():
            return
        case VersionOf() | Outcome():
            return  # told by the stages of a decision
        case Apply():
            yield from _applied(expression, env)
        case Call():
            yield from found(*_body(expression, env))
        case Cases():
            yield from _chosen(expression, env)
        case Before(body=body):
            if env.before is not None:
                earlier = replace(env, situation=env.before)
                yield from (_earlier(each) for each in found(body, earlier))
        case Arithmetic(parts=parts):
            yield from _each(parts, env)
        case Ordered(left=left, right=right) | Is(left=left, right=right) | Matches(left=left, right=right):
            yield from _each((left, right), env)
        case Present(term=term):
            yield from found(term, env)
        case In(term=term, values=values):
            yield from _each((term, *values), env)
        case Not() | And() | Or() | Implies() | Iff() | Quantified() | Counted():
            for each in deciding(expression, env):
                if isinstance(each.atom, Quantified | Counted):
                    yield OfAll(each.atom, each.env)
                    continue
                told = found(each.atom, each.env)
                yield from map(_earlier, told) if each.earlier else told
        case _:
            assert_never(expression)


def _earlier(found: Found) -> Found:
    """What was read in the situation before the step. What is so of all things has its own situation."""
    return found if isinstance(found, OfAll) else (True, found[1])


def _each(expressions: Iterable[Expression], env: Environment) -> Iterator[Found]:
    for each in expressions:
        yield from found(each, env)


def _parts(parts: tuple[Formula, ...], env: Environment, *, wanted: bool) -> Iterator[Deciding]:
    """Go on with the one part that decides by being `wanted`, with the fewest grounds; else with all."""
    deciders = [each for each in parts if holds(each, env) is wanted]
    chosen = [min(deciders, key=lambda each: len(grounds(each, env)))] if deciders else parts
    for each in chosen:
        yield from deciding(each, env)


def _instance(quantified: Quantified, env: Environment) -> Iterator[Deciding]:
    """Find the thing that makes `some` true or `every` false; if there is none, yield the quantifier."""
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
    yield Deciding(quantified, env)


def _counted(counted: Counted, env: Environment) -> Iterator[Deciding]:
    """Find the things that are enough, too many, or as many as it says; yield itself if there are fewer."""
    scopes = (
        replace(env, variables={**env.variables, **binding})
        for binding in bindings((counted.variable,), env.situation)
    )
    decisive = counted.number if counted.how == "at least" else counted.number + 1
    found = tuple(islice((each for each in scopes if holds(counted.body, each)), decisive))
    as_many = counted.how == "exactly" and len(found) == counted.number
    if len(found) < decisive and not as_many:
        yield Deciding(counted, env)
        return
    for scope in found:
        yield from deciding(counted.body, scope)


def _applied(apply: Apply, env: Environment) -> Iterator[Found]:
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


def _chosen(cases: Cases, env: Environment) -> Iterator[Found]:
    for term, condition in cases.branches:
        if cases.sort.is_quantity:
            yield from found(condition, env)
        if holds(condition, env):
            yield from found(term, env)
            return
    if cases.otherwise is not None:
        yield from found(cases.otherwise, env)


# ------------------------------------------------------------------- checks


def check_grounds(report: CheckReport, env: Environment) -> tuple[Ground, ...]:
    """Return what the outcome of a check rests on; `env` is that of the request at its component."""
    return _unique(each for formula, scope in _decisive(report, env) for each in grounds(formula, scope))


def check_sweeps(report: CheckReport, env: Environment) -> tuple[Ground, ...]:
    """Return what it rests on of all the things of which quantifiers speak, if no single one decides."""
    return _unique(each for formula, scope in _decisive(report, env) for each in swept(formula, scope))


def _decisive(report: CheckReport, env: Environment) -> Iterator[tuple[Formula, Environment]]:
    """Yield the formulas that make a check apply or not, and pass or not, each with where it is read."""
    if not report.applies:
        rest = _not_applying(report)
        yield from ((each, env) for each in sorted(rest, key=lambda each: len(grounds(each, env)))[:1])
        return
    requires = _meanings(report, "requires")
    if report.met:
        yield And(requires), env
        return
    false = [(each, env) for each in requires if not holds(each, env)]
    if report.exempting:
        yield from false
        yield _conditions(report.exempting[0], env)
        return
    yield _applies(report), env
    yield from false
    yield from (_conditions(limb, env) for limb in report.limbs)


def refusing(report: CheckReport) -> tuple[Formula, ...]:
    """Return what a check that refuses refuses for: the requirements that are false, each by itself, or, of
    one that forbids whatever it applies to, why it applies.
    """
    return (_applies(report),) if forbids(report) else _false_requirements(report)


def forbids(report: CheckReport) -> bool:
    """Whether what the check requires is just `false`, so that it forbids whatever it applies to."""
    false = _false_requirements(report)
    return bool(false) and all(isinstance(each, Truth) and not each.value for each in false)


def _false_requirements(report: CheckReport) -> tuple[Formula, ...]:
    return tuple(
        each.item.meaning.formula
        for each in report.items
        if each.item.kind == "requires" and each.holds is False and each.item.meaning is not None
    )


def _applies(report: CheckReport) -> Formula:
    return And((*_meanings(report, "applies-when"), *map(Not, _meanings(report, "applies-unless"))))


def _conditions(report: LimbReport, env: Environment) -> tuple[Formula, Environment]:
    conditions = tuple(
        each.item.meaning.formula
        for each in report.items
        if each.item.kind == "condition" and each.item.meaning is not None
    )
    return And(conditions), replace(env, variables={**env.variables, **report.things})


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


def _unique(found: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(dict.fromkeys(found))

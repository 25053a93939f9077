"""Says of a formula which of its atoms decide it, and what stands on their two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from checker.model.evaluate import Environment, bindings, definition, holds, term_value
from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Before,
    Call,
    Cases,
    Constant,
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
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Definition
from checker.model.unparse import unparse
from checker.reports.names import Names
from checker.reports.sentences import fill, named

_ONLY_TERMS: Final = (Variable, Parameter, Value, Constant, Absent, Cases, VersionOf)

Atom: TypeAlias = Truth | Is | Matches | Present | In | StepIs | Outcome | Apply | Call


def here(names: Names, formula: Formula, env: Environment) -> str:
    """Return one sentence with the values that make `formula` what it is; empty without any."""
    told = (words for atom, scope in deciding(formula, env) for words in _atom(names, atom, scope))
    listed = tuple(dict.fromkeys(told))
    return f"Here {'; '.join(listed)}." if listed else ""


def deciding(formula: Formula, env: Environment) -> Iterator[tuple[Atom, Environment]]:
    """Yield the atoms that a formula's truth rests on; definitions are atoms.

    Of a part that decides alone, only that part; of a quantifier, only the thing that decides.
    """
    match formula:
        case Not(body=body):
            yield from deciding(body, env)
        case And(parts=parts):
            yield from _parts(parts, env, wanted=False)
        case Or(parts=parts):
            yield from _parts(parts, env, wanted=True)
        case Implies(premise=premise, conclusion=conclusion):
            yield from _parts((Not(premise), conclusion), env, wanted=True)
        case Iff(left=left, right=right):
            yield from _parts((left, right), env)
        case Quantified():
            yield from _instance(formula, env)
        case Before(body=body):
            if env.before is not None and not isinstance(body, _ONLY_TERMS):
                yield from deciding(body, replace(env, situation=env.before, before=None))
        case Truth() | Is() | Matches() | Present() | In() | StepIs() | Outcome() | Apply() | Call():
            yield formula, env
        case _:
            assert_never(formula)


def _parts(
    parts: tuple[Formula, ...], env: Environment, *, wanted: bool | None = None
) -> Iterator[tuple[Atom, Environment]]:
    """Go on with the first part that is `wanted`, with all of them if none is."""
    deciders = tuple(each for each in parts if holds(each, env) is wanted)
    for each in deciders[:1] or parts:
        yield from deciding(each, env)


def _instance(formula: Quantified, env: Environment) -> Iterator[tuple[Atom, Environment]]:
    for binding in bindings(formula.variables, env.situation):
        scope = replace(env, variables={**env.variables, **binding})
        chosen = formula.where is None or holds(formula.where, scope)
        if chosen and holds(formula.body, scope) is not formula.universal:
            yield from deciding(formula.body, scope)
            return


# -------------------------------------------------------------------- words


def _atom(names: Names, atom: Atom, env: Environment) -> Iterator[str]:
    match atom:
        case Truth() | StepIs():
            return
        case Is(left=left, right=right) | Matches(left=left, right=right):
            yield from _values(names, (left, right), env)
        case Present(term=term) | In(term=term):
            yield from _values(names, (term,), env)
        case Call():
            yield _truth(_called(names, atom, env), holds(atom, env))
        case Apply() | Outcome():
            yield _truth(f"`{unparse(atom)}`", holds(atom, env))
        case _:
            assert_never(atom)


def _values(names: Names, terms: tuple[Term, ...], env: Environment) -> Iterator[str]:
    """Say what terms are worth, those apart that say it themselves."""
    for term in terms:
        if not isinstance(term, Value | Constant | Absent):
            value = term_value(term, env)
            yield f"`{unparse(term)}` is {named(names, term.sort, value if isinstance(value, str) else None)}"


def _called(names: Names, call: Call, env: Environment) -> str:
    """Return the definition's label filled in, or the call as written."""
    found = definition(env.model, call.definition)
    if not isinstance(found, Definition) or not found.label:
        return f"`{unparse(call)}`"
    values = (term_value(each, env) for each in call.arguments)
    given = {
        parameter.name: named(names, parameter.sort, value if isinstance(value, str) else None)
        for parameter, value in zip(found.parameters, values, strict=True)
    }
    return fill(found.label, given)


def _truth(said: str, truth: bool) -> str:
    if said.startswith("`"):
        return f"{said} is {'true' if truth else 'false'}"
    return said if truth else f"it is not so that {said}"

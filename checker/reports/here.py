"""Says of a formula which of its atoms decide it, and what stands on their two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from checker.model.evaluate import Environment, bindings, holds, term_value
from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Before,
    Call,
    Cases,
    Constant,
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
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.unparse import unparse
from checker.model.uses import within
from checker.reports.names import Names
from checker.reports.phrases import Phrases
from checker.reports.sentences import named
from checker.reports.wording import called, clause_and_name, listed, there_is_no

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
        case Apply() | Call():
            truth = holds(atom, env)
            yield _phrases(names, atom, env).words(atom, denied=not truth) or _written(atom, truth=truth)
        case Outcome():
            yield _becomes(names, atom, env, truth=holds(atom, env))
        case _:
            assert_never(atom)


def _values(names: Names, terms: tuple[Term, ...], env: Environment) -> Iterator[str]:
    """Say what terms are worth, those apart that say it themselves."""
    for term in terms:
        if not isinstance(term, Value | Constant | Absent):
            value = term_value(term, env)
            subject = "" if _bare(term, env) else _phrases(names, term, env).side(term)
            if subject and not isinstance(value, str):
                yield there_is_no(subject)
            else:
                worth = named(names, term.sort, value if isinstance(value, str) else None)
                yield f"{subject or f'`{unparse(term)}`'} is {worth}"


def _phrases(names: Names, expression: Expression, env: Environment) -> Phrases:
    """Return what says an expression here: what it speaks of is called by its name in the story."""
    variables: dict[str, str] = {}
    carried: dict[Parameter, str] = {}
    for part in within(expression):
        match part:
            case Variable(name=name, sort=sort) if value := env.variables.get(name):
                variables[name] = names.of(sort, value)
            case Parameter(request=request, name=name, sort=sort) if request in env.requests:
                value = env.requests[request].values.get(name)
                carried |= {} if value is None else {part: names.of(sort, value)}
            case _:
                pass
    return Phrases(env.model, variables, carried)


def _bare(term: Term, env: Environment) -> bool:
    """Whether only its own name says which of several things it is."""
    return isinstance(term, Variable) or (isinstance(term, Parameter) and len(env.requests) > 1)


def _becomes(names: Names, outcome: Outcome, env: Environment, *, truth: bool) -> str:
    """Say what becomes of the request, or does not, if there is only one."""
    if len(env.requests) > 1:
        return _written(outcome, truth=truth)
    request = f"the request{_changed(names, outcome, env)}"
    by = f" by {_refuser(names, outcome.by)}" if outcome.by else ""
    column = f" in {outcome.column}" if outcome.column else ""
    match outcome.kind:
        case "accepted" | "rejected" | "exempted":
            return f"{request} is {'' if truth else 'not '}{outcome.kind}{by}{column}"
        case "passes" | "fails":
            verb = "passes" if (outcome.kind == "passes") is truth else "fails"
            return f"{request} {verb} {_refuser(names, outcome.by or '')}{column}"
        case _:
            assert_never(outcome.kind)


def _changed(names: Names, outcome: Outcome, env: Environment) -> str:
    """Say what the request carries instead of what it carried."""
    known = {each.name: each for each in names.model.request}
    values = ((known[name], term_value(term, env)) for name, term in outcome.changes)
    told = [
        f"{named(names, each.sort, value if isinstance(value, str) else None)} as its {called(each)}"
        for each, value in values
    ]
    return f" with {listed(told, 'and')}" if told else ""


def _refuser(names: Names, name: str) -> str:
    """Return what a check, a component or the clause of a limb is called."""
    check = next((each for each in names.model.checks if each.name == name), None)
    if check is not None:
        return clause_and_name(check.clause, check.name)
    component = names.model.components.get(name)
    return names.component((name, None)) if component is not None and component.index is None else name


def _written(atom: Atom, *, truth: bool) -> str:
    return f"`{unparse(atom)}` is {'true' if truth else 'false'}"

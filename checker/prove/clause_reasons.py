"""Reasons: the guard of a step that made something true, for some values of its other parameters. Nothing
here is trusted: these are formulas for clauses of an invariant. A guard that such formulas cannot express
gives no reason.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from checker.model.expressions import (
    FACT,
    And,
    Apply,
    Call,
    Counted,
    Expression,
    Formula,
    Implies,
    In,
    Is,
    Not,
    Or,
    Outcome,
    Parameter,
    Quantified,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.made_of import within
from checker.model.model import Check, Effect, Model, Update
from checker.model.rebuild import rebuilt
from checker.prove.clause_templates import Literal, unused, variable

TRUE: Final = Truth(value=True)
FALSE: Final = Truth(value=False)


@dataclass(frozen=True, slots=True)
class Made:
    """What an update makes true if the guard holds; both over variables."""

    atom: Formula
    guard: Formula


def reasons(model: Model, read: Container[str], things: int) -> Iterator[Literal]:
    """Yield, for everything that steps make true and each choice of variables, the literal that it has no
    reason.
    """
    every = (*_of_events(model), *_of_effects(model))
    for made in dict.fromkeys(every):
        applied = next(each for each in within(made.atom) if isinstance(each, Apply))
        own, told = free_variables(made.atom), free_variables(made.guard)
        if applied.function not in read or made.guard in (TRUE, FALSE):
            continue
        others = tuple(each for each in told if each not in own)
        for chosen in itertools.product(
            *([variable(model, v.sort, n + 1) for n in range(things)] for v in own)
        ):
            names = dict(zip(own, chosen, strict=True))
            reason = _renamed(made.guard, names)
            if others:
                reason = Quantified(universal=False, variables=others, where=None, body=reason)
            free = frozenset(chosen)
            yield Literal(Not(reason), free, state=False, cause=_renamed(made.atom, names))


def free_variables(formula: Formula) -> tuple[Variable, ...]:
    """The free variables of the formula, in the order of their names."""
    bound = {v for each in within(formula) if isinstance(each, Quantified) for v in each.variables}
    bound |= {each.variable for each in within(formula) if isinstance(each, Counted)}
    found = {each for each in within(formula) if isinstance(each, Variable)}
    return tuple(sorted(found - bound, key=lambda each: each.name))


def _renamed(formula: Formula, names: Mapping[Variable, Variable]) -> Formula:
    return rebuilt(formula, lambda part: names.get(part) if isinstance(part, Variable) else None)


def _of_events(model: Model) -> Iterator[Made]:
    for event in model.events.values():
        if event.when is not None and not any(each.optional for each in event.parameters):
            yield from _made(event.updates, event.when)


def _of_effects(model: Model) -> Iterator[Made]:
    for effect in model.effects:
        fixed = dict(_fixed(effect))
        guard = And((effect.when or TRUE, *(Not(_fails(check)) for check in model.checks)))
        carried = {
            each.name: Variable(unused(model, each.name), each.sort)
            for each in model.request
            if not each.optional and (each.when is None or simplified(_placed(each.when, fixed, {})) == TRUE)
        }
        for made in _made(effect.updates, guard):
            atom, why = (simplified(_placed(e, fixed, carried)) for e in (made.atom, made.guard))
            if _speaks_of_situations(model, atom) and _speaks_of_situations(model, why):
                yield Made(atom, why)


def _made(updates: tuple[Update, ...], guard: Formula) -> Iterator[Made]:
    """What the updates make true, if that is a plain fact."""
    for update in updates:
        arguments = all(isinstance(each, Variable | Parameter | Value) for each in update.arguments)
        if not arguments or update.variables or update.where is not None:
            continue
        if update.value == TRUE:
            yield Made(Apply(update.function, update.arguments, FACT), guard)
        elif isinstance(update.value, Variable | Parameter | Value):
            own = Apply(update.function, update.arguments, update.value.sort)
            yield Made(Is(own, update.value), guard)


def _fixed(effect: Effect) -> Iterator[tuple[str, Value]]:
    """Yield the parameters whose value the effect's condition fixes."""
    when = effect.when
    for each in when.parts if isinstance(when, And) else (when,):
        if isinstance(each, Is) and isinstance(each.left, Parameter) and isinstance(each.right, Value):
            yield each.left.name, each.right


def _fails(check: Check) -> Formula:
    """The condition that the check refuses: it applies, is not met, and no limb exempts the request."""
    said = {
        kind: tuple(i.meaning.formula for i in check.items if i.kind == kind and i.meaning is not None)
        for kind in ("applies-when", "applies-unless", "requires")
    }
    unless = map(Not, said["applies-unless"])
    exempt = (Not(each.condition) for each in check.limbs)
    return And((*said["applies-when"], *unless, Not(And(said["requires"])), *exempt))


def _placed(formula: Formula, fixed: Mapping[str, Value], carried: Mapping[str, Variable]) -> Formula:
    def change(part: Expression) -> Term | None:
        if not isinstance(part, Parameter):
            return None
        return fixed.get(part.name) or carried.get(part.name)

    return rebuilt(formula, change)


def _speaks_of_situations(model: Model, formula: Formula) -> bool:
    """Whether a formula mentions no request and no version."""
    reading = {name for name, each in model.definitions.items() if each.reads_request}
    return not any(
        isinstance(each, Parameter | Outcome | VersionOf)
        or (isinstance(each, Call) and each.definition in reading)
        for each in within(formula)
    )


def simplified(formula: Formula) -> Formula:
    """The formula, simplified by comparisons of known values."""
    if isinstance(formula, Not):
        body = simplified(formula.body)
        if isinstance(body, Truth):
            return FALSE if body.value else TRUE
        return body.body if isinstance(body, Not) else _not(body)
    if isinstance(formula, And | Or):
        return _joined(formula)
    if isinstance(formula, Implies):
        return simplified(Or((Not(formula.premise), formula.conclusion)))
    if isinstance(formula, Is) and isinstance(formula.left, Value) and isinstance(formula.right, Value):
        return TRUE if formula.left == formula.right else FALSE
    if isinstance(formula, In) and isinstance(formula.term, Value):
        if formula.term in formula.values:
            return TRUE
        return FALSE if all(isinstance(each, Value) for each in formula.values) else formula
    return formula


def _not(body: Formula) -> Formula:
    """The negation, moved into the parts."""
    if isinstance(body, And | Or):
        parts = tuple(simplified(Not(each)) for each in body.parts)
        return Or(parts) if isinstance(body, And) else And(parts)
    return Not(body)


def _joined(formula: And | Or) -> Formula:
    unit, zero = (TRUE, FALSE) if isinstance(formula, And) else (FALSE, TRUE)
    parts: list[Formula] = []
    for each in map(simplified, formula.parts):
        if each == zero:
            return zero
        parts += each.parts if type(each) is type(formula) and isinstance(each, And | Or) else (each,)
    kept = tuple(dict.fromkeys(each for each in parts if each != unit))
    if len(kept) <= 1:
        return kept[0] if kept else unit
    return type(formula)(kept)

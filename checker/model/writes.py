"""Which updates of one step may write one cell with different values, as far as reading alone can tell.

One step is all effects of an accepted request together, or one event. No order of writing decides between two
values: a law in which they may meet is refused (see `checker.regime.clashes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import assert_never

from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Before,
    Call,
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
    Present,
    Quantified,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
)
from checker.model.model import Event, Model, Update
from checker.model.rebuild import rebuilt


@dataclass(frozen=True, slots=True)
class Writing:
    """An update of an effect or event, and when that happens."""

    rule: str
    when: Formula | None
    update: Update


@dataclass(frozen=True, slots=True)
class Clash:
    """Two writings of one step that may write one cell with different values. `event`: the step, None if it
    is an accepted request.
    """

    first: Writing
    second: Writing
    event: Event | None


def clashes(model: Model) -> Iterator[Clash]:
    """Yield what reading alone cannot keep apart, in the order in which it is written."""
    requested = [
        Writing(f"effect {effect.name}", effect.when, update)
        for effect in model.effects
        for update in effect.updates
    ]
    yield from (Clash(*pair, None) for pair in combinations(requested, 2) if not apart(*pair))
    for event in model.events.values():
        happened = [Writing(f"event {event.name}", event.when, update) for update in event.updates]
        yield from (Clash(*pair, event) for pair in combinations(happened, 2) if not apart(*pair))


def apart(one: Writing, other: Writing) -> bool:
    """Whether it is plain that both never write one cell with different values."""
    if one.update.function != other.update.function:
        return True
    first, second = _by_place(one.update), _by_place(other.update)
    if first.value == second.value:
        return True
    if any(_different(*pair) for pair in zip(first.arguments, second.arguments, strict=True)):
        return True
    guards = (one.when, first.where, other.when, second.where)
    return _excluded(tuple(each for each in guards if each is not None))


def _different(one: Term, other: Term) -> bool:
    """Whether both are named, and not the same."""
    named = isinstance(one, Value | Constant) and isinstance(other, Value | Constant)
    return named and one != other


def _by_place(update: Update) -> Update:
    """The update with the variables of `for every` called by the arguments that they are: where two write one
    cell, variables at the same argument are the same.
    """
    called: dict[Variable, Variable] = {}
    for at, argument in enumerate(update.arguments):
        if isinstance(argument, Variable) and argument in update.variables:
            called.setdefault(argument, replace(argument, name=f"argument {at}"))

    def change(part: Expression) -> Expression | None:
        return called.get(part) if isinstance(part, Variable) else None

    arguments = tuple(rebuilt(each, change) for each in update.arguments)
    where = None if update.where is None else rebuilt(update.where, change)
    return replace(update, arguments=arguments, where=where, value=rebuilt(update.value, change))


# ------------------------------------------------------------------ guards


def _excluded(guards: tuple[Formula, ...]) -> bool:
    """Whether it is plain that the guards do not hold together: one is the negation of another, or they leave
    a term no value.
    """
    facts = list(_facts(guards, truth=True))
    known = dict.fromkeys(facts)
    if any((formula, not truth) in known for formula, truth in facts):
        return True
    return any(_without_value(term, facts) for term in _terms(facts))


def _facts(guards: tuple[Formula, ...], *, truth: bool) -> Iterator[tuple[Formula, bool]]:
    """Yield the parts of the guards that all hold (or do not), with what they are."""
    for guard in guards:
        match guard:
            case Not(body=body):
                yield from _facts((body,), truth=not truth)
            case And(parts=parts) if truth:
                yield from _facts(parts, truth=True)
            case Or(parts=parts) if not truth:
                yield from _facts(parts, truth=False)
            case Truth(value=value):
                yield Truth(value=True), value is truth
                yield Truth(value=True), True
            case (
                And()
                | Or()
                | Is()
                | Matches()
                | Present()
                | In()
                | Implies()
                | Iff()
                | Quantified()
                | StepIs()
                | Outcome()
                | Apply()
                | Call()
                | Before()
            ):
                yield guard, truth
            case _:
                assert_never(guard)


def _terms(facts: list[tuple[Formula, bool]]) -> tuple[Term, ...]:
    """The terms of which something is said that names values."""
    return tuple(dict.fromkeys(said[0] for each, _ in facts if (said := _said(each)) is not None))


def _said(formula: Formula) -> tuple[Term, frozenset[str]] | None:
    """The term that has one of some named values, if the formula says that."""
    if isinstance(formula, Is):
        pairs = ((formula.left, formula.right), (formula.right, formula.left))
        found = ((term, frozenset({v.name})) for term, v in pairs if isinstance(v, Value | Constant))
        return next(found, None)
    if isinstance(formula, In):
        names = [each.name for each in formula.values if isinstance(each, Value | Constant)]
        return (formula.term, frozenset(names)) if len(names) == len(formula.values) else None
    if isinstance(formula, Present) and not isinstance(formula.term, Absent) and formula.term.sort.is_enum:
        return formula.term, frozenset(formula.term.sort.values)
    return None


def _without_value(term: Term, facts: list[tuple[Formula, bool]]) -> bool:
    """Whether the facts leave the term no value that it must have."""
    left: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()
    for formula, truth in facts:
        said = _said(formula)
        if said is None or said[0] != term:
            continue
        if truth:
            left = said[1] if left is None else left & said[1]
        else:
            excluded |= said[1]
    return left is not None and not left - excluded

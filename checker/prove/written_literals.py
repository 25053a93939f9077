"""Literals that the law or the claim writes itself, and that no plain fact about a few things says: what is
said of every or of some thing, and comparisons of what functions give (`before(epoch(h), e)`). That things
stand as a guard says is often why a claim holds. Nothing here is trusted: these are formulas for clauses of
an invariant.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from checker.model.expressions import (
    FACT,
    Apply,
    Arithmetic,
    Before,
    Call,
    Counted,
    Expression,
    Formula,
    Is,
    Not,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    StepIs,
    Truth,
    Variable,
    VersionOf,
)
from checker.model.made_of import within
from checker.model.model import Model
from checker.model.rebuild import rebuilt, with_variables
from checker.model.reckoned import counted_by_the_day
from checker.prove.clause_reasons import free_variables
from checker.prove.clause_templates import Literal, unused, variable


def written(
    model: Model, speaks: Callable[[Formula], bool], things: int, claimed: Iterable[Formula]
) -> Iterator[Literal]:
    """Yield the literals of what guards say, and of what is `claimed`, for each choice of variables.
    `speaks`: whether a formula is about nothing that clauses may not speak of.
    """
    shapes = dict.fromkeys(each for said in (*claimed, *_guards(model)) for each in _shapes(model, said))
    found: dict[Formula, Literal] = {}
    for shape in shapes:
        about = [each for each in within(shape) if isinstance(each, Apply)]
        if not about or not speaks(shape):
            continue
        state = any(model.functions[each.function].state for each in about)
        own = free_variables(shape)
        for chosen in itertools.product(
            *([variable(model, each.sort, n + 1) for n in range(things)] for each in own)
        ):
            named = with_variables(shape, {v.name: to for v, to in zip(own, chosen, strict=True)})
            for formula in (named, Not(named)):
                found.setdefault(formula, Literal(formula, frozenset(chosen), state, written=True))
    yield from found.values()


def _guards(model: Model) -> Iterator[object]:
    """Yield what decides whether steps can be taken, and what they do."""
    for event in model.events.values():
        yield event.when
        yield tuple(each.where for each in event.updates)
    for check in model.checks:
        yield tuple(each.meaning.formula for each in check.items if each.meaning is not None)
        yield tuple(each.condition for each in check.limbs)
    for effect in model.effects:
        yield effect.when
        yield tuple(each.where for each in effect.updates)


def _shapes(model: Model, said: object) -> Iterator[Formula]:
    """Yield the parts that are worth a literal, of variables alone."""
    for part in within(said):
        if isinstance(part, Quantified | Counted) or _compares(part):
            assert isinstance(part, Apply | Is | Ordered | Present | Quantified | Counted)
            shape = _of_variables(model, part)
            if shape is not None:
                yield shape


def _compares(part: object) -> bool:
    """Whether it is a plain statement about what functions give, and not only about things."""
    match part:
        case Apply():
            terms: tuple[object, ...] = part.arguments
            return part.sort == FACT and any(isinstance(each, Apply) for each in terms)
        case Present():
            return isinstance(part.term, Apply) and any(isinstance(e, Apply) for e in part.term.arguments)
        case Is() | Ordered():
            sides = (part.left, part.right)
            return any(isinstance(each, Arithmetic) for each in sides) or (
                sum(isinstance(each, Apply) for each in within(*sides)) > 1
            )
        case _:
            return False


def _of_variables(model: Model, part: Formula) -> Formula | None:
    """The formula with variables for what a request carries, and with calendars that mean the same where
    evidence names them; None if it says more than of a situation.
    """
    reading = {name for name, each in model.definitions.items() if each.reads_request}

    def change(each: Expression) -> Variable | None:
        if isinstance(each, Parameter) and each.sort.has_things:
            return Variable(unused(model, each.name), each.sort)
        return None

    shape = rebuilt(counted_by_the_day(model, part), change)
    for each in within(shape):
        if isinstance(each, Parameter | Outcome | VersionOf | Before | StepIs | Truth):
            return None
        if isinstance(each, Call) and each.definition in reading:
            return None
    return shape if all(each.sort.has_things for each in free_variables(shape)) else None

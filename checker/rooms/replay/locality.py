"""Whether what requests change matters only to later requests that name the same things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.data.lookups import NotInSql
from checker.data.mapping import thing_positions
from checker.model.environment import definition
from checker.model.expressions import (
    Apply,
    Call,
    Counted,
    Expression,
    Parameter,
    Quantified,
    Sort,
    Variable,
)
from checker.model.item import Item
from checker.model.made_of import within
from checker.model.model import Model, Premise


@dataclass(frozen=True, slots=True)
class Changing:
    """What requests change by any of the laws that were in force: a later law reads what an earlier one has
    changed. `functions`: those that are changed; `sorts`: of the things that they are changed of.
    """

    functions: frozenset[str]
    sorts: frozenset[Sort]


def changing(models: Iterable[Model]) -> Changing:
    """What requests change by any of the models."""
    updates = [update for model in models for each in model.effects for update in each.updates]
    named = (each for update in updates for each in update.arguments if isinstance(each, Parameter))
    return Changing(frozenset(each.function for each in updates), frozenset(each.sort for each in named))


def check_local(model: Model, written: frozenset[str]) -> None:
    """Raise SpecError if what requests change is read, or changed, of other things than those that a request
    names: then no row of a log can be decided without all rows before it. `written`: the functions that
    requests change.
    """
    for effect in model.effects:
        for update in effect.updates:
            at = thing_positions(model, update.function)
            named = all(isinstance(update.arguments[n], Parameter) for n in at)
            if update.variables or not at or not named:
                raise NotInSql(f"`{effect.name}` changes things that requests do not name")
    for expression in read_by_requests(model):
        _check(model, written, expression, frozenset())


def read_by_requests(model: Model) -> Iterator[Expression]:
    """What decides a request, and what it changes."""
    for check in model.checks:
        yield from _stated(check.items)
        for limb in check.limbs:
            yield from _stated(limb.items)
    for stage in model.route:
        yield from (each for each in (stage.when, stage.index, stage.behind) if each is not None)
    for effect in model.effects:
        yield from () if effect.when is None else (effect.when,)
        for update in effect.updates:
            yield from () if update.where is None else (update.where,)
            yield update.value


def _stated(items: tuple[Item, ...]) -> Iterator[Expression]:
    yield from (each.meaning.formula for each in items if each.meaning is not None)


def _check(model: Model, written: frozenset[str], expression: Expression, named: frozenset[str]) -> None:
    """`named`: the variables that stand for what a request names."""
    for part in within(expression):
        if isinstance(part, Quantified | Counted):
            bound = part.variables if isinstance(part, Quantified) else (part.variable,)
            named -= {each.name for each in bound}
    for part in within(expression):
        if isinstance(part, Apply) and part.function in written:
            at = thing_positions(model, part.function)
            if not all(_is_named(part.arguments[n], named) for n in at):
                message = (
                    f"requests change `{part.function}`, which is read of things that requests do not name"
                )
                raise NotInSql(message)
        elif isinstance(part, Call):
            called = definition(model, part.definition)
            pairs = zip(called.parameters, part.arguments, strict=True)
            inner = frozenset(each.name for each, term in pairs if _is_named(term, named))
            body = called.formula.formula if isinstance(called, Premise) else called.body
            _check(model, written, body, inner)


def _is_named(term: Expression, named: frozenset[str]) -> bool:
    return isinstance(term, Parameter) or (isinstance(term, Variable) and term.name in named)

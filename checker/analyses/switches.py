"""The components that a roll-out switches from one version to another: those that then do anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.model.expressions import Expression, Formula
from checker.model.model import Check, Item, Model, Update
from checker.model.situation import Instance
from checker.model.uses import used_by
from checker.regime.regime import instances

EFFECTS = "effects"


@dataclass(frozen=True, slots=True)
class Switch:
    """A component (or one of its instances), and the rules in which the versions differ there: names of
    checks, or `effects`.
    """

    instance: Instance
    rules: tuple[str, ...]


def find_switches(old: Model, new: Model) -> tuple[tuple[Switch, ...], tuple[Instance, ...]]:
    """The switches in the order of the route, and the components at which the versions mean the same.

    Taken from the rules: what a component does rests on its checks, on the effects of what it lets through
    last, on the order of its checks, and on definitions and tables that any of these use.
    """
    visited = tuple(dict.fromkeys(stage.component for stage in old.route))
    rules = {name: tuple(_differing(old, new, name)) for name in visited}
    found = [each for name in visited for each in instances(old) if each[0] == name]
    switches = tuple(Switch(each, rules[each[0]]) for each in found if rules[each[0]])
    moved = {each.instance for each in switches}
    return switches, tuple(each for each in instances(old) if each not in moved)


def reads_alike(old: Model, new: Model, said: Iterable[object]) -> bool:
    """Whether expressions mean the same in both versions: they use the same definitions and tables."""
    kept = tuple(said)
    return _used(old, kept) == _used(new, kept)


def _differing(old: Model, new: Model, component: str) -> Iterator[str]:
    checks = [
        {each.name: _meaning(model, each) for each in model.checks if component in each.components}
        for model in (old, new)
    ]
    names = dict.fromkeys((*checks[0], *checks[1]))
    yield from (name for name in names if checks[0].get(name) != checks[1].get(name))
    orders = [model.orders.get(component) for model in (old, new)]
    if len({each.published if each else None for each in orders}) > 1:
        yield "order of checks"
    if _effects(old) != _effects(new):
        yield EFFECTS


def _meaning(model: Model, check: Check) -> object:
    """What a check does, without the words that say so."""
    said = _said(check.items)
    limbs = tuple((each.clause, each.above, each.binders, _said(each.items)) for each in check.limbs)
    return check.code, said, limbs, _used(model, (said, limbs))


def _said(items: tuple[Item, ...]) -> tuple[tuple[str, Formula], ...]:
    return tuple((each.kind, each.meaning.formula) for each in items if each.meaning is not None)


def _effects(model: Model) -> object:
    """What accepted requests change: one entry for each effect."""
    said = tuple((effect.name, effect.when, tuple(map(_update, effect.updates))) for effect in model.effects)
    return said, _used(model, said)


def _update(update: Update) -> tuple[object, ...]:
    return update.function, update.arguments, update.value, update.variables, update.where


def _used(model: Model, said: tuple[object, ...]) -> object:
    """The definitions, premises and tables that are used."""
    bodies: dict[str, Expression] = {name: each.body for name, each in model.definitions.items()}
    bodies |= {name: each.formula.formula for name, each in model.premises.items()}
    used = used_by(said, bodies)
    read = {name: bodies.get(name) for name in used.definitions}
    return read, {name: model.functions[name].table for name in used.functions if name in model.functions}

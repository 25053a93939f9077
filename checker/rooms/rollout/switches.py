"""The components that a roll-out switches: those that behave differently in the two versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.model.model import Check, Model
from checker.model.reads import meaning, reads, said
from checker.model.situation import Instance
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
    """What a check does, without its words: where else it is made is another component's affair."""
    return said(replace(check, components=())), meaning(model, reads(model, check))


def _effects(model: Model) -> object:
    """What accepted requests change: one entry for each effect."""
    named = tuple((effect.name, said(effect)) for effect in model.effects)
    return named, meaning(model, reads(model, model.effects))

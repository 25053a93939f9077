"""The components that a roll-out switches: those that behave differently in the two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checker.model.claim import Claim
from checker.model.model import Check, Model
from checker.model.reads import meaning, reads, said, words_of
from checker.model.situation import Instance
from checker.regime.regime import instances

EFFECTS = "effects"
DEPLOYED = "version"


@dataclass(frozen=True, slots=True)
class Switch:
    """A component (or one of its instances), and the rules in which the versions differ there: names of
    checks, or `effects`; or `version`, if a rule or claim asks which version it has.
    """

    instance: Instance
    rules: tuple[str, ...]


def find_switches(
    old: Model, new: Model, claims: Iterable[Claim]
) -> tuple[tuple[Switch, ...], tuple[Instance, ...]]:
    """The switches in the order of the route, and the components at which the versions mean the same.

    Taken from the rules: what a component does rests on its checks, on the effects of what it lets through
    last, on the order of its checks, and on definitions and tables that any of these use. A component whose
    version some rule, or one of the claims, reads behaves differently, whatever it checks.
    """
    visited = (stage.component for stage in old.route)
    read = _versions_read(old, claims) | _versions_read(new, claims)
    names = tuple(dict.fromkeys((*visited, *(name for name in old.components if name in read))))
    rules = {name: (*_differing(old, new, name), *((DEPLOYED,) if name in read else ())) for name in names}
    found = [each for name in names for each in instances(old) if each[0] == name]
    switches = tuple(Switch(each, rules[each[0]]) for each in found if rules[each[0]])
    moved = {each.instance for each in switches}
    return switches, tuple(each for each in instances(old) if each not in moved)


def _versions_read(model: Model, claims: Iterable[Claim]) -> frozenset[str]:
    """The components of which a rule or a claim reads which version they have."""
    rules = (model.checks, model.effects, tuple(model.events.values()), model.axioms, model.start)
    said = (words_of(each) for each in claims)
    return reads(model, *rules, *said, outcomes=False).of("component")


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

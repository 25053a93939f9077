"""Edits made in the typed model, by hand: what the readings that say them are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from checker.model.expressions import And, Cases, Expression, Formula, Not, Term, Truth
from checker.model.item import Item
from checker.model.model import Check, Effect, Event, Limb, Model, Update
from checker.model.unparse import unparse
from checker.regime.column_models import without_suppositions
from checker.rooms.cover.edits import Edit
from checker.rooms.cover.formula_variants import variants
from checker.rooms.cover.number_variants import of_term

Change: TypeAlias = Callable[[Model], Model]
Said = TypeVar("Said", bound=Expression)
Happening = TypeVar("Happening", Effect, Event)


def edited(edit: Edit, model: Model) -> Model:
    """The model with the edit, found by what it says of itself, and made where it says."""
    match edit.part:
        case "phrase":
            return _with_items(model, edit)
        case "check":
            return replace(model, checks=tuple(each for each in model.checks if each.name != edit.rule))
        case "exceptions":
            return _with_checks(model, lambda each: replace(each, limbs=_kept(each, edit)))
        case "exemption":
            return _with_checks(model, lambda each: replace(each, limbs=_others(each, edit.rule)))
        case "definition":
            known = model.definitions[edit.rule]
            body = _only(each for each in _bodies(known.body) if unparse(each) == edit.instead)
            return replace(model, definitions={**model.definitions, edit.rule: replace(known, body=body)})
        case "effect" | "event":
            return _with_guards(model, edit)
        case "lapse" | "duty":
            raise ValueError("lapses and duties are edited in tests of their own")
        case "update":

            def less(rule: Happening) -> Happening:
                return replace(rule, updates=_left(rule.updates, edit))

            return _with_happening(model, less, less)
        case "axiom" | "premise":
            return without_suppositions(model, (edit.rule,))
        case "start":
            return replace(model, start=tuple(each for each in model.start if each.span != edit.span))


def _only(found: Iterable[Said]) -> Said:
    """The one that was found, however often."""
    several = list(found)
    assert several
    assert all(each == several[0] for each in several)
    return several[0]


def _kept(check: Check, edit: Edit) -> tuple[Limb, ...]:
    return () if check.name == edit.rule else check.limbs


def _others(check: Check, clause: str) -> tuple[Limb, ...]:
    return tuple(each for each in check.limbs if each.clause != clause)


def _left(updates: tuple[Update, ...], edit: Edit) -> tuple[Update, ...]:
    return tuple(each for each in updates if each.span != edit.span)


def _with_checks(model: Model, change: Callable[[Check], Check]) -> Model:
    return replace(model, checks=tuple(map(change, model.checks)))


def _with_items(model: Model, edit: Edit) -> Model:
    """Another meaning for the words of a place, or none, wherever they stand."""

    def changed(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(new for each in items for new in _instead(each, edit))

    def change(check: Check) -> Check:
        limbs = tuple(replace(limb, items=changed(limb.items)) for limb in check.limbs)
        return replace(check, items=changed(check.items), limbs=limbs)

    return _with_checks(model, change)


def _instead(item: Item, edit: Edit) -> tuple[Item, ...]:
    if item.span != edit.span or item.meaning is None:
        return (item,)
    if not edit.instead:
        return ()
    formula = item.meaning.formula
    candidates: tuple[Formula, ...] = (Not(formula), *(each for _, each in variants(formula)))
    body = _only(each for each in candidates if unparse(each) == edit.instead)
    return (replace(item, meaning=replace(item.meaning, formula=body)),)


def _bodies(body: Formula | Term) -> list[Expression]:
    if not isinstance(body, Cases | Formula):
        return [*of_term(body)]
    if isinstance(body, Formula):
        return [Not(body), *(each for _, each in variants(body))]
    found: list[Expression] = [replace(body, otherwise=None)]
    for number, (value, condition) in enumerate(body.branches):
        before, after = body.branches[:number], body.branches[number + 1 :]
        found.append(replace(body, branches=(*before, *after)))
        others = (Not(condition), *(each for _, each in variants(condition)))
        found += (replace(body, branches=(*before, (value, each), *after)) for each in others)
        found += (replace(body, branches=(*before, (each, condition), *after)) for each in of_term(value))
    return found


def _with_happening(
    model: Model, of_effect: Callable[[Effect], Effect], of_event: Callable[[Event], Event]
) -> Model:
    effects = tuple(of_effect(each) for each in model.effects)
    events = {name: of_event(each) for name, each in model.events.items()}
    return replace(model, effects=effects, events=events)


def _with_guards(model: Model, edit: Edit) -> Model:
    def change(rule: Happening) -> Happening:
        if rule.name != edit.rule or isinstance(rule, Event) != (edit.part == "event"):
            return rule
        if edit.how == "struck":
            return replace(rule, when=Truth(value=False))
        if not edit.instead:
            return replace(rule, when=None)
        assert rule.when is not None
        return replace(
            rule, when=_only(each for _, each in variants(rule.when) if unparse(each) == edit.instead)
        )

    return _with_happening(model, change, change)


# --------------------------------------------------------- what a model means


@dataclass(frozen=True, slots=True)
class Meant:
    """What decides, happens and is supposed, wherever and in whatever words it is said."""

    checks: Mapping[str, object]
    effects: Mapping[str, object]
    events: Mapping[str, object]
    definitions: Mapping[str, object]
    axioms: Mapping[str, object]
    premises: Mapping[str, object]
    start: tuple[Formula, ...]
    rest: tuple[object, ...]


def meant(model: Model) -> Meant:
    """What the model means. A rule that never applies is as good as none, as is a limb that never holds."""
    checks = {each.name: _check(each) for each in model.checks}
    effects = {each.name: _rule(each) for each in model.effects}
    return Meant(
        {name: each for name, each in checks.items() if each is not None},
        {name: each for name, each in effects.items() if each is not None},
        {name: _rule(each) for name, each in model.events.items()},
        {name: (each.parameters, each.result, _body(each.body)) for name, each in model.definitions.items()},
        {each.name: each.formula.formula for each in model.axioms},
        {name: each.formula.formula for name, each in model.premises.items()},
        tuple(each.formula for each in model.start if each.formula != Truth(value=True)),
        (model.route, model.request, model.functions, model.orders, model.components),
    )


def _body(body: Formula | Term) -> object:
    """Of cases with the same condition the first alone is ever reached."""
    if not isinstance(body, Cases):
        return body
    first: dict[object, object] = {}
    for value, condition in body.branches:
        first.setdefault(condition, value)
    return tuple(first.items()), body.otherwise


def _said(items: Iterable[Item], kind: str) -> frozenset[Formula]:
    formulas = (each.meaning.formula for each in items if each.kind == kind and each.meaning is not None)
    return frozenset(each for each in formulas if each != Truth(value=True))


def _check(check: Check) -> object:
    when = _said(check.items, "applies-when")
    limbs = [(each.clause, each.binders, _said(each.items, "condition")) for each in check.limbs]
    if Truth(value=False) in when:
        return None
    return (
        *(check.clause, check.components, check.code, when),
        *(_said(check.items, kind) for kind in ("applies-unless", "requires")),
        tuple(each for each in limbs if Truth(value=False) not in each[2]),
    )


def _rule(rule: Effect | Event) -> object:
    when = rule.when
    parts = when.parts if isinstance(when, And) else (when,)
    if Truth(value=False) in parts:
        return None
    updates = frozenset(replace(each, span=rule.span) for each in rule.updates)
    return None if when == Truth(value=True) else when, updates

"""Edits of a law, one at a time: words struck, negated, widened, narrowed; rules, suppositions dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, TypeAlias, cast

from checker.analyses.variants import How, variants
from checker.engines.verdict import Ground
from checker.language.diagnostics import Span
from checker.language.quotes import Phrase
from checker.model.expressions import (
    FACT,
    Cases,
    Expression,
    Formula,
    Not,
    Term,
    Truth,
)
from checker.model.model import Check, Definition, Effect, Event, Item, Limb, Model, Update
from checker.model.unparse import unparse
from checker.model.uses import used_by
from checker.regime.columns import without_suppositions

Part: TypeAlias = Literal[
    "phrase",
    "check",
    "exemption",
    "exceptions",
    "definition",
    "effect",
    "event",
    "update",
    "axiom",
    "premise",
    "start",
]
Change: TypeAlias = Callable[[Model], Model]

ANYTHING: Final = ""
"""Touched by an edit that no verdict can be sure to do without."""

_DECIDING: Final = ("phrase", "check", "exemption", "exceptions", "definition")
_MEANING: Final = ("applies-when", "applies-unless", "requires", "condition")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one rule. `said`: what the words meant; `instead`: what they mean now, empty if nothing.

    `phrases`: the words of the law that are concerned. `change`: gives the law with the edit. `touches`: the
    rules that are another whole, of which no phrase need be. `happens`: what happens or is supposed speaks of
    it, too.
    """

    part: Part
    rule: str
    clause: str
    how: How
    said: str
    instead: str
    phrases: tuple[Phrase, ...]
    span: Span
    change: Callable[[Model], Model]
    touches: frozenset[str] = frozenset()
    happens: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others, in words."""
        place = f"{self.span.file}:{self.span.line}:{self.span.column}"
        return f"{self.part} | {self.rule} | {self.how} | {self.said} | {self.instead} | {place}"

    @property
    def decides(self) -> bool:
        """Whether it is of the rules that decide on requests, and of nothing that happens or is supposed."""
        return self.part in _DECIDING and not self.happens

    def concerns(self, ground: Ground) -> bool:
        """Whether the edit changes something that a verdict may rest on by this ground."""
        if ground.rule in self.touches or (ground.kind == "limb" and ground.rule == self.rule):
            return True  # a limb with binders is one ground, whatever its phrases
        match self.part:
            case "axiom" | "premise" | "start":
                return ground.kind == self.part and ground.rule in (self.rule, self.part)
            case "definition":
                return ANYTHING in self.touches
            case _:
                return ground.span == self.span


def edits_of(model: Model) -> Iterator[Edit]:
    """Yield every edit of the model's rules, in the order in which they are written."""
    seen: set[str] = set()
    for edit in _all(model):
        if edit.key not in seen:
            seen.add(edit.key)
            yield edit


def _all(model: Model) -> Iterator[Edit]:
    for check in model.checks:
        yield from _of_items("phrase", check.name, check.clause, check.items)
        yield from _of_check(check)
        for limb in check.limbs:
            yield from _of_items("phrase", limb.clause, limb.clause, limb.items)
            yield _exemption_struck(limb)
    yield from _of_definitions(model)
    for effect in model.effects:
        yield from _of_effect(effect)
    for event in model.events.values():
        yield from _of_event(event)
    for axiom in model.axioms:
        change = partial(_without, axiom.span)
        yield _dropped("axiom", axiom.name, axiom.formula.text, axiom.span, change)
    for premise in model.premises.values():
        change = partial(without_suppositions, names=(premise.name,))
        yield _dropped("premise", premise.name, premise.formula.text, premise.span, change)
    for located in model.start:
        change = partial(_without, located.span)
        yield _dropped("start", "start", located.text, located.span, change)


def _without(span: Span, model: Model) -> Model:
    """The model without the check, effect, axiom or start of that place."""
    return replace(
        model,
        checks=tuple(each for each in model.checks if each.span != span),
        effects=tuple(each for each in model.effects if each.span != span),
        axioms=tuple(each for each in model.axioms if each.span != span),
        start=tuple(each for each in model.start if each.span != span),
    )


def _dropped(part: Part, rule: str, said: str, span: Span, change: Change) -> Edit:
    return Edit(part, rule, "", "struck", said, "", (), span, change, frozenset((rule,)))


# ------------------------------------------------------------ checks and limbs


def _of_check(check: Check) -> Iterator[Edit]:
    whole = frozenset((check.name, *(limb.clause for limb in check.limbs)))
    said = f"check {check.name}"
    gone = partial(_without, check.span)
    yield Edit("check", check.name, check.clause, "struck", said, "", (), check.span, gone, whole)
    if check.limbs:
        told = f"subject to {check.group}" if check.group else "with its exceptions"
        alone = partial(_without_limbs, check.name, None)
        yield Edit("exceptions", check.name, check.clause, "struck", told, "", (), check.span, alone, whole)


def _exemption_struck(limb: Limb) -> Edit:
    gone = partial(_without_limbs, None, limb.clause)
    said = f"limb {limb.clause}"
    return Edit(
        *("exemption", limb.clause, limb.clause, "struck", said, "", (), limb.span, gone),
        frozenset((limb.clause,)),
    )


def _without_limbs(check: str | None, clause: str | None, model: Model) -> Model:
    """The model without a limb, or without all limbs of a check."""
    checks = tuple(
        replace(
            each, limbs=tuple(limb for limb in each.limbs if clause is not None and limb.clause != clause)
        )
        if check in (None, each.name)
        else each
        for each in model.checks
    )
    return replace(model, checks=checks)


def _of_items(part: Part, rule: str, clause: str, items: tuple[Item, ...]) -> Iterator[Edit]:
    for item in items:
        if item.meaning is None or item.kind not in _MEANING:
            continue
        formula = item.meaning.formula
        yield _of_item(part, rule, clause, item, None, "struck")
        yield _of_item(part, rule, clause, item, Not(formula), "negated")
        for how, other in variants(formula):
            yield _of_item(part, rule, clause, item, other, how)


def _of_item(part: Part, rule: str, clause: str, item: Item, instead: Formula | None, how: How) -> Edit:
    assert item.meaning is not None
    change = partial(_with_items, item.span, instead)
    said, now = item.meaning.text, "" if instead is None else unparse(instead)
    return Edit(part, rule, clause, how, said, now, item.phrases, item.span, change)


def _with_items(span: Span, instead: Formula | None, model: Model) -> Model:
    """The model with another meaning for the words of that place, or with none, wherever they stand."""

    def edited(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(each, meaning=replace(each.meaning, formula=instead))
            if each.span == span and instead is not None and each.meaning is not None
            else each
            for each in items
            if each.span != span or instead is not None
        )

    checks = tuple(
        replace(
            check,
            items=edited(check.items),
            limbs=tuple(replace(limb, items=edited(limb.items)) for limb in check.limbs),
        )
        for check in model.checks
    )
    return replace(model, checks=checks)


# ----------------------------------------------------------------- definitions


def _of_definitions(model: Model) -> Iterator[Edit]:
    """Yield the edits of definitions that the rules use, rather than claims alone."""
    bodies = {name: each.body for name, each in model.definitions.items()}
    rules = (model.checks, model.effects, tuple(model.events.values()), model.route)
    used = used_by(rules, bodies).definitions
    happens = (model.effects, tuple(model.events.values()), model.axioms, model.start)
    happening = used_by(happens, bodies).definitions
    for name, definition in model.definitions.items():
        if name not in used:
            continue
        touches = frozenset(_speaking(name, model, bodies))
        about = _About(definition, touches, happens=name in happening)
        if definition.result == FACT:
            formula = cast("Formula", definition.body)
            for how, other in (("negated", Not(formula)), *variants(formula)):
                yield about.edit(other, how)
        elif isinstance(definition.body, Cases):
            for how, cases in _of_cases(definition.body):
                yield about.edit(cases, how)


def _speaking(definition: str, model: Model, bodies: Mapping[str, Expression]) -> Iterator[str]:
    """Yield the rules that speak of a definition, and ANYTHING if every request's way depends on it."""
    rules: dict[str, tuple[object, ...]] = {ANYTHING: (model.route, model.request), "start": model.start}
    for check in model.checks:
        rules[check.name] = check.items
        rules |= {limb.clause: limb.items for limb in check.limbs}
    rules |= {effect.name: (effect,) for effect in model.effects}
    rules |= {name: (event,) for name, event in model.events.items()}
    rules |= {axiom.name: (axiom,) for axiom in model.axioms}
    rules |= {name: (premise,) for name, premise in model.premises.items()}
    yield from (name for name, parts in rules.items() if definition in used_by(parts, bodies).definitions)


def _of_cases(cases: Cases) -> Iterator[tuple[How, Cases]]:
    for number, (value, condition) in enumerate(cases.branches):
        before, after = cases.branches[:number], cases.branches[number + 1 :]
        if len(cases.branches) > 1:
            yield "narrowed", replace(cases, branches=(*before, *after))
        for how, other in (*variants(condition), ("negated", Not(condition))):
            yield how, replace(cases, branches=(*before, (value, other), *after))
    if cases.otherwise is not None:
        yield "narrowed", replace(cases, otherwise=None)


@dataclass(frozen=True, slots=True)
class _About:
    """A definition, with the rules that speak of it."""

    definition: Definition
    touches: frozenset[str]
    happens: bool

    def edit(self, body: Formula | Term, how: How) -> Edit:
        """The definition with another body."""
        known = self.definition
        change = partial(_defining, known.name, body)
        return Edit(
            *("definition", known.name, "", how, unparse(known.body), unparse(body), (), known.span, change),
            self.touches,
            happens=self.happens,
        )


def _defining(name: str, body: Formula | Term, model: Model) -> Model:
    if name not in model.definitions:
        return model
    definition = replace(model.definitions[name], body=body)
    return replace(model, definitions={**model.definitions, name: definition})


# ----------------------------------------------------------- effects and events


def _of_effect(effect: Effect) -> Iterator[Edit]:
    gone = partial(_without, effect.span)
    rule, whole = effect.name, frozenset((effect.name,))
    yield Edit("effect", rule, "", "struck", f"effect {rule}", "", (), effect.span, gone, whole)
    for how, when in _guards(effect.when):
        change = partial(_with_guard, effect.name, when)
        said, now = unparse(effect.when) if effect.when else "", "" if when is None else unparse(when)
        yield Edit("effect", rule, "", how, said, now, (), effect.span, change, whole)
    for update in effect.updates if len(effect.updates) > 1 else ():
        yield _update_struck(rule, update)


def _of_event(event: Event) -> Iterator[Edit]:
    rule, whole = event.name, frozenset((event.name,))
    change = partial(_without_event, event.name)
    yield Edit("event", rule, "", "struck", f"event {rule}", "", (), event.span, change, whole)
    for how, when in _guards(event.when):
        guarded = partial(_with_guard, event.name, when)
        said, now = unparse(event.when) if event.when else "", "" if when is None else unparse(when)
        yield Edit("event", rule, "", how, said, now, (), event.span, guarded, whole)
    for update in event.updates if len(event.updates) > 1 else ():
        yield _update_struck(rule, update)


def _guards(when: Formula | None) -> Iterator[tuple[How, Formula | None]]:
    if when is not None:
        yield "widened", None
        yield from variants(when)


def _without_event(name: str, model: Model) -> Model:
    """The model in which the event never happens; claims may still speak of it."""
    return _with_guard(name, Truth(value=False), model)


def _with_guard(name: str, when: Formula | None, model: Model) -> Model:
    effects = tuple(replace(each, when=when) if each.name == name else each for each in model.effects)
    events = {key: replace(each, when=when) if key == name else each for key, each in model.events.items()}
    return replace(model, effects=effects, events=events)


def _update_struck(rule: str, update: Update) -> Edit:
    change = partial(_without_update, update.span)
    said = f"what becomes of {update.function}"
    return Edit("update", rule, "", "struck", said, "", (), update.span, change)


def _without_update(span: Span, model: Model) -> Model:
    def kept(updates: tuple[Update, ...]) -> tuple[Update, ...]:
        return tuple(each for each in updates if each.span != span)

    effects = tuple(replace(each, updates=kept(each.updates)) for each in model.effects)
    events = {name: replace(each, updates=kept(each.updates)) for name, each in model.events.items()}
    return replace(model, effects=effects, events=events)

"""A law in which every phrase can be doubted: kept, or replaced by an arbitrary meaning.

A phrase that is kept has its meaning; the meaning of a phrase that is not kept is an arbitrary
predicate (an update gives arbitrary values to arbitrary places of its function), and a supposition is
dropped. A proof that goes through without a phrase does not need it. A phrase can also have a switch, so
that one question serves for many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from checker.language.diagnostics import NOWHERE, Span
from checker.model.claim import Column
from checker.model.expressions import (
    FACT,
    And,
    Apply,
    Formula,
    Implies,
    Located,
    Not,
    Or,
    Sort,
    Truth,
    Variable,
)
from checker.model.item import Item
from checker.model.model import Check, Effect, Event, Function, Limb, Model, Update
from checker.model.objects import Objects
from checker.model.situation import Instance
from checker.question.columns import Columns
from checker.question.verdict import Ground, GroundKind

Treatment: TypeAlias = Literal["switch", "keep", "drop"]
Policy: TypeAlias = Callable[[Ground], Treatment]
"""Says how a ground is treated."""


@dataclass(slots=True)
class Doubts:
    """How every ground is treated. `split`: the limbs with binders whose phrases are separate grounds.
    `switches`: switch name -> ground, for the grounds met so far that have a switch.
    """

    policy: Policy
    split: frozenset[str] = frozenset()
    switches: dict[str, Ground] = field(default_factory=dict)
    _known: dict[object, str] = field(default_factory=dict)

    def kept(self, ground: Ground) -> Apply | Truth:
        """The proposition that the ground is kept."""
        treatment = self.policy(ground)
        if treatment != "switch":
            return Truth(value=treatment == "keep")
        if ground.key not in self._known:
            name = self._known[ground.key] = f"keep {len(self._known) + 1}"
            self.switches[name] = ground
        return Apply(self._known[ground.key], (), FACT)


class DoubtedLaw:
    """The same regime, but with doubted models."""

    def __init__(self, regime: Columns, doubts: Doubts) -> None:
        self.regime = regime
        self.doubts = doubts
        self._objects = Objects()
        self._models: dict[int, Model] = {}

    def rules(self, column: Column) -> Mapping[str, Model]:
        return {name: self._doubted(model) for name, model in self.regime.rules(column).items()}

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        return self.regime.deployed(column)

    def parse_column(self, text: str) -> Column:
        return self.regime.parse_column(text)

    def _doubted(self, model: Model) -> Model:
        key = self._objects.number(model)
        if key not in self._models:
            self._models[key] = _Doubter(self.doubts, model).model()
        return self._models[key]


class _Doubter:
    """Rewrites one model."""

    def __init__(self, doubts: Doubts, model: Model) -> None:
        self.doubts = doubts
        self.old = model
        self.functions: dict[str, Function] = {}

    def model(self) -> Model:
        old = self.old
        checks = tuple(self._check(each) for each in old.checks)
        effects = tuple(self._effect(each) for each in old.effects)
        events = {name: self._event(each) for name, each in old.events.items()}
        axioms = tuple(
            replace(each, formula=self._dropped("axiom", each.name, each.formula, each.span))
            for each in old.axioms
        )
        premises = {
            name: replace(each, formula=self._doubted(name, each.formula, each.span))
            for name, each in old.premises.items()
        }
        start = tuple(self._dropped("start", "start", each, each.span) for each in old.start)
        return replace(
            old,
            checks=checks,
            effects=effects,
            events=events,
            axioms=axioms,
            premises=premises,
            start=start,
            functions={**old.functions, **self.functions},
        )

    # ---------------------------------------------------------------- rules

    def _check(self, check: Check) -> Check:
        limbs = tuple(self._limb(each) for each in check.limbs)
        return replace(check, items=self._items(check.name, check.clause, check.items), limbs=limbs)

    def _limb(self, limb: Limb) -> Limb:
        if limb.binders and limb.clause not in self.doubts.split:
            return self._whole(limb)
        return replace(limb, items=self._items(limb.clause, limb.clause, limb.items))

    def _whole(self, limb: Limb) -> Limb:
        """The limb as one ground; its bound variables stay bound."""
        first = next((each for each in limb.items if each.kind == "condition" and each.meaning), None)
        if first is None or first.meaning is None:
            return limb
        ground = Ground("limb", limb.clause, limb.clause, (), "", None, limb.span)
        condition = replace(
            first, meaning=replace(first.meaning, formula=self._either(ground, limb.condition))
        )
        return replace(limb, binders=(), items=(condition,))

    def _items(self, rule: str, clause: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(self._item(rule, clause, each) for each in items)

    def _item(self, rule: str, clause: str, item: Item) -> Item:
        if item.meaning is None or item.kind == "update":
            return item
        text = item.meaning.text
        ground = Ground("phrase", rule, clause, item.phrases, text, item.inference, item.span)
        formula = self._either(ground, item.meaning.formula)
        return replace(item, meaning=replace(item.meaning, formula=formula))

    def _effect(self, effect: Effect) -> Effect:
        when = None if effect.when is None else self._condition(effect.name, effect.when, effect.span)
        updates = self._updates(effect.name, effect.items, effect.updates)
        return replace(effect, when=when, updates=updates)

    def _event(self, event: Event) -> Event:
        place = event.lapses[0].span if event.lapses else event.span
        when = None if event.when is None else self._condition(event.name, event.when, place)
        updates = self._updates(event.name, event.items, event.updates)
        return replace(event, when=when, updates=updates)

    def _condition(self, rule: str, formula: Formula, span: Span) -> Formula:
        if not _written(span):
            return formula
        return self._either(Ground("condition", rule, "", (), "when it happens", None, span), formula)

    def _updates(self, rule: str, items: tuple[Item, ...], updates: tuple[Update, ...]) -> tuple[Update, ...]:
        """The updates, each where it is kept; then their arbitrary replacements, each where its update is not
        kept.
        """
        pairs = [(each, self._kept_update(rule, items, each)) for each in updates]
        kept = (self._where(each, keeping) for each, (_, keeping) in pairs)
        instead = (self._anywhere(each, ground, keeping) for each, (ground, keeping) in pairs)
        return tuple(each for each in (*kept, *instead) if each is not None)

    def _kept_update(
        self, rule: str, items: tuple[Item, ...], update: Update
    ) -> tuple[Ground | None, Apply | Truth]:
        """The update's ground and the proposition that it is kept; no ground for an update that no author
        wrote.
        """
        if not _written(update.span):
            return None, Truth(value=True)
        own = [each for each in items if each.kind == "update" and each.span == update.span]
        phrases = own[0].phrases if own else ()
        inference = own[0].inference if own else None
        meaning = f"the new value of {update.function}"
        ground = Ground("update", rule, "", phrases, meaning, inference, update.span)
        return ground, self._declared(self.doubts.kept(ground))

    @staticmethod
    def _where(update: Update, kept: Apply | Truth) -> Update | None:
        """The update, restricted to where it is kept."""
        if kept == Truth(value=True):
            return update
        if kept == Truth(value=False):
            return None
        return replace(update, where=kept if update.where is None else And((kept, update.where)))

    def _anywhere(self, update: Update, ground: Ground | None, kept: Apply | Truth) -> Update | None:
        """The replacement of an update that is not kept: arbitrary values at arbitrary places of its
        function.
        """
        if ground is None or kept == Truth(value=True):
            return None
        function = self.old.functions[update.function]
        places = tuple(Variable(f"place {n}", sort) for n, sort in enumerate(function.parameters, 1))
        there = self._anything(ground, FACT, optional=False, what="place")
        value = self._anything(ground, function.result, optional=function.optional)
        return replace(update, arguments=places, variables=places, where=And((Not(kept), there)), value=value)

    # ------------------------------------------------------------- switches

    def _either(self, ground: Ground, formula: Formula) -> Formula:
        """The formula if the ground is kept, an arbitrary predicate if not."""
        kept = self._declared(self.doubts.kept(ground))
        if kept == Truth(value=True):
            return formula
        anything = self._anything(ground, FACT, optional=False)
        return Or((And((kept, formula)), And((Not(kept), anything))))

    def _dropped(self, kind: GroundKind, rule: str, located: Located, span: Span) -> Located:
        if not _written(span):
            return located
        kept = self._declared(self.doubts.kept(Ground(kind, rule, "", (), located.text, None, span)))
        return replace(located, formula=Implies(kept, located.formula))

    def _doubted(self, premise: str, located: Located, span: Span) -> Located:
        """The premise or an arbitrary predicate: rules may also read its negation, so implication is not
        enough.
        """
        if not _written(span):
            return located
        ground = Ground("premise", premise, "", (), located.text, None, span)
        return replace(located, formula=self._either(ground, located.formula))

    def _declared(self, kept: Apply | Truth) -> Apply | Truth:
        """The switch, after declaring it as a function of the law."""
        if isinstance(kept, Apply):
            self._declare(kept.function, FACT, optional=False, anywhere=False)
        return kept

    def _anything(self, ground: Ground, sort: Sort, *, optional: bool, what: str = "") -> Apply:
        """The arbitrary function that replaces words that are not kept, declared as a function of the law."""
        place = f"{ground.span.file}:{ground.span.line}:{ground.span.column}"
        name = f"anything for {what or ground.kind} of {ground.rule} at {place}"
        self._declare(name, sort, optional=optional, anywhere=True)
        return Apply(name, (), sort)

    def _declare(self, name: str, sort: Sort, *, optional: bool, anywhere: bool) -> None:
        self.functions[name] = Function(name, (), sort, optional, anywhere, "", None, NOWHERE, arbitrary=True)


def _written(span: Span) -> bool:
    """Whether an author wrote it. The built-in processing of requests is not a ground of the law."""
    return bool(span.file)

"""What requests and events change, as writes over a symbolic situation; mirrors `checker.model.steps`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from checker.logic.encode import Encoder
from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.symbolic_state import Arguments, Maybe, Write
from checker.model.expressions import FACT, Variable
from checker.model.mixture import changes_alike, common_version
from checker.model.model import Event, Model, Update


class Changes:
    """The effects and events of a column, in the terms of its encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.terms = encoder.terms
        self.model = encoder.model

    def request_writes(self, scope: Scope, condition: Node) -> tuple[Write, ...]:
        """What an accepted request (named "") changes when `condition` holds: the effects of the
        version deployed at the last component that it visits.
        """
        writes: list[Write] = []
        for model, enforced in self._enforced(self._last_version(scope)):
            law = self.encoder.under(model)
            for effect in model.effects:
                guard = self.terms.true if effect.when is None else law.formula(effect.when, scope)
                when = self.terms.and_(condition, enforced, guard)
                writes += _writes(law, effect.updates, scope, when)
        return tuple(writes)

    def _enforced(self, version: Node) -> list[tuple[Model, Node]]:
        """The models whose version this may be; models with the same effects count as one."""
        if len(self._changing) == 1:
            return [(self._changing[0][0], self.terms.true)]
        found = [(model, self.terms.member(version, names)) for model, names in self._changing]
        return [(model, here) for model, here in found if here is not self.terms.false]

    @cached_property
    def _changing(self) -> tuple[tuple[Model, tuple[str, ...]], ...]:
        """The models with different effects, each with the versions that have the same effects."""
        found: list[tuple[Model, tuple[str, ...]]] = []
        for name, model in self.encoder.rules.models.items():
            for place, (other, names) in enumerate(found):
                if changes_alike(other, model):
                    found[place] = (other, (*names, name))
                    break
            else:
                found.append((model, (name,)))
        return tuple(found)

    def _last_version(self, scope: Scope) -> Node:
        """The version at the last component visited, or at the first component if none is visited."""
        found = self._routing_version(scope)
        for stage in self.model.route:
            index = None if stage.index is None else self.encoder.term(stage.index, scope)
            if index is not None and index.value is None:
                continue
            version = scope.state.version(stage.component, None if index is None else index.value)
            visited = [] if index is None else [index.present]
            if stage.when is not None:
                visited.append(self.encoder.formula(stage.when, scope))
            if version is not None:
                found = self.terms.ite(self.terms.and_(*visited), version, found)
        return found

    def _routing_version(self, scope: Scope) -> Node:
        """The version at the first component, or the first version in force if that has several instances."""
        first = common_version(self.encoder.rules.models)
        version = scope.state.version(self.model.route[0].component, None) if self.model.route else None
        return version or self.encoder.version_value(first)

    def event_guard(self, event: Event, scope: Scope) -> Node:
        """When the event may happen."""
        return self.terms.true if event.when is None else self.encoder.formula(event.when, scope)

    def event_writes(self, event: Event, scope: Scope, condition: Node) -> tuple[Write, ...]:
        """What the event changes when `condition` holds."""
        return _writes(self.encoder, event.updates, scope, condition)


def _writes(law: Encoder, updates: tuple[Update, ...], scope: Scope, condition: Node) -> tuple[Write, ...]:
    if condition is law.terms.false:
        return ()
    return tuple(written(law, each, scope, condition) for each in updates)


def written(law: Encoder, update: Update, scope: Scope, condition: Node) -> Write:
    """What an update writes if the condition holds."""
    return Write(update.function, _matcher(law, update, scope, condition))


def _matcher(
    law: Encoder, update: Update, scope: Scope, condition: Node
) -> Callable[[Arguments], tuple[Node, Maybe]]:
    """Whether a place is written, and the value; a bulk variable stands for the place's own argument."""
    terms = law.terms
    bulk = {each.name for each in update.variables}

    def match(arguments: Arguments) -> tuple[Node, Maybe]:
        bound: dict[str, Maybe] = {}
        for place, argument in zip(update.arguments, arguments, strict=True):
            if isinstance(place, Variable) and place.name in bulk and place.name not in bound:
                bound[place.name] = Maybe(terms.true, argument)
        inner = scope.bind(bound)
        here = [condition]
        for place, argument in zip(update.arguments, arguments, strict=True):
            here.append(law.same(law.term(place, inner), Maybe(terms.true, argument)))
        if update.where is not None:
            here.append(law.formula(update.where, inner))
        matched = terms.and_(*here)
        if matched is terms.false:
            return matched, Maybe(terms.false, None)
        function = law.model.functions[update.function]
        if function.result == FACT:
            return matched, Maybe(terms.true, law.truth(update.value, inner))
        value = law.term(update.value, inner)
        if not function.optional:
            matched = terms.and_(matched, value.present)
        return matched, value

    return match

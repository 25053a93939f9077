"""Types the declarations of rules and suppositions, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.request_declaration import OnShapes
from checker.language.typical_declaration import TypicalDecl
from checker.model import expressions as e
from checker.model import model as m
from checker.model.duty import Duty
from checker.model.expressions import Formula, Variable
from checker.model.item import Item
from checker.regime.definitions import parts_of
from checker.regime.moves import report_at_once
from checker.regime.program import Laid, Unit
from checker.regime.term_context import RULE, STATE, text_of
from checker.regime.typed_items import WORDS, Meanings

_IN_CHECK = WORDS | {"applies-when", "applies-unless", "requires", "subject-to", "as"}
_IN_LIMB = WORDS | {"condition", "any-of", "subject-to"}
_IN_DUTY = WORDS | {"applies-when", "applies-unless", "requires"}
_IN_EFFECT = WORDS | {"applies-when", "applies-unless", "update"}


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A check alone, before the check that it is `as` and its exceptions are looked up."""

    check: m.Check
    groups: tuple[s.Text, ...]
    like: s.Like | None


@dataclass(frozen=True, slots=True)
class OwnLimb:
    """A limb or (`parent` None) a group alone."""

    clause: s.Text
    parent: s.Text | None
    binders: tuple[Variable, ...]
    items: tuple[Item, ...]
    groups: tuple[s.Text, ...]


class Ruler(Meanings):
    """Types the declarations of rules and suppositions against one vocabulary."""

    def premise(self, decl: d.PremiseDecl) -> m.Premise | None:
        parameters = self.typer.binders(decl.parameters, STATE, taking=True)
        formula = self.located(decl.formula, STATE.binding(parameters))
        if formula is None:
            return None
        return m.Premise(decl.name.text, parameters, decl.sentence, decl.because, formula, decl.name.span)

    def typical(self, decl: TypicalDecl) -> m.Typical | None:
        context = STATE if decl.parameters else RULE
        variables = self.typer.binders(decl.parameters, context)
        formula = self.located(decl.formula, context.binding(variables))
        if formula is None:
            return None
        return m.Typical(decl.name.text, variables, decl.sentence, decl.because, formula, decl.name.span)

    def axiom(self, decl: d.AxiomDecl) -> m.Axiom | None:
        formula = self.located(decl.formula, STATE)
        if formula is None:
            return None
        return m.Axiom(decl.name.text, decl.sentence, decl.because, formula, decl.name.span)

    # ------------------------------------------------------------- rules

    def check(self, unit: Unit, decl: d.CheckDecl) -> tuple[OwnCheck, tuple[m.Definition, ...]]:
        parts = self.parts(self._on_shapes(unit, decl.on), _IN_CHECK, "a check", RULE)
        for name in decl.components:
            if name.text not in self.vocabulary.components:
                self.report.unknown("component", name.text, name.span, self.vocabulary.components)
        for extra in parts.like[1:]:
            self.report.say("duplicate", "a check can be `as` one other check only", extra.span)
        check = m.Check(
            name=decl.name.text,
            clause=unit.clause,
            components=tuple(each.text for each in decl.components),
            code=decl.code,
            code_label=unit.label,
            items=tuple(parts.items),
            limbs=(),
            groups=tuple(dict.fromkeys(each.text for each in parts.groups)),
            like=parts.like[0].check.text if parts.like else None,
            adopted_because=decl.adopted_because,
            span=decl.name.span,
        )
        own = OwnCheck(check, tuple(parts.groups), parts.like[0] if parts.like else None)
        return own, tuple(parts.definitions)

    def _on_shapes(self, unit: Unit, on: OnShapes | None) -> tuple[Laid, ...]:
        """The items of a rule, without what its heading says of shapes if that is wrong. Reports shapes that
        there are not, and what no request of the shapes named carries.
        """
        shapes = self.vocabulary.shapes
        if on is None:
            return unit.items
        for at, each in enumerate(on.names):
            if each.text not in shapes:
                self._no_shape(each)
            elif each.text in (earlier.text for earlier in on.names[:at]):
                self.report.say("unreachable", f"`{each.text}` is already in this list", each.span)
        if not all(each.text in shapes for each in on.names):
            return tuple(each for each in unit.items if each.syntax.span != on.span)
        carried = {name for each in on.names for name in shapes[each.text]}
        others = {name for each in shapes.values() for name in each} - carried
        for ref in (ref for item in unit.items for ref in _names_in(item.syntax.meaning)):
            if ref.name.text in others:
                owners = [f"`{each}`" for each, has in shapes.items() if ref.name.text in has]
                said = " or ".join(f"`{each.text}`" for each in on.names)
                message = f"`{ref.name.text}` is carried by {' and '.join(owners)}, and not by {said}"
                self.report.say("other-shape", message, ref.span)
        return unit.items

    def _no_shape(self, name: s.Name) -> None:
        if self.vocabulary.shapes:
            self.report.unknown("request", name.text, name.span, self.vocabulary.shapes)
            return
        message = f"there is no request `{name.text}`: the requests of this law have no names"
        self.report.say("unknown-name", message, name.span, expected=(f'`request {name.text} "…"`',))

    def limb(
        self, unit: Unit, decl: d.LimbDecl | d.ExceptionsDecl, above: tuple[Variable, ...]
    ) -> tuple[OwnLimb, tuple[m.Definition, ...]]:
        """A limb under the binders of the limbs above it, or a group."""
        context = RULE.binding(above)
        binders: tuple[Variable, ...] = ()
        parent: s.Text | None = None
        if isinstance(decl, d.LimbDecl):
            binders, parent = self.typer.binders(decl.binders, context), decl.parent
        parts = self.parts(unit.items, _IN_LIMB, "an exception", context.binding(binders))
        own = OwnLimb(decl.clause, parent, binders, tuple(parts.items), tuple(parts.groups))
        return own, tuple(parts.definitions)

    def effect(self, unit: Unit, decl: d.EffectDecl) -> tuple[m.Effect, tuple[m.Definition, ...]]:
        when = self.typer.formula(decl.when, RULE) if decl.when else None
        parts = self.parts(self._on_shapes(unit, decl.on), _IN_EFFECT, "an effect", RULE)
        guard = _guard(when, parts.items)
        effect = m.Effect(decl.name.text, guard, tuple(parts.updates), tuple(parts.items), decl.name.span)
        return effect, tuple(parts.definitions)

    def event(self, unit: Unit, decl: d.EventDecl) -> tuple[m.Event, tuple[m.Definition, ...]]:
        variables = self.typer.binders(decl.parameters, STATE, event=True)
        context = STATE.binding(variables)
        when = self.typer.formula(decl.when, context) if decl.when else None
        parts = self.parts(unit.items, _IN_EFFECT, "an event", context)
        if decl.actor is not None and decl.actor.text not in self.vocabulary.constants:
            valid = ("the environment", *self.vocabulary.constants)
            self.report.unknown("constant", decl.actor.text, decl.actor.span, valid)
        event = m.Event(
            name=decl.name.text,
            actor=decl.actor.text if decl.actor else "the environment",
            parameters=tuple(
                m.EventParameter(variable.name, variable.sort, binder.optional)
                for variable, binder in zip(variables, decl.parameters, strict=False)
            ),
            when=_guard(when, parts.items),
            updates=tuple(parts.updates),
            label=unit.label,
            items=tuple(parts.items),
            span=decl.name.span,
        )
        return event, tuple(parts.definitions)

    def lapse(self, unit: Unit, decl: LapseDecl) -> tuple[m.Lapse | None, tuple[m.Definition, ...]]:
        variables = self.typer.binders(decl.parameters, STATE)
        context = STATE.binding(variables)
        day = self.typer.term(decl.day, context, e.DATE)
        when = self.typer.formula(decl.when, context) if decl.when else None
        parts = self.parts(unit.items, _IN_EFFECT, "a lapse", context)
        definitions = tuple(parts.definitions)
        at_once = parts.moved if variables else ()
        for name in at_once:
            report_at_once(self.vocabulary.maps[name], decl.span, self.report)
        if day is None or at_once:
            return None, definitions
        lapse = m.Lapse(
            name=decl.name.text,
            clause=decl.clause.text,
            variables=variables,
            day=self.typer.day_after(day) if decl.past else day,
            when=_guard(when, parts.items),
            updates=tuple(parts.updates),
            items=tuple(parts.items),
            span=decl.name.span,
        )
        return lapse, definitions

    def duty(self, unit: Unit, decl: DutyDecl) -> tuple[Duty | None, tuple[m.Definition, ...]]:
        variables = self.typer.binders(decl.parameters, STATE, taking=True)
        context = STATE.binding(variables)
        party = self.typer.term(decl.party, context)
        day = self.typer.term(decl.day, context, e.DATE)
        when = self.typer.formula(decl.when, context) if decl.when else None
        parts = self.parts(unit.items, _IN_DUTY, "a duty", context)
        if party is not None and not party.sort.has_things and not party.sort.is_enum:
            message = f"`{text_of(decl.party)}` is nobody who could have a duty"
            self.report.say("wrong-type", message, decl.party.span, expected=("a thing, such as a party",))
            party = None
        if not any(each.kind == "requires" for each in parts.items):
            message = f"`{decl.name.text}` does not say what it requires"
            self.report.say("no-requirement", message, decl.span, expected=("`requires …`",))
        if party is None or day is None:
            return None, tuple(parts.definitions)
        duty = Duty(
            name=decl.name.text,
            clause=decl.clause.text,
            variables=variables,
            party=party,
            sort=party.sort,
            nobody=True,
            day=day,
            when=_guard(when, parts.items),
            items=tuple(parts.items),
            span=decl.name.span,
        )
        return duty, tuple(parts.definitions)


def _names_in(meaning: s.Meaning) -> Iterator[s.Ref]:
    """The plain names in what an item means."""
    match meaning:
        case s.Clause(formula=formula):
            yield from _refs(formula)
        case s.Becomes(left=left, value=value):
            yield from _refs(left)
            yield from () if value is None else _refs(value)
        case s.Define(cases=cases):
            for case in cases:
                for each in (case.value, case.condition):
                    yield from () if each is None else _refs(each)
        case s.SubjectTo() | s.Like() | s.Wordless():
            return
        case _:
            assert_never(meaning)


def _refs(expr: s.Expr) -> Iterator[s.Ref]:
    if isinstance(expr, s.Ref) and expr.request is None and expr.arguments is None:
        yield expr
    for each in parts_of(expr):
        yield from _refs(each)


def _guard(when: Formula | None, items: Iterable[Item]) -> Formula | None:
    """The conjunction of the header's condition and the items that say when the rule applies."""
    parts = [when] if when is not None else []
    for item in items:
        if item.meaning is not None and item.kind == "applies-when":
            parts.append(item.meaning.formula)
        elif item.meaning is not None and item.kind == "applies-unless":
            parts.append(e.Not(item.meaning.formula))
    if len(parts) > 1:
        return e.And(tuple(parts))
    return parts[0] if parts else None

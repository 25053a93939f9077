"""Makes one typed model from the declarations in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar, cast

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.request_declaration import RequestDecl
from checker.language.typical_declaration import TypicalDecl
from checker.model import expressions as e
from checker.model import model as m
from checker.model.duty import Duty
from checker.model.expressions import History, Sort
from checker.model.history import histories_in, with_histories
from checker.model.objects import Objects, OfObjects
from checker.regime.declared_names import Words
from checker.regime.duties import with_duties
from checker.regime.file_texts import Sources
from checker.regime.join_checks import attach_exceptions, from_the_top
from checker.regime.lapses import with_lapses
from checker.regime.names import Report, Vocabulary
from checker.regime.program import Program, Unit, of_kind
from checker.regime.request_and_route import name_rule_of, request_of, route_of
from checker.regime.term_context import STATE
from checker.regime.typed_rules import OwnCheck, OwnLimb, Ruler

_T = TypeVar("_T")


def in_route_order(checks: Iterable[m.Check], route: Iterable[m.Stage]) -> tuple[m.Check, ...]:
    """Checks by the first stage of the route at which they are made, otherwise as they are."""
    order: dict[str, int] = {}
    for stage in route:
        order.setdefault(stage.component, len(order))
    last = len(order)
    return tuple(sorted(checks, key=lambda c: min((order.get(x, last) for x in c.components), default=last)))


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a program. `shared`: one object that stands for all equal vocabularies."""

    words: Words
    vocabulary: Vocabulary
    shared: Vocabulary


class _Made(NamedTuple):
    """What was typed, the mistakes in it, and what it says has been."""

    value: object
    wrong: tuple[Diagnostic, ...]
    histories: tuple[History, ...]


@dataclass(slots=True)
class Memory:
    """Declarations that were typed before, by vocabulary, with the mistakes in them."""

    _objects: Objects = field(default_factory=Objects)
    _typed: dict[tuple[int, object, object], _Made] = field(default_factory=dict)
    naming: OfObjects[tuple[object, ...]] = field(default_factory=OfObjects)

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        """In another process the memory is empty, since vocabularies are told apart by identity."""
        return Memory, ()

    def number(self, decl: object) -> int:
        """A number for a declaration that no other has, even one of another text in the same place."""
        return self._objects.number(decl)

    def typed(
        self,
        at: tuple[Vocabulary, object, object],
        report: Report,
        histories: dict[History, None],
        make: Callable[[Report], _T],
    ) -> _T:
        """The result of `make` for a declaration; it is called once for each vocabulary. What the declaration
        says has been is added to the `histories`.
        """
        key = (self._objects.number(at[0]), at[1], at[2])
        if key not in self._typed:
            own = Report()
            value = make(own)
            said = tuple(dict.fromkeys(histories_in(value)))
            self._typed[key] = _Made(value, tuple(own.found.values()), said)
        made = self._typed[key]
        report.extend(made.wrong)
        histories.update(dict.fromkeys(made.histories))
        return cast("_T", made.value)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one era says, as a model that lacks what duties, lapses and words for the past add to it: these
    turn on what is in force in other eras.
    """

    model: m.Model
    lapses: tuple[m.Lapse, ...]
    duties: tuple[Duty, ...]
    histories: Mapping[History, None]

    def whole(self, report: Report) -> m.Model:
        """The whole model. Reports duties and lapses that have no day of their own."""
        model = with_duties(self.model, self.duties, report)
        model = with_histories(model, self.histories)
        return with_lapses(model, self.lapses, report)


class Draft:
    """Makes one model."""

    def __init__(
        self, sources: Sources, memory: Memory, program: Program, known: Known, report: Report
    ) -> None:
        self.sources, self.memory, self.program = sources, memory, program
        self.known, self.report = known, report
        self.definitions: dict[str, m.Definition] = {}
        self.histories: dict[History, None] = {}

    def rules(self, column: str) -> Rules:
        units = self.program.units
        request = self._one(RequestDecl)
        route = self._route()
        checks = self._checks(route)
        lapses, duties = tuple(self._lapses()), tuple(self._duties())
        model = m.Model(
            column=column,
            sorts={k: v for k, v in self.known.vocabulary.sorts.items() if not v.is_quantity},
            enums=self.known.words.enums,
            functions=self.known.words.functions,
            constants={
                c.name.text: m.NamedConstant(
                    c.name.text, self._sort(c.sort), c.label or c.name.text, c.name.span
                )
                for c in of_kind(units, d.ConstantDecl)
            },
            request=self._parameters(request) if request else (),
            request_label=request.label.text if request and request.label else "",
            components={
                c.name.text: m.Component(
                    c.name.text, self._sort(c.index) if c.index else None, c.label or c.name.text, c.name.span
                )
                for c in of_kind(units, d.ComponentDecl)
            },
            route=route,
            checks=checks,
            effects=self._effects(),
            events=self._events(),
            definitions=self._define(),
            premises=self._premises(),
            axioms=self._axioms(),
            typical=self._typical(),
            start=self._start(),
            orders=self._orders(),
            names=self._names(),
            quotes=tuple(text.quoted for text in self.program.texts if text.text),
            shapes=self._shapes(request) if request else (),
            maps=tuple(self.known.vocabulary.maps.values()),
            calendars=self.known.vocabulary.calendars,
            naming=self.memory.naming,
        )
        return Rules(model, lapses, duties, self.histories)

    def _typed(self, key: object, make: Callable[[Ruler], _T], extra: object = None) -> _T:
        vocabulary = self.known.shared
        return self.memory.typed(
            (vocabulary, key, extra),
            self.report,
            self.histories,
            lambda report: make(Ruler(vocabulary, self.sources, report)),
        )

    def _sort(self, name: s.Name) -> Sort:
        return self.known.vocabulary.sorts.get(name.text, Sort(name.text))

    def _one(self, kind: type[_T]) -> _T | None:
        found = list(of_kind(self.program.units, kind))
        return found[0] if found else None

    # -------------------------------------------------------- vocabulary

    def _parameters(self, decl: RequestDecl) -> tuple[m.RequestParameter, ...]:
        return self._typed(("request", self.memory.number(decl)), partial(request_of, decl))

    def _shapes(self, decl: RequestDecl) -> tuple[m.Shape, ...]:
        nouns = self.known.words.enums[m.SHAPES].labels if decl.shapes else {}
        return tuple(
            m.Shape(
                each.name.text,
                each.label.text,
                nouns[each.name.text],
                tuple(parameter.name.text for parameter in each.parameters),
            )
            for each in decl.shapes
            if each.name is not None and each.label is not None
        )

    def _route(self) -> tuple[m.Stage, ...]:
        decl = self._one(d.RouteDecl)
        return self._typed(("route", self.memory.number(decl)), partial(route_of, decl)) if decl else ()

    def _define(self) -> dict[str, m.Definition]:
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, s.Define):
                found = self._typed(unit, partial(Ruler.definition, define=decl))
                if found is not None:
                    self.definitions.setdefault(found.name, found)
        return self.definitions

    def _premises(self) -> dict[str, m.Premise]:
        found = {}
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, d.PremiseDecl):
                premise = self._typed(unit, partial(Ruler.premise, decl=decl))
                if premise is not None:
                    found[premise.name] = premise
        return found

    def _axioms(self) -> tuple[m.Axiom, ...]:
        found = []
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, d.AxiomDecl):
                axiom = self._typed(unit, partial(Ruler.axiom, decl=decl))
                found += [axiom] if axiom is not None else []
        return tuple(found)

    def _typical(self) -> tuple[m.Typical, ...]:
        found = []
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, TypicalDecl):
                typical = self._typed(unit, partial(Ruler.typical, decl=decl))
                found += [typical] if typical is not None else []
        return tuple(found)

    def _start(self) -> tuple[e.Located, ...]:
        found = []
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, d.StartDecl):
                located = self._typed(unit, partial(Ruler.located, expr=decl.formula, context=STATE))
                found += [located] if located is not None else []
        return tuple(found)

    def _orders(self) -> dict[str, m.Order]:
        found = {}
        vocabulary = self.known.vocabulary
        for decl in of_kind(self.program.units, d.OrderDecl):
            if decl.component.text not in vocabulary.components:
                self.report.unknown(
                    "component", decl.component.text, decl.component.span, vocabulary.components
                )
            here = [
                check.name.text
                for check in of_kind(self.program.units, d.CheckDecl)
                if any(place.text == decl.component.text for place in check.components)
            ]
            for name in decl.checks or ():
                if name.text not in here:
                    self.report.unknown(f"check at `{decl.component.text}`", name.text, name.span, here)
            published = tuple(each.text for each in decl.checks) if decl.checks is not None else None
            found[decl.component.text] = m.Order(decl.component.text, published, decl.because, decl.span)
        return found

    def _names(self) -> dict[str, m.NameRule]:
        found = {}
        for decl in of_kind(self.program.units, d.NamesDecl):
            rule = self._typed(("names", self.memory.number(decl)), partial(name_rule_of, decl))
            if rule is not None:
                found[rule.sort.name] = rule
        return found

    # ------------------------------------------------------------- rules

    def _effects(self) -> tuple[m.Effect, ...]:
        found = []
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, d.EffectDecl):
                effect, definitions = self._typed(unit, partial(Ruler.effect, unit=unit, decl=decl))
                self._keep(definitions)
                found.append(effect)
        return tuple(found)

    def _events(self) -> dict[str, m.Event]:
        found = {}
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, d.EventDecl):
                event, definitions = self._typed(unit, partial(Ruler.event, unit=unit, decl=decl))
                self._keep(definitions)
                found[event.name] = event
        return found

    def _lapses(self) -> Iterator[m.Lapse]:
        return self._dated(LapseDecl, Ruler.lapse)

    def _duties(self) -> Iterator[Duty]:
        return self._dated(DutyDecl, Ruler.duty)

    def _dated(
        self,
        kind: type[LapseDecl | DutyDecl],
        rule: Callable[..., tuple[_T | None, tuple[m.Definition, ...]]],
    ) -> Iterator[_T]:
        """What falls on a day or is due by one, without what is mistaken."""
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, kind):
                made, definitions = self._typed(unit, partial(rule, unit=unit, decl=decl))
                self._keep(definitions)
                if made is not None:
                    yield made

    def _keep(self, definitions: tuple[m.Definition, ...]) -> None:
        for each in definitions:
            self.definitions.setdefault(each.name, each)

    def _checks(self, route: tuple[m.Stage, ...]) -> tuple[m.Check, ...]:
        own: list[OwnCheck] = []
        for unit in self.program.units:
            decl = unit.decl
            if isinstance(decl, d.CheckDecl):
                check, definitions = self._typed(unit, partial(Ruler.check, unit=unit, decl=decl))
                self._keep(definitions)
                own.append(check)
        checks = attach_exceptions(own, self._limbs(), self.report)
        return in_route_order(checks, route)

    def _limbs(self) -> tuple[OwnLimb, ...]:
        """Groups and limbs, parents typed before the limbs below them."""
        units = [unit for unit in self.program.units if isinstance(unit.decl, d.LimbDecl | d.ExceptionsDecl)]
        found: dict[Unit, OwnLimb] = {}
        for unit, above in from_the_top(units, self.report):
            decl = unit.decl
            assert isinstance(decl, d.LimbDecl | d.ExceptionsDecl)
            binders = tuple(binder for each in above for binder in found[each].binders)
            limb, definitions = self._typed(
                unit, partial(Ruler.limb, unit=unit, decl=decl, above=binders), binders
            )
            self._keep(definitions)
            found[unit] = limb
        return tuple(found[unit] for unit in units if unit in found)

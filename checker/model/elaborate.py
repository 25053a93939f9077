"""From a program to the typed model of a column.

Each declaration is typed once for each vocabulary; the columns of a regime mostly share theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar, cast

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic
from checker.model import expressions as e
from checker.model import model as m
from checker.model.expressions import Formula, Sort, Variable
from checker.model.groups import attach_exceptions, from_the_top
from checker.model.names import Report, Vocabulary
from checker.model.program import Program, Unit
from checker.model.rules import OwnCheck, OwnLimb, Ruler
from checker.model.sources import Sources
from checker.model.stratify import report_quantifiers, report_sorts
from checker.model.typecheck import RULE, STATE
from checker.model.vocabulary import (
    enums_of,
    function_of,
    of_kind,
    report_cycles,
    signatures,
    sorts_of,
    vocabulary_of,
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of a program, with what the model tells of it."""

    vocabulary: Vocabulary
    enums: Mapping[str, m.Enum]
    functions: Mapping[str, m.Function]


@dataclass(slots=True)
class Elaborator:
    """Makes models of programs, and remembers what it typed."""

    sources: Sources
    versions: tuple[tuple[str, str], ...]
    columns: tuple[frozenset[str], frozenset[str]]
    _words: list[Words] = field(default_factory=list)
    _typed: dict[tuple[int, object, object], tuple[object, tuple[object, ...]]] = field(default_factory=dict)

    def words(self, program: Program, report: Report) -> Words:
        """The vocabulary of a program."""
        enums = enums_of(program, self.versions, report)
        sorts = sorts_of(program, enums, report)
        functions: dict[str, m.Function] = {}
        for decl in of_kind(program.units, d.FunctionDecl):
            found = function_of(decl, sorts, enums, program.tables, report)
            if found is not None:
                functions.setdefault(found.name, found)
        callables = signatures(program, functions, sorts, report)
        vocabulary = vocabulary_of(program, enums, sorts, callables, self.columns, report)
        made = Words(vocabulary, enums, functions)
        for known in self._words:
            if known.vocabulary == vocabulary:
                return replace(made, vocabulary=known.vocabulary)
        self._words.append(made)
        return made

    def model(self, program: Program, column: str, report: Report) -> m.Model:
        """The model of a program. What is wrong goes to the report; the model is of use if nothing is."""
        words = self.words(program, report)
        report_cycles(program, report)
        report_sorts(words.functions.values(), report)
        draft = _Draft(self, program, words, report)
        model = draft.model(column)
        report_quantifiers(program, words.functions.values(), report)
        return model

    def typed(
        self, vocabulary: Vocabulary, key: object, extra: object, report: Report, make: Callable[[Report], _T]
    ) -> _T:
        """What `make` answers for a declaration, made once for each vocabulary."""
        at = (id(vocabulary), key, extra)
        if at not in self._typed:
            own = Report()
            self._typed[at] = (make(own), tuple(own.found.values()))
        value, wrong = self._typed[at]
        report.extend(cast("tuple[Diagnostic, ...]", wrong))
        return cast("_T", value)


class _Draft:
    """The making of one model."""

    def __init__(self, home: Elaborator, program: Program, words: Words, report: Report) -> None:
        self.home, self.program, self.words, self.report = home, program, words, report
        self.definitions: dict[str, m.Definition] = {}

    def model(self, column: str) -> m.Model:
        units = self.program.units
        request = self._one(d.RequestDecl)
        route = self._route()
        checks = self._checks(route)
        return m.Model(
            column=column,
            sorts=self.words.vocabulary.sorts,
            enums=self.words.enums,
            functions=self.words.functions,
            constants={
                c.name.text: m.NamedConstant(
                    c.name.text, self._sort(c.sort), c.label or c.name.text, c.name.span
                )
                for c in of_kind(units, d.ConstantDecl)
            },
            request=self._parameters(request) if request else (),
            request_label=request.label.text if request else "",
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
            start=self._start(),
            orders=self._orders(),
            names=self._names(),
            quotes=tuple(replace(text.quote, text=text.text) for text in self.program.texts if text.text),
        )

    def _typed(self, key: object, make: Callable[[Ruler], _T], extra: object = None) -> _T:
        vocabulary = self.words.vocabulary
        return self.home.typed(
            vocabulary,
            key,
            extra,
            self.report,
            lambda report: make(Ruler(vocabulary, self.home.sources, report)),
        )

    def _sort(self, name: s.Name) -> Sort:
        return self.words.vocabulary.sorts.get(name.text, Sort(name.text))

    def _one(self, kind: type[_T]) -> _T | None:
        found = list(of_kind(self.program.units, kind))
        return found[0] if found else None

    # -------------------------------------------------------- vocabulary

    def _parameters(self, decl: d.RequestDecl) -> tuple[m.RequestParameter, ...]:
        return self._typed(("request", decl.span), partial(_request, decl))

    def _route(self) -> tuple[m.Stage, ...]:
        decl = self._one(d.RouteDecl)
        return self._typed(("route", decl.span), partial(_route, decl)) if decl else ()

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
        vocabulary = self.words.vocabulary
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
            rule = self._typed(("names", decl.span), partial(_name_rule, decl))
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
        order = {stage.component: at for at, stage in reversed(list(enumerate(route)))}
        last = len(order)
        return tuple(
            sorted(checks, key=lambda c: min((order.get(x, last) for x in c.components), default=last))
        )

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


def _request(decl: d.RequestDecl, ruler: Ruler) -> tuple[m.RequestParameter, ...]:
    found = []
    for parameter in decl.parameters:
        sort = ruler.vocabulary.sorts.get(parameter.sort.text)
        if sort is None:
            continue
        when: Formula | None = None
        if parameter.when is not None:
            when = ruler.typer.formula(parameter.when, RULE)
        name = parameter.name
        found.append(m.RequestParameter(name.text, sort, parameter.optional, when, name.span))
    if not any(not parameter.sort.is_enum for parameter in found):
        expected = ("a first parameter for the sender, of a sort without values",)
        ruler.report.say("wrong-type", "nobody sends this request", decl.span, expected=expected)
    return tuple(found)


def _route(decl: d.RouteDecl, ruler: Ruler) -> tuple[m.Stage, ...]:
    found = []
    for stage in decl.stages:
        name = stage.component
        if name.text not in ruler.vocabulary.components:
            ruler.report.unknown("component", name.text, name.span, ruler.vocabulary.components)
            continue
        index = ruler.typer.instance(name, stage.index, RULE, stage.span)
        when = ruler.typer.formula(stage.when, RULE) if stage.when else None
        if index is not False:
            found.append(m.Stage(name.text, None if index is True else index, when, stage.span))
    return tuple(found)


def _name_rule(decl: d.NamesDecl, ruler: Ruler) -> m.NameRule | None:
    sort = ruler.vocabulary.sort(decl.sort, ruler.report)
    if sort is None:
        return None
    variable = Variable(decl.variable.text, sort)
    branches, otherwise = [], sort.name
    for label, condition in decl.cases:
        formula = ruler.typer.formula(condition, STATE.binding((variable,))) if condition else None
        if formula is not None:
            branches.append((label, formula))
        elif condition is None:
            otherwise = label
    return m.NameRule(sort, variable, tuple(branches), otherwise)

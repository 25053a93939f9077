"""The names in declarations: what each gives a name to, and what it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from checker.editor import names_in_claims as claims
from checker.editor.names_in_expressions import (
    binders,
    bound,
    clause,
    define,
    expression,
    items,
    meaning,
    phrases,
    reference,
    target,
)
from checker.editor.occurrences import SORTS, Kind, Occurrence, Scope
from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import OnShapes, RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.typical_declaration import TypicalDecl
from checker.model.model import SHAPES
from checker.regime.program import Rule


def names(decl: d.Declaration) -> Iterator[Occurrence]:
    """Yield all names of a declaration."""
    match decl:
        case d.SortDecl():
            yield _gives("sort", decl.name)
        case QuantityDecl():
            yield _gives("quantity", decl.name)
        case CalendarDecl():
            yield from _calendar(decl)
        case d.ConstantDecl():
            yield _gives("constant", decl.name)
            yield reference(decl.sort, *SORTS)
        case d.EnumDecl():
            yield from _enum(decl)
        case d.TableDecl():
            yield _gives("table", decl.name)
        case d.FunctionDecl():
            yield from _function(decl)
        case s.Define():
            yield from define(decl)
        case d.NamesDecl():
            yield reference(decl.sort, *SORTS)
            variable = s.Binder(decl.variable, decl.sort, optional=False, span=decl.variable.span)
            yield _gives("variable", decl.variable)
            for _, condition in decl.cases:
                yield from _maybe(condition, bound((variable,), {}))
        case RequestDecl():
            yield from _request(decl)
        case d.ComponentDecl():
            yield _gives("component", decl.name)
            if decl.index is not None:
                yield reference(decl.index, *SORTS)
        case d.RouteDecl():
            for stage in decl.stages:
                yield reference(stage.component, "component")
                yield from _maybe(stage.index, {})
                yield from _maybe(stage.when, {})
        case d.StartDecl():
            yield from expression(decl.formula, {})
        case d.ClaimDecl():
            yield from claims.claim(decl)
        case st.LemmaDecl():
            yield from claims.lemma(decl, {})
        case SourceDecl():
            yield _gives("source", decl.name)
        case (
            d.CheckDecl()
            | d.ExceptionsDecl()
            | d.LimbDecl()
            | d.EffectDecl()
            | d.EventDecl()
            | LapseDecl()
            | DutyDecl()
            | d.OrderDecl()
        ):
            yield from _rule(decl)
        case d.AxiomDecl() | d.PremiseDecl() | TypicalDecl() | d.AbstractionDecl():
            yield from _supposition(decl)
        case (
            d.VersionDecl()
            | d.ModificationDecl()
            | d.InsertDecl()
            | d.ReplaceDecl()
            | d.StrikeDecl()
            | d.AmendDecl()
            | d.AmendTableDecl()
            | d.ReadingDecl()
            | d.RemeaningDecl()
            | d.AdditionDecl()
            | d.GuardDecl()
            | d.DeploymentDecl()
        ):
            yield from _change(decl)
        case _:
            assert_never(decl)


def _gives(kind: Kind, name: s.Name, of: str = "") -> Occurrence:
    binder = name.span if kind == "variable" else None
    return Occurrence((kind,), name.text, name.span, declares=True, of=of, binder=binder)


def _maybe(formula: s.Expr | None, scope: Scope, of: str = "") -> Iterator[Occurrence]:
    if formula is not None:
        yield from expression(formula, scope, of)


def _request(decl: RequestDecl) -> Iterator[Occurrence]:
    if decl.name is not None:
        yield _gives("value", decl.name, SHAPES)
    for each in decl.parameters:
        yield _gives("parameter", each.name)
        yield reference(each.sort, *SORTS)
        yield from _maybe(each.when, {})


def _header(table: s.Name, header: s.Text) -> Occurrence:
    return Occurrence(("heading",), header.text, header.span, of=table.text, quoted=True)


def _calendar(decl: CalendarDecl) -> Iterator[Occurrence]:
    yield _gives("calendar", decl.name)
    for column in decl.holidays:
        yield reference(column.table, "table")


def _enum(decl: d.EnumDecl) -> Iterator[Occurrence]:
    yield _gives("enum", decl.name)
    for each in decl.values:
        yield _gives("value", each.name, decl.name.text)
        if each.short is not None:
            yield _gives("short name", each.short, decl.name.text)
    if decl.table is not None:
        yield reference(decl.table, "table")
        yield from (_header(decl.table, each.header) for each in decl.columns)


def _function(decl: d.FunctionDecl) -> Iterator[Occurrence]:
    yield _gives("function", decl.name)
    sorts = (*decl.parameters, *((decl.result,) if decl.result is not None else ()))
    yield from (reference(each, *SORTS) for each in sorts)
    if decl.column is not None:
        yield reference(decl.column.table, "table")
        yield _header(decl.column.table, decl.column.header)
        if decl.column.lists is not None:
            yield reference(decl.column.lists, *SORTS)


def _rule(
    decl: Rule | d.OrderDecl,
) -> Iterator[Occurrence]:
    match decl:
        case d.CheckDecl():
            yield _gives("check", decl.name)
            if decl.clause is not None:
                yield _given_clause(decl.clause)
            yield from (reference(each, "component") for each in decl.components)
            yield from _on(decl.on)
            yield from items(decl.items, {})
        case d.ExceptionsDecl():
            yield _given_clause(decl.clause)
            yield from items(decl.items, {})
        case d.LimbDecl():
            yield _given_clause(decl.clause)
            if decl.parent is not None:
                yield clause(decl.parent)
            yield from binders(decl.binders)
            yield from items(decl.items, bound(decl.binders, {}))
        case d.EffectDecl():
            yield _gives("effect", decl.name)
            yield from _on(decl.on)
            yield from _maybe(decl.when, {})
            yield from items(decl.items, {})
        case d.EventDecl():
            yield _gives("event", decl.name)
            if decl.actor is not None:
                yield reference(decl.actor, "constant")
            yield from binders(decl.parameters)
            scope = bound(decl.parameters, {})
            yield from _maybe(decl.when, scope)
            yield from items(decl.items, scope)
        case LapseDecl() | DutyDecl():
            yield from _on_a_day(decl)
        case d.OrderDecl():
            yield reference(decl.component, "component")
            yield from (reference(each, "check") for each in decl.checks or ())
        case _:
            assert_never(decl)


def _on_a_day(decl: LapseDecl | DutyDecl) -> Iterator[Occurrence]:
    yield _gives("lapse" if isinstance(decl, LapseDecl) else "duty", decl.name)
    yield _given_clause(decl.clause)
    yield from binders(decl.parameters)
    scope = bound(decl.parameters, {})
    yield from expression(decl.party, scope) if isinstance(decl, DutyDecl) else ()
    yield from expression(decl.day, scope)
    yield from _maybe(decl.when, scope)
    yield from items(decl.items, scope)


def _on(shapes: OnShapes | None) -> Iterator[Occurrence]:
    for each in () if shapes is None else shapes.names:
        yield reference(each, "value")


def _given_clause(text: s.Text) -> Occurrence:
    return Occurrence(("clause",), text.text, text.span, declares=True, quoted=True)


def _supposition(
    decl: d.AxiomDecl | d.PremiseDecl | TypicalDecl | d.AbstractionDecl,
) -> Iterator[Occurrence]:
    match decl:
        case d.AxiomDecl():
            yield _gives("axiom", decl.name)
            yield from expression(decl.formula, {})
        case d.PremiseDecl() | TypicalDecl():
            yield _gives("premise" if isinstance(decl, d.PremiseDecl) else "typical", decl.name)
            yield from binders(decl.parameters)
            yield from expression(decl.formula, bound(decl.parameters, {}))
        case d.AbstractionDecl():
            yield _gives("abstraction", decl.name)
        case _:
            assert_never(decl)


def _version(decl: d.VersionDecl) -> Iterator[Occurrence]:
    yield _gives("version", decl.name)
    if decl.parent is not None:
        yield reference(decl.parent, "version")
    yield from (reference(each, "modification") for each in decl.modifications)
    yield from _maybe(decl.day, {})


def _change(
    decl: d.VersionDecl
    | d.ModificationDecl
    | d.InsertDecl
    | d.ReplaceDecl
    | d.StrikeDecl
    | d.AmendDecl
    | d.AmendTableDecl
    | d.ReadingDecl
    | d.RemeaningDecl
    | d.AdditionDecl
    | d.GuardDecl
    | d.DeploymentDecl,
) -> Iterator[Occurrence]:
    match decl:
        case d.VersionDecl():
            yield from _version(decl)
        case d.ModificationDecl():
            yield _gives("modification", decl.name)
        case d.InsertDecl():
            yield reference(decl.by, "modification")
            yield target(decl.after)
            yield from _all(decl.body)
        case d.ReplaceDecl():
            yield reference(decl.by, "modification")
            yield target(decl.target)
            yield from _all(decl.body)
        case d.StrikeDecl():
            yield reference(decl.by, "modification")
            yield target(decl.target)
        case d.AmendDecl():
            yield reference(decl.by, "modification")
            yield target(decl.target)
            yield from phrases((decl.old,))
            if decl.meaning is not None:
                yield from meaning(decl.meaning, {}, decl.target.text)
        case d.AmendTableDecl():
            yield reference(decl.by, "modification")
            yield reference(decl.table, "table")
            yield _header(decl.table, decl.header)
        case d.ReadingDecl():
            yield _gives("reading", decl.name)
            yield from _all((*decl.brings, *decl.body))
        case d.RemeaningDecl():
            yield target(decl.rule)
            yield from phrases(decl.phrases)
            yield from meaning(decl.meaning, {}, decl.rule.text)
        case d.AdditionDecl():
            yield target(decl.rule)
            yield from items((decl.item,), {}, decl.rule.text)
        case d.GuardDecl():
            yield target(decl.rule)
            yield from _maybe(decl.when if decl.day is None else decl.day, {}, decl.rule.text)
        case d.DeploymentDecl():
            yield _gives("deployment", decl.name)
            for place in decl.placements:
                yield reference(place.component, "component")
                if place.instance is not None:
                    yield reference(place.instance, "value", "constant")
                yield reference(place.version, "version")
        case _:
            assert_never(decl)


def _all(declarations: Iterable[d.Declaration]) -> Iterator[Occurrence]:
    for each in declarations:
        yield from names(each)

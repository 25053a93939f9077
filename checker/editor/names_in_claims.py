"""The names in claims: in their statements, and in what is expected of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from checker.editor.names_in_expressions import (
    binders,
    bound,
    clause,
    column,
    expression,
    reference,
    target,
)
from checker.editor.occurrences import COLUMNS, SUPPOSITIONS, Kind, Occurrence, Scope
from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s

_LINKED: tuple[Kind, ...] = ("reading", *SUPPOSITIONS, *COLUMNS)


def claim(decl: d.ClaimDecl) -> Iterator[Occurrence]:
    """Yield all names of a claim."""
    yield Occurrence(("claim number",), decl.number.text, decl.number.span, declares=True)
    yield Occurrence(("claim",), decl.name.text, decl.name.span, declares=True)
    yield from map(clause, decl.sources)
    yield from binders(decl.variables)
    scope = bound(decl.variables, {})
    for formula in (decl.where, *decl.premises):
        if formula is not None:
            yield from expression(formula, scope)
    if decl.statement is not None:
        request = requested(decl.statement)
        inner = scope if request is None else bound((request,), scope)
        yield from statement(decl.statement, scope, inner)
        scope = inner
    if decl.witness is not None:
        yield from expression(decl.witness, scope)
    for each in decl.lemmas:
        yield from lemma(each, scope)
    yield from (reference(each, "lemma") for each in decl.using)
    yield from (reference(each, "version") for each in decl.over)
    if decl.deployed is not None:
        yield from (reference(each, "version") for each in decl.deployed.versions)
        if decl.deployed.where is not None:
            yield from expression(decl.deployed.where, scope)
    for expected in decl.expectations:
        if expected.by is not None:
            yield target(expected.by)
        for each_column in expected.columns:
            yield from column(each_column)
    for needs in decl.needs:
        yield from (reference(each, *SUPPOSITIONS) for each in needs.suppositions)
        for each_column in needs.columns:
            yield from column(each_column)


def lemma(decl: st.LemmaDecl, scope: Scope) -> Iterator[Occurrence]:
    """Yield the names of a lemma."""
    yield Occurrence(("lemma",), decl.name.text, decl.name.span, declares=True)
    yield from expression(decl.formula, scope)


def requested(said: st.StatementSyntax) -> s.Binder | None:
    """The request or step that a statement speaks of, as a variable."""
    match said:
        case st.AfterSyntax(kind="request" | "step", name=name):
            return s.Binder(name, None, optional=False, span=name.span)
        case st.RequestSyntax(request=name) | st.EventuallySyntax(request=name):
            return s.Binder(name, None, optional=False, span=name.span)
        case st.DifferenceSyntax(request=name):
            return s.Binder(name, None, optional=False, span=name.span)
        case (
            st.AfterSyntax() | st.AlwaysSyntax() | st.PossiblySyntax() | st.LeadsSyntax() | st.CompareSyntax()
        ):
            return None
        case _:
            assert_never(said)


def statement(said: st.StatementSyntax, scope: Scope, inner: Scope) -> Iterator[Occurrence]:
    """Yield the names of a statement. `inner`: what can be seen below the request that it speaks of."""
    match said:
        case st.AlwaysSyntax(formula=formula):
            yield from expression(formula, scope)
        case st.AfterSyntax():
            yield reference(said.name, "event") if said.kind == "event" else _request(said.name)
            yield from _maybe(said.where, inner)
            yield from expression(said.formula, inner)
        case st.RequestSyntax():
            yield _request(said.request)
            yield from _maybe(said.where, inner)
            yield from expression(said.formula, inner)
        case st.PossiblySyntax():
            yield from expression(said.formula, scope)
            yield from _steps(said.steps, scope)
        case st.LeadsSyntax():
            yield from expression(said.condition, scope)
            yield from expression(said.goal, scope)
            yield from _maybe(said.period, scope)
            yield from _steps(said.steps, scope)
        case st.EventuallySyntax():
            yield from expression(said.condition, scope)
            yield from expression(said.goal, scope)
            yield _request(said.request)
            yield from expression(said.justice, inner)
            yield from _steps(said.steps, scope)
        case st.CompareSyntax():
            yield from _side(said.left, scope)
            yield from _side(said.right, scope)
            yield from _maybe(said.where, scope)
        case st.DifferenceSyntax():
            yield from column(said.old)
            yield from column(said.new)
            yield _request(said.request)
            for each in said.changes:
                yield from _maybe(each.formula, inner)
        case _:
            assert_never(said)


def _request(name: s.Name) -> Occurrence:
    return Occurrence(("variable",), name.text, name.span, declares=True, binder=name.span)


def _maybe(formula: s.Expr | None, scope: Scope) -> Iterator[Occurrence]:
    if formula is not None:
        yield from expression(formula, scope)


def _steps(steps: Iterable[st.StepSyntax], scope: Scope) -> Iterator[Occurrence]:
    for each in steps:
        if each.event is not None:
            yield reference(each.event, "event")
        if each.shape is not None:
            yield reference(each.shape, "value")
        for sender in each.senders:
            yield from expression(sender, scope)


def _side(side: st.Chain | st.EverySyntax | None, scope: Scope) -> Iterator[Occurrence]:
    """Yield the names of one side of a comparison: each but the first may be a reading or the other side."""
    if isinstance(side, st.EverySyntax):
        yield from (reference(each, "version") for each in side.versions)
        yield from _maybe(side.where, scope)
    elif side is not None:
        yield reference(side.first, *COLUMNS)
        yield from (reference(name, *_LINKED) for _, name in side.links)

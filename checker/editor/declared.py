"""What a declaration gives names to, with the words and the sorts that people want to know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from checker.editor.names_in_claims import requested
from checker.editor.names_in_declarations import names
from checker.editor.occurrences import Declared, Occurrence
from checker.editor.partly_read import HOLE, Extent
from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.diagnostics import Span
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.typical_declaration import TypicalDecl
from checker.model.expressions import FACT
from checker.model.model import SHAPES


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a name where it is declared."""

    words: str = ""
    sort: str | None = None
    parameters: tuple[str, ...] = ()


def declared(extent: Extent) -> Iterator[Declared]:
    """Yield what a declaration gives names to."""
    said = dict(_said(extent.decl))
    for each in names(extent.decl):
        if each.declares and each.name != HOLE:
            yield _declared(each, said.get(each.span, About()), extent.span)


def _declared(found: Occurrence, about: About, extent: Span) -> Declared:
    (kind,) = found.kinds
    return Declared(kind, found.name, found.span, extent, about.words, found.of, about.sort, about.parameters)


def _label(label: s.Label | None) -> str:
    return "" if label is None else label.text.text


def _sort(name: s.Name | None) -> str:
    return FACT.name if name is None else name.text


def _binders(binders: tuple[s.Binder, ...]) -> Iterator[tuple[Span, About]]:
    for each in binders:
        yield each.name.span, About(sort="request" if each.sort is None else each.sort.text)


def _sorts(binders: tuple[s.Binder, ...]) -> tuple[str, ...]:
    return tuple("request" if each.sort is None else each.sort.text for each in binders)


def _said(decl: d.Declaration) -> Iterator[tuple[Span, About]]:
    """Yield what is said of each name, by its place. Names of which nothing is said are left out."""
    match decl:
        case d.ConstantDecl():
            yield decl.name.span, About(decl.label, decl.sort.text)
        case QuantityDecl():
            yield decl.name.span, About(_label(decl.unit))
        case CalendarDecl():
            yield decl.name.span, About(_label(decl.label))
        case d.EnumDecl():
            for each in decl.values:
                yield each.name.span, About(each.label, decl.name.text)
        case d.FunctionDecl():
            parameters = tuple(each.text for each in decl.parameters)
            yield decl.name.span, About(_label(decl.label), _sort(decl.result), parameters)
        case RequestDecl():
            if decl.name is not None:
                yield decl.name.span, About("" if decl.label is None else decl.label.text, SHAPES)
            for parameter in decl.parameters:
                words = "" if parameter.label is None else parameter.label.text
                yield parameter.name.span, About(words, parameter.sort.text)
        case d.NamesDecl():
            yield decl.variable.span, About(sort=decl.sort.text)
        case d.ComponentDecl() | d.VersionDecl():
            yield decl.name.span, About(decl.label)
        case d.ModificationDecl() | SourceDecl():
            yield decl.name.span, About(decl.title)
        case d.PremiseDecl() | TypicalDecl():
            yield decl.name.span, About(decl.sentence, FACT.name, _sorts(decl.parameters))
        case d.AxiomDecl() | d.AbstractionDecl() | d.DeploymentDecl() | st.LemmaDecl():
            yield decl.name.span, About(decl.sentence)
        case d.ReadingDecl():
            yield decl.name.span, About(decl.sentence)
        case d.ClaimDecl():
            yield from _claim(decl)
        case (
            d.SortDecl()
            | d.TableDecl()
            | s.Define()
            | d.RouteDecl()
            | d.StartDecl()
            | d.CheckDecl()
            | d.ExceptionsDecl()
            | d.LimbDecl()
            | d.EffectDecl()
            | d.EventDecl()
            | LapseDecl()
            | DutyDecl()
            | d.OrderDecl()
            | d.InsertDecl()
            | d.ReplaceDecl()
            | d.StrikeDecl()
            | d.AmendDecl()
            | d.AmendTableDecl()
            | d.RemeaningDecl()
            | d.AdditionDecl()
            | d.GuardDecl()
        ):
            pass
        case _:
            assert_never(decl)
    yield from _variables(decl)


def _claim(decl: d.ClaimDecl) -> Iterator[tuple[Span, About]]:
    yield decl.name.span, About(decl.sentence)
    yield decl.number.span, About(decl.sentence)
    request = None if decl.statement is None else requested(decl.statement)
    if request is not None:
        yield request.name.span, About(sort="request")


def _variables(part: object) -> Iterator[tuple[Span, About]]:
    """Yield the variables and the definitions in any part of the syntax."""
    if isinstance(part, s.Binder):
        yield from _binders((part,))
    elif isinstance(part, s.Define):
        about = About(_label(part.label), None if part.result is None else part.result.text)
        known = About(about.words, about.sort or FACT.name, _sorts(part.parameters))
        yield part.name.span, known
    if isinstance(part, tuple):
        for each in part:
            yield from _variables(each)
    elif hasattr(part, "__dataclass_fields__") and not isinstance(part, Span | s.Name | s.Text):
        for name in part.__dataclass_fields__:
            yield from _variables(getattr(part, name))

"""Reports places (braces) in labels that name nothing, since reports would print them literally."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias, assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.diagnostics import Span
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.statements import LemmaDecl
from checker.language.typical_declaration import TypicalDecl
from checker.regime.labels import PLACE
from checker.regime.names import Report
from checker.regime.program import Unit

Said: TypeAlias = tuple[str, Span, tuple[str, ...] | None]
"""A text, its span, and the places that it may contain; None: a sentence, which may contain none."""

_SENTENCE_PLACE: Final = re.compile(r"\{(\s*[\w-]+\s*)\}")


def report_places(units: Iterable[Unit], report: Report) -> None:
    """Reports places of labels and sentences that stand for nothing. Labels of functions, definitions and
    request parameters are checked elsewhere.
    """
    for text, span, places in (each for unit in units for each in _said(unit)):
        found = (_SENTENCE_PLACE if places is None else PLACE).findall(text)
        wrong = next((each for each in found if each.strip() not in (places or ())), None)
        if wrong is not None:
            expected = tuple(f"`{{{each}}}`" for each in places or ()) or ("words without braces",)
            report.say("bad-label", f"`{{{wrong}}}` stands for nothing here", span, expected=expected)


def _said(unit: Unit) -> Iterator[Said]:
    decl = unit.decl
    match decl:
        case RequestDecl():
            for each in decl.shapes or (decl,):
                if each.label is not None:
                    yield each.label.text, each.label.span, tuple(p.name.text for p in each.parameters)
        case d.ComponentDecl():
            yield decl.label, decl.span, ("1",) if decl.index else ()
        case d.ConstantDecl():
            yield decl.label, decl.span, ()
        case d.EnumDecl():
            yield from ((value.label, value.span, ()) for value in decl.values)
        case d.NamesDecl():
            yield from ((label, decl.span, ()) for label, _condition in decl.cases)
        case d.CheckDecl() | d.EventDecl():
            variables = decl.parameters if isinstance(decl, d.EventDecl) else ()
            if unit.label:  # the first phrase as it was written; see `lay`
                own = decl.items[0].phrases[0]
                yield unit.label, own.span, tuple(each.name.text for each in variables)
        case d.AxiomDecl() | d.PremiseDecl() | TypicalDecl() | d.AbstractionDecl() | d.ReadingDecl():
            yield from ((text, decl.span, None) for text in (decl.sentence, decl.because))
        case d.DeploymentDecl() | d.ClaimDecl() | LemmaDecl():
            yield decl.sentence, decl.span, None
        case d.VersionDecl():
            yield decl.label, decl.span, None
        case d.ModificationDecl():
            yield decl.title, decl.span, None
        case (
            d.SortDecl()
            | QuantityDecl()
            | CalendarDecl()
            | d.TableDecl()
            | d.FunctionDecl()
            | s.Define()
            | d.RouteDecl()
            | d.StartDecl()
            | d.ExceptionsDecl()
            | d.LimbDecl()
            | d.EffectDecl()
            | LapseDecl()
            | DutyDecl()
            | d.OrderDecl()
            | SourceDecl()
            | d.InsertDecl()
            | d.ReplaceDecl()
            | d.StrikeDecl()
            | d.AmendDecl()
            | d.AmendTableDecl()
            | d.RemeaningDecl()
            | d.AdditionDecl()
            | d.GuardDecl()
        ):
            return
        case _:
            assert_never(decl)

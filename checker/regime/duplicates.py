"""Finds names that are given twice, and second declarations of what may occur only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.statements import LemmaDecl
from checker.language.typical_declaration import TypicalDecl
from checker.regime.names import Report
from checker.regime.namespaces import Given, Names
from checker.regime.program import Program
from checker.regime.tables import Tables


def report_duplicates(program: Program, report: Report) -> None:
    """Reports names that two declarations of one program give to different things."""
    Names(report).check(_introduced(program))
    _report_second(program, report)


def report_across(union: Program, report: Report) -> None:
    """Reports names that different versions give to things of different kinds, since claims are about all
    versions.
    """
    Names(report, across=True).check(_introduced(union))


def _introduced(program: Program) -> Iterator[Given]:
    for unit in program.units:
        yield from given_by(unit.decl)
        if isinstance(unit.decl, d.EnumDecl) and unit.decl.table is not None:
            rows = Tables(program.tables, Report()).value_rows(unit.decl)
            yield from (Given("value", name, unit.decl) for name, _label, _short in rows)
        for item in unit.items:
            if isinstance(item.syntax.meaning, s.Define):
                yield Given("definition", item.syntax.meaning.name, unit.decl)


def given_by(decl: d.Declaration) -> Iterable[Given]:
    """The names that a declaration gives, its own first."""
    match decl:
        case d.SortDecl():
            return [Given("sort", decl.name, decl)]
        case QuantityDecl():
            return [Given("quantity", decl.name, decl)]
        case CalendarDecl():
            return [Given("calendar", decl.name, decl)]
        case d.ConstantDecl():
            return [Given("constant", decl.name, decl)]
        case d.FunctionDecl():
            return [Given("function", decl.name, decl)]
        case s.Define():
            return [Given("definition", decl.name, decl)]
        case d.PremiseDecl():
            return [Given("premise", decl.name, decl)]
        case RequestDecl():
            return [Given("parameter", each.name, decl) for each in decl.parameters]
        case d.EnumDecl():
            return [Given("enum", decl.name, decl), *(Given("value", x.name, decl) for x in decl.values)]
        case d.TableDecl():
            return [Given("table", decl.name, decl)]
        case d.ComponentDecl():
            return [Given("component", decl.name, decl)]
        case d.CheckDecl():
            clause = [Given("clause", decl.clause, decl)] if decl.clause is not None else []
            return [Given("check", decl.name, decl), *clause]
        case d.ExceptionsDecl() | d.LimbDecl():
            return [Given("clause", decl.clause, decl)]
        case d.EffectDecl():
            return [Given("effect", decl.name, decl)]
        case d.EventDecl():
            return [Given("event", decl.name, decl)]
        case LapseDecl():
            return [Given("lapse", decl.name, decl), Given("clause", decl.clause, decl)]
        case DutyDecl():
            return [Given("duty", decl.name, decl), Given("clause", decl.clause, decl)]
        case d.AxiomDecl():
            return [Given("axiom", decl.name, decl)]
        case TypicalDecl():
            return [Given("typical", decl.name, decl)]
        case d.AbstractionDecl():
            return [Given("abstraction", decl.name, decl)]
        case LemmaDecl():
            return [Given("lemma", decl.name, decl)]
        case SourceDecl():
            return [Given("source", decl.name, decl)]
        case d.VersionDecl():
            return [Given("version", decl.name, decl)]
        case d.DeploymentDecl():
            return [Given("deployment", decl.name, decl)]
        case d.ModificationDecl():
            return [Given("modification", decl.name, decl)]
        case d.ReadingDecl():
            return [Given("reading", decl.name, decl)]
        case d.ClaimDecl():
            return [Given("claim", decl.name, decl), Given("claim number", decl.number, decl)]
        case (
            d.NamesDecl()
            | d.RouteDecl()
            | d.StartDecl()
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
            return []
        case _:
            assert_never(decl)


def _report_second(program: Program, report: Report) -> None:
    """Reports second declarations of what may occur only once, in all or for each name."""
    taken: dict[tuple[str, str], s.Name | s.Text] = {}
    for kind, name in (each for unit in program.units for each in _single(unit.decl)):
        first = taken.setdefault((kind, name.text), name)
        if first.span != name.span:
            where = f"the first one is at line {first.span.line} of {first.span.file}"
            article = "an" if kind[0] in "aeiou" else "a"
            message = f"there is {article} {kind} `{name.text}` already"
            report.say("duplicate", message, name.span, notes=(where,))


def _single(decl: d.Declaration) -> Iterator[tuple[str, s.Name | s.Text]]:
    match decl:
        case RequestDecl(span=span):
            yield "request", s.Name("request", span)
        case d.RouteDecl(span=span):
            yield "route", s.Name("route", span)
        case d.ExceptionsDecl(clause=clause) | d.LimbDecl(clause=clause):
            yield "limb", clause
        case d.NamesDecl(sort=sort):
            yield "rule for the names of", sort
        case d.OrderDecl(component=component):
            yield "order at", component
        case (
            d.SortDecl()
            | QuantityDecl()
            | CalendarDecl()
            | d.ConstantDecl()
            | d.EnumDecl()
            | d.TableDecl()
            | d.FunctionDecl()
            | s.Define()
            | d.ComponentDecl()
            | d.StartDecl()
            | d.CheckDecl()
            | d.EffectDecl()
            | d.EventDecl()
            | LapseDecl()
            | DutyDecl()
            | d.AxiomDecl()
            | d.PremiseDecl()
            | TypicalDecl()
            | d.AbstractionDecl()
            | LemmaDecl()
            | SourceDecl()
            | d.VersionDecl()
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
            | d.ClaimDecl()
        ):
            return
        case _:
            assert_never(decl)

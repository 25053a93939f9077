"""Finds names that are given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.source import SourceDecl
from checker.regime.names import Report
from checker.regime.program import Program

Named = s.Name | s.Text


def report_duplicates(program: Program, report: Report) -> None:
    """Reports names that two declarations of one program give to different things."""
    taken: dict[tuple[str, str], Named] = {}
    for space, kind, name in _introduced(program):
        first = taken.setdefault((space, name.text), name)
        if first.span != name.span:
            where = f"the first one is at line {first.span.line} of {first.span.file}"
            message = f"there is {_article(kind)} `{name.text}` already"
            report.say("duplicate", message, name.span, notes=(where,))


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _introduced(program: Program) -> Iterator[tuple[str, str, Named]]:
    for unit in program.units:
        yield from of_declaration(unit.decl)
        for item in unit.items:
            if isinstance(item.syntax.meaning, s.Define):
                yield "word", "definition", item.syntax.meaning.name


def of_declaration(decl: d.Declaration) -> Iterable[tuple[str, str, Named]]:
    """The names that a declaration introduces: name space, kind, name."""
    match decl:
        case d.ConstantDecl():
            return [("word", "constant", decl.name)]
        case d.FunctionDecl():
            return [("word", "function", decl.name)]
        case s.Define():
            return [("word", "definition", decl.name)]
        case d.PremiseDecl():
            return [("word", "premise", decl.name), ("supposition", "supposition", decl.name)]
        case d.RequestDecl():
            own = s.Name("request", decl.label.span)
            return [("request", "request", own), *(("word", "parameter", p.name) for p in decl.parameters)]
        case d.RouteDecl():
            return [("route", "route", s.Name("route", decl.span))]
        case d.EnumDecl() if not decl.values:
            return [("table enum", "enum", decl.name)]
        case d.EnumDecl():
            return [("enum", "enum", decl.name)]
        case d.TableDecl():
            return [("table", "table", decl.name)]
        case d.ComponentDecl():
            return [("place", "component", decl.name)]
        case d.CheckDecl():
            names = [("place", "check", decl.name)]
            return [*names, ("supposition", "supposition", decl.name)] if decl.adopted_because else names
        case d.ExceptionsDecl() | d.LimbDecl():
            return [("limb", "limb", decl.clause)]
        case d.EffectDecl():
            return [("effect", "effect", decl.name)]
        case d.EventDecl():
            return [("event", "event", decl.name)]
        case d.AxiomDecl() | d.AbstractionDecl():
            return [("supposition", "supposition", decl.name)]
        case SourceDecl():
            return [("source", "source", decl.name)]
        case d.NamesDecl():
            return [("names", "rule for the names of", decl.sort)]
        case d.OrderDecl():
            return [("order", "order at", decl.component)]
        case d.VersionDecl() | d.DeploymentDecl():
            return [("column", "version or deployment", decl.name)]
        case d.ModificationDecl():
            return [("modification", "modification", decl.name)]
        case d.ReadingDecl():
            return [("reading", "reading", decl.name)]
        case d.ClaimDecl():
            return [("claim", "claim", decl.name), ("number", "claim number", decl.number)]
        case _:
            return []

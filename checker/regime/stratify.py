"""Keeps the sorts stratified, so that every question the checker asks can be decided.

There is an edge from each uninterpreted argument sort of a function to its uninterpreted result sort,
and from A to B where an axiom or start condition says `for every` A that there is `for some` B. No
sort may be reached from itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.lexer import MAX_DEPTH
from checker.model import model as m
from checker.model.expressions import Sort
from checker.regime.definitions import definitions
from checker.regime.names import Report
from checker.regime.program import Program, of_kind


def _plain(sort: Sort) -> bool:
    return not sort.is_enum and sort.name != "fact"


def report_sorts(functions: Iterable[m.Function], report: Report) -> dict[str, set[str]]:
    """Reports functions that lead from a sort back to itself; answers the edges."""
    edges: dict[str, set[str]] = {}
    for function in functions:
        if not _plain(function.result):
            continue
        for sort in filter(_plain, function.parameters):
            way = _way(edges, function.result.name, sort.name)
            if way is None:
                edges.setdefault(sort.name, set()).add(function.result.name)
                continue
            message = f"`{function.name}` leads from `{sort.name}` back to `{sort.name}`"
            report.say("not-stratified", message, function.span, notes=(_path([sort.name, *way]),))
    return edges


def _way(edges: Mapping[str, set[str]], start: str, goal: str) -> list[str] | None:
    """A way along edges from `start` to `goal`."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for after in sorted(edges.get(way[-1], set()) - seen):
            seen.add(after)
            ways.append([*way, after])
    return None


def _path(way: list[str]) -> str:
    return f"the way is {' → '.join(way)}"


def report_quantifiers(program: Program, functions: Iterable[m.Function], report: Report) -> None:
    """Reports quantifiers in axioms and start conditions that make the sorts circular."""
    edges = report_sorts(functions, Report())
    named = {define.name.text: define for define in definitions(program)}
    sorts = frozenset(decl.name.text for decl in of_kind(program.units, d.SortDecl))
    walker = _Walker(edges, named, sorts, report)
    for axiom in of_kind(program.units, d.AxiomDecl):
        walker.walk(axiom.formula, (), positive=True, depth=0)
    for start in of_kind(program.units, d.StartDecl):
        walker.walk(start.formula, (), positive=True, depth=0)


class _Walker:
    """Walks formulas with the sorts that are universally bound around each place."""

    def __init__(
        self,
        edges: dict[str, set[str]],
        named: Mapping[str, s.Define],
        sorts: frozenset[str],
        report: Report,
    ) -> None:
        self.edges, self.named, self.sorts, self.report = edges, named, sorts, report

    def walk(self, expr: s.Expr, every: tuple[str, ...], *, positive: bool, depth: int) -> None:
        if depth > MAX_DEPTH:
            return
        match expr:
            case s.Negation(body=body):
                self.walk(body, every, positive=not positive, depth=depth + 1)
            case s.Junction(parts=parts):
                for part in parts:
                    self.walk(part, every, positive=positive, depth=depth + 1)
            case s.Conditional(op=op, left=left, right=right):
                self.walk(left, every, positive=not positive, depth=depth + 1)
                self.walk(right, every, positive=positive, depth=depth + 1)
                if op == "iff":
                    self.walk(left, every, positive=positive, depth=depth + 1)
                    self.walk(right, every, positive=not positive, depth=depth + 1)
            case s.Quantifier():
                self._quantifier(expr, every, positive=positive, depth=depth)
            case s.Ref(name=name) if name.text in self.named:
                for case in self.named[name.text].cases:
                    self.walk(case.value, every, positive=positive, depth=depth + 10)
            case _:
                return

    def _quantifier(self, expr: s.Quantifier, every: tuple[str, ...], *, positive: bool, depth: int) -> None:
        bound = [b.sort.text for b in expr.binders if b.sort is not None and b.sort.text in self.sorts]
        inner = every
        if expr.universal == positive:
            inner = (*every, *bound)
        else:
            self._edges(expr, every, bound)
        if expr.where is not None:
            self.walk(expr.where, inner, positive=positive != expr.universal, depth=depth + 1)
        self.walk(expr.body, inner, positive=positive, depth=depth + 1)

    def _edges(self, expr: s.Quantifier, every: tuple[str, ...], bound: list[str]) -> None:
        for source in dict.fromkeys(every):
            for goal in bound:
                way = _way(self.edges, goal, source)
                if way is None:
                    self.edges.setdefault(source, set()).add(goal)
                    continue
                message = f"for every `{source}` this asks for some `{goal}`, which makes the sorts circular"
                self.report.say("not-stratified", message, expr.span, notes=(_path([source, *way]),))
                return

"""Keeps the sorts stratified, so that every question the checker asks can be decided.

There is an edge from each uninterpreted argument sort of a function to its uninterpreted result sort,
and from A to B where an axiom or start condition says `for every` A that there is `for some` B. No
sort may be reached from itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.model import model as m
from checker.model.environment import definition
from checker.model.expressions import Counted, Quantified, Sort, Variable
from checker.model.history import histories_in
from checker.model.made_of import rules_with_places, within
from checker.model.objects import Objects
from checker.model.reads import reads
from checker.regime.definitions import definitions, parts_of
from checker.regime.names import Report
from checker.regime.program import Program, of_kind
from checker.regime.self_maps import maps_of
from checker.regime.written_out import WritingOut

_MAY_BE_ABSENT = "one that is `optional`, or a `tree`, may lead from a sort to itself"
_CIRCLES = 10  # at most so many cycles of functions are reported
_PATIENCE = 20_000  # at most so many places of one formula are visited


def _plain(sort: Sort) -> bool:
    return sort.has_things


def report_sorts(functions: Iterable[m.Function], report: Report) -> dict[str, set[str]]:
    """Reports functions that lead from a sort back to itself; returns the edges of the others."""
    makers: dict[str, dict[str, m.Function]] = {}  # sort -> result sort -> the last function between them
    order: dict[str, int] = {}
    for number, function in enumerate(functions):
        order[function.name] = number
        if _plain(function.result):
            for sort in filter(_plain, function.parameters):
                makers.setdefault(sort.name, {})[function.result.name] = function
    for _ in range(_CIRCLES):
        try:
            TopologicalSorter(makers).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][::-1]
            source, goal = max(pairwise(cycle), key=lambda step: order[makers[step[0]][step[1]].name])
            function = makers[source].pop(goal)
            at = cycle.index(source)
            way = [*cycle[at:-1], *cycle[:at], source]
            message = f"`{function.name}` leads from `{source}` back to `{source}`"
            notes = (_path(way), *((_MAY_BE_ABSENT,) if function.result in function.parameters else ()))
            report.say("not-stratified", message, function.span, notes=notes)
        else:
            break
    return {source: set(goals) for source, goals in makers.items()}


def _way(edges: Mapping[str, set[str]], start: str, goal: str) -> list[str] | None:
    """A shortest way along edges from `start` to `goal`."""
    before: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here: str | None = waiting.popleft()
        if here == goal:
            way = []
            while here is not None:
                way.append(here)
                here = before[here]
            return way[::-1]
        assert here is not None
        for after in sorted(edges.get(here, set()) - before.keys()):
            before[after] = here
            waiting.append(after)
    return None


def _path(way: list[str]) -> str:
    return f"the way is {' → '.join(way)}"


def report_quantifiers(program: Program, functions: Iterable[m.Function], report: Report) -> None:
    """Reports quantifiers in axioms and start conditions that make the sorts circular."""
    edges = report_sorts(functions, Report())
    named: dict[str, s.Define | d.PremiseDecl] = {
        each.name.text: each for each in of_kind(program.units, d.PremiseDecl)
    }
    named |= {define.name.text: define for define in definitions(program)}
    sorts = frozenset(decl.name.text for decl in of_kind(program.units, d.SortDecl))
    applied = frozenset(each.name for each in functions)
    written_out = WritingOut(maps_of(program), applied.__contains__)
    walker = _Walker(edges, named, sorts, report, written_out)
    for axiom in of_kind(program.units, d.AxiomDecl):
        walker.walk(axiom.formula)
    for start in of_kind(program.units, d.StartDecl):
        walker.walk(start.formula)


def report_histories(model: m.Model, report: Report) -> None:
    """Reports what has been since something, or as of something, that would make the sorts circular: a start
    says for every thing that it speaks of whether that comes about there.
    """
    if all(each.history is None for each in model.functions.values()):
        return
    edges = report_sorts(model.functions.values(), Report())
    for span, rule in rules_with_places(model):
        for history in dict.fromkeys(histories_in(rule)):
            said = history.parts[1:] if history.how == "since" else history.parts[:0]
            said = history.parts if history.how == "as of" else said
            inside = [*within(*said, *_bodies(model, reads(model, *said).called))]
            goals = [v.sort for x in inside for v in _bound_by(x) if _plain(v.sort)]
            for source in (each.sort for each in history.variables if _plain(each.sort)):
                for goal in dict.fromkeys(goals):
                    way = _way(edges, goal.name, source.name)
                    if way is not None:
                        message = (
                            f"where a story starts, `{history.how}` asks for every `{source.name}` of some "
                            f"`{goal.name}`, which makes the sorts circular"
                        )
                        report.say("not-stratified", message, span, notes=(_path([source.name, *way]),))
                        return


def _bodies(model: m.Model, called: Iterable[str]) -> Iterator[object]:
    for name in sorted(called):
        found = definition(model, name)
        yield found.body if isinstance(found, m.Definition) else found.formula.formula


def _bound_by(part: object) -> tuple[Variable, ...]:
    if isinstance(part, Quantified):
        return part.variables
    return (part.variable,) if isinstance(part, Counted) else ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A formula, the sorts that are universally bound around it, and whether it is under an even number of
    negations.
    """

    expr: s.Expr
    every: tuple[str, ...]
    positive: bool

    def to(self, expr: s.Expr, *, negated: bool = False) -> _Place:
        return _Place(expr, self.every, self.positive != negated)

    def both_ways(self, *exprs: s.Expr) -> Iterator[_Place]:
        """The expressions, each in both polarities."""
        yield from (self.to(each, negated=negated) for each in exprs for negated in (False, True))


class _Walker:
    """Walks formulas, through definitions and premises, with the sorts that are universally bound around."""

    def __init__(
        self,
        edges: dict[str, set[str]],
        named: Mapping[str, s.Define | d.PremiseDecl],
        sorts: frozenset[str],
        report: Report,
        written_out: Callable[[s.Expr], s.Expr | None] = lambda _: None,
    ) -> None:
        self.edges, self.named, self.sorts, self.report = edges, named, sorts, report
        self.written_out = written_out

    def walk(self, formula: s.Expr) -> None:
        waiting = [_Place(formula, (), positive=True)]
        seen: set[tuple[int, tuple[str, ...], bool]] = set()
        objects = Objects()
        while waiting:
            place = waiting.pop()
            key = (objects.number(place.expr), place.every, place.positive)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > _PATIENCE:
                message = "this uses too many quantifiers and definitions"
                self.report.say("too-large", message, formula.span)
                return
            waiting += reversed(list(self._below(place)))

    def _below(self, place: _Place) -> Iterator[_Place]:
        """The parts of a formula, and the bodies of the definitions and premises that it uses. Parts of terms
        count in both polarities.
        """
        plain = self.written_out(place.expr)
        if plain is not None:
            yield place.to(plain)
            return
        match place.expr:
            case s.Negation(body=body):
                yield place.to(body, negated=True)
            case s.Junction(parts=parts):
                yield from map(place.to, parts)
            case s.Conditional(op=op, left=left, right=right):
                yield place.to(left, negated=True)
                yield place.to(right)
                if op == "iff":
                    yield place.to(left)
                    yield place.to(right, negated=True)
            case s.Quantifier():
                yield from self._quantifier(place.expr, place)
            case s.Counted():
                yield from self._counted(place.expr, place)
            case s.Ref(name=name):
                yield from place.both_ways(*parts_of(place.expr))
                yield from self._called(self.named.get(name.text), place)
            case s.Comparison() | s.Arithmetic() | s.InPeriod() | s.Presence() | s.Member() | s.VersionAt():
                yield from place.both_ways(*parts_of(place.expr))
            case s.Literally():
                return
            case s.Historic(parts=parts):
                yield from place.both_ways(*parts)
            case s.Past() | s.StepEvent() | s.OutcomeOf():
                return  # only allowed in claims, so already reported
            case _:
                assert_never(place.expr)

    @staticmethod
    def _called(named: s.Define | d.PremiseDecl | None, place: _Place) -> Iterator[_Place]:
        match named:
            case None:
                return
            case d.PremiseDecl(formula=formula):
                yield place.to(formula)
            case s.Define(cases=cases, result=result):
                for case in cases:
                    yield from (place.to(case.value),) if result is None else place.both_ways(case.value)
                    yield from () if case.condition is None else place.both_ways(case.condition)
            case _:
                assert_never(named)

    def _quantifier(self, expr: s.Quantifier, place: _Place) -> Iterator[_Place]:
        bound = [b.sort.text for b in expr.binders if b.sort is not None and b.sort.text in self.sorts]
        if expr.universal == place.positive:
            place = replace(place, every=tuple(dict.fromkeys((*place.every, *bound))))
        else:
            self._edges(expr, place.every, bound)
        if expr.where is not None:
            yield place.to(expr.where, negated=expr.universal)
        yield place.to(expr.body)

    def _counted(self, expr: s.Counted, place: _Place) -> Iterator[_Place]:
        """At least so many are `for some`, at most so many `for every`: see `checker.model.counted`."""
        binders, so = (expr.binder,), s.Literally(value=True, span=expr.span)
        if expr.how != "at most":
            some = s.Quantifier(universal=False, binders=binders, where=None, body=expr.body, span=expr.span)
            yield from self._quantifier(some, place)
        if expr.how != "at least":
            no_more = s.Quantifier(universal=True, binders=binders, where=expr.body, body=so, span=expr.span)
            yield from self._quantifier(no_more, place)

    def _edges(self, expr: s.Quantifier, every: tuple[str, ...], bound: list[str]) -> None:
        for source in every:
            for goal in dict.fromkeys(bound):
                way = _way(self.edges, goal, source)
                if way is None:
                    self.edges.setdefault(source, set()).add(goal)
                    continue
                message = f"for every `{source}` this asks for some `{goal}`, which makes the sorts circular"
                self.report.say("not-stratified", message, expr.span, notes=(_path([source, *way]),))
                return

"""Functions that lead from things of a sort back to things of that sort: trees, and self-maps.

A term of such a function would have terms without end, so none is a term of the model. What a self-map says
is a statement about two things, `spouse(p, q)`; of a tree, what is kept is what is inside what, and what each
thing is directly in is defined by that. Both are declared in the language, so that nothing else need know of
them; what is written of them is written out by `checker.regime.written_out`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.model.self_maps import SelfMap, inside_of
from checker.regime.names import Report
from checker.regime.program import Program, Unit, of_kind


def maps_of(program: Program) -> Mapping[str, SelfMap]:
    """The trees and self-maps of a program, by name."""
    return {each.name.text: found for each, found in _maps(program)}


def _maps(program: Program) -> Iterator[tuple[d.FunctionDecl, SelfMap]]:
    things = {each.name.text for each in of_kind(program.units, d.SortDecl)}
    for decl in of_kind(program.units, d.FunctionDecl):
        found = _map_of(decl, things)
        if found is not None:
            yield decl, found


def _map_of(decl: d.FunctionDecl, things: Iterable[str]) -> SelfMap | None:
    """What the declaration declares, if that is a tree or a self-map; mistakes in it are reported later."""
    result = decl.result.text if decl.result else ""
    if result not in things or not decl.optional or decl.column is not None:
        return None
    parameters = tuple(each.text for each in decl.parameters)
    if decl.tree is not None:
        whole = parameters == (result,)
        return SelfMap(decl.name.text, parameters, result, inside_of(decl.name.text)) if whole else None
    return SelfMap(decl.name.text, parameters, result, None) if result in parameters else None


def report_trees(program: Program, report: Report) -> None:
    """Reports trees that are none, and a second tree of one sort."""
    found = {decl.name.text: each for decl, each in _maps(program)}
    sorts: dict[str, str] = {}
    made = {each.inside for each in found.values()}
    for decl in of_kind(program.units, d.FunctionDecl):
        if decl.tree is None:
            _report_inside(decl, made, report)
            continue
        if decl.name.text not in found:
            message = f"`{decl.name.text}` is no tree: a tree says which thing of its sort each thing is in"
            sort = decl.parameters[0].text if decl.parameters else "Folder"
            wanted = f"`tree {decl.name.text}({sort}): optional {sort}`"
            report.say("no-tree", message, decl.span, expected=(wanted,))
            continue
        first = sorts.setdefault(found[decl.name.text].result, decl.name.text)
        if first != decl.name.text:
            message = f"`{first}` is a tree of this sort already, so `is inside` would be of either"
            report.say("second-tree", message, decl.span, expected=("a sort of its own",))


def _report_inside(decl: d.FunctionDecl, made: Collection[str | None], report: Report) -> None:
    """Reports a statement of the law's own that is called as what is inside what would be."""
    sorts = {each.text for each in decl.parameters}
    like = decl.result is None and len(decl.parameters) > 1 and len(sorts) == 1
    if like and decl.name.text.startswith(inside_of("")) and decl.name.text not in made:
        message = f"`{decl.name.text}` is what the language calls what is inside what in a tree"
        report.say("duplicate", message, decl.span, expected=("another name",))


def with_self_maps(program: Program) -> Program:
    """The program with the statements that trees and self-maps are made of, and what is always so of them."""
    made = [unit for decl, found in _maps(program) for unit in _units(decl, found)]
    return replace(program, units=(*program.units, *made)) if made else program


@cache
def _units(decl: d.FunctionDecl, found: SelfMap) -> tuple[Unit, ...]:
    """The same units for one declaration, so that what is known of them stays known."""
    made = _self_map(decl, found) if found.inside is None else _tree(decl, found, found.inside)
    return tuple(map(Unit, made))


_INSIDE: Final = "{1} is [not] inside {2}"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes expressions at one place."""

    span: Span

    def name(self, text: str) -> s.Name:
        return s.Name(text, self.span)

    def __call__(self, text: str, *arguments: str) -> s.Ref:
        given = tuple(s.Ref(None, self.name(each), None, self.span) for each in arguments)
        return s.Ref(None, self.name(text), given or None, self.span)

    def same(self, left: str, right: str) -> s.Expr:
        return s.Comparison("is", self(left), self(right), self.span)

    def both(self, *parts: s.Expr) -> s.Expr:
        return s.Junction("and", parts, self.span)

    def either(self, *parts: s.Expr) -> s.Expr:
        return s.Junction("or", parts, self.span)

    def every(self, sorts: Mapping[str, str], where: s.Expr | None, body: s.Expr) -> s.Expr:
        binders = self.binders(sorts)
        return s.Quantifier(universal=True, binders=binders, where=where, body=body, span=self.span)

    def binders(self, sorts: Mapping[str, str]) -> tuple[s.Binder, ...]:
        return tuple(
            s.Binder(self.name(name), self.name(sort), optional=False, span=self.span)
            for name, sort in sorts.items()
        )

    def axiom(self, name: str, sentence: str, of: str, formula: s.Expr) -> d.AxiomDecl:
        return d.AxiomDecl(self.name(name), sentence, f"`{of}` is declared so", formula, self.span)


def _self_map(decl: d.FunctionDecl, found: SelfMap) -> Iterator[d.Declaration]:
    write, name = _Writer(decl.name.span), found.name
    given = {f"any-{number}": sort for number, sort in enumerate(found.parameters, 1)}
    one, other = "any-value", "any-other"
    both = write.both(write(name, *given, one), write(name, *given, other))
    formula = write.every({**given, one: found.result, other: found.result}, both, write.same(one, other))
    yield write.axiom(f"{name}-one-at-most", f"Nothing has two of `{name}`.", name, formula)


def _tree(decl: d.FunctionDecl, found: SelfMap, inside: str) -> Iterator[d.Declaration]:
    write, sort, name = _Writer(decl.name.span), found.result, found.name
    one, other, third = "any-one", "any-other", "any-third"
    own = decl.tree.inside if decl.tree is not None else None
    yield d.FunctionDecl(
        name=write.name(inside),
        parameters=(write.name(sort), write.name(sort)),
        result=None,
        optional=False,
        state=True,
        label=own or s.Label(s.Text(_INSIDE, decl.name.span), None),
        column=None,
        span=decl.name.span,
    )
    no_nearer = write.either(write.same(third, other), write(inside, other, third))
    above_all = write.every({third: sort}, write(inside, one, third), no_nearer)
    case = s.Case(write.both(write(inside, one, other), above_all), None, otherwise=False, span=write.span)
    pair, label = write.binders({one: sort, other: sort}), value_words(decl, one, other)
    yield s.Define(write.name(name), pair, None, label, (case,), "what `tree` means", write.span)

    three = {one: sort, other: sort, third: sort}
    of_itself = write.every({one: sort}, None, s.Negation(write(inside, one, one), write.span))
    yield write.axiom(f"{name}-no-circle", "Nothing is inside itself.", name, of_itself)
    so = write.both(write(inside, one, other), write(inside, other, third))
    nested = write.every(three, so, write(inside, one, third))
    yield write.axiom(f"{name}-nested", "What is inside a thing is inside all that it is in.", name, nested)
    so = write.both(write(inside, one, other), write(inside, one, third))
    line = write.either(write.same(other, third), write(inside, other, third), write(inside, third, other))
    in_line = write.every(three, so, line)
    yield write.axiom(f"{name}-in-line", "All that a thing is inside is in one line.", name, in_line)


def value_words(decl: d.FunctionDecl, *places: str) -> s.Label | None:
    """The words for what a self-map says, made of those for its value. `places`: the names of the arguments
    in them, that of the value last.
    """
    last = places[-1]

    def said(words: str) -> s.Text:
        for number, each in enumerate(places[:-1], 1):
            words = words.replace(f"{{{number}}}", f"{{{each}}}")
        span = decl.name.span if decl.label is None else decl.label.text.span
        return s.Text(f"{{{last}}} is [not] {words}", span)

    if decl.label is not None:
        general = decl.label.general
        return s.Label(said(decl.label.text.text), None if general is None else said(general.text))
    return s.Label(said(f"the {decl.name.text} of {{1}}"), None) if len(places) > 1 else None

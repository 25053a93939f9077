"""The names in statements and terms, with the variables that they can see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, assert_never

from checker.editor.occurrences import (
    COLUMNS,
    SORTS,
    SUPPOSITIONS,
    TARGETS,
    WORDS,
    Kind,
    Occurrence,
    Scope,
)
from checker.language import syntax as s

_SUMS: Final = ("plus", "minus", "least", "greatest", "earliest", "latest")


def reference(name: s.Name, *kinds: Kind, of: str = "") -> Occurrence:
    """A use of a name."""
    return Occurrence(kinds, name.text, name.span, of=of)


def clause(text: s.Text) -> Occurrence:
    """A use of a clause's name."""
    return Occurrence(("clause",), text.text, text.span, quoted=True)


def target(rule: s.Target) -> Occurrence:
    """A use of a rule, by name or by clause."""
    return clause(rule) if isinstance(rule, s.Text) else reference(rule, *TARGETS)


def bound(binders: Iterable[s.Binder], scope: Scope) -> Scope:
    """What can be seen below the binders."""
    return {**scope, **{each.name.text: each for each in binders}}


def binders(declared: Iterable[s.Binder]) -> Iterator[Occurrence]:
    """Yield the variables, and their sorts."""
    for each in declared:
        yield Occurrence(("variable",), each.name.text, each.name.span, declares=True, binder=each.name.span)
        if each.sort is not None:
            yield reference(each.sort, *SORTS)


def column(ref: s.ColumnRef) -> Iterator[Occurrence]:
    """Yield the names of a column."""
    yield reference(ref.base, *COLUMNS)
    yield from (reference(each, "reading") for each in ref.readings)
    yield from (reference(each, *SUPPOSITIONS) for each in ref.without)


def word(name: s.Name, scope: Scope, of: str = "") -> Occurrence:
    """A name in a statement: a variable that can be seen, or what the law declares."""
    binder = scope.get(name.text)
    if binder is not None:
        return Occurrence(("variable",), name.text, name.span, binder=binder.name.span, visible=scope, of=of)
    return Occurrence((*WORDS, "variable"), name.text, name.span, of=of, visible=scope)


def _beside(expr: s.Expr, scope: Scope, other: s.Expr, of: str) -> Iterator[Occurrence]:
    """Yield the names of what is compared with another term."""
    if isinstance(expr, s.Ref) and expr.arguments is None and expr.request is None:
        yield replace(word(expr.name, scope, of), beside=other)
    else:
        yield from expression(expr, scope, of)


def _arguments(ref: s.Ref, scope: Scope, of: str) -> Iterator[Occurrence]:
    for at, each in enumerate(ref.arguments or ()):
        if isinstance(each, s.Ref) and each.arguments is None and each.request is None:
            yield replace(word(each.name, scope, of), argument=(ref.name.text, at))
        else:
            yield from expression(each, scope, of)


def _parts(expr: s.Junction | s.Arithmetic | s.Historic, scope: Scope, of: str) -> Iterator[Occurrence]:
    """Yield the names in the parts; in a sum, the later ones are of the first one's quantity."""
    if isinstance(expr, s.Arithmetic) and expr.operator in _SUMS:
        yield from expression(expr.parts[0], scope, of)
        first = replace(expr, parts=expr.parts[:1])
        for each in expr.parts[1:]:
            yield from _beside(each, scope, first, of)
    else:
        for each in expr.parts:
            yield from expression(each, scope, of)


def expression(expr: s.Expr, scope: Scope, of: str = "") -> Iterator[Occurrence]:
    """Yield the names in a statement or a term. `of`: the rule whose variables it may name besides."""
    match expr:
        case s.Ref():
            if expr.request is not None:
                yield word(expr.request, scope, of)
                yield reference(expr.name, "parameter", "definition")
            else:
                yield word(expr.name, scope, of)
            yield from _arguments(expr, scope, of)
        case s.Comparison(left=left, right=right):
            yield from expression(left, scope, of)
            yield from _beside(right, scope, left, of)
        case s.Member(term=term, values=values):
            yield from expression(term, scope, of)
            for each in values:
                yield from _beside(each, scope, term, of)
        case s.Presence(term=body) | s.Negation(body=body) | s.Past(body=body):
            yield from expression(body, scope, of)
        case s.Junction() | s.Arithmetic() | s.Historic():
            yield from _parts(expr, scope, of)
        case s.InPeriod(day=day, period=period, start=start):
            for each in (day, period, start):
                yield from expression(each, scope, of)
        case s.Conditional(left=left, right=right):
            yield from expression(left, scope, of)
            yield from expression(right, scope, of)
        case s.Quantifier():
            yield from binders(expr.binders)
            inner = bound(expr.binders, scope)
            if expr.where is not None:
                yield from expression(expr.where, inner, of)
            yield from expression(expr.body, inner, of)
        case s.Counted():
            yield from binders((expr.binder,))
            yield from expression(expr.body, bound((expr.binder,), scope), of)
        case s.VersionAt():
            yield reference(expr.component, "component")
            if expr.index is not None:
                yield from expression(expr.index, scope, of)
        case s.StepEvent():
            yield reference(expr.event, "event")
        case s.OutcomeOf():
            yield word(expr.request, scope, of)
            if expr.by is not None:
                yield target(expr.by)
            if expr.column is not None:
                yield from column(expr.column)
            for name, value in expr.changes:
                yield reference(name, "parameter")
                yield from expression(value, scope, of)
        case s.Literally():
            return
        case _:
            assert_never(expr)


def cases(all_cases: Iterable[s.Case], scope: Scope) -> Iterator[Occurrence]:
    """Yield the names in the values of a definition, and in their conditions."""
    for each in all_cases:
        yield from expression(each.value, scope)
        if each.condition is not None:
            yield from expression(each.condition, scope)


def define(decl: s.Define) -> Iterator[Occurrence]:
    """Yield the names of a definition, wherever it stands."""
    yield Occurrence(("definition",), decl.name.text, decl.name.span, declares=True)
    yield from binders(decl.parameters)
    if decl.result is not None:
        yield reference(decl.result, *SORTS)
    yield from cases(decl.cases, bound(decl.parameters, {}))


def meaning(said: s.Meaning, scope: Scope, of: str = "") -> Iterator[Occurrence]:
    """Yield the names in what words mean."""
    match said:
        case s.Clause(formula=formula):
            yield from expression(formula, scope, of)
        case s.SubjectTo(group=group):
            yield clause(group)
        case s.Like(check=check):
            yield reference(check, "check")
        case s.Wordless():
            return
        case s.Becomes(left=left, value=value):
            yield from expression(left, scope, of)
            if value is not None:
                inner = bound(left.binders, scope) if isinstance(left, s.Quantifier) else scope
                applied = left.body if isinstance(left, s.Quantifier) else left
                yield from _beside(value, inner, applied, of)
        case s.Define():
            yield from define(said)
        case _:
            assert_never(said)


def items(all_items: Iterable[s.ItemSyntax], scope: Scope, of: str = "") -> Iterator[Occurrence]:
    """Yield the phrases of a rule, and the names in what they mean."""
    for each in all_items:
        yield from phrases(each.phrases)
        yield from meaning(each.meaning, scope, of)


def phrases(texts: Iterable[s.Text]) -> Iterator[Occurrence]:
    """Yield the words of quotes that a rule gives a meaning to."""
    yield from (Occurrence(("phrase",), each.text, each.span, quoted=True) for each in texts)

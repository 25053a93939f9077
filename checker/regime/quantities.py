"""Quantities as declared: their measures, and the axioms of those that are never negative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.quantity_declaration import QuantityDecl
from checker.model.expressions import Measure, Sort
from checker.regime.names import QUANTITIES, Report
from checker.regime.program import Program, Unit, of_kind

_MOST: Final = 6
"""How many decimals a quantity may have."""

_CLAIMED: Final = "never-negative"


def quantity_of(decl: QuantityDecl, report: Report) -> Sort:
    """The sort of a quantity. Reports a number of decimals that cannot be."""
    decimals = 0
    if decl.decimals is not None:
        said = decl.decimals.text
        if said.isdecimal() and len(said) == 1 and int(said) <= _MOST:
            decimals = int(said)
        else:
            message = f"`{said}` is no number of decimals"
            report.say("wrong-type", message, decl.decimals.span, expected=(f"a number from 0 to {_MOST}",))
    one = decl.unit.text.text if decl.unit else ""
    several = decl.unit.general.text if decl.unit and decl.unit.general else one
    return Sort(decl.name.text, (), Measure(one, several, decimals, signed=not decl.never_negative))


def refused(sort: Sort | None, name: s.Name, what: str, report: Report) -> bool:
    """Whether the sort is a quantity where there can be none; reports that. `what`: the thing that has it."""
    if sort is None or not sort.is_quantity:
        return False
    message = f"`{sort.name}` is a quantity, and {what} is a thing or a value"
    report.say("wrong-type", message, name.span, expected=("a sort", "an enum"))
    return True


def argument(name: str, sort: Sort, place: s.Name | s.Binder, report: Report) -> None:
    """Reports something that takes a number."""
    message = f"`{name}` takes a number: `{sort.name}` is a quantity"
    notes = (
        "numbers are what functions answer and requests carry",
        "write bands as the cases of a definition: `5 when total(g) at most 70, 10 otherwise`",
    )
    report.say("number-argument", message, place.span, notes=notes)


def quantified(binder: s.Binder, sort: Sort, report: Report) -> None:
    """Reports a quantifier over numbers."""
    message = f"`{binder.name.text}` is a number, and there is no end of them: `{sort.name}` is a quantity"
    notes = ("quantify over things, and let a function or the request give the number",)
    report.say("number-quantified", message, binder.span, notes=notes)


def with_axioms(program: Program) -> Program:
    """The program with an axiom for every function whose quantity is never negative."""
    never = {each.name.text: each for each in of_kind(program.units, QuantityDecl) if each.never_negative}
    if not never:
        return program
    known = {each.name.text for each in of_kind(program.units, d.AxiomDecl)}
    found = (each for each in _axioms(program, never) if each.name.text not in known)
    return replace(program, units=(*program.units, *map(Unit, found)))


def _axioms(program: Program, never: Mapping[str, QuantityDecl]) -> Iterator[d.AxiomDecl]:
    for decl in of_kind(program.units, d.FunctionDecl):
        if decl.result is None or decl.result.text not in never:
            continue
        span = decl.name.span
        names = [s.Name(f"any-{number}", span) for number, _ in enumerate(decl.parameters, 1)]
        given = tuple(s.Ref(None, each, None, span) for each in names)
        subject = s.Ref(None, decl.name, given or None, span)
        nothing = s.Ref(None, s.Name("0", span), None, span)
        formula: s.Expr = s.Negation(s.Comparison("less than", subject, nothing, span), span)
        if names:
            pairs = zip(names, decl.parameters, strict=True)
            binders = tuple(s.Binder(name, sort, optional=False, span=span) for name, sort in pairs)
            formula = s.Quantifier(universal=True, binders=binders, where=None, body=formula, span=span)
        sentence = f"`{decl.name.text}` is never less than 0."
        because = f"`{decl.result.text}` is declared as never negative"
        name = s.Name(f"{decl.name.text}-{_CLAIMED}", span)
        yield d.AxiomDecl(name, sentence, because, formula, span)


def built_in(name: str) -> Sort | None:
    """The quantity of that name that every law has."""
    return QUANTITIES.get(name)

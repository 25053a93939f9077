"""Duties, from what is written to what they mean: what statements say of them, and where that is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from checker.language import syntax as s
from checker.language.duty_declaration import BREACH, DutyDecl
from checker.model.clock import TODAY
from checker.model.duties import TOMORROW, definitions_of, is_breach, tomorrow
from checker.model.duty import Duty
from checker.model.expressions import (
    Absent,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Expression,
    Formula,
    Ordered,
    Parameter,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.model import Function, Model
from checker.model.rebuild import rebuilt
from checker.regime.lapses import turns_on_today
from checker.regime.names import Report
from checker.regime.program import Unit


def as_definitions(unit: Unit) -> Iterator[s.Define]:
    """Yield the definitions that are made of a duty, as if somebody had written them: for what they are
    called, what they take and what they read.
    """
    decl = unit.decl
    if not isinstance(decl, DutyDecl):
        return
    meant = [each.syntax.meaning for each in unit.items if isinstance(each.syntax.meaning, s.Clause)]
    required = tuple(each.formula for each in meant if each.kind == "requires")
    guards = [
        s.Negation(each.formula, each.span) if each.kind == "applies-unless" else each.formula
        for each in meant
        if each.kind != "requires"
    ]
    when = guards if decl.when is None else [decl.when, *guards]
    undone = s.Negation(s.Junction("and", required, decl.span), decl.span)
    who = s.Presence(decl.party, present=True, span=decl.span)
    today = s.Ref(None, s.Name(TODAY, decl.span), None, decl.span)
    late = s.Comparison("later than", today, decl.day, decl.span)
    body = s.Junction("and", (who, *when, undone, late), decl.span)
    for end in ("", TOMORROW):
        name = s.Name(f"{BREACH}{decl.name.text}{end}", decl.name.span)
        case = s.Case(body, None, otherwise=False, span=decl.span)
        yield s.Define(name, decl.parameters, None, None, (case,), None, decl.name.span)


def breach_of(parts: Sequence[Formula]) -> tuple[Formula, Formula] | None:
    """What `ever` remembers of a breach; None where it is asked of something else."""
    said = parts[0]
    return (said, tomorrow(said)) if isinstance(said, Call) and is_breach(said.definition) else None


def may_be_nobody(party: Term, functions: Mapping[str, Function]) -> bool:
    """Whether the term for a party may be absent."""
    match party:
        case Variable() | Constant() | Value():
            return False
        case Apply(function=name, arguments=arguments):
            return functions[name].optional or any(may_be_nobody(each, functions) for each in arguments)
        case Parameter() | Call() | Cases() | Arithmetic() | Absent() | Before() | VersionOf():
            return True
        case _:
            assert_never(party)


def with_duties(model: Model, duties: Iterable[Duty], report: Report) -> Model:
    """The model with what statements say of its duties. Reports those whose last day would move."""
    sound = {}
    for each in duties:
        if turns_on_today(*_on_one_day(model, each.day)):
            message = f"the last day for `{each.name}` turns on `{TODAY}`, so it would never be past"
            expected = ("a date that some step writes down, and a period after it",)
            report.say("duty-moves", message, each.span, expected=expected)
        sound[each.name] = replace(each, nobody=may_be_nobody(each.party, model.functions))
    made = {found.name: found for each in sound.values() for found in definitions_of(each)}
    return replace(model, duties=sound, definitions={**model.definitions, **made}) if sound else model


def _on_one_day(model: Model, day: Term) -> tuple[Model, Term]:
    """The law and a last day as they are from the commencement of all modifications on: it may be another day
    from then on, which it does not become again and again.
    """
    if not model.commencements:
        return model, day
    begun = {each.come: Truth(value=True) for each in model.commencements}

    def change(part: Expression) -> Expression | None:
        return begun.get(part) if isinstance(part, Ordered) else None

    made = {name: replace(each, body=rebuilt(each.body, change)) for name, each in model.definitions.items()}
    return replace(model, definitions=made), rebuilt(day, change)

"""Updates that may have nothing to write, and limits on what may be absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import assert_never

from checker.model.absence import may_be_absent
from checker.model.expressions import (
    FACT,
    Absent,
    And,
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
    Present,
    Term,
    Value,
    Variable,
    VersionOf,
)
from checker.model.item import Item
from checker.model.lasting import lasting
from checker.model.made_of import within
from checker.model.model import Effect, Event, Model, Update
from checker.model.orders import stepped
from checker.model.quantities import OPPOSITE
from checker.model.shapes import is_carried
from checker.model.unparse import unparse
from checker.rooms.lint.finding import BY_INFERENCE, Finding
from checker.rooms.lint.words_and_rules import Law, Rule


def absent_findings(law: Law) -> Iterator[Finding]:
    """Yield a notice for each update that leaves what is there where its new value is absent."""
    rules: tuple[Effect | Event, ...] = (*law.model.effects, *law.model.events.values())
    for rule in rules:
        for update in rule.updates:
            if _may_write_nothing(law.model, rule, update):
                place = unparse(Apply(update.function, update.arguments, FACT))
                message = f"`{place}` stays what it is where `{unparse(update.value)}` is absent"
                lapses = rule.lapses if isinstance(rule, Event) else ()
                name = next((x.name for x in lapses if update.span in {y.span for y in x.updates}), rule.name)
                words, versions = law.words_of(name), (law.version,)
                yield Finding("value-may-be-absent", name, message, "", words, update.span, versions)


def limit_findings(law: Law) -> Iterator[Finding]:
    """Yield a notice for each number or value in order that words limit, that may be absent, and of which the
    rule does not say that it is there. What is absent is neither within the limit nor beyond it.
    """
    for rule in law.rules:
        whole = [item.meaning.formula for item in (*rule.inherited, *rule.items) if item.meaning is not None]
        there: set[Term] = {each.term for each in within(*whole) if isinstance(each, Present)}
        there |= _carried(
            law.model, (c for item in rule.items if item.kind == "applies-when" for c in _of(item))
        )
        for item in rule.items:
            if item.meaning is None or not item.phrases or item.inference is not None:
                continue
            compared = (each for each in within(item.meaning.formula) if isinstance(each, Ordered))
            limits = [each for each in compared if lasting(each) is None]  # which says that it holds
            sides = {
                term: each for each in limits for term in (stepped(each.left)[0], stepped(each.right)[0])
            }
            for term, limit in sides.items():
                if term not in there and _may_be_absent(term, law.model, set(), there):
                    yield _limit_on_absent(law, rule, item, term, limit)


def _limit_on_absent(law: Law, rule: Rule, item: Item, term: Term, limit: Ordered) -> Finding:
    other = replace(limit, how=OPPOSITE[limit.how])
    denied = f"`not ({unparse(other)})` is true"
    message = f"where `{unparse(term)}` is absent, `{unparse(limit)}` is false, and {denied}"
    words, versions = tuple(phrase.text for phrase in item.phrases), (law.version,)
    return Finding(
        "limit-on-absent", rule.name, message, rule.clause, words, item.span, versions, (BY_INFERENCE,)
    )


def _may_write_nothing(model: Model, rule: Effect | Event, update: Update) -> bool:
    function = model.functions[update.function]
    if function.optional or function.result == FACT:
        return False
    optional = {each.name for each in rule.parameters if each.optional} if isinstance(rule, Event) else set()
    bound = {each.name for each in update.variables}
    said = (*_conjuncts(rule.when), *_conjuncts(update.where))
    present = any(isinstance(each, Present) and each.term == update.value for each in said)
    carried = _carried(model, said)
    return not present and _may_be_absent(update.value, model, optional - bound, carried)


def _of(item: Item) -> tuple[Formula, ...]:
    return () if item.meaning is None else (item.meaning.formula,)


def _carried(model: Model, conditions: Iterable[Formula]) -> set[Term]:
    """What every request carries of which the conditions of a rule hold, because of its shape."""
    known = tuple(conditions)
    return {Parameter("", each.name, each.sort) for each in model.request if is_carried(each, known)}


def _conjuncts(formula: Formula | None) -> tuple[Formula, ...]:
    if isinstance(formula, And):
        return tuple(part for each in formula.parts for part in _conjuncts(each))
    return () if formula is None else (formula,)


def _may_be_absent(term: Expression, model: Model, optional: set[str], there: AbstractSet[Term]) -> bool:
    """Whether nothing in the term itself says that it is always there. `optional`: variables that need not
    be; `there`: what is known to be.
    """
    if not isinstance(term, Term):
        return False  # a statement is true or false
    match term:
        case Value() | Constant():
            return False
        case Absent() | Cases() | Call() | VersionOf():
            return True
        case Variable(name=name):
            return name in optional
        case Parameter(name=name):
            carried = next(each for each in model.request if each.name == name)
            return term not in there and (carried.optional or carried.when is not None)
        case Apply(function=name, arguments=arguments):
            inside = (_may_be_absent(each, model, optional, there) for each in arguments)
            return may_be_absent(model.functions[name]) or any(inside)
        case Arithmetic(operator="months", parts=(start, _rule)):
            return _may_be_absent(start, model, optional, there)
        case Arithmetic(parts=parts):
            return any(_may_be_absent(each, model, optional, there) for each in parts)
        case Before(body=body):
            return _may_be_absent(body, model, optional, there)
        case _:
            assert_never(term)

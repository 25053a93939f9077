"""The atomic conditions on a request that a law's rules are made of; cases are described in these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Counted,
    Expression,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    Sort,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.item import Item
from checker.model.model import Limb, Model, Premise
from checker.model.orders import as_bound, bounded
from checker.model.rebuild import of_request, rebuilt, with_variables
from checker.model.reckoned import counted_by_the_day
from checker.model.shapes import shape_of
from checker.rooms.diff.told_by_tables import Tabled, alike, reads, tabled, with_numbers
from checker.story.phrases import Phrases

MOST: Final = 1_000  # conditions that are looked at; what is made of more is told in coarser ones

Allowed: TypeAlias = frozenset[str | None]
"""Values that an enum term may have; None: it may be absent."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """`facts`: statements that hold or do not. `choices`: enum terms, each with one value or none. Where a
    rule counts by holidays of an era, the fact counts by those of the day, as its words do.

    Both are in the order in which a case can best do without them: what is far from the words first.
    """

    facts: tuple[Formula, ...]
    choices: tuple[Term, ...]
    alike: Mapping[Sort, tuple[tuple[str, ...], ...]]
    """For each enum, its values in groups that no rule and no table tells apart."""
    written: frozenset[Formula]
    """What the rules say themselves, and not only through a definition, in words that the law has."""

    @classmethod
    def of(cls, models: Iterable[Model], request: str, phrases: Phrases) -> Conditions:
        """The conditions of the models' checks, said of the request of that name."""
        kept = tuple(models)
        found = _Gathering(request, tabled(kept))
        for model in kept:
            found.gather(model)
            found.choices |= dict.fromkeys(shape_of(model, request))
        written = (each for model in kept for each in _written(model, request))
        worded = frozenset(e for e in written if _has_words(phrases, e) and not reads(e, found.tabled))
        facts = sorted(found.facts, key=remoteness, reverse=True)
        choices = sorted(found.choices, key=remoteness, reverse=True)
        sorts = dict.fromkeys(map(sort_of, choices))
        groups = {sort: tuple(alike(sort, found.sets.get(sort, {}), kept)) for sort in sorts}
        return cls(tuple(facts), tuple(choices), groups, worded)

    def is_written(self, condition: Formula) -> bool:
        """Whether the rules say just that, or that it is not so."""
        return (condition.body if isinstance(condition, Not) else condition) in self.written


def _has_words(phrases: Phrases, statement: Formula) -> bool:
    """Whether the spec has words for the statement, for its denial, and for all that they speak of."""
    said = phrases.said(statement), phrases.said(Not(statement))
    return all(each is not None and "`" not in each for each in said)


def sort_of(term: Term) -> Sort:
    """The sort of a term that is not the absent value."""
    assert not isinstance(term, Absent)
    return term.sort


def allowing(choice: Term, values: Allowed) -> Formula:
    """The condition that an enum term has one of the values, in the words that read best."""
    sort = sort_of(choice)
    others = tuple(Value(sort, each) for each in sort.values if each not in values)
    if not values:
        return Truth(value=False)
    if values == {None}:
        return Not(Present(choice))
    if None in values:
        return Not(_among(choice, others)) if others else Truth(value=True)
    if not others:
        return Present(choice)
    return _among(choice, tuple(Value(sort, each) for each in sort.values if each in values))


def _among(choice: Term, values: tuple[Value, ...]) -> Formula:
    bound = as_bound(choice, sort_of(choice), (each.name for each in values))
    if bound is not None:
        return bound
    return Is(choice, values[0]) if len(values) == 1 else In(choice, values)


def remoteness(expression: Expression) -> tuple[int, int, int]:
    """How far a condition is from what a drafter would write: quantified ones and definitions are furthest,
    then functions of functions; the request's own parameters are nearest.
    """
    parts = tuple(parts_of(expression))
    calls = sum(isinstance(each, Call | Cases) for each in parts)
    quantified = any(isinstance(each, Quantified | Counted) for each in parts)
    return int(quantified), calls, sum(not isinstance(each, Value | Constant) for each in parts)


def listed(condition: Formula) -> int:
    """How many values a condition lists."""
    body = condition.body if isinstance(condition, Not) else condition
    return len(body.values) if isinstance(body, In) else 0


def chooses(condition: Formula) -> bool:
    """Whether it speaks of a value that a definition chooses."""
    return any(isinstance(each, Call) and each.sort.is_enum for each in parts_of(condition))


def asked_by(model: Model) -> Iterator[Formula]:
    """Yield what the checks, their exceptions and the route ask of the request at hand."""
    for check in model.checks:
        yield from _meanings(check.items)
        for limb in check.limbs:
            yield from (limb.condition,) if limb.binders else _meanings(limb.items)
    for stage in model.route:
        if stage.when is not None:
            yield stage.when
        if stage.index is not None:
            yield Present(stage.index)


def limbs_of(model: Model, request: str) -> Iterator[tuple[Formula, str]]:
    """Yield each limb that is a condition as a whole, said of the request of that name, with its clause."""
    reading = frozenset(name for name, each in model.definitions.items() if each.reads_request)
    for limb in dict.fromkeys(limb for check in model.checks for limb in check.limbs if limb.binders):
        yield counted_by_the_day(model, of_request(limb.condition, request, reading)), limb.clause


def plain_limbs_of(model: Model, request: str) -> Iterator[tuple[tuple[Formula, ...], Limb]]:
    """Yield each limb without binders, with its conditions, said of the request of that name."""
    reading = frozenset(name for name, each in model.definitions.items() if each.reads_request)
    for limb in dict.fromkeys(limb for check in model.checks for limb in check.limbs if not limb.binders):
        parts = (part for each in _meanings(limb.items) for part in _conjuncts(each))
        said = (of_request(each, request, reading) for each in parts)
        yield tuple(counted_by_the_day(model, each) for each in said), limb


def _conjuncts(formula: Formula) -> Iterator[Formula]:
    if isinstance(formula, And):
        for each in formula.parts:
            yield from _conjuncts(each)
    elif formula != Truth(value=True):
        yield formula


def _meanings(items: Iterable[Item]) -> Iterator[Formula]:
    for item in items:
        if item.meaning is not None and item.kind != "update":
            yield item.meaning.formula


def _written(model: Model, request: str) -> Iterator[Formula]:
    """Yield what the checks, their exceptions and the route say of the request of that name, part by part."""
    reading = frozenset(name for name, each in model.definitions.items() if each.reads_request)
    waiting = [of_request(each, request, reading) for each in asked_by(model)]
    while waiting:
        formula = counted_by_the_day(model, waiting.pop())
        match formula:
            case And(parts=parts) | Or(parts=parts):
                waiting += parts
            case Not(body=body):
                waiting.append(body)
            case Implies(premise=left, conclusion=right) | Iff(left=left, right=right):
                waiting += (left, right)
            case Is(left=Value() as value, right=term) | Is(left=term, right=Value() as value):
                yield allowing(term, frozenset((value.name,)))
            case In(term=term, values=values) if all(isinstance(each, Value) for each in values):
                yield allowing(term, frozenset(each.name for each in values if isinstance(each, Value)))
            case Ordered() if (bound := bounded(formula)) is not None:
                yield allowing(*bound)
            case (
                Truth()
                | Is()
                | Matches()
                | Ordered()
                | Present()
                | In()
                | Apply()
                | Call()
                | Before()
                | StepIs()
                | Outcome()
                | Quantified()
                | Counted()
            ):
                yield formula
            case _:
                assert_never(formula)


_Atom: TypeAlias = Truth | Is | Matches | Ordered | Present | In | Apply | Call | Before | StepIs | Outcome


@dataclass(slots=True)
class _Gathering:
    """Collects atoms. Definitions are taken both as they are called and as they are defined."""

    request: str
    tabled: Tabled
    facts: dict[Formula, None] = field(default_factory=dict)
    choices: dict[Term, None] = field(default_factory=dict)
    sets: dict[Sort, dict[frozenset[str], None]] = field(default_factory=dict)

    def gather(self, model: Model) -> None:
        reading = frozenset(name for name, each in model.definitions.items() if each.reads_request)
        waiting = [of_request(each, self.request, reading) for each in asked_by(model)]
        seen: set[Formula] = set()
        while waiting and len(seen) < MOST:
            formula = counted_by_the_day(model, waiting.pop())
            if formula in seen:
                continue
            seen.add(formula)
            match formula:
                case And(parts=parts) | Or(parts=parts):
                    waiting += parts
                case Not(body=body):
                    waiting.append(body)
                case Implies(premise=left, conclusion=right) | Iff(left=left, right=right):
                    waiting += (left, right)
                case (
                    Truth()
                    | Is()
                    | Matches()
                    | Ordered()
                    | Present()
                    | In()
                    | Apply()
                    | Call()
                    | Before()
                    | StepIs()
                    | Outcome()
                ):
                    if _chooses(formula):
                        waiting += _parted(formula)
                    else:
                        self._atom(formula)
                    waiting += _unfolded(formula, model, reading)
                case Quantified() | Counted():
                    self.facts[formula] = None
                case _:
                    assert_never(formula)

    def _atom(self, formula: _Atom) -> None:
        for part in parts_of(formula):
            if isinstance(part, Parameter | Apply | Call) and part.sort.is_enum and not _bound(part):
                self.choices[part] = None
        match formula:
            case Is(left=term, right=Value(name=name)) | Is(left=Value(name=name), right=term) if sort_of(
                term
            ).is_enum:
                self._mentioned(sort_of(term), frozenset((name,)))
            case In(term=term, values=values) if sort_of(term).is_enum and all(
                isinstance(each, Value) for each in values
            ):
                self._mentioned(
                    sort_of(term), frozenset(each.name for each in values if isinstance(each, Value))
                )
            case Ordered() if (bound := bounded(formula)) is not None:
                self._mentioned(sort_of(bound[0]), bound[1])
            case Truth():
                pass
            case Is() | Matches() | Ordered() | Present() | In() | Apply() | Call() | Before():
                self.facts |= dict.fromkeys((formula, *with_numbers(formula, self.tabled)))
            case StepIs() | Outcome():
                self.facts[formula] = None
            case _:
                assert_never(formula)

    def _mentioned(self, sort: Sort, values: frozenset[str]) -> None:
        self.sets.setdefault(sort, {})[values] = None


def parts_of(expression: Expression) -> Iterator[Expression]:
    """Yield the expression and all that it is made of, but for what stands under a quantifier."""
    yield expression
    parts: tuple[Expression, ...]
    match expression:
        case Apply(arguments=parts) | Call(arguments=parts) | Arithmetic(parts=parts):
            pass
        case Ordered(left=left, right=right) | Is(left=left, right=right) | Matches(left=left, right=right):
            parts = (left, right)
        case In(term=term, values=values):
            parts = (term, *values)
        case Present(term=part) | Not(body=part):
            parts = (part,)
        case VersionOf(index=index):
            parts = () if index is None else (index,)
        case Before(body=part):
            parts = (part,)
        case Outcome(changes=changes):
            parts = tuple(term for _, term in changes)
        case And() | Or() | Implies() | Iff() | Quantified() | Counted() | Cases():
            parts = ()
        case Variable() | Parameter() | Value() | Constant() | Absent() | Truth() | StepIs():
            parts = ()
        case _:
            assert_never(expression)
    for each in parts:
        yield from parts_of(each)


def _bound(expression: Expression) -> bool:
    """Whether it speaks of anything that is not the request's."""
    return any(isinstance(each, Variable) for each in parts_of(expression))


def _chooses(formula: Formula) -> bool:
    """Whether a choice between terms stands in it, which the language has no words for in a condition."""
    return any(isinstance(each, Cases) for each in parts_of(formula))


def _parted(formula: Formula) -> tuple[Formula, ...]:
    """What decides the formula where one of its terms is absent, for no case applies."""
    if isinstance(formula, In):
        return tuple(Is(formula.term, each) for each in formula.values)
    if isinstance(formula, Matches):
        return (Present(formula.left), Present(formula.right))
    return ()


def _unfolded(formula: Formula, model: Model, reading: frozenset[str]) -> Iterator[Formula]:
    """Yield the formula with the first definition or choice in it replaced by what it may come to, and the
    conditions on which that depends.
    """
    part = next((each for each in parts_of(formula) if isinstance(each, Call | Cases)), None)
    match part:
        case None:
            return
        case Cases(branches=branches, otherwise=otherwise):
            yield from (condition for _, condition in branches)
            ways = [term for term, _ in branches] + ([otherwise] if otherwise is not None else [])
            yield from (_replaced(formula, part, way) for way in ways)
        case Call(definition=name, arguments=arguments, request=request):
            known = model.definitions.get(name) or model.premises.get(name)
            if known is None:
                return
            values = {each.name: term for each, term in zip(known.parameters, arguments, strict=True)}
            said = known.formula.formula if isinstance(known, Premise) else known.body
            body = of_request(with_variables(said, values), request, reading)
            yield _replaced(formula, part, body)
        case _:
            assert_never(part)


def _replaced(formula: Formula, old: Expression, new: Expression) -> Formula:
    """The formula with one part replaced by another; the other itself if it was the whole."""
    return rebuilt(formula, lambda part: new if part == old else None)

"""Formulas with one operator changed, wider or narrower than they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal, TypeAlias, assert_never

from checker.language.syntax import NUMERALS
from checker.model.expressions import (
    FACT,
    And,
    Apply,
    Before,
    Call,
    Counted,
    Formula,
    HowPast,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Present,
    Quantified,
    StepIs,
    Truth,
    Value,
)
from checker.model.rebuild import with_variables
from checker.model.self_maps import is_or_inside, says_inside
from checker.model.shapes import is_shape
from checker.rooms.cover.number_variants import of_comparison

How: TypeAlias = Literal["struck", "negated", "widened", "narrowed", "changed"]

_OPPOSITE: Final[Mapping[How, How]] = {"widened": "narrowed", "narrowed": "widened"}


def variants(formula: Formula, *, positive: bool = True) -> Iterator[tuple[How, Formula]]:
    """Yield the formula with one operator in it changed, and whether that makes it wider or narrower."""
    wide: How = "widened" if positive else "narrowed"
    narrow = _OPPOSITE[wide]
    match formula:
        case And(parts=(alone,)) | Or(parts=(alone,)):  # of a limb with one condition: either means that one
            yield from variants(alone, positive=positive)
        case And(parts=parts):
            yield wide, Or(parts)
            yield from ((wide, _joined(And, parts, number)) for number in range(len(parts)))
            yield from _inside(parts, And, positive=positive)
        case Or(parts=(Is() as same, Apply() as inside)) if is_or_inside(same, inside):
            yield from ((narrow, each) for each in (same, inside))
        case Or(parts=parts):
            yield narrow, And(parts)
            yield from ((narrow, _joined(Or, parts, number)) for number in range(len(parts)))
            yield from _inside(parts, Or, positive=positive)
        case Not(body=body):
            yield from ((how, Not(other)) for how, other in variants(body, positive=not positive))
        case Implies(premise=premise, conclusion=conclusion):
            yield narrow, conclusion
            yield from (
                (how, Implies(each, conclusion)) for how, each in variants(premise, positive=not positive)
            )
            yield from (
                (how, Implies(premise, each)) for how, each in variants(conclusion, positive=positive)
            )
        case Iff(left=left, right=right):
            yield wide, Implies(left, right)
            yield wide, Implies(right, left)
        case In(term=term, values=values):
            if len(values) > 1:
                for number in range(len(values)):
                    others = (*values[:number], *values[number + 1 :])
                    yield narrow, In(term, others) if len(others) > 1 else Is(term, others[0])
            if not is_shape(term):
                yield wide, Present(term)
        case Is(left=left) if is_shape(left):
            return  # every request is of a shape, so this would be no narrower than nothing
        case Is(left=left, right=right):
            yield wide, Present(right if isinstance(left, Value) else left)
        case Quantified():
            pairs = variants(formula.body, positive=positive)
            yield from ((how, replace(formula, body=body)) for how, body in pairs)
            if formula.where is not None:
                yield (narrow if formula.universal else wide), replace(formula, where=None)
        case Ordered():
            for wider, other in of_comparison(formula):
                yield ("changed" if wider is None else wide if wider else narrow), other
        case Counted():
            yield from ((wide if more else narrow, each) for more, each in _counted_otherwise(formula))
            pairs = variants(formula.body, positive=positive is (formula.how == "at least"))
            yield from (
                ()
                if formula.how == "exactly"
                else ((how, replace(formula, body=body)) for how, body in pairs)
            )
        case Apply():
            yield from _applied_otherwise(formula, wide, narrow)
        case Truth() | Matches() | Present() | StepIs() | Outcome() | Call() | Before():
            return
        case _:
            assert_never(formula)


def _applied_otherwise(said: Apply, wide: How, narrow: How) -> Iterator[tuple[How, Formula]]:
    """Yield what is so now instead of what has been, and `is or inside` instead of `is inside`."""
    if said.history is not None and said.sort == FACT:
        hows: Mapping[HowPast, How] = {"ever": narrow, "since": wide, "as of": "changed"}
        if said.history.how not in hows:
            return
        now = {each.name: term for each, term in zip(said.history.variables, said.arguments, strict=True)}
        yield hows[said.history.how], with_variables(said.history.parts[0], now)
    elif says_inside(said):
        left, right = said.arguments
        yield wide, Or((Is(left, right), said))


def _counted_otherwise(counted: Counted) -> Iterator[tuple[bool, Counted]]:
    """Yield other counts: one more, one fewer, another word. True: of the situations and more besides."""
    more, fewer = counted.number + 1, counted.number - 1
    match counted.how:
        case "at least":
            yield from (
                (number < counted.number, replace(counted, number=number)) for number in _counts(more, fewer)
            )
            yield False, replace(counted, how="exactly")
        case "at most":
            yield from (
                (number > counted.number, replace(counted, number=number)) for number in _counts(more, fewer)
            )
            yield False, replace(counted, how="exactly")
        case "exactly":
            yield True, replace(counted, how="at least")
            yield True, replace(counted, how="at most")
        case _:
            assert_never(counted.how)


def _counts(*numbers: int) -> Iterator[int]:
    return (each for each in numbers if 1 <= each <= len(NUMERALS))


def _joined(kind: type[And | Or], parts: tuple[Formula, ...], gone: int) -> Formula:
    """What is left of a conjunction or disjunction without one part."""
    others = (*parts[:gone], *parts[gone + 1 :])
    return others[0] if len(others) == 1 else kind(others)


def _inside(
    parts: tuple[Formula, ...], kind: type[And | Or], *, positive: bool
) -> Iterator[tuple[How, Formula]]:
    for number, part in enumerate(parts):
        for how, other in variants(part, positive=positive):
            yield how, kind((*parts[:number], other, *parts[number + 1 :]))

"""Comparisons and sums with one number or word in them changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from checker.model.expressions import Arithmetic, ArithmeticOperator, How, Ordered, Term, Value
from checker.model.quantities import MIRRORED, is_date, value_of

_TURNED: Final[Mapping[How, How]] = {
    "at least": "more than",
    "more than": "at least",
    "at most": "less than",
    "less than": "at most",
}
"""The same but for the number itself."""

_ALREADY: Final[Mapping[How, int]] = {"at least": 1, "more than": -1, "at most": -1, "less than": 1}
"""How many units more come to the same as the comparison turned: `at most 69.99` is `less than 70`."""

_OTHER: Final[Mapping[ArithmeticOperator, ArithmeticOperator]] = {
    "plus": "minus",
    "minus": "plus",
    "least": "greatest",
    "greatest": "least",
    "share down": "share up",
    "share up": "share down",
}

Changed: TypeAlias = tuple[bool | None, Ordered]
"""Whether the comparison became wider (None: it may be either), and the comparison."""


def of_comparison(formula: Ordered) -> Iterator[Changed]:
    """Yield the comparison turned, then with other numbers, then with other sums."""
    turned = replace(formula, how=_TURNED[formula.how])
    yield formula.how in ("more than", "less than"), turned
    left, right = formula.left, formula.right
    if isinstance(right, Value):
        for units, value in _numbers(right):
            if units != _ALREADY[formula.how]:
                yield (units > 0) == (formula.how in ("at most", "less than")), replace(formula, right=value)
    elif isinstance(left, Value):
        how = MIRRORED[formula.how]
        for units, value in _numbers(left):
            if units != _ALREADY[how]:
                yield (units > 0) == (how in ("at most", "less than")), replace(formula, left=value)
    yield from ((None, replace(formula, left=each)) for each in of_term(left, within=True))
    yield from ((None, replace(formula, right=each)) for each in of_term(right, within=True))


def of_term(term: Term, *, within: bool = False) -> Iterator[Term]:
    """Yield a number, or a sum with one of its numbers or words changed; `within`: only sums."""
    if isinstance(term, Value) and term.sort.is_quantity and not within:
        yield from (each for _, each in _numbers(term))
    if not isinstance(term, Arithmetic):
        return
    if term.operator in _OTHER and is_date(term) == is_date(term.parts[0]):
        yield replace(term, operator=_OTHER[term.operator])
    yield from _other_factors(term)
    for number, part in enumerate(term.parts):
        for each in of_term(part):
            yield replace(term, parts=(*term.parts[:number], each, *term.parts[number + 1 :]))


def _other_factors(term: Arithmetic) -> Iterator[Arithmetic]:
    match term.operator:
        case "times":
            yield from (
                replace(term, factor=term.factor + more) for more in (1, -1) if term.factor + more > 0
            )
        case "share" | "share down" | "share up":
            yield replace(term, factor=2 * term.factor)
        case "plus" | "minus" | "least" | "greatest":
            return
        case _:
            assert_never(term.operator)


def _numbers(value: Value) -> Iterator[tuple[int, Value]]:
    """Yield one unit more and one less, nothing, and twice as many, each with how much more that is; of a
    date, the days next to it. A law writes no negative number.
    """
    units = int(value.name)
    beside = (units + 1, units - 1)
    others = dict.fromkeys(beside if value.sort.is_date else (*beside, 0, 2 * units))
    yield from ((each - units, value_of(value.sort, each)) for each in others if each != units and each >= 0)

"""`at least two x: S where p`, and its like, by means of `for every` and `for some`."""

from __future__ import annotations

from itertools import combinations, count, islice
from typing import assert_never

from checker.model.expressions import And, Counted, Formula, Is, Not, Quantified, Variable
from checker.model.made_of import within
from checker.model.rebuild import with_variables


def as_quantifiers(formula: Counted) -> Formula:
    """Return what says the same: of so many different x `p` is true, and not of one more. Neither half, nor
    its negation, has a `for some` inside a `for every`: so sorts stay stratified under any number of `not`.
    """
    enough, too_many = _different(formula, formula.number), _different(formula, formula.number + 1)
    match formula.how:
        case "at least":
            return enough
        case "at most":
            return Not(too_many)
        case "exactly":
            return And((enough, Not(too_many)))
        case _:
            assert_never(formula.how)


def _different(formula: Counted, number: int) -> Quantified:
    """For some x, y, …, as many as the number says, none of which is another: `p` is true of each."""
    one, body = formula.variable, formula.body
    taken = {each.name for each in within(formula) if isinstance(each, Variable)}
    free = (name for each in count(2) if (name := f"{one.name}-{each}") not in taken)
    others = tuple(Variable(name, one.sort) for name in islice(free, number - 1))
    bodies = (body, *(with_variables(body, {one.name: each}) for each in others))
    apart = tuple(Not(Is(left, right)) for left, right in combinations((one, *others), 2))
    return Quantified(universal=False, variables=(one, *others), where=None, body=And((*bodies, *apart)))

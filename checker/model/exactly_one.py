"""`exactly one x: S where p` by means of `for every` and `for some`."""

from __future__ import annotations

from itertools import count

from checker.model.expressions import And, ExactlyOne, Formula, Is, Quantified, Variable
from checker.model.made_of import within
from checker.model.rebuild import with_variables


def some_and_no_two(formula: ExactlyOne) -> Formula:
    """`p` is true of some x, and any x and y for which it is true are the same. Neither half, nor its
    negation, has a `for some` inside a `for every`: so sorts stay stratified under any number of `not`.
    """
    one, body = formula.variable, formula.body
    taken = {each.name for each in within(formula) if isinstance(each, Variable)}
    name = next(name for number in count(2) if (name := f"{one.name}-{number}") not in taken)
    other = Variable(name, one.sort)
    both = And((body, with_variables(body, {one.name: other})))
    return And(
        (
            Quantified(universal=False, variables=(one,), where=None, body=body),
            Quantified(universal=True, variables=(one, other), where=both, body=Is(one, other)),
        )
    )

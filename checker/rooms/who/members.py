"""Who can be a member of a coalition: users that a situation has a name for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from checker.language.lexer import RESERVED
from checker.model.claim import ClaimVariable
from checker.model.expressions import Apply, Call, Constant, Sort, Term, Value, Variable
from checker.model.model import Model, RequestParameter
from checker.regime.regime import Regime


def senders(model: Model) -> RequestParameter:
    """The parameter that says who sends a request; its sort is that of the members."""
    return next(each for each in model.request if each.sort.has_things)


def candidates(model: Model, variables: Iterable[ClaimVariable]) -> Iterator[Term]:
    """Yield the terms that name a sender: the claim's own variables, definitions and functions over these
    (and over all values of enums), and constants, in this order.
    """
    sort = senders(model).sort
    known = tuple(Variable(each.name, each.sort) for each in variables if each.sort is not None)
    yield from (each for each in known if each.sort == sort)
    for definition in model.definitions.values():
        if definition.result == sort and not definition.reads_request:
            sorts = tuple(each.sort for each in definition.parameters)
            for given in _arguments(sorts, known):
                yield Call(definition.name, given, sort)
    for function in model.functions.values():
        if function.result == sort:
            for given in _arguments(function.parameters, known):
                yield Apply(function.name, given, sort)
    yield from (Constant(sort, each.name) for each in model.constants.values() if each.sort == sort)


def _arguments(sorts: Iterable[Sort], known: tuple[Variable, ...]) -> Iterable[tuple[Term, ...]]:
    """Every way to fill the places."""
    choices: list[tuple[Term, ...]] = []
    for sort in sorts:
        values = tuple(Value(sort, each) for each in sort.values)
        choices.append((*(each for each in known if each.sort == sort), *values))
    return itertools.product(*choices)


def fresh_names(regime: Regime, names: Iterable[str], prefix: str) -> Iterator[str]:
    """Yield names with a number that mean nothing yet in the law, and are none of the `names`."""
    vocabulary = regime.vocabulary
    taken = {*vocabulary.values, *vocabulary.constants, *vocabulary.callables, *RESERVED, *names}
    numbered = (f"{prefix}{number}" for number in itertools.count(1))
    return (each for each in numbered if each not in taken)

"""Conditions that count the same things, said as one: at least two, and not three, are exactly two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from checker.language.syntax import NUMERALS
from checker.model.expressions import Counted, Formula, Not, Quantified, Variable
from checker.model.rebuild import with_variables

_Things: TypeAlias = tuple[Variable, Formula]

MOST = len(NUMERALS) + 2  # no condition tells so many from one fewer


def counted_together(conditions: Iterable[Formula]) -> tuple[Formula, ...]:
    """Return the conditions, those that count the same things as one wherever one word says it."""
    counts: dict[_Things, tuple[frozenset[int], list[Formula]]] = {}
    others: list[Formula] = []
    for each in conditions:
        found = _count(each)
        if found is None:
            others.append(each)
            continue
        numbers, things = found
        same = next((known for known in counts if _alike(known, things)), things)
        before, said = counts.get(same, (frozenset(range(MOST)), []))
        counts[same] = before & numbers, [*said, each]
    for (variable, body), (numbers, said) in counts.items():
        one = _in_one(variable, body, numbers) if len(said) > 1 or isinstance(said[0], Not) else None
        others += said if one is None else [one]
    return tuple(others)


def _count(condition: Formula) -> tuple[frozenset[int], _Things] | None:
    """Which numbers of things a condition allows, and of which things; None if it does not count any."""
    match condition:
        case Counted(variable=variable, body=body):
            return frozenset(filter(condition.allows, range(MOST))), (variable, body)
        case Quantified(universal=False, variables=(variable,), where=None, body=body):
            return frozenset(range(1, MOST)), (variable, body)
        case Not(body=Counted() | Quantified() as denied):
            found = _count(denied)
            return None if found is None else (frozenset(range(MOST)) - found[0], found[1])
        case _:
            return None


def _alike(one: _Things, other: _Things) -> bool:
    """Whether the same is said of the same things, whatever they are called."""
    (variable, body), (called, said) = one, other
    return variable.sort == called.sort and body == with_variables(said, {called.name: variable})


def _in_one(variable: Variable, body: Formula, numbers: frozenset[int]) -> Formula | None:
    """The condition that allows just these numbers of things, if one word says it."""
    if numbers == {0}:
        return Not(Quantified(universal=False, variables=(variable,), where=None, body=body))
    counts = (
        Counted(how, number, variable, body)
        for how in ("at least", "at most", "exactly")
        for number in range(1, len(NUMERALS) + 1)
    )
    return next((each for each in counts if numbers == set(filter(each.allows, range(MOST)))), None)

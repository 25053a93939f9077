"""Assigns things of a finite instance to a claim's variables and requests, in all ways up to symmetry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.logic.node import ORDER, Node
from checker.model.expressions import FACT
from checker.question.problem import GaveUp, Problem


class TooLarge(GaveUp):
    """The instance has more situations or steps than are worth exploring, or numbers for which no
    few stand."""


@dataclass(frozen=True, slots=True)
class Things:
    """The things of one sort: interchangeable ones, which no rule names, and those that rules name."""

    alike: tuple[Node, ...]
    named: tuple[Node, ...]

    @property
    def all(self) -> tuple[Node, ...]:
        return (*self.alike, *self.named)


def things_of(problem: Problem, counts: Mapping[str, int]) -> dict[str, Things]:
    """As many things of every sort as `counts` says, besides those that rules name."""
    found = {}
    for sort in problem.system.model.sorts.values():
        if not sort.has_things:
            continue
        names = (f"{sort.name.lower()} {number + 1}" for number in range(counts.get(sort.name, 1)))
        alike = tuple(problem.terms.constant(name, sort) for name in names)
        found[sort.name] = Things(alike, tuple(each for each in problem.system.named if each.sort == sort))
    return found


def placings(
    problem: Problem, things: Mapping[str, Things], read: frozenset[Node]
) -> Iterator[dict[Node, Node]]:
    """Yield assignments of a thing to every variable of the claim that stands for a thing, and of a value to
    every other symbol of the claim (an enum variable, a parameter of a named request) that is in `read`.

    Assignments that differ only in the names of interchangeable things come once: each symbol gets a thing
    that an earlier symbol has, or one new thing.
    """
    variables = {given.value for given in problem.variables.values() if given.value is not None}
    requests = [
        node for each in problem.named_requests.values() for given in each.values.values() for node in given
    ]
    symbols = {each for each in variables if each.sort.has_things}
    symbols |= variables & read
    for node in requests:
        symbols |= problem.terms.symbols(node) & read if node is not None else frozenset()
    yield from _placed(problem, things, sorted(symbols, key=ORDER), {}, {})


def _placed(
    problem: Problem,
    things: Mapping[str, Things],
    symbols: list[Node],
    taken: Mapping[str, int],
    done: dict[Node, Node],
) -> Iterator[dict[Node, Node]]:
    if not symbols:
        yield done
        return
    symbol, *rest = symbols
    sort = symbol.sort
    if not sort.has_things:
        terms = problem.terms
        if sort.is_quantity:
            raise TooLarge("the claim is about a number of a request that it names")
        values = (terms.true, terms.false) if sort == FACT else (terms.value(v, sort) for v in sort.values)
        for each in values:
            yield from _placed(problem, things, rest, taken, {**done, symbol: each})
        return
    known = taken.get(sort.name, 0)
    for number, each in enumerate(things[sort.name].alike[: known + 1]):
        now = {**taken, sort.name: max(known, number + 1)}
        yield from _placed(problem, things, rest, now, {**done, symbol: each})
    for each in things[sort.name].named:
        yield from _placed(problem, things, rest, taken, {**done, symbol: each})

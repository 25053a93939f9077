"""Assigns things of a finite instance to the variables and requests of a claim, in every way that matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.logic.node import ORDER, Node
from checker.model.expressions import FACT
from checker.question.problem import Problem


@dataclass(frozen=True, slots=True)
class Things:
    """The things of one sort: those that no rule names, which are all alike, and those that rules name."""

    alike: tuple[Node, ...]
    named: tuple[Node, ...]

    @property
    def all(self) -> tuple[Node, ...]:
        return (*self.alike, *self.named)


def things_of(problem: Problem, counts: Mapping[str, int]) -> dict[str, Things]:
    """So many things of every sort, those that rules name apart."""
    found = {}
    for sort in problem.system.model.sorts.values():
        if sort.is_enum or sort == FACT:
            continue
        names = (f"{sort.name.lower()} {number + 1}" for number in range(counts.get(sort.name, 1)))
        alike = tuple(problem.terms.constant(name, sort) for name in names)
        found[sort.name] = Things(alike, tuple(each for each in problem.system.named if each.sort == sort))
    return found


def placings(
    problem: Problem, things: Mapping[str, Things], read: frozenset[Node]
) -> Iterator[dict[Node, Node]]:
    """A thing for every variable of the claim that stands for one, and a value for each other symbol of the
    claim (a variable of an enum, what a named request carries) among those `read`.

    Up to the names of things that are alike: each symbol gets a thing that another has, or a new one.
    """
    variables = {given.value for given in problem.variables.values() if given.value is not None}
    requests = [
        node for each in problem.named_requests.values() for given in each.values.values() for node in given
    ]
    symbols = {each for each in variables if not each.sort.is_enum}
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
    if sort == FACT or sort.is_enum:
        terms = problem.terms
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

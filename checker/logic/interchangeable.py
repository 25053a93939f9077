"""Which bound symbols may change places: of things that are counted, it does not matter which is which."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from checker.logic.node import Node
from checker.logic.terms import Terms

_Form: TypeAlias = "Node | tuple[str, frozenset[_Form]]"


@dataclass(frozen=True, slots=True)
class Group:
    """Bound symbols, as positions, that may change places without changing the body. `apart`: where two of
    them are the same thing, the body is false.
    """

    positions: tuple[int, ...]
    apart: bool = False

    def chosen(self, things: Sequence[Node]) -> Iterator[tuple[Node, ...]]:
        """Yield the choices of things for the positions, one of all that differ only in their order."""
        choose = itertools.combinations if self.apart else itertools.combinations_with_replacement
        return choose(things, len(self.positions))

    def count(self, things: int) -> int:
        """How many choices there are among so many things."""
        places = len(self.positions)
        return math.comb(things, places) if self.apart else math.comb(things + places - 1, places)


def groups(terms: Terms, bound: tuple[Node, ...], body: Node) -> tuple[Group, ...]:
    """Return the groups that the bound symbols of `exists bound: body` form; each symbol is in one."""
    found: list[list[int]] = []
    for position, symbol in enumerate(bound):
        before = bound[position - 1] if position else None
        if before is not None and symbol.sort == before.sort and _exchanged(terms, body, before, symbol):
            found[-1].append(position)
        else:
            found.append([position])
    return tuple(Group(tuple(each), _apart(terms, body, [bound[at] for at in each])) for each in found)


def tuples(made: tuple[Group, ...], things: Sequence[Sequence[Node]]) -> Iterator[tuple[Node, ...]]:
    """Yield the tuples of things that have to be tried. `things`: those of each bound symbol."""
    if all(len(each.positions) == 1 for each in made):
        yield from itertools.product(*things)
        return
    for parts in itertools.product(*(each.chosen(things[each.positions[0]]) for each in made)):
        yield tuple(itertools.chain.from_iterable(parts))


def count(made: tuple[Group, ...], sizes: Sequence[int]) -> int:
    """How many tuples have to be tried, of so many things for each bound symbol."""
    return math.prod(each.count(sizes[each.positions[0]]) for each in made)


def _exchanged(terms: Terms, body: Node, one: Node, other: Node) -> bool:
    """Whether the body says the same with two symbols in each other's place."""
    return _form(body) == _form(terms.instance(body, (one, other), (other, one)))


def _apart(terms: Terms, body: Node, symbols: list[Node]) -> bool:
    return len(symbols) > 1 and terms.instance(body, (symbols[0],), (symbols[1],)) is terms.false


def _form(node: Node) -> _Form:
    """What a formula says, whatever order its parts stand in."""
    if node.operator in ("and", "or", "not"):
        return node.operator, frozenset(map(_form, node.arguments))
    return node

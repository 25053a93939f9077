"""Which values of what never changes are looked at one by one.

A device that is known to be of one kind depends on less than one of whichever kind: some steps cannot be
taken, and some places stay empty. So a large part of a claim is cut once more, by what never changes; of
values that come to the same, one is looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

from checker.logic.ground_conditions import told_apart
from checker.logic.node import Node
from checker.model.expressions import FACT
from checker.tla.claim_part import Part
from checker.tla.concrete_steps import tests_of
from checker.tla.depends_on import Cone, Known
from checker.tla.possible_values import Place

CONFIGURATIONS: Final = 40  # of what never changes; with more, a part is left as it is


def pinned(cone: Cone, part: Part) -> list[Part]:
    """Return the part cut by what never changes, if that makes fewer situations.

    What the claim says nothing of is left out.
    """
    places = _to_pin(cone, part)
    cut: list[Part] = []
    for values in _configurations(cone, part, tuple(places.values())):
        pins = {
            symbol: cone.ground.terms.value(value, symbol.sort)
            for symbol, value in zip(places.values(), values, strict=True)
        }
        if cone.ground.terms.substitute(part.asked, pins) is not cone.ground.terms.false:
            cut.append(_cut(cone, part, dict(zip(places, values, strict=True)), pins))
    if not cut or sum(each.cost(cone) for each in cut) >= part.cost(cone):
        return [part]
    return cut


def _cut(cone: Cone, part: Part, values: Mapping[str, str], pins: Known) -> Part:
    nodes = sorted(part.nodes, key=lambda each: each.order)
    found = cone.slice(nodes, sorted(part.places), cone.consequences(pins))
    kept = frozenset(each for each in part.slice.places if each[0] in values)
    return part.narrowed(found, kept, values)


def _to_pin(cone: Cone, part: Part) -> dict[str, Node]:
    """Functions that never change, and of which one place with few values is followed -> that place."""
    functions = cone.ground.model.functions
    names = [name for name, _ in part.slice.places]
    found: dict[str, Node] = {}
    for name, tokens in sorted(part.slice.places):
        function = functions[name]
        few = function.result == FACT or function.result.is_enum
        single = names.count(name) == 1 and all(
            cone.focus.count(token, sort) == 1
            for token, sort in zip(tokens, function.parameters, strict=True)
        )
        if few and single and not function.state:
            symbol = _symbol(cone, (name, tokens))
            if symbol is not None:
                found[name] = symbol
    return found


def _symbol(cone: Cone, pattern: Place) -> Node | None:
    """The place that the pattern stands for; None if its value is known."""
    name, _ = pattern
    sorts = cone.ground.model.functions[name].parameters
    for arguments in itertools.product(*(cone.ground.members(each) for each in sorts)):
        if cone.focus.place((name, arguments)) == pattern:
            conditions = cone.ground.at((name, arguments)).values()
            return next((each.arguments[0] for each in conditions if each.operator == "member"), None)
    return None


def _configurations(cone: Cone, part: Part, symbols: tuple[Node, ...]) -> Iterator[tuple[str, ...]]:
    """Values of the places, of those that come to the same conditions the first; none if there are many."""
    level: dict[tuple[Node, ...], tuple[str, ...]] = {part.slice.nodes: ()}
    for symbol in symbols:
        deeper: dict[tuple[Node, ...], tuple[str, ...]] = {}
        for nodes, values in level.items():
            for value in told_apart(symbol.sort.values, tests_of(nodes).get(symbol, ())):
                put = {symbol: cone.ground.terms.value(value, symbol.sort)}
                narrowed = tuple(cone.ground.terms.substitute(each, put) for each in nodes)
                deeper.setdefault(narrowed, (*values, value))
        level = deeper
        if len(level) > CONFIGURATIONS:
            return
    yield from level.values()

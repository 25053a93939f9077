"""A part of a claim: what is asked about together, and what that depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from checker.logic.node import Node
from checker.tla.depends_on import Cone, Slice
from checker.tla.possible_values import Place
from checker.tla.told_apart import Pattern
from checker.tla.what_decides import Subject


@dataclass(frozen=True, slots=True)
class Part:
    """`subjects`: what is asked about; `asked`: where anything is said of it. `nodes` and `places`: what that
    depends on at once; `slice`: through any number of steps. `pins`: functions that never change, and whose
    only followed place has this value.
    """

    subjects: frozenset[Subject]
    asked: Node
    nodes: frozenset[Node]
    places: frozenset[Place]
    slice: Slice
    pins: Mapping[str, str] = field(default_factory=dict)

    def cost(self, cone: Cone) -> float:
        """Return how many situations there may be to tell apart."""
        return cone.situations(self.slice.places, self.pins)

    def narrowed(self, found: Slice, kept: frozenset[Pattern], pins: Mapping[str, str]) -> Part:
        """Return the part with another slice, in which some places are followed as well, and pinned."""
        return replace(self, slice=replace(found, places=found.places | kept), pins=pins)


def together(cone: Cone, parts: Sequence[Part]) -> Part:
    """Return one part of several."""
    nodes = frozenset[Node]().union(*(each.nodes for each in parts))
    places = frozenset[Place]().union(*(each.places for each in parts))
    found = cone.slice(sorted(nodes, key=lambda each: each.order), sorted(places), {})
    subjects = frozenset[Subject]().union(*(each.subjects for each in parts))
    asked = cone.ground.terms.or_(*(each.asked for each in parts))
    return Part(subjects, asked, nodes, places, found)

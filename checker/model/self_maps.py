"""Trees and self-maps: functions that lead from things of a sort back to things of that sort.

The model has statements instead: of a self-map, that a thing has a value, which is its last argument; of a
tree, that one thing is inside another. `checker.regime.self_maps` declares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from checker.model.expressions import Apply, Is

_INSIDE: Final = "inside-"


@dataclass(frozen=True, slots=True)
class SelfMap:
    """A tree or a self-map. `parameters`: the sorts that it takes, as declared; its statement also takes the
    value. `inside`: of a tree, the name of the statement that one thing is inside another.
    """

    name: str
    parameters: tuple[str, ...]
    result: str
    inside: str | None

    @property
    def axioms(self) -> frozenset[str]:
        """The names of the axioms that say what it is."""
        kinds = ("one-at-most",) if self.inside is None else ("no-circle", "nested", "in-line")
        return frozenset(f"{self.name}-{each}" for each in kinds)


def inside_of(tree: str) -> str:
    """The name of the statement that one thing is inside another, in a tree of that name."""
    return f"{_INSIDE}{tree}"


def says_inside(said: Apply) -> bool:
    """Whether it says that one thing is inside another of its sort."""
    if not said.function.startswith(_INSIDE):
        return False
    match said.arguments:
        case (one, other):
            return getattr(one, "sort", None) == getattr(other, "sort", None)
        case _:
            return False


def is_or_inside(same: Is, inside: Apply) -> bool:
    """Whether, one or the other, they say that a thing is another or inside it."""
    return says_inside(inside) and inside.arguments == (same.left, same.right)


def axioms_of(maps: Iterable[SelfMap]) -> frozenset[str]:
    """The names of the axioms that say what trees and self-maps are; no law can do without them."""
    return frozenset[str]().union(*(each.axioms for each in maps))

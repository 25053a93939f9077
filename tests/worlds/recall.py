"""Answers about situations, remembered by what was looked up for them.

The meaning of a formula is worked out by `checker.model.evaluate` in one situation. Where the places that it
looked up are the same, it means the same: so it is worked out once for all such situations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from checker.model.situation import Instance, Situation

Value: TypeAlias = str | bool | None
State: TypeAlias = tuple[Value, ...]
Where: TypeAlias = tuple[str, tuple[str, ...]]
T = TypeVar("T")

UNTOUCHED = "untouched"  # what a place holds, for updates to overwrite


class Located(Protocol):
    """What a world says of its situations: things, the number of every place, the versions deployed."""

    @property
    def things(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def index(self) -> Mapping[Where, int]: ...
    def versions_in(self, state: State) -> Mapping[Instance, str]: ...


class Watched(dict[Where, str | bool]):
    """The values of a situation; what is looked up is noted."""

    def __init__(
        self, index: Mapping[Where, int], moment: int, state: State, seen: dict[tuple[int, int], None]
    ) -> None:
        super().__init__(dict.fromkeys(index, UNTOUCHED))
        self.places, self.moment, self.state, self.seen = index, moment, state, seen

    def get(self, key: Where, default: object = None) -> Any:
        place = self.places[key]
        self.seen[self.moment, place] = None
        value = self.state[place]
        return default if value is None else value


@dataclass(slots=True)
class Branch:
    """What was looked up next, and what follows from each value found."""

    moment: int
    place: int
    ways: dict[Value, object]


class Recall(Generic[T]):
    """Remembers what `compute` makes of one situation, or of two. The versions deployed always count."""

    def __init__(self, world: Located, compute: Callable[..., T]) -> None:
        self.world, self.compute = world, compute
        self._count = len(world.index)
        self._roots: dict[tuple[State, ...], object] = {}

    def __call__(self, *states: State) -> T:
        node = self._roots.get(self._deployed(states))
        while type(node) is Branch:
            node = node.ways.get(states[node.moment][node.place])
        return node[0] if type(node) is tuple else self._miss(states)

    def _deployed(self, states: tuple[State, ...]) -> tuple[State, ...]:
        """What the tuples say of versions, where they say anything."""
        if len(states[0]) == self._count:
            return ()
        return tuple([each[self._count :] for each in states])

    def _miss(self, states: tuple[State, ...]) -> T:
        seen: dict[tuple[int, int], None] = {}
        world = self.world
        given = (
            Situation(world.things, Watched(world.index, moment, state, seen), world.versions_in(state))
            for moment, state in enumerate(states)
        )
        result = self.compute(*given)
        key = self._deployed(states)
        known, holder, depth = self._roots.get(key), None, 0
        while type(known) is Branch:
            holder, depth = known, depth + 1
            known = known.ways.get(states[known.moment][known.place])
        node: object = (result,)
        for moment, place in reversed(list(seen)[depth:]):
            node = Branch(moment, place, {states[moment][place]: node})
        if holder is None:
            self._roots[key] = node
        else:
            holder.ways[states[holder.moment][holder.place]] = node
        return result

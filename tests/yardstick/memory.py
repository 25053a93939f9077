"""Answers about states, remembered by the places that were looked at: where these are the same, so is the
answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from tests.yardstick.worlds import State, Values, Worth

T = TypeVar("T")


class _Watched:
    """The values of a state; which places are looked at is noted."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.seen: dict[int, None] = {}

    def __getitem__(self, place: int) -> Worth:
        self.seen[place] = None
        return self.values[place]

    def __iter__(self) -> Iterator[Worth]:
        return (self[place] for place in range(len(self)))

    def __len__(self) -> int:
        return len(self.values)


class Memory(Generic[T]):
    """What `compute` makes of states, remembered. What is deployed always counts, what is under way never."""

    def __init__(self, compute: Callable[[State], T]) -> None:
        self.compute = compute
        self._known: dict[tuple[str, ...], Any] = {}

    def __call__(self, now: State) -> T:
        node = self._known.get(now[1])
        values = now[0]
        while type(node) is list:  # a place, and what follows from each value there
            node = node[1].get(values[node[0]])
        return node[0] if type(node) is tuple else self._found(now)

    def _found(self, now: State) -> T:
        watched = _Watched(now[0])
        answer = self.compute((watched, now[1], now[2]))
        holder: list[Any] | None = None
        depth, node = 0, self._known.get(now[1])
        while type(node) is list:
            holder, depth, node = node, depth + 1, node[1].get(now[0][node[0]])
        new: object = (answer,)
        for place in reversed(list(watched.seen)[depth:]):
            new = [place, {now[0][place]: new}]
        if holder is None:
            self._known[now[1]] = new
        else:
            holder[1][now[0][holder[0]]] = new
        return answer

"""Two versions of a list held against each other: what both have, and what only one of them has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias, TypeVar

T = TypeVar("T")
Same: TypeAlias = Callable[[T], Hashable]
"""What of a member counts: two members are the same if this is equal."""
Change: TypeAlias = Literal["kept", "struck", "inserted"]
"""What becomes of something from one version to another."""


def change(old: object, new: object) -> Change:
    """Return what becomes of something of which either version may have nothing."""
    return "kept" if old and new else "struck" if old else "inserted"


def matched(
    old: Sequence[T], new: Sequence[T], same: Same[T] | None = None
) -> Iterator[tuple[Sequence[T], Sequence[T], bool]]:
    """Yield the stretches of two lists in order, as each list has them, and whether they are the same.
    `same`: what counts of a member; by default, all of it.
    """
    before, after = (list(each) if same is None else list(map(same, each)) for each in (old, new))
    for how, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield old[start:end], new[first:last], how == "equal"


def changes(
    old: Sequence[T], new: Sequence[T], same: Same[T] | None = None
) -> Iterator[tuple[Change, Sequence[T]]]:
    """Yield the stretches that are kept, as the new list has them, and those that are struck or inserted.
    What is inserted in the place of something comes after it. No stretch is empty.
    """
    for ours, mine, both in matched(old, new, same):
        if both:
            yield "kept", mine
            continue
        if ours:
            yield "struck", ours
        if mine:
            yield "inserted", mine


def merged(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return the names of both, each once, in the order of either as far as they agree."""
    found: dict[str, None] = {}
    for ours, mine, _ in matched(old, new):
        found.update(dict.fromkeys((*ours, *mine)))
    return tuple(found)

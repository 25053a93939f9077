"""What a piece of work leaves is given back before the next one begins."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from checker.prove.clearing import Clearing

MANY = 200_000  # blocks: twice as many as are worth a look


class _Kept:
    """Something that only the collector finds to be garbage, as it keeps itself."""

    def __init__(self, blocks: int) -> None:
        self.itself = self
        self.blocks = [object() for _ in range(blocks)]


@pytest.fixture(autouse=True)
def _uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_much_garbage_is_collected_and_little_is_not() -> None:
    """Looking takes time, so there must be something to find."""
    clearing = Clearing()
    little = weakref.ref(_Kept(10))
    clearing.between_pieces()
    assert little() is not None
    much = weakref.ref(_Kept(MANY))
    clearing.between_pieces()
    assert little() is much() is None


def test_what_is_used_is_no_reason_to_look_again() -> None:
    """Once it was looked through, only what has grown since then counts, and what has shrunk meanwhile."""
    clearing = Clearing()
    used = [object() for _ in range(MANY)]
    clearing.between_pieces()
    little = weakref.ref(_Kept(10))
    clearing.between_pieces()
    assert little() is not None
    del used
    clearing.between_pieces()
    assert little() is not None
    much = weakref.ref(_Kept(MANY))
    clearing.between_pieces()
    assert little() is much() is None

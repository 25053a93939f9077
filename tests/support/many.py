"""Work on many numbers, on several processes if that is asked for."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


def in_order(work: Callable[[int], _T], numbers: Iterable[int], jobs: int) -> Iterator[_T]:
    """What comes of each number, in order. With several jobs, `work` must be one that other processes get."""
    if jobs <= 1:
        yield from map(work, numbers)
        return
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(work, numbers)

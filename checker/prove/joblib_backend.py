"""Hands pieces of work to what joblib was told to use instead of its own processes: a Dask cluster, say.

What is sent is small: once the law with all that is asked, then numbers. A process of the other side begins
once, and does one piece after the other.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import Final, TypeAlias, TypeVar, cast

T = TypeVar("T")

Starting: TypeAlias = Callable[[], Callable[[int], T]]
"""Called once in every process; returns the function that does the piece of work with a given number."""

_OWN: Final = ("LokyBackend", "SequentialBackend")  # by default, and within its processes


def is_chosen() -> bool:
    """Whether joblib was told to use something else than it does by itself, by `joblib.parallel_config`."""
    if "joblib" not in sys.modules:  # nobody can have told it anything
        return False
    from joblib.parallel import get_active_backend

    backend, _ = get_active_backend()
    return type(backend).__name__ not in _OWN


def done_elsewhere(starting: Starting[T], numbers: Iterable[int]) -> Iterator[tuple[int, T]]:
    """Yield (number, result) of every piece of work as soon as it is done.

    Raises what a piece of work raises, and what the backend raises if it is lost.
    """
    import joblib

    sent = pickle.dumps(starting, protocol=5)
    beginning = Beginning(blake2b(sent).hexdigest(), len(sent), starting)
    pieces = (joblib.delayed(_piece)(beginning, number) for number in numbers)
    done = joblib.Parallel(return_as="generator_unordered", pre_dispatch="all")(pieces)
    yield from cast("Iterator[tuple[int, T]]", done)


@dataclass(frozen=True)
class Beginning:
    """What a process begins with. `name` tells it from others; it says how many bytes it has, so that a
    cluster sends it to each of its processes once.
    """

    name: str
    size: int = field(compare=False)
    starting: Starting[object] = field(compare=False, repr=False)

    def __sizeof__(self) -> int:
        return self.size


@dataclass(frozen=True, slots=True)
class _Worker:
    """Does pieces of work, one at a time: those of one law share terms, which no two threads may build."""

    work: Callable[[int], object]
    alone: Lock


@lru_cache(maxsize=1)
def _begun(beginning: Beginning) -> _Worker:
    """What does pieces of work in this process. The one of the law asked last is kept."""
    return _Worker(beginning.starting(), Lock())


def _piece(beginning: Beginning, number: int) -> tuple[int, object]:
    worker = _begun(beginning)
    with worker.alone:
        return number, worker.work(number)

"""Spreads work over processes; each result arrives as soon as it is there."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from checker.engines.job import DEFAULT, Disagreement, Effort, Job
from checker.engines.laws import by_law
from checker.engines.verdict import Result

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from checker.engines.system import Columns

T = TypeVar("T")

Starting: TypeAlias = Callable[[], Callable[[int], T]]
"""Called once in every process: answers what does the piece of work of a number."""


def run(regime: Columns, jobs: tuple[Job, ...], effort: Effort = DEFAULT) -> Iterator[tuple[int, Result]]:
    """Yield (position of the job, result) in order of completion.

    Raises Disagreement if two engines contradict each other, RuntimeError if
    a process dies.
    """
    starting = partial(_deciding, regime, jobs, effort)
    for number, result in spread(starting, by_law(regime, jobs), effort.processes):
        yield number, replace(result, claim=jobs[number].claim)


def _deciding(regime: Columns, jobs: tuple[Job, ...], effort: Effort) -> Callable[[int], Result]:
    from checker.engines.prove import Prover

    prover = Prover(
        regime,
        budget=effort.budget,
        seed=effort.seed,
        explore=effort.explore,
        blame=effort.blame,
        witnesses=effort.witnesses,
    )

    def decide(number: int) -> Result:
        try:
            return prover.decide(jobs[number])
        except Disagreement:
            raise
        except Exception as error:
            raise Disagreement(f"claim {jobs[number].claim.name}: {error!r}") from error

    return decide


def spread(starting: Starting[T], groups: list[list[int]], processes: int) -> Iterator[tuple[int, T]]:
    """Do every numbered piece of work, those of one group in one process, and yield (number, result).

    Raises what a piece of work raises, RuntimeError if a process dies.
    """
    import multiprocessing

    alone = multiprocessing.current_process().daemon  # a process that may have no children
    if alone or processes <= 1 or sum(map(len, groups)) <= 1:
        work = starting()
        yield from ((number, work(number)) for group in groups for number in group)
        return
    forks = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    workers: dict[Connection, BaseProcess] = {}
    for _ in range(min(processes, len(groups))):
        ours, theirs = context.Pipe()
        worker: BaseProcess = context.Process(target=_work, args=(theirs, starting), daemon=True)
        worker.start()
        theirs.close()
        workers[ours] = worker
    try:
        yield from cast("Iterator[tuple[int, T]]", _hand_out(workers, groups))
    finally:
        for worker in workers.values():
            worker.terminate()
            worker.join()


def _hand_out(
    workers: dict[Connection, BaseProcess], groups: list[list[int]]
) -> Iterator[tuple[int, object]]:
    from multiprocessing.connection import Connection, wait

    waiting = iter(groups)
    left: dict[Connection, int] = {}
    for connection in workers:
        _next_group(connection, waiting, left)
    while left:
        for ready in wait(list(left)):
            assert isinstance(ready, Connection)
            try:
                number, result = ready.recv()
            except EOFError as died:
                raise RuntimeError("a worker process died") from died
            if isinstance(result, Exception):
                raise result
            left[ready] -= 1
            if not left[ready]:
                _next_group(ready, waiting, left)
            yield number, result


def _next_group(worker: Connection, waiting: Iterator[list[int]], left: dict[Connection, int]) -> None:
    """Give a worker its next group, or strike it from those that have some left."""
    group = next(waiting, None)
    if group is None:
        left.pop(worker, None)
    else:
        worker.send(group)
        left[worker] = len(group)


def _work(connection: Connection, starting: Starting[object]) -> None:
    """Do the pieces of work whose numbers arrive, until the other end hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that hands out the work stops the others
    gc.disable()  # what is built lives as long as the process, so looking for cycles is time lost
    work = starting()
    while True:
        try:
            group = connection.recv()
        except EOFError:
            return
        for number in group:
            connection.send((number, _done(work, number)))


def _done(work: Callable[[int], object], number: int) -> object:
    """The result, or whatever happened instead, for the other end to raise."""
    try:
        return work(number)
    except Exception as error:
        return error


def default_processes() -> int:
    """As many as there are cores."""
    return os.cpu_count() or 1

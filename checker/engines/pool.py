"""Runs jobs on several processes; each result arrives as soon as it is there."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from checker.engines.job import DEFAULT, Disagreement, Effort, Job
from checker.engines.laws import by_law
from checker.engines.verdict import Result

if TYPE_CHECKING:
    from checker.engines.prove import Prover
    from checker.engines.system import Columns


def run(regime: Columns, jobs: tuple[Job, ...], effort: Effort = DEFAULT) -> Iterator[tuple[int, Result]]:
    """Yield (position of the job, result) in order of completion.

    Raises Disagreement if two engines contradict each other, RuntimeError if
    a process dies.
    """
    alone = multiprocessing.current_process().daemon  # a process that may have no children
    if alone or effort.processes <= 1 or len(jobs) <= 1:
        yield from _run_here(regime, jobs, effort)
        return
    forks = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    workers: dict[Connection, BaseProcess] = {}
    for _ in range(min(effort.processes, len(jobs))):
        ours, theirs = context.Pipe()
        worker: BaseProcess = context.Process(target=_work, args=(theirs, regime, jobs, effort), daemon=True)
        worker.start()
        theirs.close()
        workers[ours] = worker
    try:
        yield from _hand_out(workers, jobs, by_law(regime, jobs))
    finally:
        for worker in workers.values():
            worker.terminate()
            worker.join()


def _run_here(regime: Columns, jobs: tuple[Job, ...], effort: Effort) -> Iterator[tuple[int, Result]]:
    from checker.engines.prove import Prover

    prover = Prover(regime, budget=effort.budget, seed=effort.seed, explore=effort.explore)
    for group in by_law(regime, jobs):
        for number in group:
            yield number, prover.decide(jobs[number])


def _hand_out(
    workers: dict[Connection, BaseProcess], jobs: tuple[Job, ...], groups: list[list[int]]
) -> Iterator[tuple[int, Result]]:
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
            yield number, replace(result, claim=jobs[number].claim)


def _next_group(worker: Connection, waiting: Iterator[list[int]], left: dict[Connection, int]) -> None:
    """Give a worker the jobs of the next law, or strike it from those that have some left."""
    group = next(waiting, None)
    if group is None:
        left.pop(worker, None)
    else:
        worker.send(group)
        left[worker] = len(group)


def _work(connection: Connection, regime: Columns, jobs: tuple[Job, ...], effort: Effort) -> None:
    """Decide the jobs whose numbers arrive, until the other end hangs up."""
    from checker.engines.prove import Prover

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that hands out the jobs stops the others
    gc.disable()  # what is built lives as long as the process, so looking for cycles is time lost
    prover = Prover(regime, budget=effort.budget, seed=effort.seed, explore=effort.explore)
    while True:
        try:
            group = connection.recv()
        except EOFError:
            return
        for number in group:
            connection.send((number, _decided(prover, jobs[number])))


def _decided(prover: Prover, job: Job) -> Result | Exception:
    """The result, or whatever happened instead, for the other end to raise."""
    try:
        return prover.decide(job)
    except Disagreement as error:
        return error
    except Exception as error:
        return Disagreement(f"claim {job.claim.name}: {error!r}")


def default_processes() -> int:
    """As many as there are cores."""
    return multiprocessing.cpu_count()

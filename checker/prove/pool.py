"""Spreads work over processes; each result arrives as soon as it is there."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar, cast

from checker.model.deadline import Stop
from checker.prove.clearing import Clearing
from checker.prove.joblib_backend import Starting, done_elsewhere, is_chosen
from checker.question.jobs import Effort

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


T = TypeVar("T")

_END_WITH_PARENT: Final = 1  # what Linux calls PR_SET_PDEATHSIG
_MANY: Final = 4  # pieces of work, of which half are worth loading a law in another process
_AHEAD: Final = 2  # pieces of work that a worker has, so that it need not wait for the next
_GRACE: Final = 1.0  # seconds in which a process that is told to end does so
_HEARING: Final = 0.05  # seconds after which we look whether to stop
_ASIDE: Final = 10  # how much less urgent work is that somebody may stop, on the scale of `nice`


class WorkerDied(RuntimeError):
    """A process that did a piece of work is gone."""


def spread(
    starting: Starting[T],
    groups: list[list[int]],
    processes: int,
    *,
    apart: bool = False,
    here: Callable[[int], T] | None = None,
    stop: Stop | None = None,
) -> Iterator[tuple[int, T]]:
    """Do every numbered piece of work, each group in one process, and yield (number, result). `apart`: a
    group may be shared by processes, though one process does it with the least work. `here`: does a piece in
    this process, which then is one of them, and begins with the first group. `stop`: ends the work; whoever
    may do so is waited for by somebody who edits, so the other processes take only the time that nothing else
    wants. Where `joblib.parallel_config` names a backend, each piece goes to that.

    Raises what a piece of work raises, WorkerDied if a process dies, Stopped as soon as that is asked.
    """
    import multiprocessing

    if is_chosen():
        numbers = [number for group in groups for number in group]
        yield from _until(stop, done_elsewhere(starting, numbers))
        return
    alone = multiprocessing.current_process().daemon  # daemonic processes may have no children
    most = sum(map(len, groups)) if apart else len(groups)
    many = not alone and processes > 1 and most > 1
    wanted = min(processes, most) - (here is not None)
    workers = _started(starting, wanted, aside=stop is not None) if many else {}
    if not workers:
        work = here or starting()
        yield from _until(stop, ((number, work(number)) for group in groups for number in group))
        return
    try:
        yield from cast(
            "Iterator[tuple[int, T]]", _hand_out(workers, _Waiting(groups, apart=apart), here, stop)
        )
    finally:
        _end(workers)


@contextlib.contextmanager
def beside(work: Callable[[], T], effort: Effort) -> Iterator[Callable[[], T]]:
    """Begin a piece of work in a process of its own, for what this process hands out meanwhile, and give what
    waits for it. Where there is one processor or no process to be had, that does it. The process ends with
    the block.

    Waiting raises what `spread` raises.
    """
    import multiprocessing

    alone = multiprocessing.current_process().daemon or is_chosen() or effort.processes <= 1
    workers = {} if alone else _started(partial(_only, work), 1, aside=effort.stop is not None)
    if not workers:
        yield work
        return
    try:
        ((connection, _),) = workers.items()
        connection.send(0)
        yield cast("Callable[[], T]", partial(_arriving, connection, effort.stop))
    finally:
        _end(workers)


def _only(work: Callable[[], T]) -> Callable[[int], T]:
    return lambda _: work()


def _arriving(connection: Connection, stop: Stop | None) -> object:
    """The one result that arrives there."""
    while stop is not None and not connection.poll(_HEARING):
        stop.keep()
    _, result = _received(connection)
    return result


def _received(connection: Connection) -> tuple[int, object]:
    try:
        number, result = connection.recv()
    except (EOFError, OSError) as died:
        raise WorkerDied("a worker process died") from died
    if isinstance(result, Exception):
        raise result
    return number, result


def _end(workers: Mapping[Connection, BaseProcess]) -> None:
    """End processes, whatever they do."""
    for connection, worker in workers.items():
        worker.terminate()
        worker.join(_GRACE)
        if worker.is_alive():  # it was told before it could listen
            worker.kill()
            worker.join()
        worker.close()
        connection.close()


def _until(stop: Stop | None, done: Iterator[tuple[int, T]]) -> Iterator[tuple[int, T]]:
    """What is done until somebody wants no more of it: Stopped then."""
    for each in done:
        if stop is not None:
            stop.keep()
        yield each


def _started(starting: Starting[object], count: int, *, aside: bool) -> dict[Connection, BaseProcess]:
    """`count` workers, or as many as the system allows, by their connections. `aside`: they let others go
    first.
    """
    import multiprocessing

    forks = can_fork()
    made: Callable[..., BaseProcess] = (
        multiprocessing.get_context("fork").Process if forks else multiprocessing.get_context("spawn").Process
    )
    workers: dict[Connection, BaseProcess] = {}
    with contextlib.suppress(OSError), _uninterrupted():  # the system allows no more processes or open files
        while len(workers) < count:
            connection, worker = _one_started(made, starting, tuple(workers), forks=forks, aside=aside)
            workers[connection] = worker
    return workers


def _one_started(
    made: Callable[..., BaseProcess],
    starting: Starting[object],
    others: tuple[Connection, ...],
    *,
    forks: bool,
    aside: bool,
) -> tuple[Connection, BaseProcess]:
    """A worker, and our end of its pipe. `others`: our ends of the other pipes. A forked worker inherits
    these and must close them: a pipe only reports its end when nobody has the other end open any more.
    """
    import multiprocessing

    ours, theirs = multiprocessing.Pipe()
    inherited = (ours, *others) if forks else ()
    try:
        worker = made(target=_work, args=(theirs, starting, inherited, aside), daemon=True)
        worker.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return ours, worker


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delay Ctrl-C until the block has ended; processes that start in it ignore it. The process that hands
    out the work stops the others.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Waiting:
    """Pieces of work that are not handed out yet, in groups; `apart`: a worker who has nothing left to begin
    takes half of what the busiest one has left.
    """

    def __init__(self, groups: list[list[int]], *, apart: bool) -> None:
        self._groups = deque(deque(each) for each in groups if each)
        self._begun: dict[Connection | None, deque[int]] = {}
        self._apart = apart

    def next(self, worker: Connection | None) -> int | None:
        """The next piece of work for a worker (None: this process), of the group that it has begun while that
        lasts.
        """
        own = self._begun.get(worker) or self._another()
        if own:
            self._begun[worker] = own
        return own.popleft() if own else None

    def _another(self) -> deque[int] | None:
        if self._groups:
            return self._groups.popleft()
        busiest = max(self._begun.values(), key=len, default=deque[int]())
        if not self._apart or len(busiest) < _MANY:
            return None
        return deque(reversed([busiest.pop() for _ in range(len(busiest) // 2)]))


def _hand_out(
    workers: Iterable[Connection],
    waiting: _Waiting,
    here: Callable[[int], object] | None,
    stop: Stop | None,
) -> Iterator[tuple[int, object]]:
    from multiprocessing.connection import Connection, wait

    left = dict.fromkeys(workers, 0)  # pieces of work that each has, and has not done

    def give(worker: Connection) -> None:
        while left[worker] < _AHEAD:
            number = waiting.next(worker)
            if number is None:
                return
            try:
                worker.send(number)
            except OSError as died:
                raise WorkerDied("a worker process died") from died
            left[worker] += 1

    own = None if here is None else waiting.next(None)
    for each in left:
        give(each)
    while (busy := [each for each, count in left.items() if count]) or own is not None:
        if stop is not None:
            stop.keep()
        if here is not None and own is not None:
            yield own, here(own)
            own = waiting.next(None)
        patience = 0 if own is not None else None if stop is None else _HEARING
        for ready in wait(busy, patience) if busy else ():
            assert isinstance(ready, Connection)
            number, result = _received(ready)
            left[ready] -= 1
            give(ready)
            yield number, result


def _work(
    connection: Connection, starting: Starting[object], inherited: tuple[Connection, ...], aside: bool
) -> None:
    """Do the pieces of work whose numbers arrive, until the other end hangs up."""
    _end_with_parent()
    if aside and hasattr(os, "nice"):
        os.nice(_ASIDE)
    for each in inherited:
        each.close()
    gc.disable()  # garbage is collected between pieces of work, not during one
    work = starting()
    gc.freeze()  # shared values live as long as the process
    clearing = Clearing()
    while True:
        try:
            number = connection.recv()
        except (EOFError, OSError):
            return
        connection.send((number, _done(work, number)))
        clearing.between_pieces()


def _end_with_parent() -> None:
    """From now on, end when the parent process ends, for whatever reason, even in the middle of work."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever the parent does with it, such as a server
    if sys.platform == "linux":  # immediately, even while a solver blocks all other threads
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _done(work: Callable[[int], object], number: int) -> object:
    """The result, or the exception, which the other end raises."""
    try:
        return work(number)
    except Exception as error:
        return error


def can_fork() -> bool:
    """Whether further processes begin with all that this one has in memory; those of a cluster do not."""
    return hasattr(os, "fork") and not is_chosen()


def default_processes() -> int:
    """The number of processors that we may use, limited by affinity and the cgroup's quota."""
    import joblib

    return int(joblib.cpu_count())

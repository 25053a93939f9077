"""A budget in seconds of CPU time, which a machine with other work to do gives as well as a quiet one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from checker.model.deadline import Stop

_OFTEN = 0.02  # seconds, at least, between two looks at the clock


@contextmanager
def cpu_budget(seconds: float) -> Iterator[Stop]:
    """A stop that is asked once this thread has spent so many seconds of CPU time inside."""
    stop, done = Stop(), threading.Event()
    clock = time.pthread_getcpuclockid(threading.get_ident())
    end = time.clock_gettime(clock) + seconds

    def watch() -> None:
        while (left := end - time.clock_gettime(clock)) > 0:
            if done.wait(max(left, _OFTEN)):
                return
        stop.ask()

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield stop
    finally:
        done.set()
        watching.join()

"""The entry point. It handles Ctrl-C, which may come at any time, before it loads anything else."""

from __future__ import annotations

import _thread
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Sequence

_STREAMS = 3
_GRACE = 1.0  # seconds in which Python itself ends after Ctrl-C, unless a solver does not let it
_SOON = 0.01  # seconds after which Ctrl-C is raised again
GARBAGE = (100_000, 50, 50)  # when Python looks for garbage; there is little, in very many small objects


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Never raises; REDLINE_DEBUG=1 shows tracebacks."""
    try:
        from checker.commands import running

        return running.run(arguments)
    except KeyboardInterrupt:
        return _interrupted()


def main() -> None:
    """Run the command given to the process, and exit."""
    try:
        _open_what_is_closed()
        _listen()
    except KeyboardInterrupt:
        sys.exit(_interrupted())
    gc.set_threshold(*GARBAGE)
    code = run(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said, and there is nothing left to stop
    sys.exit(code)


def _interrupted() -> int:
    from checker.exits import INTERRUPTED

    with contextlib.suppress(OSError):
        os.write(_STREAMS - 1, b"redline: interrupted\n")
    return INTERRUPTED


def _listen() -> None:
    """End after Ctrl-C even while a solver is at work, which Python would wait for."""
    import threading
    import time

    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)

    def wait() -> None:
        while os.read(read, 1) != bytes((signal.SIGINT,)):
            pass
        time.sleep(_GRACE)
        os._exit(_interrupted())

    def again(unraisable: sys.UnraisableHookArgs) -> None:
        """Where Python cannot raise anything, Ctrl-C waits for a better place."""
        if isinstance(unraisable.exc_value, KeyboardInterrupt):
            soon = threading.Timer(_SOON, _thread.interrupt_main)  # not in here, which is no better place
            soon.daemon = True
            soon.start()
        else:
            sys.__unraisablehook__(unraisable)

    sys.unraisablehook = again
    threading.Thread(target=wait, daemon=True).start()


def _open_what_is_closed() -> None:
    """Let no file that we open later take the place of a standard stream that is closed: what is written to
    such a stream is an error still.
    """
    while (opened := os.open(os.devnull, os.O_RDONLY)) < _STREAMS:
        pass
    os.close(opened)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")

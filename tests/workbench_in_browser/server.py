"""`redline serve` as people start it: in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.running import PROGRAM

_PATIENCE: Final = 600.0  # seconds in which a busy machine starts


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs. `address`: lets a browser in."""

    process: subprocess.Popen[str]
    address: str

    def kill(self) -> None:
        """End it as if the computer had failed."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def children(self) -> set[int]:
        """The processes that it has started, and which they have."""
        found, waiting = set[int](), [self.process.pid]
        while waiting:
            place = Path(f"/proc/{waiting.pop()}/task")
            for each in place.glob("*/children") if place.is_dir() else ():
                new = {int(one) for one in each.read_text(encoding="ascii").split()} - found
                found |= new
                waiting += new
        return found


@contextmanager
def served(law: Path, state: Path, port: int, *options: str) -> Iterator[Server]:
    """Serve a law on a port, with its drafts in a folder; end it with Ctrl-C if it still runs."""
    environment = {**os.environ, "XDG_STATE_HOME": str(state), "REDLINE_CACHE": "0"}
    command = (*PROGRAM, "serve", "--spec", str(law / "spec"), "--port", str(port), *options)
    with started(command, environment) as server:
        yield server


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None
) -> Iterator[Server]:
    """Start a server with a command in a folder; end it with Ctrl-C if it still runs."""
    unbuffered = {**environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=unbuffered, cwd=folder) as process:
        try:
            yield Server(process, _address(process))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(_PATIENCE)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        line = process.stdout.readline()
        if line.startswith("http://"):
            return line.strip()
        if not line:
            break
    raise AssertionError("the server has not started")

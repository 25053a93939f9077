"""Gives tests to a program, and compares its answers with what the law says."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final, Self

from checker.language.diagnostics import Diagnostic, SpecError
from checker.results.answer import Watch
from checker.rooms.cases.given import Given

_LONGEST: Final = 1_000_000  # bytes of one answer
_END: Final = 2.0  # seconds that a program has to end, once it has answered
_TOLD: Final = 400  # letters of what it said on standard error


@dataclass(frozen=True, slots=True)
class Answered:
    """A test, with the line that the program answered, or why there is none."""

    given: Given
    line: str = ""
    missing: str = ""


def run_program(command: str, tests: Sequence[Given], seconds: float, watch: Watch) -> Iterator[Answered]:
    """Give all tests to a program on its standard input, a line of JSON each, and yield what it answers to
    each, a line each, in the same order. Ends it when no answer has come for so many `seconds`. SpecError if
    it cannot be started.
    """
    with _Program(command) as program:
        program.send(tests)
        missing = ""
        for number, each in enumerate(tests, 1):
            if not missing:
                line, missing = program.line(seconds)
                if not missing:
                    yield Answered(each, line)
                    watch(number, len(tests), each.called)
                    continue
                missing = f"{missing}, after {number - 1} of {len(tests)} answers{program.told()}"
            yield Answered(each, missing=missing)


class _Late:
    """Nothing has come in time."""


class _Program:
    """A running program: what it writes is read as it comes, and it never outlives the run."""

    def __init__(self, command: str) -> None:
        try:
            words = shlex.split(command)
        except ValueError as wrong:
            raise _cannot_run(command, str(wrong).lower()) from wrong
        if not words:
            raise _cannot_run(command, "it is empty")
        try:
            self._process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError) as wrong:
            raise _cannot_run(command, getattr(wrong, "strerror", None) or str(wrong)) from wrong
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=10_000)
        self._said: list[bytes] = []
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._read, daemon=True),
            threading.Thread(target=self._listen, daemon=True),
        ]

    def __enter__(self) -> Self:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)  # it, and what it has started
        self._process.wait()
        until = time.monotonic() + _END
        for each in self._threads:
            each.join(max(0.0, until - time.monotonic()))
        if any(each.is_alive() for each in self._threads):
            return  # something that left its group has the pipes still: to close them would be to wait for it
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):
                _there(stream).close()

    def send(self, tests: Sequence[Given]) -> None:
        """Write all tests, and then end its input, while its answers are read."""

        def write() -> None:
            stdin = _there(self._process.stdin)
            with contextlib.suppress(OSError, ValueError):  # it may have ended, or may not want all
                for each in tests:
                    stdin.write(f"{json.dumps(each.document, ensure_ascii=False)}\n".encode())
                stdin.close()

        thread = threading.Thread(target=write, daemon=True)
        self._threads.append(thread)
        thread.start()

    def line(self, seconds: float) -> tuple[str, str]:
        """The next line that is not empty, or why there is none."""
        until = time.monotonic() + seconds
        while True:
            found = self._next(until - time.monotonic())
            if isinstance(found, _Late):
                self._kill()
                return "", f"no answer within {seconds:g} s"
            if found is None:
                return "", self._ended()
            text = found.decode("utf-8", "replace").strip()
            if text:
                return text, ""

    def _next(self, seconds: float) -> bytes | _Late | None:
        """What comes next within some seconds; None at the end of its output."""
        if seconds <= 0:
            return _Late()  # however much there is: empty lines may come for ever
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            return _Late()

    def told(self) -> str:
        """What it said last on standard error, to be added to a sentence."""
        self._threads[1].join(0.2)
        lines = b"".join(self._said).decode("utf-8", "replace").split("\n")
        last = next((each.strip() for each in reversed(lines) if each.strip()), "")
        return f"; it said: {last[:_TOLD]}" if last else ""

    def _ended(self) -> str:
        try:
            code = self._process.wait(_END)
        except subprocess.TimeoutExpired:
            self._kill()
            return "the program closed its output"
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"the program was ended by {signal.Signals(-code).name}"
        return f"the program ended with exit code {code}"

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _read(self) -> None:
        stdout = _there(self._process.stdout)
        with contextlib.suppress(OSError, ValueError):
            while not self._stopped.is_set():
                line = stdout.readline(_LONGEST)
                if not line:
                    break
                if not self._put(line):
                    return
        self._put(None)

    def _put(self, line: bytes | None) -> bool:
        """Hand a line over, unless nobody wants any more."""
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Full):
                self._lines.put(line, timeout=0.1)
                return True
        return False

    def _listen(self) -> None:
        stderr = _there(self._process.stderr)
        with contextlib.suppress(OSError, ValueError):
            for line in iter(lambda: stderr.readline(_LONGEST), b""):
                self._said = [*self._said[-19:], line]


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # all three are pipes
    return stream


def _cannot_run(command: str, why: str) -> SpecError:
    message = f"`{command}` cannot be run: {why}"
    return SpecError((Diagnostic("cannot-run", message, None, ("a program that reads JSON lines",)),))

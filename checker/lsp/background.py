"""The process that checks the law, as the server sees it: it is asked, it answers, and it may die. Nothing
here waits for it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from checker.lsp.messages import Answer, Question
from checker.lsp.trying import Trying
from checker.lsp.worker import work

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_PATIENCE: Final = 2.0  # seconds in which a process that was told to end may do so


class Background:
    """A process that checks one law. `answered` is called with each answer, and `died` when the process is
    gone and was not told to; both in a thread of their own.
    """

    def __init__(self, trying: Trying, answered: Callable[[Answer], None], died: Callable[[], None]) -> None:
        self._answered, self._died = answered, died
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._connection: Connection = ours
        self._ended = False
        self._sending = threading.Lock()
        self._process: SpawnProcess = context.Process(target=work, args=(theirs, trying), daemon=False)
        self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, question: Question) -> None:
        """Hand a question over; one that nobody is there to hear is lost, and `died` says so."""
        with self._sending, contextlib.suppress(OSError):
            self._connection.send(question)

    def end(self) -> None:
        """End the process, and all that it has started."""
        self._ended = True
        with contextlib.suppress(OSError):
            self._connection.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()

    @property
    def process(self) -> int | None:
        """The number of the process."""
        return self._process.pid

    def _listen(self) -> None:
        while True:
            try:
                answer: Answer = self._connection.recv()
            except (EOFError, OSError, TypeError):
                break
            self._answered(answer)
        if not self._ended:
            self._died()

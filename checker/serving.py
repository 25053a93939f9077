"""A law on a page of the browser, to be edited while its verdicts are shown: what `redline serve` does.

Needs the extra `redline[serve]`. Described by task in spec/workbench.md.
"""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checker.holding import Held
from checker.language.diagnostics import Diagnostic, SpecError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from checker.workbench.bench import Bench
    from checker.workbench.guard import Gate

__all__ = ["PORT", "Workbench", "workbench"]

PORT: Final = 8627
"""Where the workbench is, unless something else is there."""

_NEEDED: Final = ("starlette", "uvicorn", "websockets")
_PATIENCE: Final = 2  # seconds in which windows may end what they are saying


@dataclass(frozen=True, slots=True)
class Workbench:
    """A law that is served: what `workbench` returns. `address`: lets a browser in, for it has the token."""

    app: ASGIApp
    bench: Bench
    gate: Gate
    listening: socket.socket

    @property
    def address(self) -> str:
        """The address that lets a browser in."""
        return self.gate.address

    @property
    def shipped(self) -> bool:
        """Whether it is the law that comes with redline, which is not written to."""
        return self.bench.desk.places.shipped

    def serve(self) -> None:
        """Serve until Ctrl-C, or until the process is ended."""
        import uvicorn

        from checker.workbench.messages import LARGEST
        from checker.workbench.patience import Patient

        config = uvicorn.Config(
            self.app,
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            http=Patient,
            ws="websockets-sansio",
            ws_max_size=LARGEST,
            limit_concurrency=64,
            timeout_graceful_shutdown=_PATIENCE,
        )
        uvicorn.Server(config).run(sockets=[self.listening])


@contextmanager
def workbench(held: Held, *, port: int | None = None, drafts: Path | None = None) -> Iterator[Workbench]:
    """Put a law of folders on the workbench, on this computer only. `port`: where, `PORT` or another free one
    without; `drafts`: where edits are kept that nobody has saved, by default with the user's other data.

    Raises SpecError if the extra is missing, if the law was given as texts, if the port is taken, or if the
    law is on another workbench.
    """
    _check_extra()
    from checker.workbench.app import application
    from checker.workbench.bench import Bench
    from checker.workbench.drafts import Drafts, place_of_drafts
    from checker.workbench.guard import Gate

    if held.law.places is None:
        raise SpecError((Diagnostic("no-spec", "a law that was given as texts lies in no folder", None),))
    with _listening(port) as listening, Drafts(drafts or place_of_drafts(), held.law.folders) as kept:
        bench = Bench(held, kept)
        try:
            gate = Gate(listening.getsockname()[1])
            yield Workbench(application(bench, gate), bench, gate, listening)
        finally:
            bench.close()


def _check_extra() -> None:
    missing = [each for each in _NEEDED if importlib.util.find_spec(each) is None]
    if missing:
        message = (
            f"this needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed"
        )
        expected = ('`pip install "redline[serve]"`',)
        raise SpecError((Diagnostic("no-package", message, None, expected),))


@contextmanager
def _listening(port: int | None) -> Iterator[socket.socket]:
    """A socket that listens on this computer only."""
    from checker.workbench.guard import HOST

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for each in (PORT, 0) if port is None else (port,):
            try:
                made.bind((HOST, each))
                break
            except OSError as error:
                if port is None and each == PORT:
                    continue
                message = f"port {each} cannot be used: {(error.strerror or 'no reason given').lower()}"
                raise SpecError((Diagnostic("port", message, None, ("another `--port`",)),)) from None
        made.listen()
        yield made

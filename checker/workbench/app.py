"""The wires of the workbench: a page, its script and style, and a websocket for each window."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from checker.interface.installed import installed_version
from checker.report.rendering import render
from checker.workbench import messages as m
from checker.workbench.bench import Bench
from checker.workbench.guard import Gate, Guard
from checker.workbench.language_client import speak

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

WINDOWS: Final = 16
"""How many windows may be open at once."""

_WAITING: Final = 2_000  # messages that a window may be behind; then it has to begin again
_FAREWELL: Final = 2.0  # seconds for saying so
_TOO_MANY: Final = 4429
_TOO_SLOW: Final = 4408
_NOT_UNDERSTOOD: Final = 4400

_CLIENT: Final = re.compile(r"[a-z0-9]{8,32}")
"""What a window calls itself; nobody is let in by it."""

_encode: Final = msgspec.json.encode
_decoder: Final = msgspec.json.Decoder(m.FromWindow)


def application(bench: Bench, gate: Gate) -> ASGIApp:
    """Return the workbench as an ASGI application, behind its guard."""
    windows = Windows(bench)
    app = Starlette(
        routes=[
            Route("/", _page),
            Route("/workbench.js", _script),
            Route("/workbench.css", _style),
            Route("/licences.txt", _licences),
            WebSocketRoute("/live", windows.live),
            WebSocketRoute("/lsp", windows.names),
        ]
    )
    return Guard(app, gate)


async def _page(request: Request) -> Response:
    nonce = request.scope["state"]["nonce"]
    html = render(
        "checker.html", "workbench.html.jinja", nonce=nonce, redline=installed_version() or "not installed"
    )
    return Response(html, media_type="text/html")


async def _script(_request: Request) -> Response:
    return Response(_static("workbench.js"), media_type="text/javascript")


async def _licences(_request: Request) -> Response:
    return Response(_static("licences.txt"), media_type="text/plain")


async def _style(_request: Request) -> Response:
    return Response(render("checker.html", "workbench.css.jinja"), media_type="text/css")


@cache
def _static(name: str) -> bytes:
    return (files("checker.workbench") / "static" / name).read_bytes()


class Windows:
    """The websockets of all windows."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._open = self._speaking = 0

    async def live(self, socket: WebSocket) -> None:
        """Serve one window until it is closed."""
        await socket.accept()
        name = socket.query_params.get("client", "")
        if _CLIENT.fullmatch(name) is None:
            await socket.close(_NOT_UNDERSTOOD, "not understood")
            return
        if self._open >= WINDOWS:
            await socket.close(_TOO_MANY, f"more than {WINDOWS} windows")
            return
        self._open += 1
        try:
            await self._serve(socket, name)
        finally:
            self._open -= 1

    async def _serve(self, socket: WebSocket, name: str) -> None:
        """Let a window in, and serve it."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[m.ToWindow] = asyncio.Queue()

        def put(message: m.ToWindow) -> None:
            if waiting.qsize() < _WAITING:
                waiting.put_nowait(message)
            else:
                telling.cancel()  # perhaps it waits for ever for a window that takes nothing

        def say(message: m.ToWindow) -> None:
            with contextlib.suppress(RuntimeError):  # the server has ended
                loop.call_soon_threadsafe(put, message)

        telling = asyncio.create_task(self._tell(socket, waiting))
        entering = asyncio.create_task(asyncio.to_thread(self._bench.enter, name, say))
        try:
            window = await asyncio.shield(entering)
        except asyncio.CancelledError:  # the window is gone before it was let in
            telling.cancel()
            self._bench.leave(await entering)
            raise
        hearing = asyncio.create_task(self._hear(socket, lambda message: self._bench.take(window, message)))
        try:
            await asyncio.wait({telling, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._bench.leave(window)
            slow = telling.cancelled()
            telling.cancel()
            hearing.cancel()
        if slow:
            with contextlib.suppress(RuntimeError, TimeoutError):
                await asyncio.wait_for(socket.close(_TOO_SLOW, "too slow"), _FAREWELL)

    async def names(self, socket: WebSocket) -> None:
        """Serve the language client of one window."""
        await socket.accept()
        if self._speaking >= WINDOWS:
            await socket.close(_TOO_MANY, f"more than {WINDOWS} windows")
            return
        self._speaking += 1
        try:
            await speak(socket, self._bench.desk.places)
        finally:
            self._speaking -= 1

    async def _hear(self, socket: WebSocket, take: Callable[[m.FromWindow], None]) -> None:
        """Take messages, one after the other, until the window is closed or says what makes no sense."""
        while True:
            try:
                text = await socket.receive_text()
                message = _decoder.decode(text)
            except (WebSocketDisconnect, RuntimeError):
                return
            except (msgspec.DecodeError, KeyError):
                with contextlib.suppress(RuntimeError):
                    await socket.close(_NOT_UNDERSTOOD, "not understood")
                return
            await asyncio.to_thread(take, message)

    async def _tell(self, socket: WebSocket, waiting: asyncio.Queue[m.ToWindow]) -> None:
        """Say what is waiting."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await socket.send_text(_encode(await waiting.get()).decode())

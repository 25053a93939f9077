"""The language server, over a websocket: what names mean, where they are, and what could come next.

What is wrong with the pages, and how the claims stand, the workbench tells itself: an edit of the law in
force is a modification to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from checker.interface.loaded_law import Folders

_ABSENT: Final = 4404
_NOT_UNDERSTOOD: Final = 1007


class _Writer:
    """Takes what the language server says; another task sends it."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[bytes] = asyncio.Queue()

    def write(self, data: bytes) -> None:
        """Say something."""
        self.said.put_nowait(data)

    def close(self) -> None:
        """Say nothing more."""


async def speak(socket: WebSocket, places: Folders) -> None:
    """Serve one language client until it leaves; not at all where the library for that is missing."""
    try:
        from checker.lsp.create import create_server
    except ImportError:
        await socket.close(_ABSENT, "the extra `lsp` is not installed")
        return
    server, writer = create_server(places.spec, places.properties, alone=False), _Writer()
    server.protocol.set_writer(writer, include_headers=False)
    telling = asyncio.create_task(_tell(socket, writer))
    try:
        while True:
            message = json.loads(await socket.receive_text())
            server.protocol.handle_message(server.protocol.structure_message(message))
    except RecursionError:  # which is a RuntimeError, too
        await socket.close(_NOT_UNDERSTOOD, "not understood")
    except (WebSocketDisconnect, RuntimeError):
        return
    except Exception:  # whatever a message is that is none
        with contextlib.suppress(RuntimeError):
            await socket.close(_NOT_UNDERSTOOD, "not understood")
    finally:
        telling.cancel()
        server.end()


async def _tell(socket: WebSocket, writer: _Writer) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_text((await writer.said.get()).decode())

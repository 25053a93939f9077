"""Who asks nothing keeps no connection."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")

import uvicorn
from starlette.types import Receive, Scope, Send

from checker.workbench import patience

_SHORT = 0.2


async def _slow(_scope: Scope, _receive: Receive, send: Send) -> None:
    await asyncio.sleep(3 * _SHORT)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _heard(begun: bytes) -> bytes:
    """What a server says to whoever sends this and no more."""
    config = uvicorn.Config(_slow, lifespan="off", log_level="critical", http=patience.Patient)
    config.load()
    state = uvicorn.Server(config).server_state
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: patience.Patient(config, server_state=state, app_state={}), "127.0.0.1", 0
    )
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(begun)
        try:
            return await asyncio.wait_for(reader.read(), 20 * _SHORT)
        finally:
            writer.close()


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_request_that_does_not_arrive_is_not_waited_for(
    begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is closed, and nothing is answered."""
    monkeypatch.setattr(patience, "PATIENCE", _SHORT)
    assert asyncio.run(_heard(begun)) == b""


def test_an_answer_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that has arrived is answered, however long that takes."""
    monkeypatch.setattr(patience, "PATIENCE", _SHORT)
    asked = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert asyncio.run(_heard(asked)).startswith(b"HTTP/1.1 204")

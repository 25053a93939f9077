"""Connections over which nobody asks anything are closed, so that a few who hold many keep nobody out."""

from __future__ import annotations

import asyncio
from typing import Final, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE: Final = 10.0
"""Seconds in which a request must have arrived."""


class Patient(H11Protocol):
    """uvicorn's own protocol, which would wait for the rest of a request for ever."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As uvicorn, and look again in a while."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._look_again()

    def _look_again(self) -> None:
        self.loop.call_later(PATIENCE, self._close_if_idle)

    def _close_if_idle(self) -> None:
        """Close the connection unless a request is being answered, or it has become a websocket."""
        transport = self.transport
        if transport.is_closing() or transport.get_protocol() is not self:
            return
        if self.cycle is None or self.cycle.response_complete:
            transport.close()
        else:
            self._look_again()

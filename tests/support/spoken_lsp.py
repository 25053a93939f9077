"""An editor that speaks to a language server in this process, message by message."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from checker.lsp.create import create_server
from checker.lsp.server import RedlineServer

PATIENCE: Final = 300.0
"""Seconds after which a test gives up what never comes; a busy machine needs many."""


class Editor:
    """Sends messages, and keeps all that comes back."""

    def __init__(self, folder: Path, server: RedlineServer | None = None) -> None:
        self.folder = folder
        self.server = server or create_server(jobs=1)
        self.heard: list[dict[str, Any]] = []
        self.version = 0
        self._number = 0
        self.server.protocol.set_writer(self, include_headers=False)

    def write(self, data: bytes) -> None:
        """Hear a message of the server; it asks this as any other transport."""
        self.heard.append(json.loads(data))

    def close(self) -> None:
        """The server hangs up."""

    def say(self, method: str, **params: object) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    async def ask(self, method: str, **params: object) -> Any:
        """Send a request, and return the answer, or its error."""
        self._number += 1
        number = self._number
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        answer = await self.until(lambda each: each.get("id") == number and "method" not in each)
        return answer.get("result", answer.get("error"))

    def _send(self, message: dict[str, object]) -> None:
        protocol = self.server.protocol
        protocol.handle_message(protocol.structure_message(json.loads(json.dumps(message))))

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a message."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = next((each for each in self.heard if wanted(each)), None)
            if found is not None:
                return found
            await asyncio.sleep(0.01)
        raise AssertionError([each.get("method", each.get("id")) for each in self.heard])

    async def begin(self, **options: object) -> Any:
        """Say what the editor can do."""
        capabilities = {
            "workspace": {"codeLens": {"refreshSupport": True}},
            "general": {"positionEncodings": ["utf-8", "utf-32"]},
        }
        found = await self.ask(
            "initialize",
            processId=None,
            rootUri=self.folder.as_uri(),
            capabilities=capabilities,
            initializationOptions=options or None,
        )
        self.say("initialized")
        return found

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str) -> str:
        """Open a page, and return its text."""
        text = (self.folder / name).read_text(encoding="utf-8")
        document = {"uri": self.uri(name), "languageId": "markdown", "version": 0, "text": text}
        self.say("textDocument/didOpen", textDocument=document)
        return text

    def type(self, name: str, text: str) -> None:
        """Have another text on a page."""
        self.version += 1
        document = {"uri": self.uri(name), "version": self.version}
        self.heard.clear()
        self.say("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    async def at(self, method: str, name: str, line: int, column: int, **more: object) -> Any:
        """Ask about a place, in lines and columns from 1."""
        return await self.ask(
            f"textDocument/{method}",
            textDocument={"uri": self.uri(name)},
            position={"line": line - 1, "character": column - 1},
            **more,
        )

    async def of(self, method: str, name: str, **more: object) -> Any:
        """Ask about a page."""
        return await self.ask(f"textDocument/{method}", textDocument={"uri": self.uri(name)}, **more)

    async def mistakes(self, name: str, count: int | None = None) -> list[dict[str, Any]]:
        """Wait for what is wrong with a page, for so many mistakes if a count is given."""
        found = await self.until(
            lambda each: (
                each.get("method") == "textDocument/publishDiagnostics"
                and each["params"]["uri"] == self.uri(name)
                and count in (None, len(each["params"]["diagnostics"]))
            )
        )
        diagnostics: list[dict[str, Any]] = found["params"]["diagnostics"]
        return diagnostics

    async def lens(self, name: str, words: str) -> list[str]:
        """Wait until a line over the page has the words; return all lines."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = [each["command"]["title"] for each in await self.of("codeLens", name)]
            if any(words in each for each in found):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(found)

"""Who may speak to the workbench: a browser on this computer that has the token, and no page but its own.

Names are checked so that no other site can be given ours (`Host`), origins so that no other page can use what
the browser knows (`Origin`, `Sec-Fetch-Site`), and the token so that no other user of the computer can.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HOST: Final = "127.0.0.1"
_FORBIDDEN: Final = 403
_MISDIRECTED: Final = 421
_NOT_ALLOWED: Final = 405
_REFUSED: Final = 4403  # to a websocket: the window says so, and does not try again

_WELCOME: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">'
    '<title>redline</title><p><a href="/">To the workbench</a></p></html>'
)
_NO_ENTRY: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>redline</title><h1>No entry</h1>'
    "<p>Open the address that <code>redline serve</code> prints: it has a token in it, a new one each time."
    "</p></html>"
)


@dataclass(frozen=True, slots=True)
class Gate:
    """Where the workbench is, and what lets a browser in."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def hosts(self) -> tuple[str, ...]:
        """What it may be called."""
        return f"{HOST}:{self.port}", f"localhost:{self.port}"

    @property
    def address(self) -> str:
        """The address that lets a browser in."""
        return f"http://{HOST}:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """What the cookie is called: cookies do not know of ports."""
        return f"redline-{self.port}"

    def knows(self, token: str) -> bool:
        """Whether this is the token."""
        return hmac.compare_digest(token.encode(), self.token.encode())


def policy(nonce: str, port: int) -> str:
    """Return the content security policy: our own scripts and styles, and the styles that CodeMirror makes,
    which carry the nonce; nothing from elsewhere, and no text becomes code.
    """
    live = " ".join(f"ws://{each}:{port}" for each in (HOST, "localhost"))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src data:; "
        f"connect-src 'self' {live}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class Guard:
    """Lets through what is allowed. The nonce of a page is in `scope["state"]["nonce"]`."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app, self._gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = _once(scope["headers"])
        if scope["type"] == "websocket":
            if self._live_is_ours(headers):
                await self._app(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": _REFUSED, "reason": "no entry"})
            return
        await self._page(scope, receive, send, headers)

    async def _page(self, scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str]) -> None:
        gate, nonce = self._gate, secrets.token_urlsafe(16)
        if headers.get("host") not in gate.hosts:
            await _answer(send, _MISDIRECTED, _NO_ENTRY)
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send, _NOT_ALLOWED, _NO_ENTRY)
        elif headers.get("origin", self._origin(headers)) != self._origin(headers):
            await _answer(send, _FORBIDDEN, _NO_ENTRY)
        elif scope["path"] == "/" and (
            given := parse_qs(scope["query_string"].decode("latin-1")).get("token")
        ):
            if len(given) == 1 and gate.knows(given[0]):
                entry = f"{gate.cookie}={gate.token}; Path=/; HttpOnly; SameSite=Strict"
                await _answer(send, 200, _WELCOME, ((b"set-cookie", entry.encode()),))
            else:
                await _answer(send, _FORBIDDEN, _NO_ENTRY)
        elif headers.get("sec-fetch-site", "none") not in ("none", "same-origin") or not self._let_in(
            headers
        ):
            await _answer(send, _FORBIDDEN, _NO_ENTRY)
        else:
            scope.setdefault("state", {})["nonce"] = nonce
            await self._app(scope, receive, _with_headers(send, policy(nonce, gate.port)))

    def _live_is_ours(self, headers: Mapping[str, str]) -> bool:
        host = headers.get("host") in self._gate.hosts
        return host and headers.get("origin") == self._origin(headers) and self._let_in(headers)

    def _origin(self, headers: Mapping[str, str]) -> str:
        return f"http://{headers.get('host', '')}"

    def _let_in(self, headers: Mapping[str, str]) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._gate.cookie)
        except CookieError:
            return False
        return found is not None and self._gate.knows(found.value)


def _once(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by name; of one that is there twice, nothing that anybody could mean."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.decode("latin-1").lower()
        if key in found and key in ("host", "origin"):
            found[key] = "\n"
        elif key == "cookie" and key in found:
            found[key] += "; " + value.decode("latin-1")
        else:
            found[key] = value.decode("latin-1")
    return found


_ALWAYS: Final = (
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def _with_headers(send: Send, allowed: str) -> Send:
    from starlette.types import Message

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                *message["headers"],
                *_ALWAYS,
                (b"content-security-policy", allowed.encode()),
            ]
        await send(message)

    return sending


async def _answer(send: Send, status: int, page: str, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
    body = page.encode()
    nothing = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", nothing),
        *_ALWAYS,
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

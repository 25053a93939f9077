"""Makes the language server, which takes what editors send to the analysis in `checker.editor`, and back.

`create_server` makes a server for one connection, and starts nothing. What carries the messages is up to the
caller: `server.start_io()` for standard input and output, as `redline lsp` does; `start_tcp(host, port)`; or
any other transport, such as a websocket of another server, in a running event loop:

    server = create_server()
    server.protocol.set_writer(writer, include_headers=False)   # writer.write(bytes); may be awaitable
    for text in messages:                                       # each a JSON-RPC message
        server.protocol.handle_message(server.protocol.structure_message(json.loads(text)))
    server.end()                                                # ends all processes that it started
"""

from __future__ import annotations

from pathlib import Path

from checker.interface.choices import BUDGET
from checker.lsp.handlers import register
from checker.lsp.server import RedlineServer
from checker.lsp.trying import Trying


def create_server(
    spec: Path | None = None,
    properties: Path | None = None,
    *,
    budget: float = BUDGET,
    jobs: int | None = None,
    cache: bool = False,
    alone: bool = True,
) -> RedlineServer:
    """Make a server for one connection. `spec`, `properties`: the folders of the law; without them, each page
    belongs to the nearest `spec/` and `properties/` above it. `budget`: seconds for a verdict; `jobs`:
    processes that decide; `cache`: use the verdicts of earlier runs. Not `alone`: only of names
    and words, for something else checks the law and decides its claims.
    """
    server = RedlineServer(spec, properties, Trying(budget, jobs, cache, alone))
    register(server)
    return server

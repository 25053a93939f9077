"""A VS Code that needs no screen: the one within npm's `code-server`, as its own server starts it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

CODE_SERVER: Final = "code-server@4.100.3"  # VS Code 1.100.3, which Node.js 20 runs
NATIVE: Final = ("@vscode/spdlog", "native-watchdog", "node-pty")  # what it cannot start without
NEEDED: Final = ("node", "npm", "npx", "c++", "make", "python3")
SETTINGS: Final = {"files.autoSave": "off"}  # as in the VS Code that people install
PATIENCE: Final = 900.0  # seconds in which npm and the compiler are done


def made(place: Path) -> Path:
    """The folder of a VS Code, which is put together below `place` unless it is there. Raises
    CalledProcessError if that fails.
    """
    code = place / "node_modules" / "code-server" / "lib" / "vscode"
    ready = place / "ready"
    if not ready.exists():
        place.mkdir(parents=True, exist_ok=True)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund")
        _run(place, "npm", "install", "--prefix", str(place), CODE_SERVER, *quiet)
        _run(code, "npm", "install", "--omit=dev", *quiet)
        for each in NATIVE:
            _run(code / "node_modules" / each, "npx", "--yes", "node-gyp", "rebuild", *_headers())
        ready.touch()
    return code


def _headers() -> tuple[str, ...]:
    """Where the headers of Node.js are, if they came with it; else node-gyp gets them."""
    found = shutil.which("node")
    above = Path(found).resolve().parent.parent if found is not None else Path()
    return (f"--nodedir={above}",) if (above / "include" / "node" / "node.h").is_file() else ()


def _run(place: Path, *words: str) -> None:
    environment = {**os.environ, "CI": "1"}
    subprocess.run(words, cwd=place, env=environment, check=True, capture_output=True, timeout=PATIENCE)


def version(code: Path) -> str:
    """Which VS Code it is."""
    return str(json.loads((code / "package.json").read_text(encoding="utf-8"))["version"])


@contextmanager
def running(code: Path, package: Path, state: Path) -> Iterator[str]:
    """A VS Code that has the extension of a package, and nothing else; yields its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = ("node", str(code / "out" / "server-main.js"), "--accept-server-license-terms")
    places = ("--server-data-dir", str(state / "data"), "--extensions-dir", str(state / "extensions"))
    _run(state, *server, *places, "--install-extension", str(package))
    settings = state / "data" / "data" / "Machine" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
    listening = ("--host", "127.0.0.1", "--port", str(port), "--without-connection-token")
    with (state / "log").open("wb") as log:
        process = subprocess.Popen(
            (*server, *places, *listening, "--telemetry-level", "off"),
            cwd=state,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("VS Code has not started")

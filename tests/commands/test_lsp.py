"""`redline lsp` as it is started: without its library, and without an editor."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.running import Run


def test_without_its_library_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pygls is not installed, one line says which extra has it, and the exit code is 2."""
    for name in [each for each in sys.modules if each.startswith(("pygls", "checker.lsp"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    code, output, errors = run("lsp")
    assert (code, output) == (2, "")
    assert "`pygls`" in errors
    assert 'pip install "redline[lsp]"' in errors


def test_without_an_editor_it_ends() -> None:
    """When nobody speaks to it any more, the server ends, and has written nothing but messages."""
    words = [sys.executable, "-c", "from checker.cli import main; main()", "lsp"]
    ended = subprocess.run(words, input=b"", capture_output=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")

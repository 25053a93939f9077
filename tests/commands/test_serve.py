"""`redline serve` as people start it: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra `serve` is not installed")

import checker
from checker import serving
from checker.language.diagnostics import SpecError
from tests.support.places import PERMITS
from tests.support.running import PROGRAM


@pytest.fixture(scope="module")
def held() -> checker.Held:
    """A law in folders."""
    return checker.hold(PERMITS / "spec", PERMITS / "properties", effort=checker.effort(jobs=1))


def started(tmp_path: Path, *options: str) -> subprocess.Popen[str]:
    """The command in a process of its own, with drafts of its own."""
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    law = ("--spec", str(PERMITS / "spec"), "--no-cache", "--jobs", "1")
    return subprocess.Popen(
        (*PROGRAM, "serve", *law, *options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


@pytest.mark.thorough
def test_it_prints_an_address_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    """The address has the port and a token, and is of this computer."""
    with started(tmp_path) as process:
        assert process.stdout is not None
        address = process.stdout.readline()
        assert address.startswith("http://127.0.0.1:")
        assert len(address.partition("?token=")[2]) > 40
        assert process.stdout.readline() == "Ctrl-C ends.\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr is not None
        assert process.stderr.read() == "redline: interrupted\n"
    assert list(tmp_path.rglob("*.sqlite"))


def test_a_port_that_is_taken_is_refused(held: checker.Held, tmp_path: Path) -> None:
    """One that was asked for is not changed in silence."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with (
            pytest.raises(SpecError, match=f"port {port} cannot be used"),
            serving.workbench(held, port=port, drafts=tmp_path),
        ):
            pass


def test_only_this_computer_can_reach_it(held: checker.Held, tmp_path: Path) -> None:
    """It listens on no other address."""
    with serving.workbench(held, drafts=tmp_path) as bench:
        assert bench.listening.getsockname()[0] == "127.0.0.1"
        assert not bench.shipped


def test_a_law_of_texts_has_no_folder_to_save_to(tmp_path: Path) -> None:
    """There is nothing that it could be written to."""
    held = checker.hold({"law.md": (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")}, {})
    with pytest.raises(SpecError, match="lies in no folder"), serving.workbench(held, drafts=tmp_path):
        pass


def test_without_the_extra_it_says_what_to_install(
    held: checker.Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is begun."""
    monkeypatch.setattr(serving, "_NEEDED", ("no_such_package",))
    with pytest.raises(SpecError) as refused, serving.workbench(held):
        pass
    assert "redline[serve]" in refused.value.diagnostics[0].expected[0]

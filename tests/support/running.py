"""How tests run redline: in this process, where the fixture `run` does it, or as a program of its own. Every
document that it prints is held against the schema that is shipped.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from tests.support.schemas import check_if_document

Run: TypeAlias = Callable[..., tuple[int, str, str]]
"""Runs a command with these arguments; returns its exit code, output and errors."""

PROGRAM: Final = (sys.executable, "-m", "checker")
"""How redline begins as a program, in a shell too, or under another program."""

PATIENCE: Final = 300.0


def program(
    *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run redline as a program of its own, and return what became of it."""
    done = subprocess.run(
        (*PROGRAM, *arguments),
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=env,
        timeout=PATIENCE,
    )
    check_if_document(done.stdout)
    return done

"""A command: `redline lsp` in headless Neovim: open, type, see the mistake, undo, jump, rename, save.

    python -m tests.neovim              # the small law, then the shipped one
    python -m tests.neovim --short      # the small law

Ends with 1 if anything is not as it should be; without `nvim` it says so and ends with 0: nothing was tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from checker.interface.starting import start_law
from tests.support.edited_law import CLAIMS, RULES
from tests.support.places import ROOT
from tests.support.short_mode import exit_code, is_missing, is_short

SESSION = Path(__file__).with_name("session.lua")
SECONDS = 3600


def main() -> None:
    """Print what Neovim saw."""
    short = is_short(__doc__, "the small law only")
    if is_missing("nvim", "nothing is tried in it"):
        return
    with tempfile.TemporaryDirectory() as place:
        code = exit_code((name, _wrong(told)) for name, told in sessions(Path(place), short=short))
    sys.exit(code)


def _wrong(told: str) -> list[str]:
    """What Neovim said that was not good."""
    lines = told.splitlines()
    good = [line for line in lines if line.startswith("good: ")]
    return [line for line in lines if line not in good] if good else [*lines, "nothing was seen to be good"]


def sessions(place: Path, *, short: bool) -> Iterator[tuple[str, str]]:
    """Yield the name of each law, and what Neovim said of it, line by line."""
    start_law(place / "small")
    small = {"rules": RULES, "claims": CLAIMS, "words": "requires approved(change)", "name": "approved"}
    yield "small", _run(place / "small", {**small, "uses": "6"})
    if not short:
        for each in ("spec", "properties"):
            shutil.copytree(ROOT / each, place / "shipped" / each)
        shipped = {
            "rules": "spec/sec/20-srpd-6-1.md",
            "claims": "properties/repair.md",
            "words": "registered(target, role) is sender",
            "name": "registered",
        }
        uses = sum(
            page.read_text(encoding="utf-8").count("registered(")
            for folder in ("spec", "properties")
            for page in (place / "shipped" / folder).rglob("*.md")
        )
        yield "shipped", _run(place / "shipped", {**shipped, "uses": f"up to {uses}"})


def _run(law: Path, asked: dict[str, str]) -> str:
    """What Neovim said in that folder."""
    env = {
        **os.environ,
        **{f"ASKED_{key.upper()}": value for key, value in asked.items()},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "REDLINE_CACHE": "0",
        "XDG_STATE_HOME": str(law.parent / "state"),
        "NVIM_LOG_FILE": str(law.parent / "nvim.log"),
    }
    words = ["nvim", "--headless", "--clean", "-n", "-c", f"luafile {SESSION}"]
    found = subprocess.run(
        words, cwd=law, env=env, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    said = found.stdout.replace("\r", "").strip()
    return said or f"nvim ended with {found.returncode}: {found.stderr[-500:]}"


if __name__ == "__main__":
    main()

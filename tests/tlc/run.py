"""Runs TLC on a module, and reads what it says."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Found: TypeAlias = Literal["violated", "nothing", "out of time", "error"]

JAR = "REDLINE_TLC"
"""The environment variable that says where tla2tools.jar is."""

STATE = re.compile(r"^State (\d+):", re.MULTILINE)
DISTINCT = re.compile(r"([\d,]+) distinct states found, [\d,]+ states left")
NO_START = "The invariant of Axioms is equal to FALSE"  # whatever the situation is
VIOLATED = re.compile(r"(?:Invariant|Action property) (\w+) is violated")


@dataclass(frozen=True, slots=True)
class Answer:
    """`what`: what was violated, or what went wrong. `steps`: of the trace, its first state apart.
    `states`: how many distinct ones were found. `seconds`: how long it took."""

    found: Found
    what: str
    steps: int | None
    states: int
    seconds: float


def missing() -> str:
    """Why TLC cannot be run; empty if it can."""
    if shutil.which("java") is None:
        return "there is no java"
    jar = os.environ.get(JAR, "")
    return "" if Path(jar).is_file() else f"{JAR} does not say where tla2tools.jar is"


def run_tlc(jar: Path, folder: Path, name: str, seconds: float) -> Answer:
    """Check `name`.tla with `name`.cfg, both in the folder."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as states:
        arguments = [
            *("-XX:+UseSerialGC", "-cp", str(jar.resolve()), "tlc2.TLC", "-deadlock", "-nowarning"),
            *("-workers", "1", "-metadir", states, "-config", f"{name}.cfg", f"{name}.tla"),
        ]
        text = asyncio.run(_output(arguments, folder, seconds))
    taken = time.monotonic() - started
    return Answer("out of time", "", None, 0, taken) if text is None else read_output(text, taken)


async def _output(arguments: list[str], folder: Path, seconds: float) -> str | None:
    """What java writes; None if it takes longer."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec("java", *arguments, cwd=folder, stdout=pipe, stderr=pipe)
    try:
        out, err = await asyncio.wait_for(process.communicate(), seconds)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return (out + err).decode(errors="replace")


def read_output(text: str, seconds: float) -> Answer:
    """What TLC's output comes to."""
    counted = DISTINCT.findall(text)
    states = int(counted[-1].replace(",", "")) if counted else 0
    violated = VIOLATED.search(text)
    if violated is not None:
        numbers = [int(each) for each in STATE.findall(text)]
        return Answer("violated", violated[1], max(numbers, default=1) - 1, states, seconds)
    if "No error has been found" in text or NO_START in text:
        return Answer("nothing", "", None, states, seconds)
    wrong = next((line for line in text.splitlines() if "rror" in line), text.strip()[-200:])
    return Answer("error", wrong.strip(), None, states, seconds)

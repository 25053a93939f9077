"""How the time of five commands grows with the law: CPU seconds on laws of 100, 300 and 1,000 checks.

Run `python benchmarks/growth.py`; `--checks 100 300` takes other laws, `--commands lint` some commands only.
It fails if a command gives no answer, or if a law with ten times the checks takes more than `MOST` times as
long.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.synthetic import services, synthetic

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 300, 1000)
MOST = 15  # times as long for ten times the checks
COMMANDS = {
    "show": ("show", "now"),
    "prove": ("prove", "--stories", "none"),
    "diff": ("diff", "now", "later"),
    "rollout": ("rollout", "now", "later"),
    "lint": ("lint",),
}
ANSWERED = (0, 4)  # all is well, or there is something that gates
BUDGET = "600"  # seconds for a verdict, so that a busy machine leaves none open


def main() -> None:
    """Read the options, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--commands", nargs="+", default=tuple(COMMANDS), choices=tuple(COMMANDS))
    chosen = parser.parse_args()
    report(sorted(chosen.checks), chosen.commands)


def report(sizes: Sequence[int], commands: Sequence[str] = tuple(COMMANDS)) -> None:
    """Print a row for each command; ends the program if one of them grows too fast."""
    for size in sizes:
        print(f"{size:6} checks, {services(size)} Service Requests, {size // 10} claims")
    print("CPU seconds" + "".join(f"{size:>9}" for size in sizes) + "   ratio")
    slow = [each for each in commands if not grows_evenly(each, sizes)]
    if slow:
        sys.exit(f"more than {MOST} times as long for ten times the checks: {', '.join(slow)}")


def grows_evenly(name: str, sizes: Sequence[int]) -> bool:
    """Time a command on laws of the sizes, and say whether it keeps within bounds."""
    print(f"  {name:9}", end="", flush=True)
    taken = []
    for size in sizes:
        taken.append(seconds(COMMANDS[name], size))
        print(f"{taken[-1]:9.1f}", end="", flush=True)
    ratio = taken[-1] / taken[0]
    print(f"{ratio:8.1f}")
    return ratio <= math.pow(sizes[-1] / sizes[0], math.log10(MOST))


def seconds(arguments: Sequence[str], size: int) -> float:
    """CPU seconds of a command in all its processes, on a law of so many checks, nothing kept from before."""
    with tempfile.TemporaryDirectory() as folder:
        for texts in synthetic(size):
            for name, text in texts.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        options = ["--spec", f"{folder}/spec", "--properties", f"{folder}/properties"]
        options += ["--budget", BUDGET] if arguments[0] != "show" else []
        before = _used()
        done = subprocess.run(
            [sys.executable, "-m", "checker", *arguments, *options],
            cwd=ROOT,
            check=False,
            capture_output=True,
            env={**os.environ, "REDLINE_CACHE": "0"},
        )
    if done.returncode not in ANSWERED:
        sys.exit(f"{' '.join(arguments)}: exit code {done.returncode}\n{done.stderr.decode()}")
    return _used() - before


def _used() -> float:
    """CPU seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

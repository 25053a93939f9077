"""How long a newcomer waits: from `pip install "redline[serve]"` to the first verdict that an edit turns.

    python benchmarks/first_flip.py                # the law that comes with redline
    python benchmarks/first_flip.py --law small    # the law of `redline init`
    python benchmarks/first_flip.py --most 60      # fail if all of it takes longer, in seconds

A wheel is built from this repository and installed in a new environment, in a folder where there is nothing
else. Its `redline serve` is opened in Chromium, where somebody waits for one verdict, types with real keys,
and waits until that verdict has turned. Two clocks are told for each step: that of the wall, which is what
people wait for and means something on a quiet machine only, and the CPU seconds of pip and of redline,
without the browser's. The load is printed. Where pip takes packages from, and what it has loaded before, is
as it is set up. Needs Chromium, its driver, and `pip install -e ".[browser,serve]"`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.chromium import Look, Window, installed, window
from tests.workbench_in_browser.desk import Desk
from tests.workbench_in_browser.server import free_port, started

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Flip:
    """An edit that turns a verdict: a claim in a column, what it is before, and words for others."""

    claim: str
    column: str
    before: str
    words: str
    by: str


FLIPS = {
    "shipped": Flip("wrong-no-hands-over", "mp107", "proved", "srv is 6.15.1", "srv is 6.15.2"),
    "small": Flip(
        "merged-as-read",
        "after",
        "proved",
        "approved(change) becomes false",
        "approved(change) becomes true",
    ),
}


@dataclass
class Steps:
    """What was done, and what it took. `told`: seconds of the wall clock and of the CPU, by step."""

    told: dict[str, tuple[float, float]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step. The CPU seconds of a process that runs on count for the step in which it ends."""
        began, used = time.monotonic(), _used()
        yield
        self.told[name] = time.monotonic() - began, _used() - used
        print(f"{name:52} {self.told[name][0]:7.1f} s {self.told[name][1]:7.1f} s CPU", flush=True)


def _used() -> float:
    """CPU seconds of all processes that have ended."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def first_flip(flip: Flip, small: bool, place: Path, opened: Window) -> Steps:
    """Install redline in a place, and turn a verdict."""
    wheels, made, steps = place / "wheels", place / "environment", Steps()
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", wheels, ROOT)
    subprocess.run(pip, check=True)  # which is done before anybody installs it
    (wheel,) = wheels.iterdir()
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "REDLINE_CACHE")}
    env |= {"XDG_CACHE_HOME": str(place / "cache"), "XDG_STATE_HOME": str(place / "state")}
    with steps.step("python -m venv"):
        subprocess.run((sys.executable, "-m", "venv", made), check=True, env=env)
    redline = str(made / "bin" / "redline")
    with steps.step('pip install "redline[serve]"'):
        install = (made / "bin" / "python", "-m", "pip", "install", "--quiet", f"{wheel}[serve]")
        subprocess.run(install, check=True, env=_at_home(env, place))
    folder = place / "work"
    folder.mkdir()
    if small:
        with steps.step("redline init law"):
            subprocess.run(
                (redline, "init", "law"), check=True, env=env, cwd=folder, stdout=subprocess.DEVNULL
            )
        folder /= "law"
    _serve(flip, (redline,), folder, env, opened, steps)
    return steps


def _at_home(env: Mapping[str, str], place: Path) -> dict[str, str]:
    """The same, but that pip keeps what it has loaded where it always does."""
    return {key: value for key, value in env.items() if value != str(place / "cache")}


def _serve(
    flip: Flip, program: tuple[str, ...], folder: Path, env: Mapping[str, str], opened: Window, steps: Steps
) -> None:
    desk = Desk(opened)
    used, began = _used(), time.monotonic()
    with started((*program, "serve", "--port", str(free_port())), env, folder) as server:
        steps.told["redline serve: the address is printed"] = time.monotonic() - began, 0.0
        print(f"{'redline serve: the address is printed':52} {time.monotonic() - began:7.1f} s", flush=True)
        desk.look(Look("wide", 1280))
        with steps.step("the page is there"):
            desk.open(server.address)
        with steps.step(f"the verdict is there: {flip.before}"):
            desk.until(lambda: flip.before in desk.cell(flip.claim, flip.column))
        with steps.step("the words are found, and others typed"):
            desk.replace(flip.words, flip.by)
        with steps.step("the verdict has turned"):
            desk.until(lambda: f"was {flip.before}" in desk.cell(flip.claim, flip.column))
    steps.told["CPU of redline serve, to its end"] = 0.0, _used() - used
    print(f"{'CPU of redline serve, to its end':52} {'':9} {_used() - used:7.1f} s CPU")


def main() -> int:
    """Do it, and say what it took; 1 if that is more than was allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--law", choices=tuple(FLIPS), default="shipped", help="what is edited")
    parser.add_argument("--most", type=float, metavar="SECONDS", help="fail if all of it takes longer")
    given = parser.parse_args()
    places = installed()
    if places is None:
        print("no Chromium, or no chromedriver: nothing was timed")
        return 2
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}", flush=True)
    with tempfile.TemporaryDirectory() as made, window(*places, Path(made) / "profile") as opened:
        steps = first_flip(FLIPS[given.law], given.law == "small", Path(made), opened)
    wall, cpu = (sum(each[at] for each in steps.told.values()) for at in (0, 1))
    print(f"{'from the new environment to the turned verdict':52} {wall:7.1f} s {cpu:7.1f} s CPU")
    return int(given.most is not None and wall > given.most)


if __name__ == "__main__":
    sys.exit(main())

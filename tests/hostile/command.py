"""A command: whatever redline is given, it loads or says what is wrong, soon and without a traceback.

    python -m tests.hostile --inputs 10000

Prints how many inputs were loaded and refused and the slowest. Inputs that were not taken well are kept in
folders that it names, and then it exits with 1.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import multiprocessing
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path

from tests.hostile.commands import lines
from tests.hostile.inputs import Input, inputs
from tests.hostile.judge import LONGEST, Taken, judge, judge_line

OFTEN = 4  # one input in so many is also put to the command line or the prover
MEMORY = 6 * 2**30  # bytes that a process may ask for: beyond that, an input has misbehaved
LINES = 5  # one command line for so many inputs


def run(count: int, seed: int, part: int = 0, parts: int = 1, *, often: int = OFTEN) -> Iterator[Taken]:
    """Takes so many inputs, or one part of them, and command lines beside them."""
    for number, each in enumerate(inputs(count, seed)):
        if number % parts == part:
            yield take(each, random.Random(f"{seed} {number} taken"), often)
    with tempfile.TemporaryDirectory() as folder:
        for number, line in enumerate(lines(count // LINES, seed)):
            if number % parts == part:
                yield judge_line(line, Path(folder))


def take(given: Input, chance: random.Random, often: int) -> Taken:
    """Lays an input into a temporary folder, judges it, and keeps the folder if it was taken badly."""
    root = Path(tempfile.mkdtemp(prefix="redline-hostile-"))
    taken = judge(given.name, given.lay(root), chance, often=often)
    if taken.wrong:
        taken.kept = str(root)
    else:
        remove(root)
    return taken


def remove(root: Path) -> None:
    """Removes a folder of one input."""
    for path in root.glob("*/closed"):
        path.chmod(0o700)
    shutil.rmtree(root, ignore_errors=True)


def _work(connection: Connection, count: int, seed: int, part: int, parts: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(BrokenPipeError):
        for taken in run(count, seed, part, parts):
            connection.send(taken)
        connection.send(None)


def in_parallel(count: int, seed: int, jobs: int) -> Iterator[Taken]:
    """The same on several processes; a process that dies is misbehaviour of what it was given."""
    context = multiprocessing.get_context("fork")
    workers = {}
    for part in range(jobs):
        ours, theirs = context.Pipe()
        worker = context.Process(target=_work, args=(theirs, count, seed, part, jobs), daemon=True)
        worker.start()
        theirs.close()
        workers[ours] = worker
    last: dict[Connection, str] = {}
    while workers:
        for ready in wait(list(workers)):
            assert isinstance(ready, Connection)
            try:
                taken = ready.recv()
            except EOFError:
                yield Taken(f"what came after {last.get(ready)}", wrong="the process died")
                taken = None
            if taken is None:
                workers.pop(ready).join()
                continue
            last[ready] = taken.name
            yield taken


def say(text: str) -> None:
    """Print a line at once; names hold whatever they are about."""
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


class Count:
    """What came of a run."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.wrong: list[Taken] = []

    def add(self, taken: Taken) -> None:
        """Counts one, and tells at once if it was taken badly."""
        self.taken.append(taken)
        if taken.wrong:
            self.wrong.append(taken)
            say(f"MISBEHAVED {taken.name}\n  kept in {taken.kept}\n  {taken.wrong}")

    def report(self, seconds: float) -> str:
        """The figures, as text."""
        files = [each for each in self.taken if not each.command]
        commands = [each for each in self.taken if each.command]
        slowest = max(files, key=lambda each: each.seconds)
        decided = [each for each in files if each.decided is not None]
        verdicts = collections.Counter(each.verdict for each in decided)
        codes = collections.Counter(code for each in files for code in set(each.codes))
        loaded = sum(each.loaded for each in files)
        refused = len(files) - loaded
        told = [
            f"{len(files)} inputs: {loaded} loaded, {refused} refused, slowest {slowest.seconds:.2f} s",
            f"  slowest: {slowest.name}",
            f"  {sum(each.seconds > 1 for each in files)} took longer than 1 s",
            f"  {max(each.memory for each in self.taken)} MB at most",
            f"  refused for: {', '.join(f'{code} {number}' for code, number in codes.most_common())}",
        ]
        if decided:
            longest = max(each.decided or 0.0 for each in decided)
            found = ", ".join(f"{number} {verdict}" for verdict, number in verdicts.most_common())
            told.append(f"  {len(decided)} claims decided: {found}; slowest {longest:.2f} s")
        if commands:
            longest = max(each.seconds for each in commands)
            told.append(f"  {len(commands)} command lines, slowest {longest:.2f} s")
        told.append(f"  {len(self.wrong)} misbehaved; {seconds:.0f} s")
        return "\n".join(told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 if everything was taken well, 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--slow", action="store_true", help=f"list what took longer than 1 s (of {LONGEST:.0f})"
    )
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    count = Count()
    for taken in in_parallel(given.inputs, given.seed, given.jobs):
        count.add(taken)
    say(count.report(time.perf_counter() - started))
    if given.slow:
        for each in sorted(count.taken, key=lambda each: -each.seconds):
            if each.seconds > 1:
                say(f"  {each.seconds:.2f} s  {each.name}")
    return 1 if count.wrong else 0

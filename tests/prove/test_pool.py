"""Processes that redline starts: they end with it, and what they find is kept as soon as it is found."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

import pytest

from checker.model.deadline import Stop, Stopped
from checker.prove.pool import beside, spread
from checker.prove.processors import usable_processors
from checker.question.jobs import Effort
from tests.support.places import LIBRARY, PERMITS
from tests.support.running import PROGRAM, program

FOLDERS = ("--spec", str(LIBRARY / "spec"), "--properties", str(LIBRARY / "properties"))
PATIENCE = 60.0  # seconds for anything to come about on a machine that has other things to do
SOON = 20.0  # seconds for processes to be gone, which they are in one

PROVE, COVER = ("prove", "--explore"), ("cover", "new")

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@contextlib.contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start a command in a process group of its own, and leave nothing of it behind."""
    running = subprocess.Popen(
        (*PROGRAM, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate()


def group(leader: int) -> set[int]:
    """Return the processes of a group that run."""
    found = set()
    for each in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            fields = (each / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == leader and fields[0] != "Z":
                found.add(int(each.name))
    return found


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether something has come about within the seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@only_linux
@pytest.mark.parametrize(
    ("command", "how"),
    [
        (PROVE, signal.SIGTERM),
        pytest.param(PROVE, signal.SIGHUP, marks=pytest.mark.thorough),
        (PROVE, signal.SIGKILL),
        pytest.param(COVER, signal.SIGKILL, marks=pytest.mark.thorough),
        pytest.param(COVER, signal.SIGTERM, marks=pytest.mark.long),
        pytest.param(COVER, signal.SIGHUP, marks=pytest.mark.long),
    ],
)
def test_workers_end_with_the_command_however_it_ends(command: tuple[str, ...], how: signal.Signals) -> None:
    """Only the command itself gets the signal; those that it started notice that it is gone."""
    with started(*command, *FOLDERS, "--jobs", "2") as running:
        assert wait_until(lambda: len(group(running.pid)) == 3, PATIENCE)
        os.kill(running.pid, how)
        assert wait_until(lambda: not group(running.pid), SOON)


@only_linux
@pytest.mark.parametrize(
    "command", [PROVE, pytest.param(COVER, marks=pytest.mark.thorough)], ids=["prove", "cover"]
)
def test_ctrl_c_is_one_line_and_130(command: tuple[str, ...]) -> None:
    """A terminal sends it to all processes of the group."""
    with started(*command, *FOLDERS, "--jobs", "2") as running:
        assert wait_until(lambda: len(group(running.pid)) == 3, PATIENCE)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=PATIENCE)
        assert (running.returncode, out, err) == (130, "", "redline: interrupted\n")
        assert wait_until(lambda: not group(running.pid), SOON)


@only_linux
def test_ctrl_c_while_nothing_is_loaded_yet() -> None:
    """Whenever after the first line of the program it comes, it is met."""
    script = (
        "import importlib.abc, os, signal, sys\n"
        "class Interrupting(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == sys.argv[1]:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "from checker import cli\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "sys.argv[1:] = [sys.argv[1], *sys.argv[2:]]\n"
        "sys.exit(cli.run(sys.argv[2:]))\n"
    )
    for name in ("click", "checker.commands.group", "checker.commands.prove", "lark", "z3"):
        done = subprocess.run(
            [sys.executable, "-c", script, name, "prove", "1", "--quick", *FOLDERS, "--jobs", "1"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "redline: interrupted\n"), name


HARD = """
import os, signal, sys, threading
from checker import cli
from checker.commands import running
from checker.logic.solver import Solver
from checker.logic.terms import Terms
from checker.model.expressions import FACT

def run(arguments):
    t = Terms()
    hole = [[t.symbol(f"pigeon {i} in {j}", FACT) for j in range(11)] for i in range(12)]
    one = [t.not_(t.and_(hole[i][j], hole[k][j])) for j in range(11) for i in range(12) for k in range(i)]
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    sys.stdout.write(repr(Solver(t).ask((*one, *(t.or_(*each) for each in hole)))))
    return 0

running.run = run
cli.main()
"""


def test_ctrl_c_while_the_solver_is_at_work() -> None:
    """Of itself the solver catches it, and says no more than that it does not know."""
    done = subprocess.run(
        [sys.executable, "-c", HARD], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "redline: interrupted\n")


@only_linux
@pytest.mark.thorough
def test_every_edit_that_is_finished_is_in_the_journal(tmp_path: Path) -> None:
    """A run that is killed has kept what was found, from both processes, and the next goes on from there."""
    journal = tmp_path / "journal"
    small = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))
    command = (*COVER, *small, "--jobs", "2", "--journal", str(journal))

    def kept() -> int:
        return len(journal.read_bytes().splitlines()) - 1 if journal.exists() else 0

    for _ in range(5):  # on a busy machine, the test may look again only when the run is over
        journal.unlink(missing_ok=True)
        with started(*command) as running:
            seen = []
            while kept() < 3 and running.poll() is None:
                seen.append(kept())
                time.sleep(0.005)
            cut_off = running.poll() is None
            os.kill(running.pid, signal.SIGKILL)
        before = kept()
        if cut_off and before < 30:
            break
    with journal.open("ab") as file:
        file.write('{"key": "§'.encode()[:-1])
    done = program(*command, "--format", "json")
    assert done.stderr == ""
    edits = len(json.loads(done.stdout)["edits"])
    assert edits == kept() > before
    assert any(0 < each < edits // 2 for each in (*seen, before)), "one by one, not a process's whole share"


def _doubling(before: Callable[[], None]) -> Callable[[int], int]:
    before()
    return lambda number: 2 * number


def _urgency() -> Callable[[int], int]:
    return lambda _: os.getpriority(os.PRIO_PROCESS, 0)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="asks the system how urgent a process is")
def test_work_that_may_be_stopped_lets_others_go_first() -> None:
    """Whoever may stop it edits meanwhile, and what the editor asks is done before it; other work is not."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    aside = dict(spread(_urgency, [[0], [1]], 2, stop=Stop()))
    assert set(aside.values()) == {min(own + 10, 19)}
    assert set(dict(spread(_urgency, [[0], [1]], 2)).values()) == {own}


@pytest.mark.parametrize("allowed", [0, 1])
def test_work_is_done_even_where_no_process_can_be_started(
    allowed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system may refuse a further process, or another pipe."""
    count = 0
    original = os.fork

    def fork() -> int:
        nonlocal count
        count += 1
        if count > allowed:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return original()

    monkeypatch.setattr(os, "fork", fork)
    found = dict(spread(partial(_doubling, lambda: None), [[0, 1], [2], [3]], 3))
    assert found == {0: 0, 1: 2, 2: 4, 3: 6}


def where(number: int) -> tuple[int, int]:
    """A piece of work, done in some process, that takes a while."""
    time.sleep(0.02)
    return number, os.getpid()


def beginning() -> Callable[[int], tuple[int, int]]:
    """What every process starts with."""
    return where


def test_a_large_group_is_taken_apart_if_it_may_be() -> None:
    """Two processes share the work of one group, and each piece is done once."""
    done = dict(spread(beginning, [list(range(40)), [40]], 2, apart=True))
    assert [number for number, _ in done.values()] == list(done)
    assert sorted(done) == list(range(41))
    assert len({process for number, (_, process) in done.items() if number < 40}) == 2


def test_this_process_is_one_of_those_that_work() -> None:
    """It begins with the first group, and what it does not get to is done elsewhere."""
    done = dict(spread(beginning, [list(range(40)), list(range(40, 60))], 2, apart=True, here=where))
    assert sorted(done) == list(range(60))
    assert {done[number][1] for number in range(4)} == {os.getpid()}
    assert len({process for _, process in done.values()}) == 2


def test_this_process_may_work_alone() -> None:
    """Where one process is to do it, none is started."""
    done = dict(spread(lambda: pytest.fail("a process is started"), [[0, 1], [2]], 1, here=where))
    assert {process for _, process in done.values()} == {os.getpid()}


def test_a_group_is_done_by_one_process_if_it_may_not_be_taken_apart() -> None:
    """A process that has nothing left to do leaves the others their own."""
    done = dict(spread(beginning, [list(range(0, 40, 2)), [1]], 2))
    assert sorted(done) == [0, 1, *range(2, 40, 2)]
    assert len({process for number, (_, process) in done.items() if number != 1}) == 1


def test_a_worker_that_dies_is_an_error() -> None:
    """Whether it dies before or while it has something to do."""
    with pytest.raises(RuntimeError, match="a worker process died"):
        list(spread(partial(_doubling, lambda: os._exit(1)), [[0], [1], [2]], 2))


def _sleeping() -> Callable[[int], int]:
    """The first piece of work is done at once; the second takes for ever."""

    def sleep(number: int) -> int:
        time.sleep(1000 * number)
        return number

    return sleep


@only_linux
def test_workers_end_although_the_parent_lets_nothing_end_it() -> None:
    """A server has a handler for SIGTERM, which a forked process inherits: told to end, it would go on."""
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        done = spread(_sleeping, [[0], [1]], 2)
        assert next(done) == (0, 0)
        began = time.monotonic()
        assert isinstance(done, Generator)
        done.close()
        assert time.monotonic() - began < PATIENCE
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system has no affinity")
def test_no_more_processes_than_processors_that_may_be_used() -> None:
    """By default there is one process for each processor that this one may run on."""
    may = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(may)})
        assert usable_processors() == 1
    finally:
        os.sched_setaffinity(0, may)


def test_work_beside_this_process_is_done_in_another_one() -> None:
    """What it finds or raises arrives; with one processor it is done here, and only once it is asked for."""
    with beside(os.getpid, Effort(processes=2)) as found:
        assert found() != os.getpid()
    with beside(partial(_raising, "no"), Effort(processes=2)) as found, pytest.raises(ValueError, match="no"):
        found()
    with beside(os.getpid, Effort(processes=1)) as found:
        assert found() == os.getpid()
    with beside(partial(pytest.fail, "it is done"), Effort(processes=1)):
        pass


def test_work_beside_this_process_ends_with_the_block() -> None:
    """Nobody need wait for what is not wanted any more, and that it was stopped is heard."""
    stop = Stop()
    with beside(partial(time.sleep, PATIENCE), Effort(processes=2, stop=stop)) as found:
        stop.ask()
        with pytest.raises(Stopped):
            found()
    began = time.monotonic()
    with beside(partial(time.sleep, PATIENCE), Effort(processes=2)):
        pass
    assert time.monotonic() - began < PATIENCE / 2


def _raising(why: str) -> int:
    raise ValueError(why)

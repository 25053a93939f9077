"""What holds while any test runs: laws are read once, and every document that commands or the Python
interface write is held against the schema that is shipped.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pytest

from checker import cli

if TYPE_CHECKING:
    from tests.support.running import Run

BYTECODE: Final = "REDLINE_TESTS_BYTECODE"
"""Names the place that all processes of a run share for what programs leave behind that tests start."""

LONGEST: Final = "tests/shipped_law/"
"""Where the files are that take longest, above all those that CI asks besides."""

if (
    "PYTEST_XDIST_WORKER" in os.environ
):  # there is one for each core, so that none starts processes of its own
    os.environ.setdefault("LOKY_MAX_CPU_COUNT", "1")
gc.set_threshold(*cli.GARBAGE)
os.environ.setdefault("REDLINE_CACHE", "0")  # tests are about what is decided, not about what was


def pytest_configure(config: pytest.Config) -> None:
    """Make a place for the bytecode of the programs that tests start, in the first of the processes. In those
    that run tests, begin what holds while they run; one that hands them out needs nothing of redline.
    """
    if BYTECODE not in os.environ and "PYTHONDONTWRITEBYTECODE" in os.environ:
        os.environ[BYTECODE] = tempfile.mkdtemp(prefix="redline-tests-")
        atexit.register(shutil.rmtree, os.environ[BYTECODE], ignore_errors=True)
    if "PYTEST_XDIST_WORKER" in os.environ or not config.getoption("numprocesses", None):
        from hypothesis import settings

        from tests.support.laws_read_once import read_laws_once
        from tests.support.schemas import check_what_is_written

        settings.register_profile("the same every time", deadline=None, database=None, derandomize=True)
        settings.load_profile("the same every time")
        read_laws_once()
        check_what_is_written()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask first what takes longest: a file is the work of one process, and others would wait for it."""
    items.sort(key=lambda each: not each.nodeid.startswith(LONGEST))


@pytest.fixture(autouse=True, scope="session")
def _compiled_once() -> Iterator[None]:
    """Where Python is to leave no bytecode behind, the programs that tests start share a place for it that is
    gone afterwards: else each of them compiles the checker anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        if BYTECODE in os.environ:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", os.environ[BYTECODE])
        yield


@pytest.fixture(autouse=True, scope="session")
def _signals_are_met() -> None:
    """Whoever started the tests may have had signals ignored, as a shell does with what it starts in the
    background; programs that tests start would ignore them too, and Ctrl-C would not end them.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(autouse=True, scope="module")
def _laws() -> None:
    """No file of tests gets a law that another has loaded."""
    from tests.support.laws_read_once import forget

    forget()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and returns its exit code, output and errors."""

    def made(*arguments: object) -> tuple[int, str, str]:
        code = cli.run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return made

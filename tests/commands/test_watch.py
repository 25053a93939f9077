"""`redline watch` in a process of its own, while pages are edited as editors do it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from checker.interface.starting import start_law
from tests.support.places import PERMITS
from tests.support.running import PROGRAM, Run

PATIENCE = 60.0  # seconds until a line must have come; it comes in far less


class Watching:
    """The process, and what it printed line by line."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.lines: Queue[str] = Queue()
        self.process = subprocess.Popen(
            (*PROGRAM, "watch", *options),
            cwd=folder,
            env={**os.environ, "REDLINE_CACHE": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, said: str) -> list[str]:
        """The lines up to the first that says this."""
        found: list[str] = []
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                found.append(self.lines.get(timeout=1))
            except Empty:
                assert self.process.poll() is None, found
                continue
            if said in found[-1]:
                return found
        raise AssertionError(f"never said {said!r}: {found}")

    def save(self, name: str, old: str, new: str) -> None:
        """Edit a page as many editors do: a new file takes its place."""
        page = self.folder / name
        text = page.read_text(encoding="utf-8")
        assert text.count(old) == 1
        beside = page.with_suffix(".md~")
        beside.write_text(text.replace(old, new), encoding="utf-8")
        beside.replace(page)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    start_law(tmp_path / "law")
    started = Watching(tmp_path / "law", "--jobs", "2")
    yield started
    if started.process.poll() is None:
        started.process.kill()
    started.process.wait()


def test_what_a_save_turns_is_told_and_nothing_else(watching: Watching) -> None:
    """One session: as expected; an edit turns one of six verdicts; a mistake is shown with its line while the
    verdicts stand; mending it turns the verdict back; Ctrl-C ends with 130, one line, and no process left.
    """
    first = watching.until("6 verdicts:")
    assert first[-1].startswith("  6 verdicts: all as expected.")
    assert len(first) == 2

    watching.save("spec/proposal.md", "approved(change) becomes false", "approved(change) becomes true")
    said = watching.until("6 verdicts:")
    assert said[0].endswith("  spec/proposal.md")
    assert said[1:-1] == ["  1 merged-as-read in after: proved → refuted, proved was expected"]
    assert said[-1].startswith("  6 verdicts: 1 turned, 1 not as expected.")

    watching.save("spec/proposal.md", "approved(change) becomes true", "aproved(change) becomes true")
    said = watching.until("stand")
    assert any("there is no function or definition `aproved`" in line for line in said)
    assert any("did you mean `approved`?" in line for line in said)

    watching.save("spec/proposal.md", "aproved(change) becomes true", "approved(change) becomes false")
    said = watching.until("6 verdicts:")
    assert said[1:-1] == ["  1 merged-as-read in after: refuted → proved, as expected"]
    assert said[-1].startswith("  6 verdicts: 1 turned, all as expected.")

    watching.save("spec/rules.md", '"the author of {1}"', '"who wrote {1}"')
    said = watching.until("6 verdicts:")
    assert len(said) == 2
    assert said[-1].startswith("  6 verdicts: nothing turned, all as expected.")

    children = _children(watching.process.pid)
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(timeout=PATIENCE) == 130
    assert watching.until("interrupted") == ["redline: interrupted"]
    end = time.monotonic() + PATIENCE
    while any(map(_runs, children)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(_runs, children))


def _children(process: int) -> list[int]:
    """The processes that it started, where the system tells."""
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.thorough
def test_only_the_claims_that_are_named(tmp_path: Path) -> None:
    """A claim and a column that are named are watched alone; a name that is no claim's ends with 2."""
    start_law(tmp_path / "law")
    watching = Watching(tmp_path / "law", "never-alone", "--version", "after", "--jobs", "1")
    try:
        assert watching.until("verdict")[-1].startswith("  1 verdict: all as expected.")
    finally:
        watching.process.kill()
        watching.process.wait()
    wrong = Watching(tmp_path / "law", "never-allone", "--jobs", "1")
    assert wrong.process.wait(timeout=PATIENCE) == 2
    wrong.until("did you mean `never-alone`?")


def test_a_law_that_has_a_mistake_at_first(tmp_path: Path) -> None:
    """The mistake is shown, and once it is mended the claims are decided."""
    start_law(tmp_path / "law")
    page = tmp_path / "law" / "spec" / "proposal.md"
    right = page.read_text(encoding="utf-8")
    page.write_text(right.replace("approved(change)", "aproved(change)"), encoding="utf-8")
    watching = Watching(tmp_path / "law", "never-alone", "--jobs", "1")
    try:
        watching.until("did you mean `approved`?")
        page.write_text(right, encoding="utf-8")
        assert watching.until("verdicts:")[-1].startswith("  2 verdicts: all as expected.")
    finally:
        watching.process.kill()
        watching.process.wait()


@pytest.mark.thorough
def test_folders_that_can_be_read_again(watching: Watching) -> None:
    """A page that is no text is named; once it is as it was before, the verdicts are told again."""
    watching.until("6 verdicts:")
    page = watching.folder / "spec" / "rules.md"
    right = page.read_bytes()
    page.write_bytes(b"\xff" + right)
    said = watching.until("stand")
    assert said[0].endswith("rules.md: cannot be understood")
    page.write_bytes(right)
    assert watching.until("6 verdicts:")[-1].startswith("  6 verdicts: nothing turned, all as expected.")


@pytest.mark.parametrize("wrong", [("--version", ""), ("--version", "nowhere"), ("nothing",)])
def test_what_is_not_there_is_told_before_anything_else(run: Run, wrong: tuple[str, ...]) -> None:
    """A column or a claim that there is not ends it at once, with one mistake and nothing besides."""
    code, out, err = run("watch", *wrong, "--spec", str(PERMITS / "spec"))
    assert (code, out) == (2, "")
    assert err

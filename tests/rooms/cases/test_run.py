"""Programs under test: one that obeys the law, one with a bug, one that is behind, and bad ones."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path

import pytest

from checker.language.diagnostics import SpecError
from checker.rooms.cases import run
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.departures import Run
from tests.support import reading_room_program
from tests.support.reading_room import pack_of

PROGRAM = shlex.join((sys.executable, str(Path(reading_room_program.__file__))))


def pack() -> CasePack:
    return pack_of("open")


def script(text: str, seconds: float = 10.0) -> Run:
    """Run a program of this text instead."""
    return pack().run(shlex.join((sys.executable, "-c", text)), seconds=seconds)


def test_a_program_that_obeys_the_law_is_right_throughout() -> None:
    """An implementation that was written by hand answers each test of each level as the law does."""
    found = pack().run(PROGRAM)
    assert found.departures == ()
    assert found.exit == 0
    assert found.right == found.asked > 15


def test_a_seeded_bug_is_found() -> None:
    """An attendant that lends an atlas twice departs from Rule 3, by itself, end to end and for users."""
    found = pack().run(f"{PROGRAM} --bug")
    assert found.exit == 1
    assert {each.level for each in found.departures} == {"PIT", "SIT", "UIT"}
    assert {each.kind for each in found.departures} == {"departs"}
    alone = [each for each in found.departures if each.level == "PIT"]
    assert all(each.given for each in alone)
    assert {each.component for each in alone} == {"the attendant of the east shelf"}
    assert {(each.expected, each.found) for each in alone} == {("refuses with S1", "passes")}
    assert all("Rule 3" in each.clauses for each in alone)


def test_a_component_that_has_not_deployed_is_found() -> None:
    """A gate that still runs `shut` departs at the gate and nowhere else; for `shut` it is right."""
    found = pack().run(f"{PROGRAM} --stale")
    alone = [each for each in found.departures if each.level == "PIT"]
    assert {each.component for each in alone} == {"the gate"}
    assert all("Rule 2(b)" in each.clauses for each in alone)
    assert pack().run(f"{PROGRAM} --stale", component="Stack").departures == ()
    before = pack_of("shut", "open", stories=False)
    assert before.run(f"{PROGRAM} --stale").departures == ()
    assert before.run(PROGRAM).departures


def test_levels_and_components_are_chosen() -> None:
    """Only the tests of the levels, or of the component, are given to the program."""
    asked = {level: pack().run(PROGRAM, levels=(level,)).asked for level in pack().names}
    assert sum(asked.values()) == pack().run(PROGRAM).asked
    assert 0 < pack().run(PROGRAM, component="Stack").asked < asked["PIT"]
    with pytest.raises(SpecError, match="there is no level `FAT`"):
        pack().run(PROGRAM, levels=("FAT",))
    with pytest.raises(SpecError, match="there is no such test of `Door` alone"):
        pack().run(PROGRAM, component="Door")


def test_a_program_that_ends_early_says_how() -> None:
    """Its exit code and its last words are told, and every test that it left out has no answer."""
    found = script("import sys; sys.stdin.readline(); print('{}'); sys.exit('out of memory')")
    assert found.right == 0
    assert [each.kind for each in found.departures][:2] == ["unreadable", "no answer"]
    last = found.departures[-1].found
    assert last == (
        f"the program ended with exit code 1, after 1 of {found.asked} answers; it said: out of memory"
    )
    assert f"{found.asked - 1} tests have no answer" in found.text()


def test_a_program_that_is_killed_says_by_what() -> None:
    """A signal is told by its name."""
    found = script("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert found.departures[0].found.startswith("the program was ended by SIGSEGV, after 0 of ")


def test_a_program_that_hangs_is_ended() -> None:
    """No answer within the time is told once; the program is ended with all that it had started."""
    started = time.monotonic()
    child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"
    found = script(f"import subprocess, sys, time; {child}; time.sleep(60)", seconds=0.5)
    assert time.monotonic() - started < 20
    assert found.departures[0].found.startswith("no answer within 0.5 s, after 0 of ")
    assert found.right == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nonsense", "what is not JSON: nonsense"),
        ("[" * 2000, "what is not JSON: [[["),
        ("[]", "what is no JSON object"),
        ('{"id": "other"}', "the test other, which is not the one that was asked"),
        ('{"outcome": 7, "answers": 7}', "no "),
        ('{"outcome": "passes", "answers": [1]}', "no list of `answers`"),
        ('{"outcome": "passes", "answers": []}', "0 answers to 1 requests"),
    ],
)
def test_garbage_is_reported_as_such(line: str, told: str) -> None:
    """What cannot be read is quoted, in part, and the next answer is read all the same."""
    found = script(f"import sys\nfor _ in sys.stdin: print({line!r})")
    assert {each.kind for each in found.departures} <= {"unreadable", "departs"}
    assert any(each.found.startswith(told) and each.kind == "unreadable" for each in found.departures)
    assert all(len(each.found) < 200 for each in found.departures)


def test_bytes_that_are_no_text_and_lines_without_end_do_no_harm() -> None:
    """Neither a line of megabytes nor bytes of no encoding stop the run."""
    found = script("import sys\nsys.stdout.buffer.write(b'\\xff\\xfe' * 2_000_000 + b'\\n')")
    assert found.departures[0].kind == "unreadable"
    assert found.right == 0


def test_a_program_that_reads_nothing_is_heard() -> None:
    """Answers count even if the program closes its input at once."""
    found = script("import os, sys; os.close(0); sys.stdout.write('{}\\n' * 3)")
    assert [each.kind for each in found.departures][:3] == ["unreadable"] * 3
    assert found.departures[3].found.startswith("the program ended with exit code 0, after 3 of ")


@pytest.mark.parametrize("command", ["", "no-such-program --now", "'unclosed", "/"])
def test_a_program_that_cannot_be_started_is_refused(command: str) -> None:
    """One diagnostic says what is wrong with the command."""
    with pytest.raises(SpecError, match="cannot be run"):
        pack().run(command)


def test_what_leaves_the_program_behind_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process in a session of its own, which keeps the pipes of a program that has ended."""
    monkeypatch.setattr(run, "_END", 0.2)
    left = "subprocess.Popen(['sleep', '20'], start_new_session=True)"
    started = time.monotonic()
    found = script(f"import subprocess; {left}", seconds=0.5)
    assert time.monotonic() - started < 15
    assert {each.kind for each in found.departures} == {"no answer"}


def test_empty_lines_are_no_answers_however_many_they_are() -> None:
    """A program that never stops to write them is ended in time."""
    found = script("while True: print('\\n' * 100)", seconds=0.5)
    assert {each.found.split(", after")[0] for each in found.departures} == {"no answer within 0.5 s"}

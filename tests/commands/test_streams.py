"""What goes out: to terminals that would obey it, to readers that go away, to devices that are full."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from checker.language.diagnostics import Diagnostic, Span
from checker.language.invisible_characters import visible, visible_json
from checker.language.render_diagnostics import render
from tests.support.places import PERMITS
from tests.support.running import PROGRAM, Run

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))
ODD = "\x1b[31m\r\u202e\u200b\x9b\ufeff\u2066\u00ad\U000e0041\u2028\ufe0f"
"""A terminal's escape, a carriage return, a direction mark, nothing at all in several ways."""


def shell(command: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell, in which `$R` is redline."""
    environment = {**os.environ, "R": shlex.join(PROGRAM), **more}
    environment["LAW"] = shlex.join(FOLDERS)
    return subprocess.run(["bash", "-c", command], capture_output=True, check=False, env=environment)


def test_what_is_not_seen_is_escaped_and_all_else_stays() -> None:
    """Invisible characters are escaped; letters of any script, line ends and tabs are not."""
    assert visible(f"a{ODD}b").isascii()
    for each in ODD:
        assert each in "[31m" or each not in visible(f"a{each}b")
    for text in ("“§ 6.2(d)” — £1, naïve Ærø 漢字\n\ttwo  blanks", "a\u00a0b"):
        assert visible(text) == text


def test_json_says_the_same_in_any_encoding() -> None:
    """What an encoding lacks is escaped, and reads back as what it was."""
    document = json.dumps({"naïve": f"漢{ODD}\udcff🙂"}, ensure_ascii=False)
    for encoding in ("utf-8", "ascii", "latin-1"):
        text = visible_json(document, encoding)
        assert json.loads(text.encode(encoding).decode(encoding)) == json.loads(document)
        assert not any(each in text for each in ODD if each not in "[31m")


def test_the_caret_stands_under_what_is_meant() -> None:
    """Escapes are longer than what they stand for."""
    line = "a\u202e\t b \x1b odd"
    span = Span("x\x1b.md", 1, line.index("odd") + 1, 1, len(line) + 1)
    told = render(Diagnostic("odd", "that is `o\x9bdd`", span), {"x\x1b.md": line}).split("\n")
    assert told[0] == "x\\x1b.md:1:9: that is `o\\x9bdd`"
    assert [told[2][at] for at, each in enumerate(told[3]) if each == "^"] == list("odd")


def odd_law(place: Path) -> tuple[str, ...]:
    """Write the permits with odd letters in a label, a quotation, a claim and the names of files."""
    for folder, file in (("spec", "permits.md"), ("properties", "claims.md")):
        text = (PERMITS / folder / file).read_text(encoding="utf-8")
        text = text.replace("A permit can be given.", f"A permit {ODD} can be given.")
        text = text.replace("(a) a trader", "(a) a \u202etrader\x1b[2J")
        (place / folder).mkdir()
        (place / folder / f"\u202e{file}").write_text(text, encoding="utf-8")
    return ("--spec", str(place / "spec"), "--properties", str(place / "properties"))


@pytest.mark.parametrize(
    "command",
    [
        ("prove", "1", "2"),
        ("show", "new"),
        ("cover", "new", "--format", "markdown", "--clause", "By-law 3"),
        ("register",),
        ("lint", "new"),
        ("diff", "old", "new"),
        ("explain", "--version", "n\x1bw"),
        ("prove", "\x1b[31m"),
        ("prove", "--\x1b[31m"),
    ],
    ids=lambda each: each[0],
)
def test_no_report_sends_what_is_not_seen(run: Run, command: tuple[str, ...], tmp_path: Path) -> None:
    """No command sends a character that a terminal would obey, whatever the law has."""
    jobs = () if command[0] in ("show", "explain") else ("--jobs", "1")
    _, out, err = run(*command, *odd_law(tmp_path), *jobs)
    shown = out + err
    assert len(shown) > len(command[0])
    assert "Traceback" not in shown
    assert [each for each in shown if each not in "\n\t" and not each.isprintable()] == []


def test_json_has_what_reports_escape(run: Run, tmp_path: Path) -> None:
    """Machines get the sentence as it is in the law, in letters that no terminal obeys."""
    code, out, _ = run("prove", "2", *odd_law(tmp_path), "--jobs", "1", "--format", "json")
    assert code == 0
    sentences = {each["claim"]["sentence"] for each in json.loads(out)["results"]}
    assert len(sentences) == 1
    assert "\x1b" in sentences.pop()
    assert "\x1b" not in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is full")
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("$R show new $LAW >/dev/full", 2, b"standard output cannot be written: No space left on device\n"),
        ("$R show new $LAW >&-", 2, b"standard output cannot be written: Bad file descriptor\n"),
        ("$R prove 2 $LAW --format json >/dev/full", 2, b"standard output cannot be written: No space left"),
        ("$R --help >/dev/full", 2, b"No space left on device\n"),
        pytest.param("$R --help >&-", 2, b"Bad file descriptor\n", marks=pytest.mark.thorough),
        ("$R show nothing $LAW 2>&-", 2, b""),
        pytest.param("$R show nothing $LAW 2>/dev/full", 2, b"", marks=pytest.mark.thorough),
        ("$R no-command 2>/dev/full", 2, b""),
        ("$R prove 2 $LAW --evidence /dev/null/here", 2, b"`/dev/null`"),
        ("$R cover new $LAW --journal /dev/full", 2, b"No space left on device\n"),
        ("ulimit -n 20; $R prove 2 $LAW --jobs 8 >/dev/null", 0, b""),
    ],
)
def test_what_cannot_be_written_is_one_line(command: str, code: int, said: bytes) -> None:
    """Whatever is full, closed or not to be had, there is one line at most, and no traceback."""
    done = shell(command)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stderr.count(b"\n") == bool(said)


def test_who_reads_only_the_beginning_changes_no_verdict(tmp_path: Path) -> None:
    """The exit code is that of the verdicts, as if all had been read."""
    for folder, file in (("spec", "permits.md"), ("properties", "claims.md")):
        text = (
            (PERMITS / folder / file).read_text(encoding="utf-8").replace("expect proved", "expect refuted")
        )
        (tmp_path / folder).mkdir()
        (tmp_path / folder / file).write_text(text, encoding="utf-8")
    law = shlex.join(("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties")))
    for command, code in (("$R prove 2 $LAW", 0), (f"$R prove {law}", 1)):
        done = shell(f"{command} --jobs 1 | true; exit ${{PIPESTATUS[0]}}")
        assert (done.returncode, done.stderr) == (code, b"")


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """Folders whose names are not UTF-8 are read and written as others are, and told in one way."""
    given = [b"--evidence", os.fsencode(tmp_path) + b"/evi\xffdence"]
    for option, folder in zip(FOLDERS[::2], FOLDERS[1::2], strict=True):
        strange = os.fsencode(tmp_path) + b"/" + option.encode() + b"na\xffme"
        Path(os.fsdecode(strange)).symlink_to(folder)
        given += [option.encode(), strange]
    done = subprocess.run(
        (*PROGRAM, "prove", "2", *given, "--jobs", "1"),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    for told in (b"--specna", b"--propertiesna", b"evi"):
        assert told + b"\\udcff" in done.stdout


def test_any_encoding_will_do() -> None:
    """Reports are written in the encoding of the stream."""
    for encoding in ("latin-1", "utf-16"):  # less than a law may have, and more than bytes
        done = shell("$R show new $LAW", LANG="C", LC_ALL="C", PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "a trader in the outer zone" in done.stdout.decode(encoding)

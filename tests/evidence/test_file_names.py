"""Evidence has a folder for every name of a law, and verdicts are told whatever becomes of it."""

from __future__ import annotations

import errno
import tempfile
import unicodedata
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evidence.file_names import LONGEST, folded_twice, readable
from checker.evidence.write import MANIFEST
from tests.support.places import PERMITS
from tests.support.running import Run

PLAIN = [
    "new",
    "mp107",
    "v-1",
    "v_1",
    "new under strict",
    "a under b and c",
    "mp107 staged under x without y",
]
ALIKE = [
    "v-1",
    "v_1",
    "v 1",
    "V-1",
    "v-1-",
    "v.1",
    "v under 1",
    "v-under-1",
    "a under b-and-c",
    "a under b and c",
    "con",
    "CON",
    "con.x",
    "aux",
    "lpt1",
    "x-con",
    "\u7532",
    "\u4e59",
    "\u00e9",
    "e\u0301",
    "E\u0301",
    "ab (a)",
    "ab a",
    "x" * 300,
    "x" * 301,
    "",
    ".",
    "..",
    "a/b",
    "a\\b",
]


@pytest.mark.parametrize("text", PLAIN)
def test_names_of_a_law_stay_readable(text: str) -> None:
    """A column of plain names is the name of its folder."""
    assert readable(text) == text.replace(" ", "-")


def is_portable(name: str) -> bool:
    """Whether every system can have a file of that name."""
    stem = name.partition(".")[0].casefold()
    reserved = {"con", "prn", "aux", "nul", *(f"{a}{n}" for a in ("com", "lpt") for n in range(10))}
    letters = all(each.isascii() and (each.isalnum() or each in "._-") for each in name)
    return (
        letters and 0 < len(name) <= LONGEST and stem not in reserved and name[-1] != "." and name[0] != "."
    )


@pytest.mark.parametrize("text", ALIKE)
def test_every_system_can_have_them(text: str) -> None:
    """Names are short, and made of letters that no system reads otherwise."""
    assert is_portable(readable(text))


def test_no_two_are_the_same() -> None:
    """Names that look alike get folders of their own, whatever a file system folds."""
    assert folded_twice(map(readable, ALIKE)) is None


@given(st.sets(st.text(alphabet="aAb-_ .(é\u0301甲", max_size=6), min_size=2, max_size=12))
def test_whatever_texts_there_are(texts: set[str]) -> None:
    """The same of texts at random."""
    assert folded_twice(map(readable, texts)) is None
    assert all(map(is_portable, map(readable, texts)))


@pytest.mark.parametrize("pair", [("A", "a"), ("\u00e9", "e\u0301"), ("x/A", "X/a")])
def test_what_folds_is_seen(pair: tuple[str, str]) -> None:
    """Two names that some system takes for one are told."""
    assert folded_twice(pair) == pair[1]
    assert folded_twice(("a", "b")) is None


NAMES = {
    "hyphens": ("v-1", "v_1"),
    "case": ("New", "NEW"),
    "other scripts": ("\u7532", "\u4e59"),
    "accents": (unicodedata.normalize("NFC", "n\u00e9"), "ne"),
    "reserved": ("con", "aux"),
    "long": ("v" * 120 + "a", "v" * 120 + "b"),
    "one that a counter would give": ("v-1", "v-1-2"),
}


def renamed(place: Path, old: str, new: str) -> tuple[str, ...]:
    """The permits with other names for their versions."""
    for folder in ("spec", "properties"):
        copytree(PERMITS / folder, place / folder)
    for file in (place / "spec" / "permits.md", place / "properties" / "claims.md"):
        text = file.read_text(encoding="utf-8")
        for name, instead in (("old", old), ("new", new)):
            for around in (
                "version {} ",
                "is {} with",
                "in {}\n",
                "in {},",
                "in {} ",
                ", {}\n",
                ", {} under",
            ):
                text = text.replace(around.format(name), around.format(instead))
        assert f"version {new} " in text or f"in {new}" in text
        file.write_text(text, encoding="utf-8")
    return ("--spec", str(place / "spec"), "--properties", str(place / "properties"), "--jobs", "1")


@pytest.mark.parametrize("names", NAMES)
def test_folders_of_their_own(run: Run, tmp_path: Path, names: str) -> None:
    """Whatever the versions are called, what is written of them is certified."""
    law = renamed(tmp_path, *NAMES[names])
    place = tmp_path / "evidence"
    assert run("prove", "--evidence", str(place), *law)[0] == 0
    code, out, _ = run("certify", str(place), *law)
    assert (code, "10 of 10 entries hold" in out) == (0, True)
    written = [each.relative_to(place).as_posix() for each in place.rglob("*") if each.is_file()]
    assert folded_twice(written) is None


# -------------------------------------------------------------- what goes wrong

LAW = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"), "--jobs", "1")
COMMANDS = (
    (("prove",), "7 verdicts"),
    (("prove", "--format", "json"), '"results"'),
    (("diff", "old", "new"), "permissive"),
    (("lint",), "Repeat with"),
    (("who", "3"), "Repeat with"),
    (("rollout", "old", "new"), "Repeat with"),
)


def full(name: str) -> Callable[..., int]:
    def write(path: Path, *_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path / name))

    return write


@pytest.mark.parametrize(("command", "said"), COMMANDS, ids=str)
def test_verdicts_are_told_when_the_disk_is_full(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], said: str
) -> None:
    """What was found is told, what could not be written is told in a line, and nothing is left behind."""
    monkeypatch.setattr(Path, "write_text", full("x"))
    code, out, err = run(*command, "--evidence", str(tmp_path / "evidence"), *LAW)
    assert code == 2
    assert said in out
    assert "cannot be written: no space left on device" in " ".join(err.split())
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_too_long_is_refused_before_anything_is_asked(run: Run, tmp_path: Path) -> None:
    """A folder whose name the system does not have is no place for evidence: nobody waits to hear that."""
    code, out, err = run("prove", "2", "--evidence", str(tmp_path / ("e" * 300)), *LAW)
    assert (code, out) == (2, "")
    assert "cannot be written: file name too long" in " ".join(err.split())


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder may be there and look like any other: whether we may write beside it, only trying tells."""

    def forbidden(*_: object, **__: object) -> str:
        raise OSError(errno.EACCES, "Permission denied", str(tmp_path))

    monkeypatch.setattr(tempfile, "mkdtemp", forbidden)
    code, out, err = run("prove", "2", "--evidence", str(tmp_path / "evidence"), *LAW)
    assert (code, out) == (2, "")
    assert "cannot be written: permission denied" in " ".join(err.split())


def test_the_manifest_comes_last(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends the writing, what is half-written has no manifest, so that it is no evidence."""
    written: list[str] = []
    write = Path.write_text

    def noting(path: Path, text: str, **options: str) -> int:
        written.append(path.name)
        return write(path, text, **options)

    monkeypatch.setattr(Path, "write_text", noting)
    assert run("prove", "2", "--evidence", str(tmp_path / "evidence"), *LAW)[0] == 0
    assert [number for number, name in enumerate(written) if name == MANIFEST] == [len(written) - 1]


def test_all_pairs_of_the_alike_are_told_apart() -> None:
    """Each pair by itself, for a set of them may hide which one collides."""
    assert all(readable(one).casefold() != readable(two).casefold() for one, two in combinations(ALIKE, 2))


@pytest.mark.parametrize("inside", ["spec", "spec/evidence", "properties/a/evidence"])
def test_evidence_is_no_law(run: Run, tmp_path: Path, inside: str) -> None:
    """Evidence holds claims in the rule language, so it is not written where claims are read."""
    for folder in ("spec", "properties"):
        copytree(PERMITS / folder, tmp_path / folder)
    (tmp_path / "properties" / "a").mkdir()
    folders = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
    code, out, err = run("diff", "old", "new", "--evidence", str(tmp_path / inside), *folders)
    assert (code, out, "would be read as law" in " ".join(err.split())) == (2, "", True)

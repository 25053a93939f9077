"""`redline show --format docx` and `redline import`, as they are typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.parking_law import LAW, parking, words_of_version
from tests.support.running import Run
from tests.support.word_files import law_lines, settled

SIGNED = ("--author", "Ann", "--date", "2024-05-31")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, ...]:
    """The options that name the law of the yard."""
    for name, text in (("spec", LAW), ("properties", "# Claims\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text(text, encoding="utf-8")
    return ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))


def test_a_version_is_written_and_read_again(run: Run, folders: tuple[str, ...], tmp_path: Path) -> None:
    """To a file, and back into a new folder, which can be shown."""
    file, place = tmp_path / "law.docx", tmp_path / "new"
    options = ("--against", "old", "--format", "docx", "--output", str(file), *SIGNED)
    assert run("show", "newest", *options, *folders) == (0, "", "")
    assert law_lines(settled(file.read_bytes(), "accept")) == words_of_version(parking(), "newest")
    code, out, err = run("import", str(file), str(place), "--modification", "Proposal")
    assert (code, err) == (0, "")
    assert "phrases have no meaning yet" in out
    assert max(map(len, out.splitlines())) <= 80
    law = ("--spec", str(place / "spec"), "--properties", str(place / "properties"))
    code, out, _ = run("show", "amended", *law)
    assert code == 0
    assert "(amended by Proposal)" in out
    assert run("lint", *law)[0] == 0
    code, out, _ = run("register", "--quick", *law)
    assert code == 0
    assert "still to be given a meaning" in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--format", "docx"), "--format docx needs --output and --author and --date."),
        (("--format", "docx", "--output", "x.docx", "--author", "A"), "--format docx needs --date."),
        (("--against", "old", "--output", "x.docx"), "--output goes with --format docx."),
        (("--date", "2024-05-31"), "--date goes with --format docx."),
        (("--format", "docx", "--output", "x.docx", "--author", "A", "--date", "May"), "`May` is not a date"),
        (("--format", "docx", "--output", "no/x.docx", *SIGNED), "there is no folder `no`"),
        (("--format", "docx", "--output", "x.docx", *SIGNED, "--against", "ode"), "did you mean `old`"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    run: Run,
    folders: tuple[str, ...],
    options: tuple[str, ...],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In one message, with exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run("show", "new", *options, *folders)
    assert (code, out) == (2, "")
    assert message in err
    assert {each.name for each in tmp_path.iterdir()} == {"spec", "properties"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("no.docx", "new"), "`no.docx` cannot be read"),
        (("page.txt", "new"), "its name does not say what it is"),
        (("page.doc", "new"), "save it as `.docx` first"),
        (("bad.docx", "new"), "it is no Word file"),
        (("empty.html", "new"), "it is empty"),
        (("page.html", "old"), "`old` is there already"),
        (("page.html", "new", "--modification", "a b"), "`a b` cannot be the name of a modification"),
        (("page.html", "new", "--source", "x, verbatim in y"), "cannot be the name of a source"),
        (("bad.xlsx", "new", "--source", "a b"), "`a b` cannot be the name of a source"),
    ],
)
def test_documents_that_cannot_be_imported_are_refused(
    run: Run, arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one diagnostic, with exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    files = {
        "page.txt": "x",
        "bad.docx": "x",
        "bad.xlsx": "x",
        "empty.html": "",
        "page.html": "<p>1 x",
        "old/y": "y",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run("import", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["docx", "lxml", "openpyxl"])
def test_a_library_that_is_not_installed_is_named(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the extra that installs it, and nothing is written."""
    for each in [one for one in sys.modules if one.split(".")[0] == name]:
        monkeypatch.delitem(sys.modules, each)
    monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    (tmp_path / "properties").mkdir()
    (tmp_path / "spec/page.md").write_text(LAW, encoding="utf-8")
    (tmp_path / "page.html").write_text("<p>1 x")
    (tmp_path / "book.xlsx").write_bytes(_book())
    commands = {
        "docx": ("show", "new", "--format", "docx", "--output", "x.docx", *SIGNED),
        "lxml": ("import", "page.html", "new"),
        "openpyxl": ("import", "book.xlsx", "new"),
    }
    code, out, err = run(*commands[name])
    assert (code, out) == (2, "")
    assert 'pip install "redline[office]"' in err
    assert not (tmp_path / "new").exists()


def _book() -> bytes:
    """What looks like a workbook until a library reads it."""
    from tests.support.word_files import packed

    return packed({"xl/workbook.xml": "<a/>"})

"""`redline init`: what it writes is a law that loads and proves as it says; what it prints works."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import checker
from checker.interface.starting import starter_texts
from checker.language.diagnostics import SpecError
from checker.report.paper import text_of
from checker.results.imported import check_new
from tests.support.running import Run
from tests.support.schemas import check

WITHOUT = ("cacheprovider", "xdist", "hypothesispytest", "anyio")  # slow to load, and not needed here
PLAINLY = ("-q", *(each for name in WITHOUT for each in ("-p", f"no:{name}")))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a law was written into."""
    place = tmp_path_factory.mktemp("init") / "my law"
    checker.start_law(place)
    return place


def test_the_law_is_small_and_complete(begun: Path) -> None:
    """Two versions, three claims, a test; one claim turns from refuted to proved, as it expects, and nothing
    is unknown.
    """
    law = checker.load(begun / "spec", begun / "properties")
    assert law.versions == ("before", "after")
    assert len(law.claims) == 3
    proofs = law.prove()
    assert proofs.exit == 0
    found = [[proofs.verdict(x.number, version).verdict for version in law.versions] for x in law.claims]
    assert found == [["refuted", "proved"], ["proved", "proved"], ["proved", "proved"]]


def test_the_refutation_is_a_story_worth_reading(begun: Path) -> None:
    """The story of the refutation is that of a change that was read, pushed to again, and merged."""
    proofs = checker.load(begun / "spec", begun / "properties").prove(1, versions=["before"])
    text = text_of(proofs.paragraphs("all"))
    steps = [line.strip() for line in text.splitlines() if line.strip()[:2] in {"1.", "2.", "3."}]
    assert [each.split(" asks to ")[1].split(" Change")[0] for each in steps] == [
        "approve",
        "push to",
        "merge",
    ]


def test_it_lints_clean(begun: Path) -> None:
    """No rule of it is without effect, and its words and rules fit each other."""
    assert checker.load(begun / "spec", begun / "properties").lint().exit == 0


def test_what_is_printed_works_by_copy_and_paste(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command that is printed, in its order, ends as it should; only watching would not end."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run("init", "my law")
    assert (code, err) == (0, "")
    lines = out.partition("What to do next\n")[2].splitlines()
    commands = [shlex.split(line, comments=True) for line in lines if line.strip()]
    assert commands[0] == ["cd", "my law"]
    monkeypatch.chdir(tmp_path / "my law")
    asked = [each for each in commands[1:] if each != ["redline", "watch"]]
    assert len(asked) == 6
    for program, *arguments in asked:
        assert program == "redline"
        code, _, err = run(*arguments)
        assert (code, err) == (0, ""), arguments
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.thorough
def test_the_test_that_it_writes_notices_an_edit(begun: Path, tmp_path: Path) -> None:
    """The test passes, and fails once the proposal is struck from the law."""
    for name, text in starter_texts().items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text.replace("read(change) becomes false", "read(change) becomes true"))
    codes = [
        subprocess.run(
            [sys.executable, "-m", "pytest", *PLAINLY, str(folder)],
            capture_output=True,
            check=False,
            cwd=folder,
            env={**os.environ, "REDLINE_CACHE": "0"},
        ).returncode
        for folder in (begun, tmp_path)
    ]
    assert codes == [0, 1]


@pytest.mark.parametrize("held", ["a.md", "sub/a.md"])
def test_a_folder_that_is_not_empty_is_refused(run: Run, tmp_path: Path, held: str) -> None:
    """Nothing is written over or beside what somebody has; a repository that was just made is empty."""
    place = tmp_path / held
    place.parent.mkdir(exist_ok=True)
    place.write_text("mine")
    code, out, err = run("init", str(tmp_path))
    assert (code, out) == (2, "")
    assert "is not empty" in " ".join(err.split())
    assert place.read_text() == "mine"
    assert not (tmp_path / "spec").exists()
    fresh = tmp_path / "fresh"
    (fresh / ".git").mkdir(parents=True)
    assert run("init", str(fresh))[0] == 0


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    """A file in the place of the folder is refused, and stays."""
    place = tmp_path / "law"
    place.write_text("mine")
    assert run("init", str(place))[:2] == (2, "")
    assert place.read_text() == "mine"


def test_a_law_is_not_begun_within_another(begun: Path, run: Run) -> None:
    """Its pages would be read as pages of that law; the law of a document is not made
    there either. Beside the two folders, both may be.
    """
    code, _, err = run("init", str(begun / "spec" / "inner"))
    assert code == 2
    assert "where it would be read as law" in " ".join(err.split())
    assert not (begun / "spec" / "inner").exists()
    with pytest.raises(SpecError, match="would be read as law"):
        check_new(begun / "properties" / "inner")
    check_new(begun / "other")


def test_init_as_json(run: Run, tmp_path: Path) -> None:
    """The document names the folder, the files in it, and the commands to go on with."""
    code, out, _ = run("init", str(tmp_path / "law"), "--format", "json")
    check(out)
    document = json.loads(out)
    assert code == 0
    assert document["schema"] == "redline.init/1"
    assert document["files"] == sorted(starter_texts())
    assert all((tmp_path / "law" / each).is_file() for each in document["files"])
    assert document["next"][0] == f"cd {tmp_path / 'law'}"

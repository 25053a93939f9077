"""`redline fmt`: what is written, what is only looked at, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.interface.starting import start_law
from tests.support.running import Run

MESSY = "# A page\n\n```redline\nsort  A\n  sort B\n```\n"
NEAT = "# A page\n\n```redline\nsort A\nsort B\n```\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that is to be laid out."""
    path = tmp_path / "page.md"
    path.write_text(MESSY, encoding="utf-8")
    return path


def test_a_page_is_written(run: Run, page: Path) -> None:
    """The page is laid out and named; a second time there is nothing to do."""
    page.chmod(0o640)
    assert run("fmt", str(page)) == (0, f"{page}\n1 laid out, 0 left as they are\n", "")
    assert page.read_text(encoding="utf-8") == NEAT
    assert page.stat().st_mode & 0o777 == 0o640
    assert run("fmt", str(page)) == (0, "0 laid out, 1 left as they are\n", "")
    assert [each.name for each in page.parent.iterdir()] == ["page.md"]


def test_check_writes_nothing(run: Run, page: Path) -> None:
    """`--check` names the page and ends with 1; one that is as it should be with 0."""
    assert run("fmt", "--check", str(page)) == (1, f"{page}\n", "")
    assert page.read_text(encoding="utf-8") == MESSY
    page.write_text(NEAT, encoding="utf-8")
    assert run("fmt", "--check", str(page)) == (0, "", "")


def test_diff_shows_what_would_change(run: Run, page: Path) -> None:
    """`--diff` shows the lines and writes nothing."""
    code, output, _ = run("fmt", "--diff", str(page))
    assert code == 1
    assert "-sort  A\n-  sort B\n+sort A\n+sort B\n" in output
    assert page.read_text(encoding="utf-8") == MESSY


def test_line_ends_and_the_mark_at_the_top_stay(run: Run, page: Path) -> None:
    """A page of Windows stays one."""
    page.write_bytes(b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode())
    assert run("fmt", str(page))[0] == 0
    assert page.read_bytes() == b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode()


def test_a_broken_page_is_told_and_left_alone(run: Run, page: Path) -> None:
    """The mistake is shown with its line, the exit code is 2, and other pages are laid out all the same."""
    broken = page.parent / "broken.md"
    broken.write_text("```redline\nsort  A sort\n```\n", encoding="utf-8")
    code, output, errors = run("fmt", str(page.parent))
    assert code == 2
    assert output == f"{page}\n1 laid out, 1 left as they are\n"
    assert f"{broken}:2:" in errors
    assert broken.read_text(encoding="utf-8") == "```redline\nsort  A sort\n```\n"
    assert page.read_text(encoding="utf-8") == NEAT


def test_without_paths_the_law_is_laid_out(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a project, its pages of law and claims are meant; without one, a path is asked for."""
    start_law(tmp_path / "law")
    monkeypatch.chdir(tmp_path / "law")
    assert run("fmt", "--check") == (0, "", "")
    monkeypatch.chdir(tmp_path)
    code, _, errors = run("fmt")
    assert code == 2
    assert "there is no `spec/`" in errors


@pytest.mark.parametrize("name", ["nothing.md", "page.txt"])
def test_what_is_no_page_is_refused(run: Run, page: Path, name: str) -> None:
    """A file that is not there, or not read as a page, is an error, and no page is written before it."""
    (page.parent / "page.txt").write_text("", encoding="utf-8")
    code, _, errors = run("fmt", str(page), str(page.parent / name))
    assert code == 2
    assert name in errors.replace("\n", "")  # long paths are broken
    assert page.read_text(encoding="utf-8") == MESSY

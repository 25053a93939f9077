"""The law at a revision is the law as it was checked out: whole, or refused with what is missing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.support.places import PERMITS
from tests.support.running import Run

RULE = """
```redline
check nobody for "By-law 5" at Desk, reject with P5 "no more"
    requires {} inference "x"
```
"""


def git(place: Path, *words: str) -> None:
    quiet = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false")
    allowed = ("-c", "protocol.file.allow=always")
    subprocess.run(("git", *quiet, *allowed, *words), cwd=place, check=True, capture_output=True)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the permits in it, and nothing committed yet."""
    found = tmp_path / "law"
    copytree(PERMITS / "spec", found / "spec")
    copytree(PERMITS / "properties", found / "properties")
    git(found, "init", "-q")
    monkeypatch.chdir(found)
    return found


def commit(place: Path) -> None:
    git(place, "add", "-A")
    git(place, "commit", "-qm", "x", "--allow-empty")


def rule(file: Path, requires: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"# More\n{RULE.format(requires)}", encoding="utf-8")


def twice(place: Path, file: Path) -> None:
    """Commit a rule in a file, and another one in its place."""
    for requires in ("kind is Resident", "false"):
        rule(file, requires)
        commit(place)


BOTH = ("diff", "new", "--git", "HEAD~1..HEAD", "--fail-on", "any", "--jobs", "1")
HEAD = ("diff", "new", "--git", "HEAD", "--fail-on", "any", "--jobs", "1")

# ------------------------------------------------------------------- refused


def a_link(place: Path) -> None:
    (place / "spec" / "shared.md").symlink_to("../shared.md")
    twice(place, place / "shared.md")


def a_linked_folder(place: Path) -> None:
    (place / "spec" / "shared").symlink_to("../shared")
    twice(place, place / "shared" / "more.md")


def a_submodule(place: Path) -> None:
    other = place.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    rule(other / "shared.md", "kind is Resident")
    commit(other)
    git(place, "submodule", "add", "-q", str(other), "spec/shared")
    commit(place)
    rule(other / "shared.md", "false")
    commit(other)
    git(place / "spec" / "shared", "pull", "-q")
    commit(place)


def another_ending(place: Path) -> None:
    twice(place, place / "spec" / "shared.MD")


def a_text(place: Path) -> None:
    twice(place, place / "spec" / "shared.txt")


def a_pointer(place: Path) -> None:
    for number in "12":
        text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{number}\nsize 1\n"
        (place / "spec" / "shared.md").write_text(text, encoding="utf-8")
        commit(place)


REFUSED = (a_link, a_linked_folder, a_submodule, another_ending, a_text, a_pointer)


@pytest.mark.parametrize("make", REFUSED, ids=lambda each: each.__name__)
def test_what_is_not_read_is_named(run: Run, place: Path, make: Callable[[Path], None]) -> None:
    """A rule that changes where git's files are not the law's is no `Nothing changed, proved`."""
    make(place)
    code, out, err = run(*BOTH)
    assert (code, out) == (2, "")
    assert "shared" in " ".join(err.split())


def test_a_law_behind_a_link_is_refused(run: Run, place: Path) -> None:
    """A folder that is a link may have led elsewhere."""
    (place / "spec").rename(place / "law")
    (place / "spec").symlink_to("law")
    commit(place)
    code, out, err = run(*HEAD, "--spec", "spec", "--properties", "properties")
    assert (code, out) == (2, "")
    assert "is a link" in " ".join(err.split())


# ---------------------------------------------------------------------- read


def exported(place: Path) -> None:
    (place / ".gitattributes").write_text("shared.md export-ignore\n", encoding="utf-8")


def nothing(place: Path) -> None:
    del place


@pytest.mark.parametrize(
    ("make", "name"),
    [
        *((nothing, name) for name in ("a b/shared.md", "é “x”.md", ".shared.md")),
        *((exported, name) for name in ("shared.md", "a b/shared.md")),
    ],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_every_page_is_read(run: Run, place: Path, make: Callable[[Path], None], name: str) -> None:
    """Whatever its name, and though it is kept out of archives."""
    make(place)
    twice(place, place / "spec" / name)
    code, out, _ = run(*BOTH)
    assert code == 1
    assert "Less permissive." in out


def settings(*pairs: str) -> Callable[[Path], None]:
    def setting(place: Path) -> None:
        for pair in pairs:
            git(place, "config", *pair.split("=", 1))

    return setting


ATTRIBUTES = {
    "nothing": ("", settings()),
    "crlf": ("*.md text eol=crlf\n", settings()),
    "autocrlf": ("* text=auto\n", settings("core.autocrlf=true")),
    "ident": ("*.md ident\n", settings()),
    "export-subst": ("*.md export-subst\n", settings()),
    "filter": (
        "*.md filter=swap\n",
        settings("filter.swap.clean=sed s/lives/LIVES/g", "filter.swap.smudge=sed s/LIVES/lives/g"),
    ),
}


@pytest.mark.parametrize("case", ATTRIBUTES)
def test_a_clean_tree_is_its_own_commit(run: Run, place: Path, case: str) -> None:
    """Line ends, filters and keywords are as a checkout has them, so nothing is different."""
    attributes, setting = ATTRIBUTES[case]
    (place / ".gitattributes").write_text(attributes, encoding="utf-8")
    setting(place)
    page = place / "spec" / "permits.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n$Id$ $Format:%H$\n", encoding="utf-8")
    commit(place)
    for path in ("spec", "properties"):
        git(place, "rm", "-rq", "--cached", path)
        git(place, "reset", "-q", "--hard")
    code, out, _ = run(*HEAD)
    assert (code, "Nothing." in out) == (0, True)


def ignored(place: Path) -> None:
    (place / ".gitignore").write_text("shared.md\n", encoding="utf-8")
    commit(place)
    rule(place / "spec" / "shared.md", "false")


def skipped(place: Path) -> None:
    rule(place / "spec" / "shared.md", "false")
    commit(place)
    git(place, "update-index", "--skip-worktree", "spec/shared.md")
    (place / "spec" / "shared.md").unlink()


def assumed(place: Path) -> None:
    rule(place / "spec" / "shared.md", "kind is Resident")
    commit(place)
    git(place, "update-index", "--assume-unchanged", "spec/shared.md")
    rule(place / "spec" / "shared.md", "false")


@pytest.mark.parametrize("make", [ignored, skipped, assumed], ids=lambda each: each.__name__)
def test_what_git_overlooks_is_named(run: Run, place: Path, make: Callable[[Path], None]) -> None:
    """A tree that git calls clean and that is not what the commit says is refused, with the page."""
    make(place)
    status = subprocess.run(("git", "status", "--short"), cwd=place, check=True, capture_output=True)
    assert status.stdout == b""
    code, out, err = run(*HEAD)
    assert (code, out) == (2, "")
    assert "shared.md" in " ".join(err.split())


def test_a_page_that_git_does_not_know_yet_is_a_difference(run: Run, place: Path) -> None:
    """The law as it lies here has it, and the commit has not."""
    commit(place)
    rule(place / "spec" / "shared.md", "false")
    code, out, _ = run(*HEAD)
    assert (code, "Less permissive." in out) == (1, True)

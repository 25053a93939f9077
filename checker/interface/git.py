"""The law at a revision, read from git as a checkout would write it, completely or not at all."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from checker.evidence.write import hash_of
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.spec_files import is_link, is_page, not_read, set_aside, text_of

SECONDS: Final = 60.0  # for git to answer
_LINK: Final = "120000"
_MODULE: Final = "160000"
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf"})
_PLAIN: Final = re.compile(r"\w[\w.~^@{}+-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of a revision. `name`: its name in the folder; `path`: its name in the repository."""

    mode: str
    object: str
    name: str
    path: str


def texts_at(revision: str, folder: Path) -> dict[str, str]:
    """The Markdown files of a folder at a revision of the repository around it, by their names in the folder.

    Raises SpecError if git does not know the revision, is not there, or has something in the folder that
    is not read from it.
    """
    _check_way(folder)
    entries = tuple(_entries(revision, folder))
    wrong: list[Diagnostic] = []
    texts: dict[str, str] = {}
    for each in entries:
        shown = f"{revision}:{each.name}"
        try:
            if each.mode == _MODULE:
                wrong.append(_module(shown))
            elif each.mode == _LINK:
                wrong += () if _is_harmless(each.name) else (is_link(shown),)
            elif is_page(each.name):
                texts[each.name] = text_of(shown, _content(folder, each))
            else:
                wrong += not_read(shown, partial(_content, folder, each))
        except SpecError as error:
            wrong += error.diagnostics
    if wrong:
        raise SpecError(tuple(wrong))
    if not texts:
        raise _refused(f"there is no Markdown in `{folder}` at `{revision}`")
    return texts


def commit_of(revision: str, folder: Path) -> str:
    """The commit that a revision is. Raises SpecError if there is none."""
    if revision.startswith("-"):
        raise _refused(f"`{revision}` is no revision")
    try:
        found = _lines(
            folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}", ends="\n"
        )
    except SpecError as wrong:
        said = wrong.diagnostics[0].message
        raise _refused(f"git has no `{folder}` at `{revision}`: {said}") from wrong
    return found[0]


def check_tracked(folder: Path) -> None:
    """Raise SpecError if git overlooks a page of the folder: then a tree that it calls clean is not what any
    revision says.
    """
    ignored = _lines(folder, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", ".")
    hidden = [
        line[2:]
        for line in _lines(folder, "ls-files", "-z", "-v", "--", ".")
        if line[:1] == "S" or line[:1].islower()
    ]
    reasons = (("is ignored by git, so no revision has it", ignored), ("is hidden from git's status", hidden))
    wrong = [
        Diagnostic("git", f"`{folder / name}` {reason}", None)
        for reason, names in reasons
        for name in names
        if is_page(name) or name.endswith("/")
    ]
    if wrong:
        raise SpecError(tuple(wrong))


def named(revision: str) -> str:
    """A name for a revision that a folder can have."""
    return revision if _PLAIN.fullmatch(revision) else f"revision-{hash_of(revision)[:8]}"


def _check_way(folder: Path) -> None:
    """Raise SpecError if a link of its own repository leads to the folder: that may have led elsewhere."""
    top = Path(_lines(folder, "rev-parse", "--show-toplevel", ends="\n")[0]).resolve()
    place = folder.absolute()
    for each in (place, *place.parents):
        if each.is_symlink() and top in (each.parent.resolve(), *each.parent.resolve().parents):
            raise SpecError((is_link(str(each)),))


def _entries(revision: str, folder: Path) -> Iterator[_Entry]:
    commit = commit_of(revision, folder)
    prefix = "".join(_lines(folder, "rev-parse", "--show-prefix", ends="\n"))
    for line in _lines(folder, "ls-tree", "-r", "-z", commit):
        about, _, name = line.partition("\t")
        mode, _, content = about.split()
        yield _Entry(mode, content, name, f"{prefix}{name}")


def _content(folder: Path, entry: _Entry) -> bytes:
    """What a checkout would write: with git's own line ends, filters and encodings."""
    return _git(folder, "cat-file", "--filters", f"--path={entry.path}", entry.object)


def _is_harmless(name: str) -> bool:
    path = PurePosixPath(name)
    return set_aside(path.name) or path.suffix.casefold() in _PICTURES


def _module(name: str) -> Diagnostic:
    expected = ("the files themselves",)
    return Diagnostic("not-read", f"`{name}` is a submodule, and is not read from git", None, expected)


def _lines(folder: Path, *words: str, ends: str = "\0") -> list[str]:
    said = _git(folder, *words).decode(errors="surrogateescape")
    return [each for each in said.split(ends) if each]


def _git(folder: Path, *words: str) -> bytes:
    """What git says to these words. Raises SpecError with what it says if it cannot."""
    git = shutil.which("git")
    if git is None:
        raise _refused("git is not installed")
    command: Iterable[str] = (git, "--literal-pathspecs", *words)
    try:
        found = subprocess.run(
            list(command),
            cwd=folder,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise _refused(f"git does not answer: {wrong}") from wrong
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip().splitlines()
        raise _refused(said[-1] if said else "git gives no reason")
    return found.stdout


def _refused(message: str) -> SpecError:
    return SpecError((Diagnostic("git", message, None),))

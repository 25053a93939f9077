"""Which files of a folder are read. Other files that may hold rules are refused: no rule is missed."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Final

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import MAX_BYTES, decode, decode_anyway
from checker.language.unread_fences import line_looks_like_ours

MAX_FILES: Final = 1_000
MAX_ENTRIES: Final = 20_000
"""How many Markdown files a folder may hold, and how many files and folders of any kind."""

_READ: Final = ".md"
_PAGES: Final = frozenset(
    {".md", ".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn", ".mdtxt", ".mdtext", ".mdx", ".rmd", ".qmd"}
)
_ASIDE: Final = re.compile(r"(.*~|.*\.(bak|orig|rej|old|tmp|swp|swo)|#.*#|\.#.*)", re.IGNORECASE)
_GIT: Final = ".git"
_POINTER: Final = b"version https://git-lfs.github.com/spec/"

Bytes = Callable[[], bytes]


def texts_in(folder: Path) -> dict[Path, str]:
    """The text of every `.md` file in a folder and those below it, in the order of their paths; of a file,
    that file's. Raises SpecError with all that cannot be read, or that is not read and looks like rules.
    """
    if not folder.exists():
        raise SpecError((Diagnostic("no-such-file", f"there is no `{folder}`", None),))
    if not folder.is_dir():
        return {folder: text_of(str(folder), _bytes(folder))}
    found: dict[Path, str] = {}
    wrong: list[Diagnostic] = []
    pages: list[Path] = []
    for path in _walk(folder):
        if path.suffix == _READ and not path.is_symlink():
            pages.append(path)
        else:
            wrong += _unread(path)
    if len(pages) > MAX_FILES:
        message = f"`{folder}` holds more than {MAX_FILES:,} files"
        raise SpecError((Diagnostic("too-large", message, None),))
    for path in sorted(pages):
        try:
            found[path] = text_of(str(path), _bytes(path))
        except SpecError as error:
            wrong += error.diagnostics
    if wrong:
        raise SpecError(tuple(wrong))
    return found


def text_of(name: str, data: bytes) -> str:
    """The text of a file that is read. Raises SpecError if it is none, or stands for another file."""
    if data.startswith(_POINTER):
        message = f"`{name}` is a pointer of Git LFS, and not the file itself"
        raise SpecError((Diagnostic("unreadable", message, None, ("the file that it stands for",)),))
    return decode(name, data)


def is_page(name: str) -> bool:
    """Whether a file of this name is read."""
    return PurePath(name).suffix == _READ


def set_aside(name: str) -> bool:
    """Whether a file's name shows that a person or an editor put it aside."""
    return _ASIDE.fullmatch(name) is not None


def not_read(name: str, data: Bytes) -> Iterator[Diagnostic]:
    """Yield why a file with another ending than `.md` is refused: its name or its text look like rules."""
    path = PurePath(name)
    if set_aside(path.name):
        return
    expected = (f"`{path.with_suffix(_READ).name}`",)
    notes = ("a name that ends in `.bak` puts a file aside",)
    if path.suffix.casefold() in _PAGES:
        message = f"`{name}` is not read: the name of a page ends in `{_READ}`"
        yield Diagnostic("not-read", message, _top(name), expected, notes=notes)
        return
    lines = _text(data()[:MAX_BYTES]).split("\n")
    number = next((at for at, line in enumerate(lines, start=1) if line_looks_like_ours(line)), None)
    if number is not None:
        message = f"`{name}` has a fence of rules, and is not read: the name of a page ends in `{_READ}`"
        span = Span(name, number, 1, number, max(2, min(len(lines[number - 1]), 80) + 1))
        yield Diagnostic("not-read", message, span, expected, notes=notes)


def is_link(name: str) -> Diagnostic:
    """The diagnostic for a link, wherever it leads."""
    expected = ("the file or folder itself",)
    return Diagnostic("unreadable", f"`{name}` is a link, and links are not followed", None, expected)


def _top(name: str) -> Span:
    return Span(name, 1, 1, 1, 2)


def _text(data: bytes) -> str:
    for mark, encoding in ((BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data.decode(encoding, "replace").replace("\r\n", "\n")
    return decode_anyway(data.replace(b"\0", b""))  # of a wider encoding, the letters that count are left


def _walk(folder: Path) -> Iterator[Path]:
    """Yield everything in a folder and those below it but folders. Raises SpecError for a folder that cannot
    be read.
    """
    waiting, count = [folder], 0
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                listed = sorted((each.name, each.is_dir(follow_symlinks=False)) for each in entries)
        except OSError as error:
            raise _unreadable(place, error) from None
        count += len(listed)
        if count > MAX_ENTRIES:
            message = f"`{folder}` holds more than {MAX_ENTRIES:,} files and folders"
            raise SpecError((Diagnostic("too-large", message, None),))
        for name, is_folder in listed:
            if not is_folder:
                yield place / name
            elif name != _GIT:
                waiting.append(place / name)


def _unread(path: Path) -> Iterator[Diagnostic]:
    """Yield why something that is not read is refused; nothing if it cannot hold rules."""
    try:
        regular = path.is_file()
    except OSError:
        regular = False
    if not path.is_symlink():
        yield from not_read(str(path), lambda: _bytes(path)) if regular else ()
    elif not set_aside(path.name):
        page = path.suffix.casefold() in _PAGES
        if page or not regular or any(not_read(str(path), lambda: _bytes(path))):
            yield is_link(str(path))


def _bytes(path: Path) -> bytes:
    """As much of a file as a specification may hold; a pipe or a device, which may never end, is no file."""
    try:
        if path.is_file() or not path.exists():
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from None
    raise _unreadable(path, OSError(None, "not a file"))


def _unreadable(place: Path, error: OSError) -> SpecError:
    message = f"`{place}` cannot be read: {(error.strerror or 'no reason given').lower()}"
    return SpecError((Diagnostic("unreadable", message, None),))

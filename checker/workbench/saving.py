"""Writing pages into the folders of the law: each whole or not at all, and nothing anywhere else."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from checker.interface.loaded_law import Folders
from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.spec_files import is_page

_LETTERS = 8  # in the name of a page that is being written
_MARK = b"\xef\xbb\xbf"


def write_pages(places: Folders, texts: Mapping[str, str]) -> None:
    """Write pages, by the names that diagnostics give them. All are written beside the old ones before any of
    these is replaced. SpecError if one cannot be written, or is no page of these folders.
    """
    if places.shipped:
        message = "the law that comes with redline is not written to"
        expected = ("a law of your own: `redline init DIRECTORY`, or a copy named with `--spec`",)
        raise SpecError((Diagnostic("unwritable", message, None, expected),))
    made: dict[Path, Path] = {}
    try:
        for name, text in texts.items():
            path = _within(places, Path(name))
            path.parent.mkdir(exist_ok=True)
            _tidy(path)
            beside = path.with_name(f".{path.name}.{secrets.token_hex(_LETTERS // 2)}.tmp")
            made[beside] = path
            _write(beside, text, path)
        for beside, path in made.items():
            beside.replace(path)
    except OSError as error:
        message = f"`{error.filename}` cannot be written: {(error.strerror or 'no reason given').lower()}"
        raise SpecError((Diagnostic("unwritable", message, None),)) from None
    finally:
        for beside in made:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _tidy(path: Path) -> None:
    """Take away what a save left that was killed. There is one workbench for a law, so nobody is at it."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{{_LETTERS}}}\.tmp")
    for each in path.parent.iterdir():
        if name.fullmatch(each.name):
            each.unlink()


def _within(places: Folders, path: Path) -> Path:
    """The path. SpecError if it is no page in one of the folders, or leads out of them by a link."""
    for folder in (places.spec, places.properties):
        if folder in path.parents and is_page(path.name) and ".." not in path.parts[len(folder.parts) :]:
            inside = path.parent.resolve().is_relative_to(folder.resolve())
            if inside and not path.is_symlink():
                return path
    raise SpecError((Diagnostic("no-such-file", f"`{path}` is no page of the law or of its claims", None),))


def _write(place: Path, text: str, like: Path) -> None:
    """Write a text with the line ends, the mark of UTF-8 and the rights that the file had."""
    old = like.read_bytes() if like.exists() else b""
    data = (text.replace("\n", "\r\n") if b"\r\n" in old else text).encode()
    with place.open("wb") as file:
        file.write(_MARK + data if old.startswith(_MARK) else data)
        file.flush()
        os.fsync(file.fileno())
    if like.exists():
        place.chmod(like.stat().st_mode & 0o777)

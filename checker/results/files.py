"""Writing the files that a command is asked for: all of them, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from checker.language.diagnostics import Diagnostic, SpecError

CANNOT_WRITE: Final = "cannot-write"
"""The code of a diagnostic about a place that is not to be written to."""

_DEVICES: Final = Path("/dev")


def check_place(file: Path) -> None:
    """Raise SpecError if there is no folder for the file: before the work, and not after it."""
    if not file.parent.is_dir():
        raise cannot_write(f"`{file}` cannot be written to: there is no folder `{file.parent}`")


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files, by name, next to their places, then put each in its place. Makes the folder. SpecError
    if that is not possible.
    """
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=folder, prefix=f".{name}.", delete=False
            ) as opened:
                waiting[Path(opened.name)] = folder / name
                opened.write(text)
        for written, place in waiting.items():
            written.chmod(0o666 & ~_mask())
            written.replace(place)
    except OSError as wrong:
        raise cannot_write(f"`{folder}` cannot be written to: {wrong.strerror or wrong}") from wrong
    finally:
        for written in waiting:
            with suppress(OSError):
                written.unlink(missing_ok=True)


def write_file(file: Path, text: str) -> None:
    """Write one file, whole or not at all; a device or a pipe, directly. SpecError if it cannot be."""
    if _DEVICES in file.absolute().parents:  # such as a standard stream, which may be a file
        _send(file, text, "a")
        return
    place = file.resolve()
    if place.is_dir():
        raise cannot_write(f"`{file}` cannot be written to: it is a folder")
    if place.is_file() or not place.exists():
        write_files(place.parent, {place.name: text})
        return
    _send(file, text, "w")


def append_text(file: Path, text: str) -> None:
    """Add a text at the end of a file. SpecError if that is not possible."""
    _send(file, text, "a")


def _send(file: Path, text: str, mode: Literal["w", "a"]) -> None:
    try:
        with file.open(mode, encoding="utf-8") as opened:
            opened.write(text)
    except OSError as wrong:
        raise cannot_write(f"`{file}` cannot be written to: {wrong.strerror or wrong}") from wrong


def cannot_write(message: str) -> SpecError:
    """The diagnostic for a place that is not to be written to."""
    return SpecError((Diagnostic(CANNOT_WRITE, message, None),))


def _mask() -> int:
    """Return which rights new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

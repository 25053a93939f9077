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

SPEC: Final = "spec"
PROPERTIES: Final = "properties"
"""The folders of a law and of its claims, beside each other."""

_DEVICES: Final = Path("/dev")


def check_place(file: Path) -> None:
    """Raise SpecError if there is no folder for the file, or it cannot be a file: before the work, and not
    after it.
    """
    try:
        if not file.parent.is_dir():
            raise cannot_write(f"`{file}` cannot be written to: there is no folder `{file.parent}`")
        if file.is_dir():
            raise cannot_write(f"`{file}` cannot be written to: it is a folder")
    except OSError as wrong:  # such as a name that is too long
        raise cannot_write(f"`{file}` cannot be written to: {wrong.strerror or wrong}") from wrong


def check_outside_laws(folder: Path) -> None:
    """Raise SpecError if pages in that folder would be read as part of a law that is there already."""
    place = folder.resolve()
    for each in (place, *place.parents):
        beside = (each.parent / SPEC, each.parent / PROPERTIES)
        if each in beside and all(folder.is_dir() for folder in beside):
            raise cannot_write(f"`{folder}` lies in `{each}`, where it would be read as law")


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write all files, by name within the folder, next to their places, then put each in its place. Makes
    the folders. SpecError if that is not possible.
    """
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                dir=place.parent, prefix=f".{place.name}.", delete=False
            ) as opened:
                waiting[Path(opened.name)] = place
                opened.write(content.encode() if isinstance(content, str) else content)
        for written, place in waiting.items():
            written.chmod(0o666 & ~_mask())
            written.replace(place)
    except OSError as wrong:
        raise cannot_write(f"`{folder}` cannot be written to: {wrong.strerror or wrong}") from wrong
    finally:
        for written in waiting:
            with suppress(OSError):
                written.unlink(missing_ok=True)


def write_file(file: Path, content: str | bytes) -> None:
    """Write one file, whole or not at all; a device or a pipe, directly. SpecError if it cannot be."""
    data = content.encode() if isinstance(content, str) else content
    if _DEVICES in file.absolute().parents:  # such as a standard stream, which may be a file
        _send(file, data, "ab")
        return
    place = file.resolve()
    if place.is_dir():
        raise cannot_write(f"`{file}` cannot be written to: it is a folder")
    if place.is_file() or not place.exists():
        write_files(place.parent, {place.name: data})
        return
    _send(file, data, "wb")


def append_text(file: Path, text: str) -> None:
    """Add a text at the end of a file. SpecError if that is not possible."""
    _send(file, text.encode(), "ab")


def _send(file: Path, data: bytes, mode: Literal["wb", "ab"]) -> None:
    try:
        with file.open(mode) as opened:
            opened.write(data)
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

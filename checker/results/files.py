"""Writing the files that a command is asked for: all of them, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from checker.language.diagnostics import Diagnostic, SpecError


def check_place(file: Path) -> None:
    """Raise SpecError if there is no folder for the file: before the work, and not after it."""
    if not file.parent.is_dir():
        raise cannot_write(f"`{file}` cannot be written to: there is no folder `{file.parent}`")


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files, by name within the folder, next to their places, then put each in its place. Makes
    the folders. SpecError if that is not possible.
    """
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=place.parent, prefix=f".{place.name}.", delete=False
            ) as opened:
                waiting[Path(opened.name)] = place
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


def write_file(file: Path, data: bytes) -> None:
    """Write one file next to its place, then put it there. SpecError if that is not possible."""
    made: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as opened:
            made = Path(opened.name)
            opened.write(data)
        made.chmod(0o666 & ~_mask())
        made.replace(file)
    except OSError as wrong:
        raise cannot_write(f"`{file}` cannot be written to: {wrong.strerror or wrong}") from wrong
    finally:
        if made is not None:
            made.unlink(missing_ok=True)


def cannot_write(message: str) -> SpecError:
    """The diagnostic for a place that is not to be written to."""
    return SpecError((Diagnostic("cannot-write", message, None),))


def _mask() -> int:
    """Return which rights new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

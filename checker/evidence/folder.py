"""Evidence on disk: a folder that is written whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from checker.evidence.write import MANIFEST
from checker.language.diagnostics import Diagnostic, SpecError

LARGEST = 1 << 28  # bytes of evidence that are read


def check_target(folder: Path) -> None:
    """Raise SpecError unless the folder can be made, or is empty, or holds evidence that may be replaced."""
    if folder.exists() and not folder.is_dir():
        raise _refused(f"`{folder}` is not a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise _refused(f"`{folder}` holds something else than evidence")
    if not folder.absolute().parent.is_dir():
        raise _refused(f"there is no folder `{folder.parent}`")


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Put the files in place of what the folder held. Raises SpecError where that cannot be done."""
    check_target(folder)
    place = folder.absolute()
    try:
        with tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=place.parent) as made:
            fresh, old = Path(made) / "new", Path(made) / "old"
            for name, text in files.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            if place.exists():
                place.rename(old)
            fresh.rename(place)
    except OSError as error:
        raise _refused(
            f"`{folder}` cannot be written: {(error.strerror or 'no reason given').lower()}"
        ) from error


def read_folder(folder: Path) -> dict[str, str]:
    """Every file of the folder by its name in it. Raises SpecError if it is no evidence folder."""
    if not (folder / MANIFEST).is_file():
        raise _refused(f"`{folder}` holds no evidence: there is no `{MANIFEST}`")
    found: dict[str, str] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            size += path.stat().st_size
            if size > LARGEST:
                raise _refused(f"`{folder}` holds more than {LARGEST:,} bytes")
            found[path.relative_to(folder).as_posix()] = _text(path)
    return found


def _text(path: Path) -> str:
    """The text of a file; what is no text in it cannot be what was written."""
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise _refused(f"`{path}` cannot be read: {_why(error)}") from error


def sources(spec: Path, properties: Path) -> dict[str, str]:
    """The text of every file of the law and the claims, by names that say nothing of where they lie."""
    found = {}
    for kind, folder in (("spec", spec), ("properties", properties)):
        for path in sorted(folder.rglob("*.md")):
            found[f"{kind}/{path.relative_to(folder).as_posix()}"] = _text(path)
    return found


def _why(error: OSError) -> str:
    return (error.strerror or "no reason given").lower()


def _refused(message: str) -> SpecError:
    return SpecError((Diagnostic("evidence", message, None),))

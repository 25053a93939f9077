"""An evidence folder on disk, which is written completely or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from checker.evidence.file_names import folded_twice
from checker.evidence.write import MANIFEST, SCHEMA
from checker.language.diagnostics import Diagnostic, SpecError
from checker.regime.load import markdown_in

LARGEST = 1 << 28  # bytes of evidence that are read
KIND = SCHEMA.partition("/")[0]  # evidence of any version


def check_target(folder: Path) -> None:
    """Raise SpecError unless the folder can be made, or is empty, or holds evidence that may be replaced."""
    try:
        problem = _problem(folder)
    except OSError as error:
        problem = f"`{folder}` cannot be written: {_why(error)}"
    if problem:
        raise _refused(problem)


def check_before(folder: Path) -> None:
    """The same check before anything is written, and a check that the system allows writing there."""
    check_target(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".evidence-", dir=folder.absolute().parent):
            pass
    except OSError as error:
        raise _refused(f"`{folder}` cannot be written: {_why(error)}") from error


def _problem(folder: Path) -> str:
    """Why the folder cannot be written to; empty if it can. Raises OSError if that cannot be determined."""
    if folder.exists() and not folder.is_dir():
        return f"`{folder}` is not a folder"
    if folder.is_dir() and any(folder.iterdir()) and not _is_evidence(folder):
        return f"`{folder}` holds other things than evidence"
    if not folder.absolute().parent.is_dir():
        return f"there is no folder `{folder.parent}`"
    return ""


def _is_evidence(folder: Path) -> bool:
    """Whether everything in the folder is evidence that was written there, so that it can be replaced."""
    if not (folder / MANIFEST).is_file():
        return False
    try:
        held = read_folder(folder)
        manifest = json.loads(held.pop(MANIFEST))
    except (SpecError, ValueError, RecursionError):
        return False
    if not isinstance(manifest, dict) or not str(manifest.get("schema")).startswith(KIND):
        return False
    files = manifest.get("files")
    return isinstance(files, dict) and held.keys() <= files.keys()


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Replace the content of the folder by the files. Raises SpecError if that is impossible."""
    check_target(folder)
    twice = folded_twice(files)
    if twice is not None:
        raise _refused(f"`{folder}` cannot be written: two of its files would be `{twice}`")
    place = folder.absolute()
    try:
        with tempfile.TemporaryDirectory(prefix=".evidence-", dir=place.parent) as made:
            fresh, old = Path(made) / "new", Path(made) / "old"
            # The manifest is written last, so a half-written folder has none.
            for name in sorted(files, key=lambda each: each == MANIFEST):
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(files[name], encoding="utf-8", newline="\n")
            _put(fresh, place, old)
    except OSError as error:
        raise _refused(f"`{folder}` cannot be written: {_why(error)}") from error


def _put(fresh: Path, place: Path, old: Path) -> None:
    """Move the old folder away and the new one to its place; undo that if it fails."""
    if place.exists():
        place.rename(old)
    try:
        fresh.rename(place)
    finally:
        if old.exists() and not place.exists():
            old.rename(place)


def read_folder(folder: Path) -> dict[str, str]:
    """Every file of the folder by its name in it. Raises SpecError if it is not an evidence folder."""
    if not (folder / MANIFEST).is_file():
        raise _refused(f"`{folder}` holds no evidence: there is no `{MANIFEST}`")
    try:
        return dict(_read(folder))
    except OSError as error:
        raise _refused(f"`{folder}` cannot be read: {_why(error)}") from error
    except RecursionError as deep:
        raise _refused(f"the folders in `{folder}` nest too deep") from deep


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    size = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise _refused(f"`{path}` is neither a file nor a folder")
        if path.is_file():
            size += path.stat().st_size
            if size > LARGEST:
                raise _refused(f"`{folder}` holds more than {LARGEST:,} bytes")
            yield path.relative_to(folder).as_posix(), _text(path)


def _text(path: Path) -> str:
    """The text of a file. Bytes that are not text are replaced, since they cannot have been written."""
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise _refused(f"`{path}` cannot be read: {_why(error)}") from error


def sources(spec: Path, properties: Path) -> dict[str, str]:
    """The text of every file of the law and the claims, with names that do not reveal the folders."""
    found: dict[str, str] = {}
    for kind, folder in (("spec", spec), ("properties", properties)):
        found |= {f"{kind}/{name}": text for name, text in markdown_in(folder).items()}
    return found


def _why(error: OSError) -> str:
    return (error.strerror or "no reason given").lower()


def _refused(message: str) -> SpecError:
    return SpecError((Diagnostic("evidence", message, None),))

"""Where a report is written to: a folder of its own, completely or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from checker.interface.loaded_law import LoadedLaw
from checker.language.diagnostics import Diagnostic, SpecError
from checker.report.rendering import GENERATOR
from checker.results.files import write_files

PAGE: Final = "index.html"
MARK: Final = f'<meta name="generator" content="{GENERATOR}">'
_CODE: Final = "report"  # of diagnostics
_HEAD: Final = 2_000  # bytes in which the mark stands


def check_target(law: LoadedLaw, folder: Path) -> None:
    """Raise SpecError unless the folder can be made, is empty or has a report that may be replaced. Call it
    before long work.
    """
    law.check_outside(folder, _CODE)
    try:
        problem = _problem(folder)
        if not problem:
            with tempfile.TemporaryDirectory(prefix=".report-", dir=folder.absolute().parent):
                pass
    except OSError as wrong:
        reason = (wrong.strerror or "no reason given").lower()
        raise _refused(f"`{folder}` cannot be written: {reason}") from wrong
    if problem:
        raise _refused(problem)


def write_page(law: LoadedLaw, folder: Path, page: str) -> Path:
    """Write the page into the folder, and return where it is. SpecError if that is not possible."""
    check_target(law, folder)
    write_files(folder, {PAGE: page})
    return folder / PAGE


def _problem(folder: Path) -> str:
    """Why the folder cannot be written to; empty if it can. Raises OSError if that cannot be determined."""
    if folder.exists() and not folder.is_dir():
        return f"`{folder}` is not a folder"
    if not folder.absolute().parent.is_dir():
        return f"there is no folder `{folder.parent}`"
    held = sorted(folder.iterdir()) if folder.is_dir() else []
    if held and not (held == [folder / PAGE] and _is_report(held[0])):
        return f"`{folder}` holds other things than a report"
    return ""


def _is_report(file: Path) -> bool:
    """Whether the file is a page of redline's, so that it can be replaced."""
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        return MARK.encode("utf-8") in opened.read(_HEAD)


def _refused(message: str) -> SpecError:
    return SpecError((Diagnostic(_CODE, message, None),))

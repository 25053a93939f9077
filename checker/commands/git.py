"""The law as it was at a revision, read from git."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.language.document import decode

SECONDS: Final = 60.0  # for git to answer


def texts_at(revision: str, folder: Path) -> dict[str, str]:
    """The Markdown files of a folder at a revision of the repository around it, by their names in the folder.

    Raises SpecError if git does not know the revision, or is not there.
    """
    git = shutil.which("git")
    if git is None:
        raise _refused("git is not installed")
    if revision.startswith("-"):
        raise _refused(f"`{revision}` is no revision")
    command = (git, "archive", "--format=tar", revision, "--", ".")
    try:
        found = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise _refused(f"git does not answer: {wrong}") from wrong
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip().splitlines()
        raise _refused(f"git has no `{folder}` at `{revision}`: {said[-1] if said else 'no reason given'}")
    texts = {}
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.isfile() and member.name.endswith(".md") else None
            if file is not None:
                texts[member.name] = decode(f"{revision}:{member.name}", file.read())
    if not texts:
        raise _refused(f"there is no Markdown in `{folder}` at `{revision}`")
    return texts


def _refused(message: str) -> SpecError:
    return SpecError((Diagnostic("git", message, None),))

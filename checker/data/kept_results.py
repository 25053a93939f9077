"""What a long run has found so far, kept in a folder, so that a run that was killed goes on where it was.

Everything that is kept stands under a hash of the data, of the mapping, and of every statement before it, in
which the law is written out: what belongs to another question, law or state of the files is never read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from checker.data.read_mapping import wrong
from checker.results.answer import Watch
from checker.results.files import CANNOT_WRITE

_READING: Final = "reading the files, to know them again"


@dataclass
class Kept:
    """Results in a folder of their own within the folder that was named. `state`: the hash of everything that
    the next result depends on; `reused`: how many results were there.
    """

    named: Path
    state: str
    folder: Path = field(init=False)
    reused: int = 0

    def __post_init__(self) -> None:
        self.folder = self.named / f"redline-{self.state[:16]}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._cannot(error) from error

    def follow(self, statement: str) -> None:
        """Note a statement on which later results depend."""
        self.state = _hash(self.state, statement)

    def file(self, statement: str, ending: str) -> Path:
        """Where the result of a statement stands, or will."""
        return self.folder / f"{_hash(self.state, statement)[:32]}{ending}"

    def rows(self, query: str) -> list[tuple[object, ...]] | None:
        """The rows of a query, if they are kept."""
        try:
            found = json.loads(self.file(query, ".json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        self.reused += 1
        return [tuple(each) for each in found]

    def keep(self, query: str, rows: Sequence[Sequence[object]]) -> None:
        """Keep the rows of a query."""
        file = self.file(query, ".json")
        waiting = file.with_suffix(".writing")
        try:
            with waiting.open("w", encoding="utf-8") as opened:
                json.dump(rows, opened)
                opened.flush()
                os.fsync(opened.fileno())
            waiting.replace(file)
        except OSError as error:
            with suppress(OSError):
                waiting.unlink(missing_ok=True)
            raise self._cannot(error) from error

    def forget(self) -> None:
        """Remove what was kept, and the folder if it is empty: the answer is whole."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):  # others are kept there, too
            self.named.rmdir()

    def _cannot(self, error: OSError) -> Exception:
        message = f"`{self.named}` cannot be written to: {error.strerror or error}"
        return wrong(CANNOT_WRITE, message, None)


def kept_in(folder: Path, mapping: str, files: Iterable[Path], watch: Watch, versions: str) -> Kept:
    """What is kept of runs over these files. `versions`: of the programs that a result depends on."""
    state = _hash(versions, mapping)
    listed = sorted(files)
    for number, file in enumerate(listed):
        watch(number, len(listed), _READING)
        try:
            with file.open("rb") as opened:
                state = _hash(state, str(file.resolve()), hashlib.file_digest(opened, "sha256").hexdigest())
        except OSError as error:
            raise wrong("cannot-read", f"`{file}` cannot be read: {error.strerror or error}", None) from error
    watch(len(listed), len(listed), _READING)
    return Kept(folder, state)


def _hash(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

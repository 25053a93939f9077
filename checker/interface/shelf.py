"""Verdicts of earlier runs, in a database in the user's cache folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import platformdirs

_MOST: Final = 200_000_000  # bytes, after which what was not used for longest is dropped
_BUSY: Final = 1  # seconds to wait for another run that is writing
_CHECKER: Final = Path(__file__).resolve().parent.parent
_FAILS: Final = (sqlite3.Error, OSError)
_TABLE: Final = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, data BLOB, hash TEXT, used REAL)"


def default_path() -> Path:
    """Return the file in which verdicts are kept, if none is named."""
    return Path(platformdirs.user_cache_dir("redline", appauthor=False)) / "verdicts.sqlite"


@dataclass(slots=True)
class Shelf:
    """Keeps the verdicts of a run for the next, in a file that several runs may use at once.

    >>> with Shelf() as shelf:  # doctest: +SKIP
    ...     law.trying(effort(shelf=shelf)).prove()

    `path`: the file; without one, in the folder that the system has for what can be made again. It only saves
    work, so it never fails: what cannot be read or written, and what is not as it was written, is as if it
    had not been kept.
    """

    path: Path = field(default_factory=default_path)
    _database: sqlite3.Connection | None = None
    _used: set[str] = field(default_factory=set)
    _process: int = 0
    _of_parents: list[sqlite3.Connection] = field(default_factory=list)

    def __enter__(self) -> Self:
        with contextlib.suppress(*_FAILS):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open()
        return self

    def _open(self) -> None:
        self._process = os.getpid()
        self._database = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = OFF")  # a hash tells what was not written whole
        self._database.execute(_TABLE)

    def _opened(self) -> sqlite3.Connection | None:
        """The database; a process that began with a shelf that is open opens the file itself. The connection
        that it inherited must not be used there, nor closed.
        """
        if self._database is not None and self._process != os.getpid():
            self._of_parents.append(self._database)
            self._database = None
            self._open()
        return self._database

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Say what was used, drop what was not for longest if there is too much, and close."""
        if self._database is None:
            return
        with contextlib.suppress(*_FAILS):
            now = time.time()
            with _together(self._database):
                used = [(now, each) for each in sorted(self._used)]
                self._database.executemany("UPDATE kept SET used = ? WHERE name = ?", used)
                self._database.executemany("DELETE FROM kept WHERE name = ?", self._too_much())
        with contextlib.suppress(*_FAILS):
            self._database.close()
        self._database = None

    def get(self, name: str) -> bytes | None:
        """The data under the name, if it is there and whole."""
        with contextlib.suppress(*_FAILS):
            database = self._opened()
            if database is None:
                return None
            found = database.execute("SELECT data, hash FROM kept WHERE name = ?", (name,)).fetchone()
            data, known = found or (None, None)
            if isinstance(data, bytes) and _hash(name, data) == known:
                self._used.add(name)
                if self._of_parents:  # such a process does not close what it opened: it is ended
                    database.execute("UPDATE kept SET used = ? WHERE name = ?", (time.time(), name))
                return data
        return None

    def put(self, name: str, data: bytes) -> None:
        """Keep data under the name."""
        with contextlib.suppress(*_FAILS):
            database = self._opened()
            if database is not None:
                row = (name, data, _hash(name, data), time.time())
                database.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)

    def size(self) -> tuple[int, int]:
        """How many verdicts there are, and how many bytes they take."""
        if self._database is not None:
            with contextlib.suppress(*_FAILS):
                sizes = self._database.execute("SELECT length(data) FROM kept").fetchall()
                return len(sizes), sum(each for (each,) in sizes)
        return 0, 0

    def clear(self) -> None:
        """Drop everything that is kept."""
        if self._database is not None:
            with contextlib.suppress(*_FAILS):
                self._database.execute("DELETE FROM kept")
                self._database.execute("VACUUM")

    def _too_much(self) -> list[tuple[str]]:
        assert self._database is not None
        kept = self._database.execute("SELECT name, length(data) FROM kept ORDER BY used DESC").fetchall()
        total, dropped = 0, []
        for name, size in kept:
            total += size
            if total > _MOST:
                dropped.append((name,))
        return dropped


@contextlib.contextmanager
def _together(database: sqlite3.Connection) -> Iterator[None]:
    """Change all that is changed in the block at once, or nothing."""
    database.execute("BEGIN")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _hash(name: str, data: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\0" + data).hexdigest()


def program() -> str:
    """Return what tells this program, with its solver, from others: an edit of any module counts."""
    made = hashlib.sha256(f"{sys.version_info[:2]} {version('z3-solver')}".encode())
    for path in sorted((*_CHECKER.rglob("*.py"), *_CHECKER.rglob("*.lark"))):
        made.update(path.relative_to(_CHECKER).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:20]

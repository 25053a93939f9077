"""Where edits are that nobody has saved: on this computer, and safe if the server is killed.

One database of SQLite for each law. A server that has it open keeps others out, and lets go of it however it
ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from checker.language.diagnostics import Diagnostic, SpecError

_TABLE: Final = (
    "create table if not exists draft (name text primary key, base text not null, text text not null)"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as it was when its edit began, and as it is now."""

    base: str
    text: str


def place_of_drafts() -> Path:
    """Return the folder of drafts, where the system has programs keep such things."""
    import platformdirs

    return platformdirs.user_state_path("redline") / "drafts"


class Drafts:
    """The edited pages of one law, by name. Close it."""

    def __init__(self, folder: Path, law: Sequence[Path]) -> None:
        """Open the drafts of the law in these folders. SpecError if another server has them, or if they
        cannot be kept.
        """
        named = "\n".join(str(each.resolve()) for each in law)
        place = folder / f"{hashlib.sha256(named.encode()).hexdigest()[:24]}.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.database = sqlite3.connect(place, timeout=1.0, isolation_level=None, check_same_thread=False)
            self.database.execute("pragma locking_mode = exclusive")
            self.database.execute("begin exclusive")
            self.database.execute(_TABLE)
            self.database.execute("commit")
            place.chmod(0o600)
        except sqlite3.OperationalError as wrong:
            busy = "locked" in str(wrong)
            message = (
                "another `redline serve` has this law open" if busy else f"no drafts in `{place}`: {wrong}"
            )
            expected = ("the window of that one", "an end of it") if busy else ()
            raise SpecError(
                (Diagnostic("busy" if busy else "unwritable", message, None, expected),)
            ) from None
        except (OSError, sqlite3.DatabaseError) as wrong:
            message = f"`{place}` cannot be used for drafts: {wrong}"
            raise SpecError((Diagnostic("unwritable", message, None),)) from None

    def read(self) -> dict[str, Draft]:
        """Return every draft."""
        with closing(self.database.execute("select name, base, text from draft")) as rows:
            return {name: Draft(base, text) for name, base, text in rows}

    def write(self, drafts: Mapping[str, Draft | None]) -> None:
        """Keep these drafts, and forget those that are None: all of it, or nothing. SpecError if there is no
        room, or no right, to keep them.
        """
        try:
            self.database.execute("begin")
            for name, each in drafts.items():
                if each is None:
                    self.database.execute("delete from draft where name = ?", (name,))
                else:
                    self.database.execute("replace into draft values (?, ?, ?)", (name, each.base, each.text))
            self.database.execute("commit")
        except sqlite3.Error as wrong:
            with contextlib.suppress(sqlite3.Error):  # it may have been given up already
                self.database.execute("rollback")
            message = f"the edit is not kept if the server ends: {wrong}"
            raise SpecError((Diagnostic("unwritable", message, None, ("it to be saved",)),)) from None

    def close(self) -> None:
        """Let go of the drafts; they stay."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

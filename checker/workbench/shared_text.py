"""A text that several windows edit at once: each sends its changes, and all get all of them in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Changes: TypeAlias = tuple[int | tuple[int | str, ...], ...]
"""A change of a whole text, as CodeMirror writes it: so many letters kept, or so many dropped and then the
lines that stand there now. Letters are code units of UTF-16.
"""

KEPT: Final = 2_000  # changes that are remembered, for a window that is behind


class BadChange(Exception):
    """A change does not fit the text that it is of."""


@dataclass(frozen=True, slots=True)
class Update:
    """A change, and the window that made it."""

    client: str
    changes: Changes


@dataclass(slots=True)
class SharedText:
    """A text, the number of changes that made it, and the last of these."""

    text: str
    version: int = 0
    log: list[Update] = field(default_factory=list)

    def push(self, version: int, updates: Sequence[Update], largest: int) -> tuple[Update, ...]:
        """Take changes of the text as it was at a version; return what was taken: nothing where somebody was
        faster, so that the window makes them anew upon what it gets. Raises BadChange, and takes nothing.
        """
        if version != self.version:
            return ()
        text = self.text
        for each in updates:
            text = applied(text, each.changes)
            if len(text.encode()) > largest:  # of a file, too, this is the limit
                raise BadChange(f"a page holds at most {largest:,} bytes")
        self.text = text
        self._keep(updates)
        return tuple(updates)

    def replace(self, text: str, client: str) -> tuple[Update, ...]:
        """Make it another text; return the change, or nothing if it is that text."""
        if text == self.text:
            return ()
        made = (Update(client, changes_between(self.text, text)),)
        self.text = text
        self._keep(made)
        return made

    def since(self, version: int) -> tuple[Update, ...] | None:
        """Return the changes since a version; None if they are not remembered."""
        missing = self.version - version
        if missing < 0 or missing > len(self.log):
            return None
        return tuple(self.log[len(self.log) - missing :])

    def _keep(self, updates: Sequence[Update]) -> None:
        self.version += len(updates)
        self.log = [*self.log, *updates][-KEPT:]


def applied(text: str, changes: Changes) -> str:
    """Return a text after a change. Raises BadChange."""
    units = text.encode("utf-16-le", "surrogatepass")
    made: list[bytes] = []
    at = 0
    for part in changes:
        if part == ():
            raise BadChange("the change is of another text")
        length, lines = (part, None) if isinstance(part, int) else (part[0], part[1:])
        if not isinstance(length, int) or length < 0 or at + 2 * length > len(units):
            raise BadChange("the change is of another text")
        if lines is None:
            made.append(units[at : at + 2 * length])
        elif not all(isinstance(each, str) and "\n" not in each for each in lines):
            raise BadChange("the change has lines that are none")
        else:
            made.append("\n".join(map(str, lines)).encode("utf-16-le", "surrogatepass"))
        at += 2 * length
    if at != len(units):
        raise BadChange("the change is of another text")
    try:
        return b"".join(made).decode("utf-16-le")
    except UnicodeDecodeError:
        raise BadChange("the change cuts a letter in two") from None


def changes_between(old: str, new: str) -> Changes:
    """Return the change that makes one text the other: of the lines between those that both have."""
    before, after = old.split("\n"), new.split("\n")
    least = min(len(before), len(after))
    top = next((at for at in range(least) if before[at] != after[at]), least)
    rest = least - top
    below = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    if top + below == least and least:  # whole lines come or go: leave one on either side that changes
        top, below = (top - 1, below) if top else (top, below - 1)
    kept = _units("\n".join(before[:top])) + (1 if top else 0)
    tail = _units("\n".join(before[len(before) - below :])) + (1 if below else 0) if below else 0
    gone = _units(old) - kept - tail
    lines = tuple(after[top : len(after) - below])
    middle: tuple[int | str, ...] = (gone, *lines)
    return (*((kept,) if kept else ()), middle, *((tail,) if tail else ()))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_wire(changes: Sequence[int | list[int | str]]) -> Changes:
    """Return a change as CodeMirror writes it in JSON."""
    return tuple(each if isinstance(each, int) else tuple(each) for each in changes)


def wired(updates: Sequence[Update]) -> tuple[tuple[str, list[int | list[int | str]]], ...]:
    """Return changes as CodeMirror reads them in JSON, each with the window that made it."""
    return tuple(
        (each.client, [part if isinstance(part, int) else list(part) for part in each.changes])
        for each in updates
    )

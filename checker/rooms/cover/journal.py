"""A file with the edits finished so far, from which a stopped run continues."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from checker.language.diagnostics import Diagnostic, SpecError
from checker.rooms.cover.find import Coverage, Notice, Unseen

SCHEMA: Final = "redline.cover-journal/1"


@dataclass(frozen=True, slots=True)
class Journal:
    """A line of JSON for what the run is about, then one for each edit that is done.

    `about`: whatever must be the same for what was found to hold still.
    """

    path: Path
    about: Mapping[str, str]

    def read(self) -> dict[str, Coverage]:
        """What was found, by edit; nothing if there is no such file, or it is empty.

        Raises SpecError if the file is about something else, or no journal. A last line that was cut off is
        passed over.
        """
        lines = self._lines()
        if not lines or (len(lines) == 1 and self._head.startswith(lines[0])):
            return {}
        if _parsed(lines[0]) != _parsed(self._head):
            raise self._refused("is about another law, other claims or other options")
        return {each.key: each for each in _coverages(lines[1:])}

    def write(self, found: Mapping[str, Coverage]) -> None:
        """Make the file ready for more: with a first line if it is new, without a last line that was cut off
        if it is not. What was `found` before stays as it is. Raises SpecError where that cannot be done.
        """
        there = bool(self._lines())
        try:
            with self.path.open("r+b" if there else "wb") as file:  # nothing is lost if we are stopped here
                file.writelines(b"%s\n" % each for each in (self._head, *map(_line, found.values())))
                if there:
                    file.truncate()
        except OSError as wrong:
            raise self._refused(f"cannot be written: {wrong.strerror}") from wrong

    def add(self, found: Coverage) -> None:
        """Add one edit. Raises SpecError where that cannot be done."""
        try:
            with self.path.open("ab") as file:
                file.write(b"%s\n" % _line(found))
        except OSError as wrong:
            raise self._refused(f"cannot be written: {wrong.strerror}") from wrong

    @property
    def _head(self) -> bytes:
        return _dumped({"schema": SCHEMA, **self.about})

    def _lines(self) -> list[bytes]:
        """The lines of the file, of which the last may have been cut off; none if there is no file."""
        try:
            text = self.path.read_bytes() if self.path.is_file() else b""
        except OSError as wrong:
            raise self._refused(f"cannot be read: {wrong.strerror}") from wrong
        return text.removesuffix(b"\n").split(b"\n") if text else []

    def _refused(self, why: str) -> SpecError:
        return SpecError((Diagnostic("journal", f"`{self.path}` {why}", None),))


def _line(found: Coverage) -> bytes:
    return _dumped(asdict(found))


def _dumped(data: object) -> bytes:
    return json.dumps(data).encode("ascii")  # no byte but the last is the end of a line


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _coverages(lines: list[bytes]) -> Iterator[Coverage]:
    """Yield what the lines say, up to the first that is cut off."""
    for line in lines:
        try:
            yield _coverage(line)
        except (ValueError, RecursionError, KeyError, TypeError):
            return


def _coverage(line: bytes) -> Coverage:
    data = json.loads(line)
    notices = tuple(Notice(**each) for each in data["notices"])
    unseen = tuple(
        Unseen(each["kind"], *(tuple(each[name]) for name in ("conditions", "before", "after")))
        for each in data["unseen"]
    )
    return Coverage(data["key"], data["weight"], data["asked"], notices, unseen, data["reason"])

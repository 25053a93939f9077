"""What has been found so far, in a file that a run which was stopped can go on from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from checker.analyses.cover.run import Coverage, Notice, Unseen
from checker.language.diagnostics import Diagnostic, SpecError

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
        if not self.path.exists():
            return {}
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as wrong:
            raise self._refused(f"cannot be read: {wrong}") from wrong
        if not lines:
            return {}
        if _parsed(lines[0]) != {"schema": SCHEMA, **self.about}:
            raise self._refused("is about another law, other claims or other options")
        return {each.key: each for each in _coverages(lines[1:])}

    def write(self, found: Mapping[str, Coverage]) -> None:
        """Begin the file anew, with what was found before. Raises SpecError where that cannot be done."""
        head = json.dumps({"schema": SCHEMA, **self.about}, ensure_ascii=False)
        try:
            self.path.write_text("\n".join((head, *map(_line, found.values()), "")), encoding="utf-8")
        except OSError as wrong:
            raise self._refused(f"cannot be written: {wrong.strerror}") from wrong

    def add(self, found: Coverage) -> None:
        """Add one edit. Raises SpecError where that cannot be done."""
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{_line(found)}\n")
        except OSError as wrong:
            raise self._refused(f"cannot be written: {wrong.strerror}") from wrong

    def _refused(self, why: str) -> SpecError:
        return SpecError((Diagnostic("journal", f"`{self.path}` {why}", None),))


def _line(found: Coverage) -> str:
    return json.dumps(asdict(found), ensure_ascii=False)


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _coverages(lines: list[str]) -> Iterator[Coverage]:
    """Yield what the lines say, up to the first that is cut off."""
    for line in lines:
        try:
            yield _coverage(line)
        except (ValueError, RecursionError, KeyError, TypeError):
            return


def _coverage(line: str) -> Coverage:
    data = json.loads(line)
    notices = tuple(Notice(**each) for each in data["notices"])
    unseen = tuple(
        Unseen(each["kind"], *(tuple(each[name]) for name in ("conditions", "before", "after")))
        for each in data["unseen"]
    )
    return Coverage(data["key"], data["weight"], data["asked"], notices, unseen, data["reason"])

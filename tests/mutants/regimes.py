"""The laws about which a mutant has to decide rightly: the shipped one, and small made-up ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support import lamps
from tests.support.keys_to_safes import ASKED, KEYS, text_of


@dataclass(frozen=True, slots=True)
class Folders:
    """A law and its claims, with the expectations that were worked out by hand. `options`: of `prove`."""

    name: str
    spec: Path
    properties: Path
    options: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The options that name the folders."""
        return ("--spec", str(self.spec), "--properties", str(self.properties))


LAWS: Final = ("permits", "library", "lamps", "keys", "shipped")


def regimes(project: Path) -> Iterator[Folders]:
    """The laws in a copy of the project, small ones first; what the tests have as texts is laid out there."""
    tests = project / "tests"
    for place in (tests / "laws" / "permits", tests / "laws" / "library"):
        yield Folders(place.name, place / "spec", place / "properties")
    claims = "\n".join(text_of(n, each) for n, each in enumerate(ASKED, 1))
    yield _laid(project / "laid" / "lamps", lamps.LAW, lamps.CLAIMS)
    yield _laid(project / "laid" / "keys", _fenced(KEYS), _fenced(claims))
    yield Folders("shipped", project / "spec", project / "properties", ("--quick",))


def _fenced(rules: str) -> str:
    return f"```redline\n{rules}\n```\n"


def _laid(place: Path, law: str, claims: str) -> Folders:
    found = Folders(place.name, place / "spec", place / "properties")
    for folder, text in ((found.spec, law), (found.properties, claims)):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "page.md").write_text(text, encoding="utf-8")
    return found

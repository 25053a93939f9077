"""Where things stand on a page: names that are unique, and the same whenever the page is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

_OTHER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The places of a page: (kind, name) -> id."""

    places: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, things: Iterable[tuple[str, str]]) -> Anchors:
        """Give each (kind, name) an id that no other has, of letters, digits and hyphens."""
        found: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        for kind, name in things:
            if (kind, name) in found:
                continue
            plain = _OTHER.sub("-", f"{kind}-{name}".lower()).strip("-")
            made, number = plain, 1
            while made in taken:
                number += 1
                made = f"{plain}--{number}"
            taken.add(made)
            found[kind, name] = made
        return cls(found)

    def id(self, kind: str, name: str) -> str:
        """The id of something that stands on the page. KeyError if it does not."""
        return self.places[kind, name]

    def link(self, kind: str, name: str) -> str:
        """Where a link to something leads; empty if it is not on the page."""
        found = self.places.get((kind, name))
        return "" if found is None else f"#{found}"

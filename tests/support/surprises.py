"""A law of permits of which one verdict is not as its author expects, and outcomes full of hostile words."""

from __future__ import annotations

from pathlib import Path

from checker.formats.outcome import Alert, Check, Outcome, Place, Point, Rule, Table, Telling, one_line
from tests.support.places import PERMITS

HOSTILE = "a | <b> `c` ::error::d 100% \r\n::warning::e \u202ef \x07\ufffe @g , :"
"""Words that are markup, commands or no characters at all somewhere."""


def surprising(place: Path, *edits: tuple[str, str], before: str = "") -> Path:
    """Copy the permits, with claim 1 expecting the wrong verdict in the new version, and with edits; `before`
    stands before the claims. Returns the folder.
    """
    wrong = ('expect refuted by "By-law 2(a)" in new', "expect proved in new")
    for name in ("spec/permits.md", "properties/claims.md"):
        text = (PERMITS / name).read_text(encoding="utf-8")
        for old, new in (wrong, *edits):
            text = text.replace(old, new)
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(
            (before if name.startswith("properties") else "") + text, encoding="utf-8", newline=""
        )
    return place


def options(place: Path) -> tuple[str, ...]:
    """Return the options that name the copy."""
    return ("--spec", str(place / "spec"), "--properties", str(place / "properties"))


def hostile_outcome() -> Outcome:
    """Return an outcome in which everything that people can write is hostile."""
    place = Place("spec/a b,c:d%.md", 3, 2, 3, 5)
    line = one_line(HOSTILE)
    alert = Alert(
        "claim/x", "error", line, line, place, (HOSTILE,), f"{line}\n```\n{line}", (Point(line, place),)
    )
    checks = (Check(line, line, "failed", HOSTILE, HOSTILE, 0.5, place, (("sentence", HOSTILE),)),)
    rows = Table(line, ("claim", line), (("1", line),))
    told = (Telling(line, f"{line}\n````\n{line}"),)
    return Outcome("prove", HOSTILE, 1, 0.5, line, (Rule("claim/x", line),), (alert,), checks, (rows,), told)

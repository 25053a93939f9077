"""The permits with an edit, and edits that change what the law means."""

from __future__ import annotations

from pathlib import Path

from tests.support.places import PERMITS

EDITS = {
    "a condition": ("requires lives(sender, street)", "requires lives(sender, street) or kind is Trader"),
    "a code": ("reject with P3", "reject with P4"),
    "an effect": ("holder(street) becomes heir", "holder(street) becomes sender"),
    "an event": ("when p is not Office", "when p is Office"),
    "an axiom": ("for every s: Street: not lives(Office, s)", "for every s: Street: lives(Office, s)"),
    "a start": ("every s: Street: holder(s) is absent", "every s: Street: holder(s) is Office"),
    "a definition": ("means holder(s) is present", "means holder(s) is Office"),
    "a function": ("fixed inner(Street)", "state inner(Street)"),
    "an enum": ('Trader "Trader"', 'Trader "Trader", Other "Other"'),
    "a request": ("heir: Person when act is Transfer", "heir: optional Person when act is Transfer"),
    "an exception": ("sender is Office", "sender is Office and kind is Trader"),
}
"""What is written in the law, and what instead."""

PERMITS_PAGE = "spec/permits.md"
CLAIMS_PAGE = "properties/claims.md"


def edited(place: Path, old: str, new: str, file: str = PERMITS_PAGE) -> tuple[str, ...]:
    """Copy the permits with one edit of the law, or of that file; return the options that name the copy."""
    for name in (PERMITS_PAGE, CLAIMS_PAGE):
        text = (PERMITS / name).read_text(encoding="utf-8")
        if name == file:
            assert text.count(old) == 1
            text = text.replace(old, new)
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return ("--spec", str(place / "spec"), "--properties", str(place / "properties"))

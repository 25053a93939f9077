"""What is asked about while pages are edited: the law as saved, with the edit said as a modification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from checker.interface.redrafting import Names, Redraft, redraft

Both: TypeAlias = dict[str, tuple[str, str]]
"""Pages by name: as saved, and as edited."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All pages of the law and of its claims, and what a modification would be called."""

    law: Both
    claims: Both
    names: Names


@dataclass(frozen=True, slots=True)
class Trial:
    """`texts`: those to be asked about; `redrafted`: what the edit of the law comes to."""

    texts: dict[str, str]
    redrafted: Redraft
    names: Names


def tried(sheet: Sheet) -> Trial:
    """Return the texts to be asked about: pages whose law was edited as they were saved, and beside them the
    modification that the edit comes to. Raises SpecError.
    """
    saved = {name: before for name, (before, _) in sheet.law.items()}
    edited = {name: now for name, (_, now) in sheet.law.items()}
    made = redraft(saved, edited, sheet.names)
    texts = {name: saved[name] if name in made.law else text for name, text in edited.items()}
    if made.page:
        texts[sheet.names.page] = made.page
    return Trial(texts | {name: now for name, (_, now) in sheet.claims.items()}, made, sheet.names)

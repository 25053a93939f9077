"""One meaning in a rule, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from checker.language.diagnostics import Span
from checker.language.quotes import Phrase
from checker.model.commencement import Days
from checker.model.expressions import Located

ItemKind: TypeAlias = Literal[
    "applies-when",
    "applies-unless",
    "requires",
    "subject-to",
    "as",
    "condition",
    "any-of",
    "connective",
    "defines",
    "not-modelled",
    "update",
]


@dataclass(frozen=True, slots=True)
class Item:
    """One meaning in a rule, with the phrases it formalises or, if there are none, the reason for the
    inference.

    `meaning` is set for applies-when, applies-unless, requires, condition; `note` carries the reason of
    not-modelled, the group of subject-to, the name of defines. `days`: on which it is in force, where it is
    not on all, the first of them nearest to what it means otherwise; that is part of its meaning.
    `only_days`: that its rule is in force on these days is all that it says.
    """

    kind: ItemKind
    phrases: tuple[Phrase, ...]
    meaning: Located | None
    inference: str | None
    note: str
    span: Span
    days: tuple[Days, ...] = ()
    only_days: bool = False

"""What could stand at a place."""

from __future__ import annotations

from dataclasses import dataclass

from checker.editor.occurrences import Kind
from checker.language.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that could stand at a place. `kind` None: a word of the language. `rank`: 0 fits best."""

    text: str
    kind: Kind | None
    detail: str
    rank: int
    span: Span
    words: str = ""

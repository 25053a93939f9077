"""Legal text as it is quoted, and the phrases that rules cut it into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checker.language.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote: legal text, with its attribution line.

    `kind` is `verbatim` or `paraphrase`; `source` the document it is printed in (may equal `clause`).
    """

    clause: str
    kind: Literal["verbatim", "paraphrase"]
    source: str
    text: str  # words with single spaces, without the attribution
    span: Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one quote that a rule item gives a meaning to."""

    text: str
    clause: str
    span: Span

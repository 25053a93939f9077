"""The declaration of a source document that is kept with the spec, as written."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.language.syntax import Name, Text


@dataclass(frozen=True, slots=True)
class Exemption:
    """What no rule and no claim has to cite, and why: a section, or words (of a section, if one is named)."""

    section: Text | None
    words: tuple[Text, ...]
    why: Text

    @property
    def span(self) -> Span:
        """Where it is said."""
        return self.words[0].span if self.words else (self.section or self.why).span


@dataclass(frozen=True, slots=True)
class SourceDecl:
    """That the rest of the page is the text of a document, and which of it is left out."""

    name: Name
    title: str
    exemptions: tuple[Exemption, ...]
    span: Span

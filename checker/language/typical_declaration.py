"""What a law calls typical: by it stories are chosen, and nothing is decided."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.language.syntax import Binder, Expr, Name


@dataclass(frozen=True, slots=True)
class TypicalDecl:
    name: Name
    parameters: tuple[Binder, ...]
    sentence: str
    because: str
    formula: Expr
    span: Span

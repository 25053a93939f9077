"""The `typical` declaration: it chooses among stories, and has no effect on verdicts."""

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

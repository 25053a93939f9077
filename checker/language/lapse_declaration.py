"""The `lapse` declaration: what the law does by itself on a day."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.language.syntax import Binder, Expr, ItemSyntax, Name, Text


@dataclass(frozen=True, slots=True)
class LapseDecl:
    """`past`: on the first day after `day`, not on it."""

    name: Name
    clause: Text
    parameters: tuple[Binder, ...]
    past: bool
    day: Expr
    when: Expr | None
    items: tuple[ItemSyntax, ...]
    span: Span

"""The `duty` declaration: what a party shall do by a day. It refuses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from checker.language.diagnostics import Span
from checker.language.syntax import Binder, Expr, ItemSyntax, Name, Text

BREACH: Final = "breach of "
"""What stands before the name of a duty: with it, the name of a statement. No name that a law gives has
spaces.
"""


@dataclass(frozen=True, slots=True)
class DutyDecl:
    """`day`: the last day on which the `party` may do it. `when`: the condition under which it has to."""

    name: Name
    clause: Text
    party: Expr
    parameters: tuple[Binder, ...]
    day: Expr
    when: Expr | None
    items: tuple[ItemSyntax, ...]
    span: Span

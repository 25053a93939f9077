"""What a reading brings, as it stands in a fence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from checker.language.declarations import Declaration
from checker.language.diagnostics import Span


@dataclass(frozen=True, slots=True)
class BringingDecl:
    """A declaration that a reading brings, until it is put into the reading. `span`: of the word `also`."""

    decl: Declaration
    span: Span


Flat: TypeAlias = Declaration | BringingDecl
"""A declaration as it stands in a fence, before it is put where it belongs."""

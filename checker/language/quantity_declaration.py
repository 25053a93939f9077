"""The declaration of a quantity, as written."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.language.syntax import Label, Name


@dataclass(frozen=True, slots=True)
class QuantityDecl:
    """`unit`: its words, and those for several where they differ; `decimals`: how many, as written."""

    name: Name
    unit: Label | None
    decimals: Name | None
    never_negative: bool
    span: Span

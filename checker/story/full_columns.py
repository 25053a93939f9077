"""A claim with the columns that it names in full, as it is told of one column.

A claim that names `new` and is asked of `new under a-reading` speaks of `new under a-reading`: the
readings of the column asked, and what that goes without, apply to every column that the claim names.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from checker.model.claim import Claim, Column, Side
from checker.model.expressions import Expression, Outcome
from checker.model.rebuild import rebuilt
from checker.question.columns import Columns, column_named


def in_full(law: Columns, claim: Claim, column: Column) -> Claim:
    """Return the claim as it is asked of the column."""
    if not column.readings and not column.without:
        return claim
    names = _Names(law, column)
    parts = ((each.name, getattr(claim.statement, each.name)) for each in fields(claim.statement))
    full: dict[str, Any] = {name: names.in_full(part) for name, part in parts}
    statement: Any = claim.statement
    where = None if claim.where is None else rebuilt(claim.where, names.renamed)
    return replace(claim, statement=replace(statement, **full), where=where)


class _Names:
    """What columns are called in full where a claim is asked of `column`."""

    def __init__(self, law: Columns, column: Column) -> None:
        self.law = law
        self.column = column

    def in_full(self, part: object) -> object:
        """Return a part of a statement; one that names no column is as it was."""
        match part:
            case Column():
                return self._full(str(part))
            case Side(column=Column() as column):
                return replace(part, column=self._full(str(column)))
            case _ if isinstance(part, Expression):
                return rebuilt(part, self.renamed)
            case _:
                return part

    def renamed(self, part: Expression) -> Expression | None:
        """Return the outcome in the full column; None for what names none."""
        if isinstance(part, Outcome) and part.column is not None:
            return replace(part, column=str(self._full(part.column)))
        return None

    def _full(self, text: str) -> Column:
        staged = self.law.parse_column(text).staged
        return replace(column_named(self.law, self.column, text), staged=staged)

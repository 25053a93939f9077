"""Which functions may be without a value."""

from __future__ import annotations

from checker.model.model import Function


def may_be_absent(function: Function) -> bool:
    """Whether the function is optional, or a cell of its table says that there is no value."""
    return function.optional or (function.table is not None and None in function.table.entries.values())

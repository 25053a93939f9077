"""Items that are in force on some days only."""

from __future__ import annotations

from dataclasses import replace

from checker.model.commencement import Days
from checker.model.item import Item


def on_days(item: Item, days: Days) -> Item:
    """The item, in force on these days only."""
    known = (*item.days, days)
    if item.meaning is None:
        return replace(item, days=known)
    formula = days.of(item.meaning.formula, excepts=item.kind == "applies-unless")
    return replace(item, meaning=replace(item.meaning, formula=formula), days=known)

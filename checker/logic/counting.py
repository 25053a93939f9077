"""Formulas that count how many of some formulas hold."""

from __future__ import annotations

from collections.abc import Sequence

from checker.logic.node import Node
from checker.logic.terms import Terms


def at_least(terms: Terms, formulas: Sequence[Node], most: int) -> list[Node]:
    """Return the formulas "at least 0, 1, 2, … of these hold", up to `most`."""
    if len(formulas) <= 1:
        return [terms.true, *formulas, *[terms.false] * (most - len(formulas))]
    middle = len(formulas) // 2  # by halves, since there may be many
    left, right = at_least(terms, formulas[:middle], most), at_least(terms, formulas[middle:], most)
    return [
        terms.or_(*(terms.and_(left[part], right[number - part]) for part in range(number + 1)))
        for number in range(most + 1)
    ]

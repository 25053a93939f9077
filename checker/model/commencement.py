"""Modifications that are in force from a day: before it, the law is as it was; that day included, it is as
they change it.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.model.clock import PRESENT_DAY
from checker.model.expressions import And, Formula, Implies, Not, Ordered, Term


@dataclass(frozen=True, slots=True)
class Commencement:
    """From which `day` the modifications `by` these names are in force; `span`: where the version says so.
    A day that is absent has not come.
    """

    by: tuple[str, ...]
    day: Term
    span: Span

    @property
    def come(self) -> Formula:
        """That they are in force."""
        return Ordered(PRESENT_DAY, "at least", self.day)

    @property
    def names(self) -> str:
        """Their names, as a list in words."""
        *first, last = self.by
        return f"{', '.join(first)} and {last}" if first else last


def on_days_when(come: Formula, inner: Formula | None) -> Formula:
    """That something is so, and on a day when `come` is."""
    return come if inner is None else And((come, inner))


def only_when(come: Formula, inner: Formula) -> Formula:
    """What is asked only on days when `come` is so."""
    return Implies(come, inner)


def by_day(come: Formula, new: Formula, old: Formula) -> Formula:
    """`new` on days when `come` is so, and `old` on others."""
    return And((Implies(come, new), Implies(Not(come), old)))

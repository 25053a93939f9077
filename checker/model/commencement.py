"""Modifications that are in force from a day: before it, the law is as it was; that day included, it is as
they change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from checker.language.diagnostics import Span
from checker.model.clock import PRESENT_DAY
from checker.model.expressions import And, Formula, Implies, Not, Ordered, Term
from checker.model.working_days import WorkingDays


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


@dataclass(frozen=True, slots=True)
class Days:
    """The days from which modifications are in force (`come`), or those before."""

    commencement: Commencement
    come: bool

    @property
    def formula(self) -> Formula:
        """That today is one of them."""
        return self.commencement.come if self.come else Not(self.commencement.come)

    def of(self, formula: Formula, *, excepts: bool = False) -> Formula:
        """What is asked on these days only; `excepts`: what makes an exception, on these days only."""
        return also(self.formula, formula) if excepts else Implies(self.formula, formula)


@dataclass(frozen=True, slots=True)
class CalendarByDay:
    """A calendar of which other holidays count once a modification is in force: `new` where `come` holds,
    and `old` elsewhere.
    """

    come: Formula
    old: Reckoning
    new: Reckoning


Reckoning: TypeAlias = WorkingDays | CalendarByDay


def also(formula: Formula, other: Formula | None) -> Formula:
    """Both, or the first if there is no other."""
    return formula if other is None else And((formula, other))

"""What can come about `within` a period: by a day that is reckoned from the day on which it is asked."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from itertools import count

from checker.language import syntax as s
from checker.model.claim import Leads
from checker.model.clock import PRESENT_DAY
from checker.model.expressions import DATE, And, Is, Ordered, Variable
from checker.regime.names import Vocabulary
from checker.regime.term_context import Context
from checker.regime.typecheck import Typer


def that_day(vocabulary: Vocabulary, known: Container[str]) -> Variable:
    """The day on which the claim's condition holds, by a name that nothing has; `known`: the claim's own."""
    others = (vocabulary.callables, vocabulary.constants, vocabulary.values, vocabulary.request, known)
    names = ("that-day" if number == 1 else f"that-day-{number}" for number in count(1))
    return Variable(next(each for each in names if not any(each in other for other in others)), DATE)


def in_time(leads: Leads, day: Variable, period: s.Expr, context: Context, typer: Typer) -> Leads | None:
    """The claim, about the situations of any one day, and a goal that is to come by a day reckoned from it.
    None, with a report, if the period is none.
    """
    if typer.today(period) is None:
        return None
    last = typer.promised_day(day, period, context)
    if last is None:
        return None
    return replace(
        leads,
        condition=And((leads.condition, Is(PRESENT_DAY, day))),
        goal=And((leads.goal, Ordered(PRESENT_DAY, "at most", last))),
    )

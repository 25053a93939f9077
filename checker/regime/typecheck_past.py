"""Resolves the names and sorts of what has been: `ever`, `since`, `as of`, durations, and what is overdue."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import assert_never

from checker.language import syntax as s
from checker.model import expressions as e
from checker.model.clock import PRESENT_DAY
from checker.model.expressions import Formula
from checker.regime.duties import breach_of
from checker.regime.histories import remembering, report_unremembered
from checker.regime.term_context import Context, text_of
from checker.regime.typecheck_terms import TermTyper


class PastTyper(TermTyper):
    """Types what is said of the past of a situation."""

    @abstractmethod
    def formula(self, expr: s.Expr, context: Context) -> Formula | None:
        """The typed formula of `expr`; None, with a report, if it is not a formula."""

    def historic(self, expr: s.Historic, context: Context) -> Formula | None:
        """What has been, or has been for so long."""
        match expr.how:
            case "ever" | "since" | "as of":
                return self._remembering(expr.how, expr, expr.parts, context)
            case "for at least":
                body, period = expr.parts
                return self.has_gone(self._began(expr, body, context), period, context)
            case "within":
                return self._in_time(expr, context)
            case "beginning of":
                message = f"`{text_of(expr)}` is a day, and no statement"
                self.report.say("wrong-type", message, expr.span, expected=("`… for at least … days`",))
                return None
            case _:
                assert_never(expr.how)

    def _in_time(self, expr: s.Historic, context: Context) -> Formula | None:
        """That what must come after something is not overdue: the last day on which it was owed is not past.
        What comes about as a day begins is late if it was owed until the day before.
        """
        condition, goal, period = expr.parts
        unmet = s.Negation(goal, goal.span)
        owed = s.Historic("since", (unmet, condition), expr.span)
        began = self._began(expr, owed, context)
        last = self.promised_day(None if began is None else e.Before(began, e.DATE), period, context)
        return None if last is None else e.Not(e.Ordered(PRESENT_DAY, "more than", last))

    def beginning(self, expr: s.Historic, context: Context) -> e.Apply | None:
        """The day from which a statement has held."""
        return self._began(expr, expr.parts[0], context)

    def _began(self, expr: s.Historic, body: s.Expr, context: Context) -> e.Apply | None:
        return self._remembering("beginning of", expr, (body,), context) if self.today(expr) else None

    def _remembering(
        self, how: e.HowPast, expr: s.Historic, said: tuple[s.Expr, ...], context: Context
    ) -> e.Apply | None:
        """What is read of the past is a situation, and neither a step nor a request."""
        then = replace(context, step=False)
        parts = [self.formula(each, then) for each in said]
        known = tuple(each for each in parts if each is not None)
        if len(known) < len(parts) or report_unremembered(known, expr, self.vocabulary, self.report):
            return None
        breach = breach_of(known) if how == "ever" else None
        return remembering(how, known) if breach is None else remembering("breached", breach)

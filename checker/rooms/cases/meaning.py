"""What becomes of requests by the reference meaning of a law: every expected answer comes from here."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from checker.model.claim import Column
from checker.model.evaluate import (
    Columns,
    Decision,
    Environment,
    Rules,
    decide,
    holds,
    misformed,
    situation_problem,
    well_formed,
)
from checker.model.expressions import Formula
from checker.model.mixture import common_model
from checker.model.situation import Request, Situation
from checker.question.columns import column_rules
from checker.regime.regime import Regime
from checker.rooms.cases.goals import R

Sent: TypeAlias = tuple[Situation, Request]
"""A request and the situation that it is sent in."""


class Meaning:
    """What requests show by the law of a column. `against`: another column that is compared with it."""

    def __init__(self, regime: Regime, column: Column, against: Column | None = None) -> None:
        self.regime, self.column, self.against = regime, column, against
        self.rules: Rules = regime.rules(column)
        self.model = common_model(self.rules)
        self.columns: Columns = lambda text: column_rules(regime, column, text)
        self._laws = tuple(column_rules(regime, column, str(each)) for each in (column, against) if each)

    def shows(self, formula: Formula, sent: Sent) -> bool:
        """Whether it is a request, in a situation within the axioms, that the formula holds of."""
        return self.possible(sent) and self.holds(formula, sent)

    def possible(self, sent: Sent) -> bool:
        """Whether it is a request, in a situation within the axioms."""
        situation, request = sent
        return situation_problem(self.rules, situation) is None and well_formed(
            self.model, situation, request
        )

    def holds(self, formula: Formula, sent: Sent) -> bool:
        """Whether the formula holds of a request that is one."""
        situation, request = sent
        requests = {R: request, "": request}
        env = Environment(self.model, situation, requests=requests, rules=self.rules, columns=self.columns)
        return holds(formula, env)

    def decisions(self, sent: Sent) -> tuple[Decision | None, ...]:
        """What is made of it in the column and in the one that it is compared with; None where it is no
        request.
        """
        return tuple(
            self._decided(rules, replace(sent[0], versions=deployed), sent[1])
            for rules, deployed in self._laws
        )

    def _decided(self, rules: Rules, situation: Situation, request: Request) -> Decision | None:
        if next(misformed(common_model(rules), situation, request), None) is not None:
            return None
        return decide(rules, situation, request)

    def signature(self, sent: Sent) -> object:
        """What every check makes of it, and why: whether it applies, is met, and what exempts from it."""
        return tuple(
            decision
            and tuple(
                (each.check.name, each.component, each.applies, each.met, tuple(x.holds for x in each.limbs))
                for each in decision.checks
            )
            for decision in self.decisions(sent)
        )

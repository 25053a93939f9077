"""Asks the engines: the one module here that knows them. What they say comes out as plain values."""

from __future__ import annotations

from checker.engines.job import Job
from checker.engines.prove import Prover
from checker.regime.regime import Regime
from yardstick.inquiry import Asking
from yardstick.stories import Answer


class Engines:
    """The engines on one law."""

    def __init__(self, regime: Regime, budget: float) -> None:
        self.prover = Prover(regime, budget=budget, witnesses=False)

    def answer(self, asking: Asking) -> Answer:
        """The verdict on a claim in a column."""
        result = self.prover.decide(Job(asking.claim, asking.column, by=asking.by))
        evidence = result.evidence
        return Answer(
            result.verdict,
            result.reason,
            result.vacuous,
            evidence.trace,
            evidence.binding,
            evidence.requests,
            evidence.missing,
        )

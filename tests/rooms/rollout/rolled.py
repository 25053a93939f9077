"""A roll-out as tests ask for it: in their own process, and without examples."""

from __future__ import annotations

from checker.question.jobs import Effort
from checker.regime.regime import Regime
from checker.results.answer import nobody
from checker.rooms.rollout.find import plan_of, roll_out
from checker.rooms.rollout.harm import Rollout


def rolled(regime: Regime, old: str, new: str) -> Rollout:
    """The roll-out from one column to another."""
    plan = plan_of(regime, regime.parse_column(old), regime.parse_column(new))
    return roll_out(plan, Effort(processes=1, witnesses="none"), "test", nobody)


def harms(found: Rollout) -> dict[int, list[str]]:
    """Mixture -> the kinds of harm that it does."""
    lattice = found.lattice
    return {each: [harm.kind for harm in found.harms(each)] for each in lattice.mixtures if found.harms(each)}

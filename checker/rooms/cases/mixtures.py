"""The stories of mixtures that do harm, as cases: what goes wrong while not everybody has deployed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checker.model.claim import Column
from checker.model.evaluate import Rules
from checker.model.mixture import with_the_same_kinds
from checker.question.jobs import Effort
from checker.regime.regime import Regime
from checker.results.answer import Watch
from checker.rooms.cases.scenarios import Scenario, told_by
from checker.rooms.rollout.find import plan_of, roll_out


def harmful(regime: Regime, old: Column, new: Column, effort: Effort, watch: Watch) -> Iterator[Scenario]:
    """Yield a story for every harm that a mixture of two columns does. Raises SpecError where there can be no
    roll-out from one to the other.
    """
    plan = plan_of(regime, old, new)
    found = roll_out(plan, effort, f"redline rollout {old} {new}", watch)
    rules = side_by_side(regime, old, new)
    for mixture in sorted(found.lattice.harmful):
        for harm in found.harms(mixture):
            for each in told_by(found.regime, harm.result, rules, strategy=False):
                claim = harm.claim or replace(each.claim, number="")  # one that the law does not have
                yield replace(each, claim=claim, mixture=plan.called(mixture))


def side_by_side(regime: Regime, old: Column, new: Column) -> Rules:
    """The rules of both columns, by version."""
    return with_the_same_kinds({**regime.rules(old), **regime.rules(new)})

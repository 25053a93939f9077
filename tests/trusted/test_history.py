"""What has been, where evidence or versions could pretend another past."""

from __future__ import annotations

import pytest

from checker.model.claim import Column
from checker.model.comparable import incomparable
from checker.model.history import remembered
from checker.model.mixture import apart
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step, Trace
from checker.model.steps import replay, successor
from checker.regime.regime import Regime
from tests.support.load import load
from tests.support.who_has_left import CLAIMS, LAW

ASKS = Step("request", Request({"sender": "ann"}))


@pytest.fixture(scope="module")
def law() -> Regime:
    return load(LAW, CLAIMS)


def _rules(law: Regime, *names: str) -> dict[str, Model]:
    return {name: law.model(Column(name)) for name in names}


def _first(*facts: tuple[str, tuple[str, ...]]) -> Situation:
    return Situation({"User": ("ann",)}, dict.fromkeys(facts, True), {("Bank", None): "old"})


def test_a_story_does_not_start_with_a_past(law: Regime) -> None:
    """A start in which somebody has been gone who is not is none; the same without that past is one."""
    rules = _rules(law, "old")
    older = _first(("ever gone(user 1)", ("ann",)))
    assert replay(rules, Trace((_first(),), ()), starts=True) is None
    assert "something has been before" in (replay(rules, Trace((older,), ()), starts=True) or "")
    assert replay(rules, Trace((older,), ()), starts=False) is None


def test_a_step_is_replayed_with_what_has_been(law: Regime) -> None:
    """After a step, the situation says that who is gone has been; one that does not say so is refused."""
    rules = _rules(law, "old")
    first = _first()
    after = successor(rules, first, ASKS)
    assert after.values["ever gone(user 1)", ("ann",)] is True
    assert replay(rules, Trace((first, after), (ASKS,)), starts=True) is None
    forged = Situation(after.things, {("left", ("ann",)): True}, after.versions)
    assert replay(rules, Trace((first, forged), (ASKS,)), starts=True) is not None
    again = remembered(rules["old"], after, _first())
    assert "has been" not in (replay(rules, Trace((first, after, again), (ASKS, ASKS)), starts=True) or "")


def test_versions_that_mean_another_past_are_not_compared(law: Regime) -> None:
    """Where a definition that is read of the past differs, no situation says what has been by both."""
    models = _rules(law, "old", "wider")
    assert "`ever gone(user 1)` reads the definition `gone`" in (incomparable([*models.values()]) or "")
    assert "what `ever gone(user 1)` asks of the past" in (apart(models) or "")


def test_versions_that_share_a_past_are_one_law(law: Regime) -> None:
    """A version that asks nothing of the past keeps what another asks, and both can be deployed."""
    models = _rules(law, "old", "freer")
    assert models["old"].functions.keys() == models["freer"].functions.keys()
    assert incomparable([*models.values()]) is None
    assert apart(models) is None

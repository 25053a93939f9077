"""Checks and exemptions that decide nothing, in a law made so by hand."""

from __future__ import annotations

import pytest

from checker.interface.proving import asked_rules, idle_rules
from checker.prove.decide import Prover
from checker.question.jobs import Effort, jobs_for
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.places import PERMITS

MORE = """
```redline
check again for "By-law 8" at Desk, reject with P9
    applies when act is Apply inference "x"
    requires lives(sender, street) inference "x"
adopted check never at Desk, reject without a published code, because "x"
    applies when act is Apply inference "x"
    requires act is not Transfer inference "x"
check sense for "By-law 9" at Desk, reject with P8
    applies when act is Transfer inference "x"
    requires heir is not sender inference "x"
```
"""


@pytest.fixture(scope="module")
def law() -> Regime:
    spec = {path.name: path.read_text(encoding="utf-8") for path in (PERMITS / "spec").glob("*.md")}
    claims = {path.name: path.read_text(encoding="utf-8") for path in (PERMITS / "properties").glob("*.md")}
    return load_texts({**spec, "more.md": MORE}, claims)


@pytest.fixture(scope="module")
def idle(law: Regime) -> dict[tuple[str, str], bool]:
    prover, effort = Prover(law), Effort(processes=1)
    rules = tuple(asked_rules(law, jobs_for(law.claims)))
    alone = [prover.decide(each.job("alone")) for each in rules]
    found = idle_rules(law, rules, alone, effort)
    return {(each.rule.name, str(each.rule.column)): each.never for each in found}


def test_a_check_whose_refusals_another_repeats_is_idle(idle: dict[tuple[str, str], bool]) -> None:
    """`again` refuses whatever `residence` does, and more: so `residence` decides, but never alone."""
    assert idle["residence", "old"] is False


def test_a_check_that_nothing_can_fail_never_decides(idle: dict[tuple[str, str], bool]) -> None:
    """An application is no transfer."""
    assert idle["never", "old"] is True


def test_checks_that_decide_are_not_named(idle: dict[tuple[str, str], bool]) -> None:
    """A check that refuses something alone is not said to be idle."""
    assert ("sense", "old") not in idle
    assert ("again", "old") not in idle


def test_an_exemption_whose_requests_another_check_refuses_is_idle(idle: dict[tuple[str, str], bool]) -> None:
    """Section 2(z) exempts the office, which `again` refuses: it lives nowhere."""
    assert idle["By-law 2(z)", "old"] is False

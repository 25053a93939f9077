"""`redline cover` on lapses: each edit is a reading that says it."""

from __future__ import annotations

from checker.model.claim import Column
from checker.model.clock import TIME
from checker.model.unparse import unparse
from checker.regime.additions import with_readings
from checker.rooms.cover.edits import edits_of
from tests.support.load import load
from tests.support.transfers import TRANSFERS

CLAIM = 'claim 1 a "A."\n    from "1"\n    for d: Domain\n    always not fee(d)\n    expect proved in v'


def test_the_day_of_a_lapse_is_moved() -> None:
    """Each edit of the day says another one, and its reading gives the lapse that day."""
    regime = load(TRANSFERS, CLAIM)
    edits = [each for each in edits_of(regime, Column("v")) if each.part == "lapse" and each.how == "changed"]
    days = {each.instead for each in edits}
    assert {f"asked-on(d) plus {number} days" for number in (0, 5, 7, 12)} <= days
    for edit in edits:
        page = "\n".join(('reading other "O." because "so"', *edit.reading))
        under = with_readings(regime, f"```redline\n{page}\n```\n")
        (lapse,) = under.model(Column("v", ("other",))).events[TIME].lapses
        assert unparse(lapse.day) == edit.instead


def test_a_lapse_is_struck_and_its_condition_and_changes_are() -> None:
    """A lapse that is struck changes nothing; one whose condition is struck happens in any case."""
    regime = load(TRANSFERS, CLAIM)
    edits = [each for each in edits_of(regime, Column("v")) if "silence" in each.rule]
    made = {}
    for edit in (each for each in edits if each.how in ("struck", "widened")):
        page = "\n".join(('reading other "O." because "so"', *edit.reading))
        under = with_readings(regime, f"```redline\n{page}\n```\n")
        (lapse,) = under.model(Column("v", ("other",))).events[TIME].lapses
        made[edit.part, edit.how, edit.said] = (unparse(lapse.when) if lapse.when else "", len(lapse.updates))
    assert made["lapse", "struck", "lapse silence"] == ("pending(d) is present and false", 2)
    assert made["lapse", "widened", "pending(d) is present"] == ("true", 2)
    assert made["update", "struck", "what becomes of sponsor"] == ("pending(d) is present", 1)

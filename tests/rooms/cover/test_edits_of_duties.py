"""`redline cover` on duties: each edit is a reading that says it."""

from __future__ import annotations

from checker.model.claim import Column
from checker.model.duties import statements_of
from checker.model.duty import Duty
from checker.model.unparse import unparse
from checker.regime.additions import with_readings
from checker.regime.regime import Regime
from checker.rooms.cover.edits import Edit, edits_of
from tests.support.answered_transfers import ANSWERED, DUTY
from tests.support.load import load

CLAIM = """
claim 1 a "A."
    from "1"
    for d: Domain
    always not breach of answer(d)
    expect refuted in v
"""


def _under(regime: Regime, edit: Edit) -> Duty:
    page = "\n".join(('reading other "O." because "so"', *edit.reading))
    under = with_readings(regime, f"```redline\n{page}\n```\n")
    return under.model(Column("v", ("other",))).duties["answer"]


def test_a_duty_is_edited_as_the_edit_says() -> None:
    """The last day is moved, the condition widened, what is required negated, and the duty struck: each is a
    reading under which the duty is so; a duty that requires nothing is no edit.
    """
    regime = load(ANSWERED + DUTY, CLAIM)
    edits = [each for each in edits_of(regime, Column("v")) if each.part == "duty"]
    days = {each.instead: _under(regime, each) for each in edits if "asked-on" in each.said}
    assert {f"asked-on(d) plus {number} days" for number in (0, 4, 6, 10)} <= days.keys()
    assert all(unparse(duty.day) == said for said, duty in days.items())
    rest = [each for each in edits if each.instead not in days]
    others = {each.how: unparse(statements_of(_under(regime, each))[0]) for each in rest}
    late = "today later than asked-on(d) plus 5 days"
    asked, answered = "pending(d) is present", "(pending(d) is absent)"
    assert others["widened"] == f"true and not {answered} and {late}"
    assert others["negated"] == f"{asked} and not not {answered} and {late}"
    assert others["struck"] == f"({asked} and false) and not {answered} and {late}"

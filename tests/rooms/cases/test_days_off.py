"""Tests of a law that leaves open which days are off say which they suppose."""

from __future__ import annotations

from functools import cache

import checker
from checker.question.jobs import Effort
from checker.results.told_stories import EventStep
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.document import ToldCase
from checker.rooms.cases.previous import case_of
from tests.yardstick.working_days import working_days_later

LAW = """# Answers

```redline
sort User
fixed received(User): date "the day on which {1} was heard"
calendar gb "Working Day" never on Saturday, Sunday
request "{sender} answers"
    sender: User
component Desk
route Desk
version v "v"
check late for "1" at Desk, reject with LATE
    requires today no later than received(sender) plus 1 working days inference "by the next Working Day"
check early for "2" at Desk, reject with EARLY
    requires today later than received(sender) plus 7 days inference "not in the first week"
```
"""
WEEKEND = (5, 6)


@cache
def pack() -> CasePack:
    law = checker.load({"answers.md": LAW}, {"claims.md": "# Claims\n"}, effort=Effort(processes=1))
    return law.cases("v", stories=False)


def _supposed(test: ToldCase) -> set[int]:
    return {int(day) for days in test.situation.days_off.values() for day in days}


def test_what_a_test_supposes_makes_its_answer_right() -> None:
    """An answer is what counting day by day says, with those days off that the test supposes."""
    assert any(test.positive for test in pack().cases)
    for test in pack().cases:
        values = {each.function: int(each.value) for each in test.situation.values}
        gone = [int(each.step.arguments["day"]) for each in test.steps if isinstance(each.step, EventStep)]
        heard, now = values["received"], max((values["today"], *gone))
        last = working_days_later(heard, 1, WEEKEND, _supposed(test))
        assert test.positive is (heard + 7 < now <= last), test.title


def test_each_day_off_is_told() -> None:
    """As many days are told as are supposed, first of what is given, and some are."""
    for test in pack().cases:
        told = [each for each in test.given[: test.turns_on] if each.endswith(" is no Working Day")]
        assert len(told) == len(_supposed(test))
    assert any(test.positive and _supposed(test) for test in pack().cases)


def test_an_earlier_test_keeps_its_days_off() -> None:
    """A test that is read again from a pack supposes what it did."""
    for test in pack().cases:
        off = case_of(test).start.days_off
        assert {day for days in off.values() for day in days} == _supposed(test)

"""A story supposes as few days off as any: how few that is is found by trying all lists of holidays."""

from __future__ import annotations

from itertools import combinations

import pytest

import checker
from tests.support.effort import ALONE
from tests.yardstick.working_days import working_days_later

LAW = """# Answers

```redline
sort User
state received(User): date "the day on which {1} was heard"
calendar gb "Working Day" never on Saturday, Sunday
request "{sender} answers"
    sender: User
component Desk
route Desk
version v "v"
check late for "1" at Desk, reject with LATE
    requires today no later than received(sender) plus 5 working days inference "in time"
```
"""
CLAIM = """# Claims

```redline
claim 1 both "One of two answers comes in time."
    from "1"
    for u: User, w: User where received(w) is received(u) plus {apart} days
    always received(u) plus {number} working days no later than received(u) plus {most} days
        or received(w) plus {number} working days no later than received(w) plus {most} days
    expect refuted in v
```
"""
MONDAY, WEEKEND = 7, (5, 6)


def _fewest(apart: int, number: int, most: int) -> int:
    """How many holidays there must be for both to take longer, whatever the weekday of the first."""
    for count in range(4):
        for first in range(MONDAY, MONDAY + 7):
            starts = first, first + apart
            for off in combinations(range(first, first + apart + most + 2), count):
                if all(working_days_later(each, number, WEEKEND, set(off)) > each + most for each in starts):
                    return count
    raise AssertionError("more holidays than were tried")


@pytest.mark.parametrize(("apart", "number", "most"), [(7, 10, 14), (2, 5, 8)])
def test_periods_share_the_days_that_are_off(apart: int, number: int, most: int) -> None:
    """Two periods that overlap need not each have a day off of its own."""
    text = CLAIM.format(apart=apart, number=number, most=most)
    law = checker.load({"answers.md": LAW}, {"claims.md": text}, effort=ALONE)
    (result,) = law.prove().results
    assert result.verdict == "refuted"
    assert result.evidence.trace is not None
    supposed = {day for each in result.evidence.trace.situations for day in each.days_off.get("gb", ())}
    assert len(supposed) == _fewest(apart, number, most)

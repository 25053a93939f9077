"""Random laws about days and numbers, gone through day by day: what is proved is so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from tests.day_by_day.constructs import CONSTRUCTS, found
from tests.day_by_day.laws import Lapse
from tests.day_by_day.search import Effort, search
from tests.day_by_day.trials import decided, drawn, held, run
from tests.day_by_day.worlds import Moment, Period
from tests.support.params import with_long, with_thorough

LAWS = 3000
FEW = 3
NUMBERS = [
    *range(FEW),
    *with_thorough(range(FEW, 10), lambda _: True),
    *with_long(range(10, LAWS), lambda _: True),
]
DRAWN = 600
STRUCK = 37
"""The number of a law in which the shortest story against a claim has a lapse in it."""
BROKEN = 48
"""The number of a law in which a story against a claim has a duty that was broken."""
BUDGET = 1.0  # seconds of CPU time


@pytest.mark.parametrize("number", NUMBERS)
def test_day_by_day_comes_to_the_same(number: int) -> None:
    """A random law with days, and most with lapses, numbers of days, months or what has been, is gone through
    day by day: no story is against what is proved, and that of what is refuted happens and shows it. Where
    time or strategies run out there is no verdict.
    """
    assert run(number, BUDGET, Effort()).complaint == ""


def test_all_that_is_counted_is_drawn() -> None:
    """Every construct that the long run counts is in a few of the first laws."""
    drawn_in = Counter(
        each for trial in map(drawn, range(DRAWN)) for each in found(f"{trial.law.text}\n{trial.claims}")
    )
    assert [name for name in CONSTRUCTS if drawn_in[name] < 5] == []


def test_a_clock_that_is_a_day_late_is_noticed() -> None:
    """The story of a lapse is told again, and found by the search; a clock by which lapses fall a day later
    comes to something else.
    """
    trial = drawn(STRUCK)
    found = decided(trial, 60.0)
    assert (found.verdict, held(trial, found, Effort())) == ("refuted", ("", True))
    assert search(trial.law, trial.claim, trial.chance, Effort()).shown
    lapses = tuple(replace(each, falls=partial(_a_day_late, each)) for each in trial.law.lapses)
    late = replace(trial, law=replace(trial.law, lapses=lapses))
    assert "the clock comes to" in held(late, found, Effort())[0]


def test_a_clock_with_another_last_day_is_noticed() -> None:
    """By a clock that gives nine days more for a duty, the story of a breach shows none."""
    trial = drawn(BROKEN)
    found = decided(trial, 60.0)
    assert (found.verdict, held(trial, found, Effort())) == ("refuted", ("", True))
    duty = trial.law.sayer.duty
    assert duty is not None
    longer = replace(duty, period=Period("longer", lambda m, day: duty.period.end(m, day) + 9))
    later = replace(trial, law=replace(trial.law, sayer=replace(trial.law.sayer, duty=longer)))
    assert "does not show what it should" in held(later, found, Effort())[0]


def _a_day_late(lapse: Lapse, moment: Moment) -> int | None:
    day = lapse.falls(moment)
    return None if day is None else day + 1

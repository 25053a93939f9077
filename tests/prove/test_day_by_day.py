"""Random laws about days and numbers, gone through day by day: what is proved is so."""

from __future__ import annotations

import pytest

from tests.day_by_day.search import Effort
from tests.day_by_day.trials import run
from tests.support.params import with_long

LAWS = 3000
FEW = 8
BUDGET = 2.0  # seconds


@pytest.mark.parametrize("number", with_long(range(LAWS), lambda number: number >= FEW))
def test_day_by_day_comes_to_the_same(number: int) -> None:
    """A random law with days, and most with lapses, numbers of days, months or what has been, is gone through
    day by day: no story is against what is proved, and that of what is refuted happens and shows it. Where
    time or strategies run out there is no verdict.
    """
    assert run(number, BUDGET, Effort()).complaints == []

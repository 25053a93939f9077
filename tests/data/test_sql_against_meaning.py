"""What SQL says of tables is what `evaluate` says of the situation in them, on laws at random."""

from __future__ import annotations

import pytest

from tests.support.asked_in_sql import compared, random_law
from tests.support.params import with_long

LAWS, AT_ONCE, EACH = 320, 2, 2


@pytest.mark.parametrize("first", with_long(range(0, LAWS, AT_ONCE), lambda first: first > 0))
def test_sql_says_what_the_language_means(first: int) -> None:
    """All definitions, premises, axioms and outcomes, in random situations of random laws; often true, and
    often false.
    """
    truths = {True: 0, False: 0}
    for number in range(first, first + AT_ONCE):
        regime = random_law(number)
        for turn in range(EACH):
            asked = compared(regime, number, turn)
            found = asked.found()
            assert found == asked.expected
            for each in found.values():
                truths[bool(each)] += 1
    assert min(truths.values()) > 10

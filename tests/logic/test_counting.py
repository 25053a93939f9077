"""Counting how many of some formulas hold."""

from __future__ import annotations

import itertools

import pytest

from checker.logic.counting import at_least
from checker.logic.terms import Terms
from checker.model.expressions import FACT

MOST = 3


@pytest.mark.parametrize("count", range(6))
def test_at_least_so_many_hold(count: int) -> None:
    """Whichever of the formulas hold, that at least k do is true exactly if k of them do."""
    terms = Terms()
    facts = [terms.symbol(f"fact {number}", FACT) for number in range(count)]
    counted = at_least(terms, facts, MOST)
    assert len(counted) == MOST + 1
    for truths in itertools.product((True, False), repeat=count):
        known = {
            fact: terms.true if truth else terms.false for fact, truth in zip(facts, truths, strict=True)
        }
        found = [terms.substitute(each, known) is terms.true for each in counted]
        assert found == [sum(truths) >= number for number in range(MOST + 1)]

"""Counts with one thing changed: what is said to be wider allows all that was allowed, and more."""

from __future__ import annotations

from typing import Literal

import pytest

from checker.model.expressions import FACT, And, Apply, Counted, Formula, Not, Or, Sort, Variable
from checker.model.unparse import unparse
from checker.rooms.cover.formula_variants import variants

SHELF = Variable("s", Sort("Shelf"))
EMPTY = Apply("empty", (SHELF,), FACT)
NUMBERS = range(13)


@pytest.mark.parametrize("how", ["at least", "at most", "exactly"])
@pytest.mark.parametrize("number", [1, 2, 10])
@pytest.mark.parametrize("positive", [True, False])
def test_counts_become_wider_or_narrower(
    how: Literal["at least", "at most", "exactly"], number: int, *, positive: bool
) -> None:
    """One more, one fewer, another word: each allows other numbers, and is said to be what it is."""
    counted = Counted(how, number, SHELF, EMPTY)
    before = set(filter(counted.allows, NUMBERS))
    found = list(variants(counted, positive=positive))
    assert len(found) >= 2
    for said, other in found:
        assert isinstance(other, Counted), unparse(other)
        after = set(filter(other.allows, NUMBERS))
        wider = after > before
        assert wider or after < before, unparse(other)
        assert said == ("widened" if wider is positive else "narrowed"), unparse(other)


def test_one_approver_more_or_fewer_is_tried() -> None:
    """Of two: three, one, exactly two."""
    found = {unparse(each) for _, each in variants(Counted("at least", 2, SHELF, EMPTY))}
    assert found == {
        f"{many} s: Shelf where empty(s)" for many in ("at least three", "at least one", "exactly two")
    }


@pytest.mark.parametrize("joined", [And, Or])
def test_one_condition_is_not_turned_into_itself(joined: type[And | Or]) -> None:
    """A limb with one condition is a conjunction of one: `or` would say the same, and no edit does."""
    alone: Formula = Counted("at least", 2, SHELF, EMPTY)
    assert [*variants(Not(joined((alone,))))] == [*variants(Not(alone))]

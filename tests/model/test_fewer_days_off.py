"""Days off that nothing turns on are left out of a situation."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from checker.model.fewer_days_off import FEW, with_fewer_days_off
from checker.model.situation import Situation

OFF: Mapping[str, tuple[int, ...]] = {"bank": (8, 9), "gb": (7, 8)}


def _left(off: Mapping[str, tuple[int, ...]], *needed: tuple[str, int]) -> Mapping[str, tuple[int, ...]]:
    """The days off that are left, where a situation serves if it has those that are needed."""
    start = Situation({}, {}, {}, off)
    return with_fewer_days_off(
        start, lambda each: all(day in each.days_off.get(name, ()) for name, day in needed)
    ).days_off


@pytest.mark.parametrize(
    ("needed", "left"),
    [
        ((), {}),
        ((("gb", 8),), {"gb": (8,)}),
        ((("bank", 9), ("gb", 7)), {"bank": (9,), "gb": (7,)}),
    ],
    ids=["none is needed", "one of one calendar", "one of each"],
)
def test_what_is_left_is_what_is_needed(
    needed: tuple[tuple[str, int], ...], left: Mapping[str, tuple[int, ...]]
) -> None:
    """A day stays where it is needed, in its own calendar; a calendar without days off is not mentioned."""
    assert _left(OFF, *needed) == left


def test_many_days_are_only_tried_together() -> None:
    """Of more days than are tried one by one, all stay if one is needed, and none otherwise."""
    many = {"gb": tuple(range(FEW + 1))}
    assert _left(many, ("gb", 0)) == many
    assert _left(many) == {}


def test_nothing_is_tried_without_days_off() -> None:
    """A situation without days off is returned as it is."""
    assert with_fewer_days_off(start := Situation({}, {}, {}), lambda _: pytest.fail("tried")) is start

"""What pins keep apart: held against every pair looked at by itself."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping

import pytest

from checker.model.kept_apart import Kept


@pytest.mark.parametrize("seed", range(20))
def test_nothing_that_may_meet_is_left_out(seed: int) -> None:
    """Whatever no pin keeps apart is found, in ascending order."""
    chance = random.Random(seed)
    keys = tuple(f"key {n}" for n in range(chance.randint(1, 4)))
    pins: list[Mapping[Hashable, str]] = [
        {key: chance.choice("ABC") for key in keys if chance.random() < 0.7} for _ in range(60)
    ]
    kept = Kept(pins)
    for number, mine in enumerate(pins):
        found = list(kept.not_apart(number))
        assert found == sorted(found)
        meet = {
            other
            for other, theirs in enumerate(pins)
            if all(theirs.get(key, value) == value for key, value in mine.items())
        }
        assert meet <= set(found)


def test_many_that_one_key_keeps_apart_are_not_gone_through_in_pairs() -> None:
    """A thousand things, each with a value of its own: each finds itself."""
    kept = Kept([{"service": f"service {n}", "act": "A"} for n in range(1_000)])
    assert [list(kept.not_apart(n)) for n in range(1_000)] == [[n] for n in range(1_000)]


def test_many_alike_are_found_however_many_they_are() -> None:
    """What pins nothing meets everything."""
    kept = Kept([{} for _ in range(30)])
    assert list(kept.not_apart(7)) == list(range(30))

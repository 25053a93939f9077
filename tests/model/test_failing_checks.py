"""Reports of the checks that fail only: the same as the whole report says of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import pytest

from checker.model.claim import Column
from checker.model.evaluate import decide
from checker.model.situation import Request, Situation
from checker.regime.load import load_texts
from tests.regimes_agree.trials import make_trial
from tests.worlds.concrete import World, things_of

SEED, LAWS, CLAIMS = 7, 6, 1
SMALL, STATES, LOOKED_AT = 4_000, 40, 1_000


def world_of(number: int) -> World:
    """A small world of a random law."""
    regime = load_texts(make_trial(SEED, number, CLAIMS).texts)
    column = Column("old")
    model = regime.model(column)
    return World(regime, column, things_of(model, dict.fromkeys(model.sorts, 1)), most=SMALL)


def asked(world: World) -> Iterator[tuple[Situation, Request]]:
    """Requests in situations from all over the world."""
    states = world.situations[:: max(1, len(world.situations) // STATES)]
    for state, request in islice(product(states, world.requests), LOOKED_AT):
        values = {at: value for at, value in zip(world.places, state, strict=True) if value is not None}
        yield Situation(world.things, values, world.versions), request


@pytest.mark.parametrize("number", range(LAWS))
def test_what_fails_is_reported_alike(number: int) -> None:
    """The brief report has the failing checks of the whole one, in the same order and with the same items."""
    world = world_of(number)
    for here, request in asked(world):
        whole = decide(world.rules, here, request)
        brief = decide(world.rules, here, request, failing=True)
        assert brief.checks == tuple(each for each in whole.checks if each.fails)
        assert brief.accepted is whole.accepted


def test_checks_fail_in_random_laws() -> None:
    """Else the test above would compare nothing with nothing."""
    worlds = map(world_of, range(LAWS))
    assert any(not decide(world.rules, *each).accepted for world in worlds for each in asked(world))

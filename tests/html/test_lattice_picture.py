"""The picture of a roll-out: a rank for each number of switches, and nothing on top of anything else."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from checker.html.lattice_picture import BOX_HIGH, BOX_WIDE, LARGEST, Picture, picture_of
from checker.rooms.rollout.answer import Mixtures
from tests.support.permits_law import permits


@pytest.fixture(scope="module")
def mixtures() -> Mixtures:
    return permits().rollout()


def _of(mixtures: Mixtures, size: int) -> Picture | None:
    """The picture of as many switches, none of which does harm."""
    (known, *_), (switch, *_) = mixtures.mixtures, mixtures.switches
    numbers = range(1 << size)
    every = tuple(
        msgspec.structs.replace(known, mixture=each, on=tuple(at for at in range(size) if each >> at & 1))
        for each in numbers
    )
    return picture_of(msgspec.structs.replace(mixtures, switches=(switch,) * size, mixtures=every, edges=()))


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_boxes_stand_apart_in_ranks(mixtures: Mixtures, size: int) -> None:
    """Those with as many switches on are at one height; none overlaps another or leaves the picture."""
    picture = _of(mixtures, size)
    assert picture is not None
    heights = {(len(each.mixture.on), each.y) for each in picture.boxes}
    assert len(heights) == size + 1
    assert sorted(heights) == sorted(heights, key=lambda each: each[1])
    for one, other in itertools.combinations(picture.boxes, 2):
        assert abs(one.x - other.x) >= BOX_WIDE or abs(one.y - other.y) >= BOX_HIGH
    assert all(BOX_WIDE / 2 <= each.x <= picture.width - BOX_WIDE / 2 for each in picture.boxes)
    assert all(BOX_HIGH / 2 <= each.y <= picture.height - BOX_HIGH / 2 for each in picture.boxes)


def test_what_is_too_much_is_not_drawn(mixtures: Mixtures) -> None:
    """More switches are told in words only, and so is none at all."""
    assert _of(mixtures, LARGEST + 1) is None
    assert _of(mixtures, 0) is None


def test_steps_of_safe_orders_are_marked(mixtures: Mixtures) -> None:
    """A step is safe exactly if both of its ends are on a safe order, as the graph of the answer says."""
    picture = picture_of(mixtures)
    assert picture is not None
    graph = mixtures.graph()
    safe = sum(
        data["safe"] and graph.nodes[after]["safe_on"] > 0 and graph.nodes[before]["safe_back"] > 0
        for before, after, data in graph.edges(data=True)
    )
    assert sum(each.kind == "safe" for each in picture.lines) == safe
    assert len(picture.lines) == graph.number_of_edges()

"""The mixtures of two versions as a picture: a rank for each number of switches that are on."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Final, Literal, TypeAlias

from checker.rooms.rollout.answer import Edge, Mixtures, ToldMixture

LARGEST: Final = 6
"""More switches than these are not drawn: the widest rank of six has twenty mixtures."""

WIDE: Final = 84
HIGH: Final = 74
BOX_WIDE: Final = 68
BOX_HIGH: Final = 34
_MARGIN: Final = 10

LineKind: TypeAlias = Literal["safe", "harmful", "other"]
_MARKS: Final = {"harmless": "\N{CHECK MARK}", "harmful": "\N{BALLOT X}", "open": "?"}


@dataclass(frozen=True, slots=True)
class Box:
    """A mixture, its middle at (x, y)."""

    x: float
    y: float
    mixture: ToldMixture
    mark: str


@dataclass(frozen=True, slots=True)
class Line:
    """Turning one switch on. `safe`: it is on a safe order."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes by rank, with the lines between them; all in units of the picture."""

    width: float
    height: float
    box_wide: float
    box_high: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def picture_of(found: Mixtures) -> Picture | None:
    """Return the picture, or None if there is nothing to switch or too much to be drawn."""
    size = len(found.switches)
    if not 0 < size <= LARGEST:
        return None
    width = max(comb(size, rank) for rank in range(size + 1)) * WIDE + 2 * _MARGIN
    boxes: dict[int, Box] = {}
    for rank in range(size + 1):
        members = sorted((each for each in found.mixtures if len(each.on) == rank), key=lambda each: each.on)
        left = (width - len(members) * WIDE) / 2
        for number, each in enumerate(members):
            x, y = left + (number + 0.5) * WIDE, _MARGIN + BOX_HIGH / 2 + rank * HIGH
            boxes[each.mixture] = Box(x, y, each, _MARKS[each.state])
    lines = tuple(_line(each, boxes) for each in found.edges)
    order: tuple[LineKind, ...] = ("other", "harmful", "safe")  # what matters most is drawn last, on top
    return Picture(
        width,
        2 * _MARGIN + BOX_HIGH + size * HIGH,
        BOX_WIDE,
        BOX_HIGH,
        tuple(boxes.values()),
        tuple(sorted(lines, key=lambda each: order.index(each.kind))),
    )


def _line(edge: Edge, boxes: dict[int, Box]) -> Line:
    first, last = boxes[edge.before], boxes[edge.after]
    return Line(
        first.x, first.y + BOX_HIGH / 2, last.x, last.y - BOX_HIGH / 2, _kind(first.mixture, last.mixture)
    )


def _kind(first: ToldMixture, last: ToldMixture) -> LineKind:
    """Whether the step is on a safe order, or leads from a harmless mixture into harm."""
    if first.state == "harmless" and last.state == "harmful":
        return "harmful"
    on_the_way = first.safe_orders_back and last.safe_orders_on
    return "safe" if on_the_way and first.state == last.state == "harmless" else "other"

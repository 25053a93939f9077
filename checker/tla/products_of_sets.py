"""Sets of tuples as products of sets, and how those are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from checker.tla.spelling import WIDTH, hung, listed, set_of, string

Box: TypeAlias = tuple[tuple[str, ...], ...]
"""A product of sets: the items of each."""


def boxes_of(tuples: Iterable[tuple[str, ...]]) -> list[Box]:
    """Return products of sets that have exactly these tuples, joined part by part, the last first.

    `tuples`: in an order in which the same parts come in the same order.
    """
    boxes: list[Box] = [tuple((part,) for part in each) for each in tuples]
    for place in reversed(range(len(boxes[0]) if boxes else 0)):
        joined: dict[Box, list[str]] = {}
        for box in boxes:
            joined.setdefault((*box[:place], *box[place + 1 :]), []).extend(box[place])
        boxes = [(*key[:place], tuple(part), *key[place:]) for key, part in joined.items()]
    return boxes


def union_lines(rows: Iterable[tuple[str, ...]], indent: int) -> list[str]:
    """Return the lines of a set of tuples of strings, which will stand `indent` columns in."""
    lines: list[str] = []
    for box in boxes_of(rows):
        lead = "\\cup " if lines else ""
        lines += hung(lead, _product(box, indent + len(lead)))
    return lines or ["{}"]


def _product(box: Box, indent: int) -> list[str]:
    parts = [[string(each) for each in part] for part in box]
    text = " \\X ".join(map(set_of, parts))
    if len(text) + indent <= WIDTH:
        return [text]
    lines: list[str] = []
    for part in parts:
        lead = "\\X " if lines else ""
        lines += hung(lead, listed(part, indent + len(lead)))
    return lines

"""Sets of values, tuples and requests in TLA+, written as unions of few products."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from checker.model.expressions import Sort
from checker.tla.spelling import WIDTH, hung, listed, set_of, string
from checker.tla.symbol_names import Lexicon

Values: TypeAlias = tuple[str, ...]
"""A value for each of some sorts; `""` for absent."""

Box: TypeAlias = tuple[tuple[str, ...], ...]
"""A product of sets: the elements of each."""


def boxes_of(tuples: Iterable[Values]) -> list[Box]:
    """Return products of sets whose union is exactly these tuples, joined part by part, the last part first.
    `tuples`: in an order in which equal parts come in the same order.
    """
    boxes: list[Box] = [tuple((part,) for part in each) for each in tuples]
    for place in reversed(range(len(boxes[0]) if boxes else 0)):
        joined: dict[Box, list[str]] = {}
        for box in boxes:
            joined.setdefault((*box[:place], *box[place + 1 :]), []).extend(box[place])
        boxes = [(*key[:place], tuple(part), *key[place:]) for key, part in joined.items()]
    return boxes


def union_lines(rows: Iterable[Values], indent: int) -> list[str]:
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


class Sets:
    """Writes the sets of one instance. `things`: sort -> what its things are called."""

    def __init__(self, lexicon: Lexicon, things: Mapping[str, Mapping[str, str]]) -> None:
        self.lexicon = lexicon
        self.things = things

    def products(self, tuples: Iterable[Values], sorts: Sequence[Sort]) -> list[tuple[str, ...]]:
        """Return the tuples as products, each as the sets of its parts."""
        boxes = boxes_of(sorted(tuples))
        return [tuple(self.part(part, sort) for part, sort in zip(box, sorts, strict=True)) for box in boxes]

    def tuples(self, tuples: Iterable[Values], sorts: Sequence[Sort]) -> list[str]:
        """Return the lines of a set of values or tuples."""
        lines: list[str] = []
        for product in self.products(tuples, sorts):
            parts = map(_tight, product) if len(product) > 1 else product
            lines += hung("\\cup " if lines else "", [" \\X ".join(parts)])
        return lines or ["{}"]

    def records(self, requests: Iterable[Values], sorts: Mapping[str, Sort]) -> list[str]:
        """Return the lines of a set of requests, as a union of sets of records. `sorts`: of parameters."""
        fields = [self.lexicon.parameters[each] for each in sorts]
        lines: list[str] = []
        for product in self.products(requests, list(sorts.values())):
            pairs = [f"{field} : {part}" for field, part in zip(fields, product, strict=True)]
            lines += hung("\\cup [" if lines else "[", _filled(pairs))
        return lines or ["{}"]

    def part(self, values: Collection[str], sort: Sort) -> str:
        """Return the set of the values of a sort."""
        there = sort.values if sort.is_enum else tuple(self.things[sort.name])
        some = [each for each in there if each in values]
        text = set_of(string(each) if sort.is_enum else self.things[sort.name][each] for each in some)
        if len(some) == len(there):
            text = self.lexicon.sorts[sort.name]
        if "" not in values:
            return text
        return f"{text} \\cup {{Absent}}" if some else "{Absent}"


def _tight(text: str) -> str:
    """The set as an operand: in parentheses if it is a union."""
    return f"({text})" if " \\cup " in text else text


def _filled(pairs: Sequence[str]) -> list[str]:
    """The fields of a set of records, as many on a line as fit."""
    lines: list[str] = []
    for number, pair in enumerate(pairs, 1):
        text = pair + ("," if number < len(pairs) else "]")
        if lines and len(lines[-1]) + len(text) + 12 <= WIDTH:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return lines

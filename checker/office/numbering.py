"""The numbers that Word gives paragraphs: lists of levels, counted before and after the tracked changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from checker.office.packed_files import attributes, child, children, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS: Final = 9
_BULLETS: Final = "\N{BULLET}"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST: Final = 5_000  # beyond, numerals are written as numbers


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. `text` has `%1` for the number of the first level, and so on."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """That a paragraph stands in a list, and how far down."""

    list: str
    level: int


@dataclass(slots=True)
class Lists:
    """The lists of a document: levels by their number, and which lists count together."""

    levels: Mapping[str, Sequence[Level]]
    shared: Mapping[str, str]
    restarted: frozenset[tuple[str, int]] = frozenset()
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def number(self, place: Place) -> str:
        """Count a paragraph, and return what stands before it."""
        levels = self.levels.get(place.list)
        if levels is None or not 0 <= place.level < len(levels):
            return ""
        key = (place.list, place.level)
        counts = self.counts.setdefault(self.shared[place.list], [None] * _LEVELS)
        if key in self.restarted and key not in self.seen:
            counts[place.level] = None
        self.seen.add(key)
        before = counts[place.level]
        counts[place.level] = levels[place.level].start if before is None else before + 1
        for lower in range(place.level + 1, _LEVELS):
            counts[lower] = None
        return _written(levels, counts, place.level)

    def again(self) -> Lists:
        """The same lists, counted from the beginning."""
        return Lists(self.levels, self.shared, self.restarted)


def lists_of(root: _Element | None) -> Lists:
    """Read `numbering.xml`."""
    abstract = {attributes(each).get("abstractNumId", ""): each for each in children(root, "abstractNum")}
    levels: dict[str, Sequence[Level]] = {}
    shared: dict[str, str] = {}
    restarted: set[tuple[str, int]] = set()
    for each in children(root, "num"):
        name, base = attributes(each).get("numId", ""), value(each, "abstractNumId") or ""
        found = [Level()] * _LEVELS
        for one in children(abstract.get(base), "lvl"):
            _put(found, one)
        for change in children(each, "lvlOverride"):
            at = _number(attributes(change).get("ilvl"), 0)
            if (own := child(change, "lvl")) is not None:
                _put(found, own)
            if (start := value(change, "startOverride")) is not None and 0 <= at < _LEVELS:
                found[at] = Level(_number(start, 1), found[at].form, found[at].text, found[at].legal)
                restarted.add((name, at))
        levels[name], shared[name] = found, base
    return Lists(levels, shared, frozenset(restarted))


def _put(levels: list[Level], element: _Element) -> None:
    at = _number(attributes(element).get("ilvl"), 0)
    if 0 <= at < _LEVELS:
        levels[at] = Level(
            _number(value(element, "start"), 1),
            value(element, "numFmt") or "decimal",
            value(element, "lvlText") or "",
            value(element, "isLgl") is not None,
        )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text, re.ASCII) else otherwise


def _written(levels: Sequence[Level], counts: Sequence[int | None], at: int) -> str:
    if levels[at].form == "bullet":
        return _BULLETS
    if levels[at].form == "none":
        return ""

    def one(found: re.Match[str]) -> str:
        number = int(found[1]) - 1
        level = levels[number]
        count = counts[number]
        return in_form(level.start if count is None else count, "decimal" if levels[at].legal else level.form)

    return re.sub(r"%([1-9])", one, levels[at].text).strip()


def in_form(count: int, form: str) -> str:
    """Write a number as Word's forms do: `lowerLetter`, `upperRoman` and so on; others as a number."""
    if form.endswith("Letter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, _LEVELS)
        return letters.upper() if form.startswith("upper") else letters
    if form.endswith("Roman") and 0 < count <= _LARGEST:
        text = ""
        for worth, letters in _ROMAN:
            text, count = text + letters * (count // worth), count % worth
        return text.upper() if form.startswith("upper") else text
    return str(count)

"""A report on one page: where it would be longer, lists are cut, and say how much more there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checker.report.paper import Paragraph, joined, lay_out, paragraph

PAGE: Final = 60  # lines of 80 columns
NAMED: Final = 60  # claims that one sentence of a page names
_CUTTABLE: Final = 3  # parts: a first one, a last one, and what can be left out between them


@dataclass(frozen=True, slots=True)
class Part:
    """Some paragraphs of a page. `entries`: what can be left out, last first; `more`: where it is told;
    `names`: of the entries, if they have any.
    """

    head: tuple[Paragraph, ...]
    entries: tuple[tuple[Paragraph, ...], ...] = ()
    more: str = ""
    names: tuple[str, ...] = ()

    def told(self, shown: int) -> tuple[Paragraph, ...]:
        """Return the first entries, and how many more there are."""
        left = len(self.entries) - shown
        named = f" ({', '.join(self.names[shown:])})" if 0 < left <= NAMED and self.names else ""
        counted = (paragraph(f"… and {left} more{named}: {self.more}."),) if left else ()
        return (*self.head, *(line for entry in self.entries[:shown] for line in entry), *counted)


def listed_part(group: Sequence[Paragraph], more: str, head: int = 1) -> Part:
    """Return paragraphs as a part that can be cut: the first `head` stay, and what is indented further than
    the first entry belongs to the entry before.
    """
    return Part(tuple(group[:head]), tuple(map(tuple, _entries(group[head:]))), more)


def one_page(parts: Iterable[Part], lines: int = PAGE) -> tuple[Paragraph, ...]:
    """Return the parts, one blank line between them. If they take more lines than a page, entries are left
    out where there are most: first all but one of a part; then that one; then parts before the last one.
    """
    told = list(parts)
    head = [_lines(each.head) for each in told]
    entries = [list(map(_lines, each.entries)) for each in told]

    def taken(place: int) -> int:
        """The lines of a part, with the one that says what is left out, and a blank one."""
        cut = len(entries[place]) < len(told[place].entries)
        found = head[place] + sum(entries[place]) + cut
        return found + 1 if found else 0

    for least in (1, 0):
        while sum(map(taken, range(len(told)))) > lines + 1:
            can = [place for place, shown in enumerate(entries) if len(shown) > least]
            if not can:
                break
            entries[max(can, key=lambda place: (taken(place), place))].pop()
    pages = [each.told(len(shown)) for each, shown in zip(told, entries, strict=True)]
    if sum(map(taken, range(len(told)))) <= lines + 1 or len(pages) < _CUTTABLE:
        return joined(pages)
    more = next((each.more for each in told if each.more), "")
    return _cut(pages, f"… and more: {more}." if more else "… and more.", lines)


def groups_on_a_page(groups: Sequence[Sequence[Part]], ending: Part, more: str) -> tuple[Paragraph, ...]:
    """Return groups of parts, then the ending: as many groups as have room for an entry of each part, and how
    many more there are. `more`: where these are told.
    """
    for shown in range(len(groups), 0, -1):
        left = len(groups) - shown
        counted = (Part((paragraph(f"… and {left} more: {more}."),)),) if left else ()
        parts = (*(part for group in groups[:shown] for part in group), *counted, ending)
        if shown == 1 or sum(map(_least, parts)) <= PAGE + 1:
            return one_page(parts)
    return one_page((ending,))


def _least(part: Part) -> int:
    """The lines of a part of which all but one entry are left out, with a blank one."""
    first = part.entries[0] if part.entries else ()
    return _lines((*part.head, *first)) + (len(part.entries) > 1) + 1


def _cut(pages: Sequence[tuple[Paragraph, ...]], said: str, lines: int) -> tuple[Paragraph, ...]:
    """Return the pages that have room, at least the first, what is said of the others, and the last."""
    *some, last = pages
    shown = len(some)
    while True:
        cut = joined((*some[:shown], (paragraph(said),), last))
        if _lines(cut) <= lines or shown == 1:
            return cut
        shown -= 1


def _lines(paragraphs: Sequence[Paragraph]) -> int:
    return len(lay_out(paragraphs))


def few_named(numbers: Sequence[str]) -> str:
    """Return numbers of claims, as many as a page has room for, and how many more there are."""
    more = len(numbers) - NAMED
    return ", ".join(numbers) if more <= 0 else f"{', '.join(numbers[:NAMED])} and {more} more"


def _entries(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    found: list[Paragraph] = []
    for each in paragraphs:
        if found and _indent(each) <= _indent(paragraphs[0]):
            yield found
            found = []
        found.append(each)
    if found:
        yield found


def _indent(each: Paragraph) -> int:
    return len(each.first) - len(each.first.lstrip())

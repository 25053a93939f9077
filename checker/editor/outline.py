"""What is on a page, for its outline and for folding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from checker.editor.index import Index
from checker.editor.occurrences import Declared, Kind
from checker.editor.pages import Page
from checker.language.diagnostics import Span

_HIDDEN: Final[tuple[Kind, ...]] = ("variable", "short name", "heading", "claim number", "phrase")
_MOST: Final = 200  # names that are listed for a query


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading with what stands under it, or something that is declared."""

    name: str
    kind: Kind | Literal["section"]
    detail: str
    span: Span
    extent: Span
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, from 1, that can be folded."""

    first: int
    last: int
    kind: Literal["section", "fence", "quote", "declaration"]


def outline(page: Page) -> tuple[Entry, ...]:
    """The headings of a page, as they lie in each other, with what is declared under them."""
    if page.stale:
        return ()
    return tuple(_under(page, 0, len(page.document.headings), 1, len(page.lines)))


def _under(page: Page, first: int, last: int, line: int, end: int) -> Iterator[Entry]:
    """Yield what stands on lines up to `end` under no heading, then the headings `first` to `last`."""
    headings = page.document.headings
    stop = headings[first].line - 1 if first < last else end
    yield from _declared(page, line, stop)
    at = first
    while at < last:
        here = headings[at]
        below = at + 1
        while below < last and headings[below].level > here.level:
            below += 1
        ends = headings[below].line - 1 if below < last else end
        span = Span(page.file, here.line, 1, here.line, len(page.lines[here.line - 1]) + 1)
        extent = Span(page.file, here.line, 1, ends, len(page.lines[ends - 1]) + 1)
        inner = tuple(_under(page, at + 1, below, here.line, ends))
        yield Entry(here.text or "-", "section", "", span, extent, inner)
        at = below


def _declared(page: Page, line: int, end: int) -> Iterator[Entry]:
    for fence in page.fences:
        for each in fence.declared:
            if line <= each.span.line <= end and each.kind not in _HIDDEN:
                yield Entry(each.name, each.kind, each.words or each.kind, each.span, each.extent)


def folds(page: Page) -> tuple[Fold, ...]:
    """What can be folded: sections, fences, quotes, and declarations of more than a line."""
    if page.stale:
        return ()
    end = len(page.lines)
    found: list[Fold] = []
    headings = page.document.headings
    for at, here in enumerate(headings):
        after = (each.line - 1 for each in headings[at + 1 :] if each.level <= here.level)
        found.append(Fold(here.line, next(after, len(page.lines)), "section"))
    for fence in page.fences:
        found.append(Fold(fence.span.line - 1, fence.span.end_line, "fence"))
        found += [Fold(e.span.line, e.span.end_line, "declaration") for e in fence.read.extents]
    found += [Fold(e.quote.span.line, e.quote.span.end_line, "quote") for e in page.document.quotes]
    within = (Fold(each.first, min(each.last, end), each.kind) for each in found)
    return tuple(each for each in within if each.last > each.first)


def named_like(index: Index, query: str) -> tuple[Declared, ...]:
    """What has the letters of the query in its name or words, in their order; the shortest names first."""
    wanted = query.casefold()
    kinds = {kind for kind, _ in index.declared if kind not in _HIDDEN}
    found = [each for each in index.all_of(*kinds) if _fits(wanted, f"{each.name} {each.words}".casefold())]
    found.sort(
        key=lambda each: (
            wanted not in each.name.casefold(),
            wanted not in f"{each.name} {each.words}".casefold(),
            len(each.name),
            each.name,
            each.span,
        )
    )
    return tuple(found[:_MOST])


def _fits(wanted: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in wanted)

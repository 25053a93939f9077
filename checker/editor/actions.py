"""What an editor may offer to do about a diagnostic, and for a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.editor.edits import Edit, quoted
from checker.editor.index import Index
from checker.editor.pages import Page, ReadFence
from checker.language.diagnostics import Diagnostic, Span
from checker.language.document import QuoteText, spell
from checker.regime.program import RULES

_SHOWN = 40  # letters of a text in the title of an action


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do. `of`: the diagnostic that it mends. `sure`: it is most likely what was meant."""

    title: str
    edits: tuple[Edit, ...]
    of: Diagnostic | None = None
    sure: bool = False


def actions(
    index: Index, file: str, lines: tuple[int, int], diagnostics: Sequence[Diagnostic], claims: Iterable[str]
) -> tuple[Action, ...]:
    """What may be done on the lines, from 1. `claims`: the files that claims may be written to."""
    page = index.pages[file]
    here = [
        each
        for each in diagnostics
        if each.span is not None and each.span.file == file and _touch(each.span, lines)
    ]
    mends = [action for each in here for action in _mends(page, each)]
    return (*mends, *_claim_for(index, page, lines, tuple(claims)))


def _touch(span: Span, lines: tuple[int, int]) -> bool:
    return span.line <= lines[1] and lines[0] <= span.end_line


def _mends(page: Page, found: Diagnostic) -> Iterator[Action]:
    span = found.span
    assert span is not None
    if found.nearest:
        old = page.slice(span)
        new = quoted(found.nearest) if old.startswith('"') and found.code != "syntax" else found.nearest
        yield Action(f"Write {_short(new)}", (Edit(span, new),), found, sure=True)
    if found.code == "uncovered-words":
        yield from _tile(page, found, span)
    if found.code == "no-source":
        end = _end_of_meaning(page, span)
        yield Action("Say why: add `inference`", (Edit(end, ' inference "…"'),), found)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _end_of_meaning(page: Page, span: Span) -> Span:
    """Right behind a meaning: its span is without the parentheses that close it."""
    rest = page.lines[span.end_line - 1][span.end_column - 1 :]
    closing = re.match(r"[\s)]*\)", rest)
    column = span.end_column + (closing.end() if closing else 0)
    return Span(span.file, span.end_line, column, span.end_line, column)


def _tile(page: Page, found: Diagnostic, span: Span) -> Iterator[Action]:
    """Yield ways to give the words of a quote that no phrase covers a meaning."""
    for fence in page.fences:
        for quote, start, end in fence.uncovered:
            words = quote.words[start:end]
            first = words[0].span
            if (first.line, first.column) != (span.line, span.column):
                continue
            place = _between(page, fence, quote, start)
            if place is None:
                continue
            text = quoted(spell(words))
            for title, meaning in (
                ("Tile the rest of the quote as `connective`", "connective"),
                ("Tile the rest of the quote as `not modelled`", 'not modelled "…"'),
            ):
                yield Action(title, (Edit(place, f"\n    {text}\n        {meaning}"),), found)


def _between(page: Page, fence: ReadFence, quote: QuoteText, start: int) -> Span | None:
    """Where an item goes for words of a quote that begin with the word `start`, so that the order is kept."""
    own = [each for each in fence.laid if each.quote is quote]
    after = min((each for each in own if each.start >= start), key=lambda each: each.start, default=None)
    if after is not None:
        return _last_word_before(page, fence, after.text.span)
    before = max(own, key=lambda each: each.start, default=None)
    rules = [each for each in fence.read.extents if isinstance(each.decl, RULES)]
    for extent in rules:
        assert isinstance(extent.decl, RULES)
        items = extent.decl.items
        for at, item in enumerate(items):
            if before is not None and any(each.span == before.text.span for each in item.phrases):
                if at + 1 < len(items):
                    return _last_word_before(page, fence, items[at + 1].span)
                return _point(page, extent.span.end_line, extent.span.end_column)
    return _point(page, rules[0].span.end_line, rules[0].span.end_column) if rules else None


def _last_word_before(page: Page, fence: ReadFence, place: Span) -> Span | None:
    ends = [each.span for each in fence.read.words if each.span < place]
    return _point(page, ends[-1].end_line, ends[-1].end_column) if ends else None


def _point(page: Page, line: int, column: int) -> Span:
    return Span(page.file, line, column, line, column)


def _claim_for(index: Index, page: Page, lines: tuple[int, int], files: tuple[str, ...]) -> Iterator[Action]:
    """Yield a claim to be written about the clause that is named on the lines."""
    names = [
        each.name
        for each in index.occurrences.get(page.file, ())
        if each.kinds == ("clause",) and _touch(each.span, lines)
    ]
    files = tuple(each for each in files if each in index.pages)
    if not names or not files:
        return
    file = page.file if page.file in files else files[-1]
    versions = [each.name for each in index.all_of("version")] or ["…"]
    numbers = [
        int(found.group()) for each in index.all_of("claim number") if (found := re.match(r"\d+", each.name))
    ]
    number = max(numbers, default=0) + 1
    clause = names[0]
    slug = re.sub(r"[^a-z0-9]+", "-", clause.casefold()).strip("-")
    lines_ = index.pages[file].lines
    text = "\n".join(
        (
            "",
            f"## {number}. {clause}",
            "",
            "```redline",
            f'claim {number} claim-{slug} "…"',
            f"    from {quoted(clause)}",
            "    always, for every request r: true",
            f"    expect proved in {', '.join(versions)}",
            "```",
            "",
        )
    )
    end = Span(file, len(lines_), len(lines_[-1]) + 1, len(lines_), len(lines_[-1]) + 1)
    yield Action(f"Make a claim for {clause}", (Edit(end, text),))

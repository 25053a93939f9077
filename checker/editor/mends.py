"""What would mend a mistake that an editor shows, where that is plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.editor.edits import Action, Edit, point, quoted
from checker.editor.index import Index
from checker.editor.pages import Page, ReadFence
from checker.language import declarations as d
from checker.language.diagnostics import Diagnostic, Span
from checker.language.document import QuoteText, spell
from checker.language.fence_tags import TAG, is_near
from checker.language.lapse_declaration import LapseDecl
from checker.regime.program import RULES

SAY_WHY: Final = "Say why: add `inference`"
_SHOWN: Final = 40  # letters of a text in the title of an action
_QUOTES: Final = "“”„«»\u2018\u2019\u201a'`"
_ATTRIBUTION: Final = re.compile(r"^[\s>]*—.*, verbatim in (.+?)\s*$")


def mends(index: Index, page: Page, found: Diagnostic) -> Iterator[Action]:
    """Yield what would mend a mistake on a page, the most likely first."""
    span = found.span
    assert span is not None
    if found.nearest:
        old = page.slice(span)
        new = quoted(found.nearest) if old.startswith('"') and found.code != "syntax" else found.nearest
        yield Action(f"Write {_short(new)}", (Edit(span, new),), found, sure=True)
    match found.code:
        case "uncovered-words":
            yield from _tile(page, found, span)
        case "no-source":
            yield Action(SAY_WHY, (Edit(behind_meaning(page, span), ' inference "…"'),), found)
        case "stray-character":
            yield from _sign(page, found, span)
        case "unbalanced-fence":
            yield from _close(page, found, span)
        case "not-read":
            yield from _tag(page, found, span)
        case "no-attribution":
            yield _attribute(page, found, span)
        case "incomplete-claim":
            yield from _complete(index, page, found, span)
        case _:
            return


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def behind_meaning(page: Page, span: Span) -> Span:
    """Return the place right behind a meaning: its span is without the parentheses that close it."""
    rest = page.lines[span.end_line - 1][span.end_column - 1 :]
    closing = re.match(r"[\s)]*\)", rest)
    column = span.end_column + (closing.end() if closing else 0)
    return point(span.file, span.end_line, column)


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
        return _behind_word_before(page, fence, after.text.span)
    before = max(own, key=lambda each: each.start, default=None)
    rules = [each for each in fence.read.extents if isinstance(each.decl, RULES)]
    for extent in rules:
        assert isinstance(extent.decl, RULES)
        items = extent.decl.items
        for at, item in enumerate(items):
            if before is not None and any(each.span == before.text.span for each in item.phrases):
                if at + 1 < len(items):
                    return _behind_word_before(page, fence, items[at + 1].span)
                return point(page.file, extent.span.end_line, extent.span.end_column)
    return point(page.file, rules[0].span.end_line, rules[0].span.end_column) if rules else None


def _behind_word_before(page: Page, fence: ReadFence, place: Span) -> Span | None:
    ends = [each.span for each in fence.read.words if each.span < place]
    return point(page.file, ends[-1].end_line, ends[-1].end_column) if ends else None


def _sign(page: Page, found: Diagnostic, span: Span) -> Iterator[Action]:
    """Yield what a sign of another language is here that is no word: a quotation mark, a comment, nothing."""
    line = page.lines[span.line - 1]
    rest = line[span.column - 1 :]
    if rest[:1] in _QUOTES:
        other = re.search(f"[{_QUOTES}]", rest[1:])
        marks = (0,) if other is None else (0, 1 + other.start())
        places = [
            Span(page.file, span.line, at, span.line, at + 1) for at in (span.column + x for x in marks)
        ]
        yield Action(
            'Write straight quotes: "…"', tuple(Edit(each, '"') for each in places), found, sure=True
        )
    comment = re.match(r"//+|#+|%+", rest)
    if comment is not None:
        place = Span(page.file, span.line, span.column, span.line, span.column + comment.end())
        yield Action("Write a comment: --", (Edit(place, "--"),), found)
    if rest.startswith(";"):
        place = Span(page.file, span.line, span.column, span.line, span.column + 1)
        yield Action("Leave `;` out", (Edit(place, ""),), found, sure=True)


def _close(page: Page, found: Diagnostic, span: Span) -> Iterator[Action]:
    """Yield a fence that is closed before what cannot be in it: a heading, a quote, another fence."""
    marks = re.match(r"[ ]{0,3}(`{3,}|~{3,})", page.lines[span.line - 1])
    if marks is None:  # in a quote, or in a list
        return
    last = span.line
    for number in range(span.line + 1, len(page.lines) + 1):
        line = page.lines[number - 1]
        if re.match(r" {0,3}(#{1,6}[ \t]|>|`{3}|~{3})", line):
            break
        last = number if line.strip() else last
    yield Action(
        f"Close the fence behind line {last}", (Edit(_end_of(page, last), f"\n{marks.group(1)}"),), found
    )


def _tag(page: Page, found: Diagnostic, span: Span) -> Iterator[Action]:
    """Yield a fence of rules with the tag that it was meant to have."""
    opening = re.match(r"([ ]{0,3}(?:`{3,}|~{3,}))(.*)", page.lines[span.line - 1])
    if opening is None or found.expected != (f"`{TAG}`",):
        return
    place = Span(page.file, span.line, len(opening[1]) + 1, span.line, len(opening[0]) + 1)
    edits = [Edit(place, TAG)]
    below = page.lines[span.line] if span.line < len(page.lines) else ""
    if not opening[2].strip() and is_near(below.strip()):  # the tag, a line too late
        edits.append(Edit(Span(page.file, span.line + 1, 1, span.line + 1, len(below) + 1), ""))
    yield Action(f"Write the tag: {TAG}", tuple(edits), found, sure=True)


def _attribute(page: Page, found: Diagnostic, span: Span) -> Action:
    """Return a last line for a quote: the clause of the rule below, and the document of the quote above."""
    last = span.line
    while last < len(page.lines) and page.lines[last].lstrip().startswith(">"):
        last += 1
    mark = page.lines[last - 1][: page.lines[last - 1].index(">") + 1]
    said = [x.group(1) for line in page.lines[: span.line] if (x := _ATTRIBUTION.search(line)) is not None]
    clause = next(_clauses_below(page, last), "…")
    text = f"\n{mark}\n{mark} — {clause}, verbatim in {said[-1] if said else '…'}"
    return Action("Say where the quote comes from", (Edit(_end_of(page, last), text),), found)


def _clauses_below(page: Page, line: int) -> Iterator[str]:
    """Yield the clauses that the rules of the next fence are for."""
    following = [each for each in page.fences if each.span.line > line]
    for extent in following[0].read.extents if following else ():
        if isinstance(extent.decl, d.CheckDecl | d.ExceptionsDecl | d.LimbDecl | LapseDecl):
            clause = extent.decl.clause
            yield from () if clause is None else (clause.text,)


def _end_of(page: Page, line: int) -> Span:
    return point(page.file, line, len(page.lines[line - 1]) + 1)


def _complete(index: Index, page: Page, found: Diagnostic, span: Span) -> Iterator[Action]:
    """Yield what a claim lacks: where it is from, or what is expected of it."""
    fence = page.fence_at(span.line)
    claims = (
        (each, each.decl)
        for each in ([] if fence is None else fence.read.extents)
        if isinstance(each.decl, d.ClaimDecl) and each.decl.span == span
    )
    for extent, claim in claims:
        assert fence is not None
        words = [each.span for each in fence.read.words if each.span >= claim.name.span]
        if not claim.sources and len(words) > 1:
            place = point(page.file, words[1].end_line, words[1].end_column)  # behind its sentence
            yield Action("Say where the claim is from", (Edit(place, '\n    from "…"'),), found)
        elif claim.sources and claim.statement is not None and not claim.expectations:
            versions = ", ".join(each.name for each in index.all_of("version")) or "…"
            place = point(page.file, extent.span.end_line, extent.span.end_column)
            for verdict in ("proved", "refuted"):
                text = f"\n    expect {verdict} in {versions}"
                yield Action(f"Expect that it is {verdict} in {versions}", (Edit(place, text),), found)

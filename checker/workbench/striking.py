"""Striking words from a page: from the quote and from the phrases of its rules at once.

Words that a rule goes without take their meaning with them only where nothing of the phrase is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checker.language import declarations as d
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import Document, Fence, QuoteText, Word, read_document, words_of
from checker.language.parse import parse_fence
from checker.language.syntax import ItemSyntax
from checker.language.tiling import Tiling
from checker.office import markdown_text as md
from checker.regime.names import Report
from checker.regime.program import lay

_LOOK: Final = "the words that are left mean what all of them meant: look whether they still do"


@dataclass(frozen=True, slots=True)
class Struck:
    """The text without the words. `line`: where to look now, and `note` what to think of there."""

    text: str
    line: int
    note: str


def struck_words(file: str, text: str, start: int, end: int) -> Struck:
    """Strike the words between two places of a text, which count code units of UTF-16. Raises SpecError if
    they are not words of one quote, or stand in a rule in a way that is not certain.
    """
    document = read_document(file, text)
    first, last = _place(text, start), _place(text, end)
    quote = next((each for each in document.quotes if _covers(each.quote.span, first, last)), None)
    if quote is None:
        raise _refused("these words are in no quote", Span(file, first[0], first[1], last[0], last[1] + 1))
    gone = [at for at, word in enumerate(quote.words) if _meets(word, first, last)]
    if not gone:
        raise _refused("there are no words here to strike", quote.quote.span)
    return _without(document, text, quote, range(gone[0], gone[-1] + 1))


def _without(document: Document, text: str, quote: QuoteText, gone: range) -> Struck:
    fence = next((each for each in document.fences if quote in each.quotes), None)
    lines = text.split("\n")
    edits = list(_in_quote(quote, gone))
    line, note = quote.quote.span.line, ""
    if fence is not None:
        found, line, note = _in_rules(fence, quote, gone, lines)
        edits += found
    for span, instead in sorted(edits, key=lambda each: (each[0].line, each[0].column), reverse=True):
        _cut(lines, span, instead)
    return Struck("\n".join(lines), line, note)


def _in_quote(quote: QuoteText, gone: range) -> Iterator[tuple[Span, str]]:
    """Yield what goes from the lines of the quote: each line's words, with the space before them."""
    words = [quote.words[at] for at in gone]
    for number in dict.fromkeys(each.span.line for each in words):
        here = [each for each in words if each.span.line == number]
        before = [each for each in quote.words[: gone.start] if each.span.line == number]
        after = [each for each in quote.words[gone.stop :] if each.span.line == number]
        start, end = here[0].span.column, here[-1].span.end_column
        if before and here[0].spaced:
            start = before[-1].span.end_column
        elif after and after[0].spaced:
            end = after[0].span.column
        yield Span("", number, start, number, end), ""


def _in_rules(
    fence: Fence, quote: QuoteText, gone: range, lines: list[str]
) -> tuple[list[tuple[Span, str]], int, str]:
    """Return what goes from the rules under the quote; where to look, and what to think of."""
    edits: list[tuple[Span, str]] = []
    line, notes = quote.quote.span.line, list[str]()
    for item in _items(fence):
        for edit, partly in _in_item(item, quote, gone, lines):
            edits.append(edit)
            line = item.span.line
            if partly:
                notes.append(_LOOK)
    return edits, line, "; ".join(dict.fromkeys(notes))


def _items(fence: Fence) -> Iterator[ItemSyntax]:
    """Yield the items of all rules in a fence, without the label that a check begins with."""
    tiling = Tiling(fence.quotes)
    for decl in parse_fence(fence.fragment):
        body = decl.body if isinstance(decl, d.InsertDecl | d.ReplaceDecl) else (decl,)
        for each in body:
            yield from (laid.syntax for laid in lay(each, tiling, Report()).items)


def _in_item(
    item: ItemSyntax, quote: QuoteText, gone: range, lines: list[str]
) -> Iterator[tuple[tuple[Span, str], bool]]:
    """Yield what goes from one item, and whether words of the phrase are left."""
    struck = [(phrase, _struck_of(quote, gone, phrase.text)) for phrase in item.phrases]
    hit = [(phrase, found) for phrase, found in struck if found is not None]
    if not hit:
        return
    if len(hit) == len(item.phrases) and all(not found[1] for _, found in hit):
        first, span = item.phrases[0].span, item.span
        whole = Span(span.file, first.line, first.column, span.end_line, span.end_column)
        yield (_whole_lines(whole, lines), ""), False
        return
    for phrase, (_, left) in hit:
        instead = md.phrase(left, phrase.span.column - 1) if left else ""
        yield (phrase.span, instead), bool(left)


def _struck_of(quote: QuoteText, gone: range, phrase: str) -> tuple[range, str] | None:
    """Return where a phrase stands in the quote, and what is left of it; None if the words that go are not of
    it. SpecError if it stands there more than once.
    """
    keys = [each.text for each in quote.words]
    own = [each.text for each in words_of("", phrase, 1)]
    places = [at for at in range(len(keys) - len(own) + 1) if own and keys[at : at + len(own)] == own]
    meets = [at for at in places if at < gone.stop and gone.start < at + len(own)]
    if not meets:
        return None
    if len(places) > 1:
        message = (
            f"“{phrase}” stands more than once in this quote, so it is not certain which rule goes without"
        )
        raise _refused(message, quote.quote.span)
    at = meets[0]
    left = [quote.words[place] for place in range(at, at + len(own)) if place not in gone]
    spelt = "".join((" " if each.spaced and number else "") + each.text for number, each in enumerate(left))
    return range(at, at + len(own)), spelt


def _whole_lines(span: Span, lines: list[str]) -> Span:
    """The place, with its lines where nothing else stands in them."""
    before = lines[span.line - 1][: span.column - 1]
    after = lines[span.end_line - 1][span.end_column - 1 :]
    if before.strip() or after.strip():
        return span
    return Span(span.file, span.line, 1, span.end_line + 1, 1)


def _cut(lines: list[str], span: Span, instead: str) -> None:
    """Put something else in a place."""
    head = lines[span.line - 1][: span.column - 1]
    tail = lines[span.end_line - 1][span.end_column - 1 :] if span.end_line <= len(lines) else ""
    made = f"{head}{instead}{tail}"
    if not instead and re.fullmatch(r"\s*>?\s*", made) and made.strip() == ">":
        lines[span.line - 1 : span.end_line] = []  # a line of a quote that has no words any more
        return
    lines[span.line - 1 : span.end_line] = made.split("\n")


def _place(text: str, at: int) -> tuple[int, int]:
    """The line and the column, from 1, of a place that counts code units of UTF-16."""
    before = text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore")
    line = before.count("\n") + 1
    return line, len(before) - (before.rfind("\n") + 1) + 1


def _covers(span: Span, first: tuple[int, int], last: tuple[int, int]) -> bool:
    return span.line <= first[0] and last[0] <= span.end_line


def _meets(word: Word, first: tuple[int, int], last: tuple[int, int]) -> bool:
    start, end = (word.span.line, word.span.column), (word.span.end_line, word.span.end_column)
    return start < last and first < end


def _refused(message: str, span: Span) -> SpecError:
    expected = ("words of one quote of the law",)
    return SpecError((Diagnostic("cannot-strike", message, span, expected),))

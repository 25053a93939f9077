"""What would answer what lint has found, where that is plain. Of rules without effect, nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.editor.edits import Action, Edit, point, quoted
from checker.editor.index import Index
from checker.editor.mends import SAY_WHY
from checker.editor.pages import Page, ReadFence
from checker.editor.partly_read import Extent
from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.language.document import spell
from checker.language.typical_declaration import TypicalDecl
from checker.regime.program import RULES
from checker.rooms.lint.finding import BY_INFERENCE, Finding


@dataclass(frozen=True, slots=True)
class _Item:
    """Phrases and what they mean. `end`: behind all of it."""

    phrases: tuple[s.Text, ...]
    meaning: s.Meaning
    span: Span
    inferred: bool
    end: Span


def mends_of_finding(index: Index, page: Page, found: Finding) -> Iterator[Action]:
    """Yield what would answer a finding about a page: a reason, other words, or nothing where it stood."""
    item = _item_of(page, found.span)
    match found.kind:
        case "value-not-in-meaning" if item is not None:
            yield from _other_value(index, page, found, item)
        case "exceptions-unsaid" if item is not None and isinstance(item.meaning, s.Like):
            other, end = item.meaning.check.span, item.end
            place = Span(page.file, other.end_line, other.end_column, end.line, end.column)
            yield Action("Leave the exceptions out", (Edit(place, ", without its exceptions"),), found)
        case "meaning-shared":
            yield from _one_phrase(page, found)
        case "value-may-be-absent":
            yield from _where_present(page, found)
        case "claim-variable-unused":
            yield from _without_variable(page, found)
        case "claim-names-nothing":
            yield from _without_column(page, found)
        case "lemma-unused":
            yield from _struck(page, found, "lemma")
        case "typical-never" | "typical-at-odds":
            yield from _struck(page, found, "mark")
        case _:
            pass
    if BY_INFERENCE in found.notes and item is not None and not item.inferred:
        yield Action(SAY_WHY, (Edit(item.end, ' inference "…"'),), found)


# -------------------------------------------------------------------- items


def _item_of(page: Page, span: Span) -> _Item | None:
    """The item that a finding is about: by its own place, by that of a phrase, or by words of the quote."""
    laid = (_phrase_over(fence, span) for fence in page.fences)
    phrase = next((each for each in laid if each is not None), span)
    for item in _items(page):
        if span == item.span or any(each.span == phrase or _in(span, each.span) for each in item.phrases):
            return item
    return None


def _phrase_over(fence: ReadFence, span: Span) -> Span | None:
    """The phrase that covers a word of a quote."""
    for laid in fence.laid:
        words = laid.quote.words[laid.start : laid.start + laid.count]
        if words and words[0].span <= Span(span.file, span.line, span.column, *_FAR) <= words[-1].span:
            return laid.text.span
    return None


_FAR = (1 << 30, 0)  # behind every end


def _in(inner: Span, outer: Span) -> bool:
    begins = (outer.line, outer.column) <= (inner.line, inner.column)
    return begins and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def _items(page: Page) -> Iterator[_Item]:
    """Yield all items of a page, also those that changes and readings have."""
    for fence in page.fences:
        for extent in fence.read.extents:
            decl, last = extent.decl, extent.span
            if isinstance(decl, RULES):
                following = [each.span for each in decl.items[1:]]
                ends = [*(_word_before(fence, each) for each in following), last]
                yield from (_of_rule(each, end) for each, end in zip(decl.items, ends, strict=False))
            elif isinstance(decl, d.AdditionDecl):
                yield _of_rule(decl.item, last)
            elif isinstance(decl, d.AmendDecl) and decl.meaning is not None:
                yield _Item((decl.new,), decl.meaning, decl.span, decl.inference is not None, _end(last))


def _of_rule(item: s.ItemSyntax, last: Span) -> _Item:
    return _Item(item.phrases, item.meaning, item.span, item.inference is not None, _end(last))


def _end(span: Span) -> Span:
    return point(span.file, span.end_line, span.end_column)


def _other_value(index: Index, page: Page, found: Finding, item: _Item) -> Iterator[Action]:
    """Yield the value that the words name, in the place of the one other value of its enum."""
    enums = {each.of for each in index.all_of("value") if each.name == found.subject}
    akin = {each.name for each in index.all_of("value") if each.of in enums}
    written = [
        each
        for each in index.occurrences.get(page.file, ())
        if "value" in each.kinds and each.name in akin and _in(each.span, item.meaning.span)
    ]
    names = {each.name for each in written}
    if len(names) == 1 and found.subject not in names:
        edits = tuple(Edit(each.span, found.subject) for each in written)
        yield Action(f"Write {found.subject} for {names.pop()}", edits, found)


def _one_phrase(page: Page, found: Finding) -> Iterator[Action]:
    """Yield the phrase and the one that goes on from it as one."""
    for fence in page.fences:
        for one in fence.laid:
            if one.text.span != found.span:
                continue
            for other in fence.laid:
                if other.quote is one.quote and other.start == one.start + one.count:
                    words = one.quote.words[one.start : other.start + other.count]
                    last = other.text.span
                    place = Span(
                        page.file, found.span.line, found.span.column, last.end_line, last.end_column
                    )
                    yield Action("Write them as one phrase", (Edit(place, quoted(spell(words))),), found)


def _where_present(page: Page, found: Finding) -> Iterator[Action]:
    """Yield an effect that says itself that it has something to write: it means the same. Others that it has
    would be held up, and so would an event.
    """
    for fence in page.fences:
        for decl in (each.decl for each in fence.read.extents):
            if not isinstance(decl, d.EffectDecl) or decl.name.text != found.subject:
                continue
            updates = [each.meaning for each in decl.items if isinstance(each.meaning, s.Becomes)]
            if len(updates) != 1 or not _in(updates[0].span, found.span) or updates[0].value is None:
                continue
            said = f" {page.slice(updates[0].value.span)} is present"
            if decl.when is None:
                before = _word_before(fence, decl.items[0].span)
                edit = Edit(point(page.file, before.end_line, before.end_column), f" when{said}")
            elif isinstance(decl.when, _JOINED) and getattr(decl.when, "op", "") != "or":
                last = [each.span for each in fence.read.words if each.type == "WHEN"]
                when = next(each for each in last if decl.name.span < each < decl.items[0].span)
                edit = Edit(point(page.file, when.end_line, when.end_column), f"{said} and")
            else:
                continue
            yield Action(f"Say that there is something to write:{said}", (edit,), found)


_JOINED = (s.Comparison, s.Ref, s.Presence, s.Member, s.Negation, s.Junction)
"""Conditions before which `and` can be written."""


# ------------------------------------------------------------------- claims


def _claims(page: Page) -> Iterator[tuple[ReadFence, Extent, d.ClaimDecl]]:
    for fence in page.fences:
        for extent in fence.read.extents:
            if isinstance(extent.decl, d.ClaimDecl):
                yield fence, extent, extent.decl


def _without_variable(page: Page, found: Finding) -> Iterator[Action]:
    """Yield the claim without a variable; without `for`, if there is no other."""
    for fence, _, claim in _claims(page):
        if claim.span != found.span:
            continue
        spans = [each.span for each in claim.variables]
        at = next((x for x, each in enumerate(claim.variables) if each.name.text == found.subject), None)
        if at is None or (len(spans) == 1 and claim.where is not None):
            return
        place = _of_list(page, spans, at)
        if len(spans) == 1:
            before, behind = _word_before(fence, spans[0]), _word_behind(fence, spans[0])
            place = Span(page.file, before.line, before.column, behind.line, behind.column)
        yield Action(f"Leave the variable `{found.subject}` out", (Edit(place, ""),), found)


def _without_column(page: Page, found: Finding) -> Iterator[Action]:
    """Yield the claim without the expectation that cannot be met, unless there is no other."""
    for fence, _, claim in _claims(page):
        for expected in claim.expectations:
            if expected.span != found.span:
                continue
            spans = [each.span for each in expected.columns]
            said = [" ".join(page.slice(each).split()) for each in spans]
            at = next((x for x, each in enumerate(said) if f" in {each} is called so" in found.message), None)
            if at is None or (len(spans) == 1 and len(claim.expectations) == 1):
                return
            place = _of_list(page, spans, at)
            if len(spans) == 1:
                before = _word_before(fence, expected.span)
                last = spans[0]
                whole = Span(page.file, before.line, before.column, last.end_line, last.end_column)
                place = _with_its_lines(page, whole)
            yield Action(f"Expect nothing in {said[at]}", (Edit(place, ""),), found)


def _of_list(page: Page, spans: Sequence[Span], at: int) -> Span:
    """The part of a list that is to go, with the comma that goes with it."""
    one = spans[at]
    if at + 1 < len(spans):
        following = spans[at + 1]
        return Span(page.file, one.line, one.column, following.line, following.column)
    before = spans[at - 1] if at else point(page.file, one.line, one.column)
    return Span(page.file, before.end_line, before.end_column, one.end_line, one.end_column)


def _word_before(fence: ReadFence, span: Span) -> Span:
    begin = (span.line, span.column)
    return [each.span for each in fence.read.words if (each.span.line, each.span.column) < begin][-1]


def _word_behind(fence: ReadFence, span: Span) -> Span:
    end = (span.end_line, span.end_column)
    return next(each.span for each in fence.read.words if (each.span.line, each.span.column) >= end)


# ------------------------------------------------------------- declarations


def _struck(page: Page, found: Finding, what: str) -> Iterator[Action]:
    """Yield the page without a declaration."""
    for fence in page.fences:
        for extent in fence.read.extents:
            decl = extent.decl
            own = isinstance(decl, st.LemmaDecl) and decl.name.span == found.span
            if own or (isinstance(decl, TypicalDecl) and found.span in (decl.span, decl.name.span)):
                place = _with_its_lines(page, extent.span)
                yield Action(f"Strike the {what} `{found.subject}`", (Edit(place, ""),), found)


def _with_its_lines(page: Page, span: Span) -> Span:
    """A stretch, with the end of its last line if nothing else stands on its lines."""
    before = page.lines[span.line - 1][: span.column - 1].strip()
    behind = page.lines[span.end_line - 1][span.end_column - 1 :].strip()
    if before or behind or span.end_line == len(page.lines):
        return span
    return Span(span.file, span.line, 1, span.end_line + 1, 1)

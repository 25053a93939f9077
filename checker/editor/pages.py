"""A page as an editor sees it: its fences, read as far as they can be, and every name that stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from checker.editor.declared import declared
from checker.editor.names_in_declarations import names
from checker.editor.occurrences import Declared, Occurrence
from checker.editor.partly_read import HOLE, PartlyRead, read_partly
from checker.language import declarations as d
from checker.language.diagnostics import Span, SpecError
from checker.language.document import Document, Fence, PipeTable, QuoteText, read_document
from checker.language.tiling import LaidPhrase, Tiling
from checker.regime.program import RULES


@dataclass(frozen=True, slots=True)
class ReadFence:
    """A fence, what it declares, and where its phrases lie on the quotes above it."""

    fence: Fence
    read: PartlyRead
    occurrences: tuple[Occurrence, ...]
    declared: tuple[Declared, ...]
    laid: tuple[LaidPhrase, ...]
    uncovered: tuple[tuple[QuoteText, int, int], ...]  # words of quotes without a phrase: first, and behind

    @property
    def span(self) -> Span:
        """The lines of the fence, without its marks."""
        fragment = self.fence.fragment
        last = fragment.line + fragment.text.count("\n")
        return Span(fragment.file, fragment.line, 1, last, 1)


@dataclass(frozen=True, slots=True)
class Page:
    """A page. `quoted`: the clauses that attributions of quotes name. `stale`: the text cannot be taken
    apart, and all but `text` is as it was before.
    """

    file: str
    text: str
    document: Document
    fences: tuple[ReadFence, ...]
    quoted: tuple[Occurrence, ...]
    lines: tuple[str, ...]
    stale: bool = False

    @property
    def occurrences(self) -> Iterator[Occurrence]:
        """Yield the names in fences and attributions."""
        for each in self.fences:
            yield from each.occurrences
        yield from self.quoted

    @property
    def declarations(self) -> Iterator[d.Declaration]:
        """Yield what the fences declare."""
        for each in self.fences:
            yield from each.read.declarations

    def table_after(self, line: int) -> PipeTable | None:
        """The table that a declaration at this line names."""
        return next((each for each in self.document.tables if each.span.line > line), None)

    def fence_at(self, line: int) -> ReadFence | None:
        """The fence that a line, from 1, stands in."""
        return next((each for each in self.fences if each.span.line <= line <= each.span.end_line), None)

    def slice(self, span: Span) -> str:
        """The text of a stretch of the page."""
        lines = list(self.lines[span.line - 1 : span.end_line])
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)


def read_page(file: str, text: str, before: Page | None = None) -> Page:
    """Read a page. `before`: as it was read last; fences that did not change are taken from it."""
    if before is not None and before.text == text:
        return before
    try:
        document = read_document(file, text)
    except SpecError:
        if before is None:
            return Page(
                file, text, Document(file, text, (), (), (), (), (), ()), (), (), _lines(text), stale=True
            )
        return replace(before, text=text, lines=_lines(text), stale=True)
    known = {} if before is None else {each.fence: each for each in before.fences}
    fences = tuple(known.get(each) or _read_fence(each) for each in document.fences)
    quoted = tuple(_quoted(document))
    return Page(file, text, document, fences, quoted, _lines(text))


def read_pages(texts: Mapping[str, str], before: Mapping[str, Page]) -> dict[str, Page]:
    """Read all pages, and only what changed anew."""
    return {file: read_page(file, text, before.get(file)) for file, text in texts.items()}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))


def _read_fence(fence: Fence) -> ReadFence:
    read = read_partly(fence.fragment)
    found = tuple(each for decl in read.declarations for each in names(decl) if each.name != HOLE)
    known = tuple(each for extent in read.extents for each in declared(extent))
    tiling = Tiling(fence.quotes)
    rules = False
    try:
        for extent in read.extents:
            if isinstance(extent.decl, RULES):
                rules = True
                own = getattr(extent.decl, "clause", None)
                phrases = [each.phrases for each in extent.decl.items]
                tiling.lay(phrases, own.text if own is not None else "")
    except SpecError:
        pass
    return ReadFence(
        fence, read, found, known, tuple(tiling.laid), tuple(_uncovered(tiling)) if rules else ()
    )


def _uncovered(tiling: Tiling) -> Iterator[tuple[QuoteText, int, int]]:
    for quote, covered in zip(tiling.quotes, tiling.covered, strict=True):
        start = 0
        while start < len(covered):
            end = start
            while end < len(covered) and covered[end] == covered[start]:
                end += 1
            if not covered[start]:
                yield quote, start, end
            start = end


def _quoted(document: Document) -> Iterator[Occurrence]:
    """Yield the clauses that attributions name."""
    lines = document.text.split("\n")
    for each in (*document.quotes,):
        quote = each.quote
        if not each.attributed or not quote.clause:
            continue
        for number in range(min(quote.span.end_line, len(lines)), quote.span.line - 1, -1):
            line = lines[number - 1]
            mark = line.find("—")
            at = line.find(quote.clause, mark) if mark >= 0 else -1
            if at >= 0:
                span = Span(document.file, number, at + 1, number, at + 1 + len(quote.clause))
                yield Occurrence(("clause",), quote.clause, span, declares=True)
                break

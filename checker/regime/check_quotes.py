"""Compares every quote with the source that it names, and finds passages that nothing cites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from checker.language import declarations as d
from checker.language.diagnostics import Span
from checker.language.document import Document, QuoteText
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quotes import Quote
from checker.language.source_declaration import SourceDecl
from checker.language.source_document import Section
from checker.regime.cited_passages import Citation, Source
from checker.regime.duplicates import given_by
from checker.regime.files_as_written import Written
from checker.regime.find_words import Missed
from checker.regime.names import Report
from checker.regime.program import RULES, Rule, Unit, of_kind
from checker.regime.source_text import Book


def cited_sources(
    written: Written, report: Report, sections: Callable[[Document], tuple[Section, ...]]
) -> tuple[Source, ...]:
    """The sources kept with the spec. Reports quotes, claims and exemptions that do not match them.
    `sections`: those of a page.
    """
    pages: set[str] = set()
    books: dict[str, Book] = {}
    for decl in of_kind(written.base, SourceDecl):
        if decl.span.file in pages:
            report.say("duplicate", "this page has the text of another source already", decl.span)
        pages.add(decl.span.file)
        page = written.documents[decl.span.file]
        books.setdefault(decl.name.text, Book(decl, page, report, sections(page)))
    report.stop_if_any()
    clerk = _Clerk(books, report)
    cited_by = _cited_by(written, clerk)
    for document in written.documents.values():
        for quote in document.quotes:
            clerk.enter(quote, cited_by.get(quote.quote, ()))
    for unit in _units(written):
        clerk.check_named(unit.decl)
    for book in books.values():
        book.leave_out()
    return tuple(book.closed() for book in books.values())


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Looks sources up by name."""

    books: Mapping[str, Book]
    report: Report

    def named(self, text: str) -> tuple[Book, str] | None:
        """The source and the section that a text names; None if it names no source that is kept here."""
        name, _, section = text.partition(" ")
        book = self.books.get(name)
        return (book, section.strip()) if book is not None else None

    def enter(self, quote: QuoteText, cited_by: Iterable[Citation]) -> None:
        """Records who cites the words of a quote. Reports words that are not in the section that it names."""
        named = self.named(quote.quote.source)
        span = quote.quote.span
        last = Span(span.file, span.end_line, 1, span.end_line, span.end_column)
        if named is None or not named[0].has(named[1], last):
            return
        book, section = named
        found = book.find(quote.words, section)
        if isinstance(found, Missed):
            elsewhere = book.elsewhere(quote.words)
            self.report.say(
                "not-in-source",
                f"these words are not in {book.name} {section}",
                found.word.span,
                expected=elsewhere,
                nearest=None if elsewhere else found.nearest,
            )
            return
        for cell in found:
            cell.cited_by.update(dict.fromkeys(cited_by))

    def check_named(self, decl: d.Declaration) -> None:
        """Reports sections that a claim or a check names and that do not exist."""
        texts = decl.sources if isinstance(decl, d.ClaimDecl) else ()
        if isinstance(decl, d.CheckDecl) and decl.clause is not None:
            texts = (decl.clause,)
        for text in texts:
            named = self.named(text.text)
            if named is not None:
                named[0].has(named[1], text.span)

    def cites(self, claim: d.ClaimDecl, quote: QuoteText) -> bool:
        """Whether a claim cites the quote's section, one within it or one around it."""
        here = quote.quote.source
        names = [text.text for text in claim.sources]
        return any(
            name == here or here.startswith(f"{name}.") or name.startswith(f"{here}.") for name in names
        )


def _units(written: Written) -> Iterator[Unit]:
    yield from written.base
    for change in written.changes:
        yield from change.brings
    yield from written.adopted.values()


def _cited_by(written: Written, clerk: _Clerk) -> dict[Quote, tuple[Citation, ...]]:
    """Who cites each quote: the rules with phrases in it; if no rule has, the claims below it that cite its
    section, and everything else declared below it. Reports a quote above claims none of which cites its
    section.
    """
    found: dict[Quote, dict[Citation, None]] = {}
    for unit in _units(written):
        for quote in unit.quotes:
            if isinstance(unit.decl, RULES):
                found.setdefault(quote, {})[_rule(unit.decl)] = None
    for quotes, declarations in written.untiled:
        for text in quotes:
            citing = [each for each in declarations if not isinstance(each, d.ClaimDecl)]
            claims = [each for each in declarations if isinstance(each, d.ClaimDecl)]
            from_there = [each for each in claims if clerk.cites(each, text)]
            if claims and not citing and not from_there and clerk.named(text.quote.source) is not None:
                span = text.quote.span
                message = "no claim below this quote cites its section"
                expected = (f'`from "{text.quote.source}"`',)
                place = Span(span.file, span.end_line, 1, span.end_line, span.end_column)
                clerk.report.say("not-cited", message, place, expected=expected)
            entries = found.setdefault(text.quote, {})
            entries.update({_claim(each): None for each in from_there})
            entries.update({each: None for decl in citing for each in _other(decl)})
    return {quote: tuple(citations) for quote, citations in found.items()}


def _claim(decl: d.ClaimDecl) -> Citation:
    return Citation("claim", f"{decl.number.text} {decl.name.text}", decl.span)


def _other(decl: d.Declaration) -> Iterator[Citation]:
    """Yield the citation of a declaration, if it has a name."""
    for each in list(given_by(decl))[:1]:
        yield Citation("other", f"{each.kind} {each.name.text}", each.name.span)


def _rule(decl: Rule) -> Citation:
    match decl:
        case d.CheckDecl():
            clause = f" ({decl.clause.text})" if decl.clause is not None else ""
            label = f"check {decl.name.text}{clause}"
        case d.LimbDecl() | d.ExceptionsDecl():
            label = decl.clause.text
        case d.EffectDecl():
            label = f"effect {decl.name.text}"
        case d.EventDecl():
            label = f"event {decl.name.text}"
        case LapseDecl():
            label = f"lapse {decl.name.text} ({decl.clause.text})"
        case DutyDecl():
            label = f"duty {decl.name.text} ({decl.clause.text})"
        case _:
            assert_never(decl)
    return Citation("rule", label, decl.span)

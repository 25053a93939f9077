"""Checks that the phrases of the rules in a fence cover the quotes above it, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import QuoteText, Word, spell, words_of
from checker.language.nearest_words import nearest_words
from checker.language.quotes import Phrase
from checker.language.syntax import Text

_PATIENCE = 200_000  # so many places of a quote are compared with phrases
_SHOWN = 8  # how many uncovered words a message repeats


@dataclass(frozen=True, slots=True)
class Tiled:
    """The phrases of one rule, item by item (empty where an item has none), and what was wrong."""

    phrases: tuple[tuple[Phrase, ...], ...]
    used: tuple[int, ...]  # which of the quotes have these phrases
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class LaidPhrase:
    """A phrase, and the words of the quote that it covers: which is the first, and how many."""

    text: Text
    quote: QuoteText
    start: int
    count: int


class Tiling:
    """The quotes above one fence while its rules are laid on them, rule by rule."""

    def __init__(self, quotes: Sequence[QuoteText]) -> None:
        self.quotes = quotes
        self.covered = [[False] * len(quote.words) for quote in quotes]
        self.laid: list[LaidPhrase] = []
        self.missed = False  # a phrase was not found, so some words must be uncovered
        self.tries = 0
        self.keys = [[word.text for word in quote.words] for quote in quotes]

    def holds(self, text: Text) -> bool:
        """Whether the words stand in one of the quotes."""
        words = _words(text)
        return bool(words) and any(self._find(at, words, 0) is not None for at in range(len(self.quotes)))

    def lay(self, items: Sequence[tuple[Text, ...]], own: str) -> Tiled:
        """Lays one rule's phrases on the quotes, each at or after the end of the one before it.

        `own` is the rule's clause: its quote is looked at first.
        """
        cursors = [0] * len(self.quotes)
        order = sorted(range(len(self.quotes)), key=lambda at: self.quotes[at].quote.clause != own)
        found: list[tuple[Phrase, ...]] = []
        wrong: list[Diagnostic] = []
        used: set[int] = set()
        last = order[0] if order else 0
        for phrases in items:
            laid = []
            for text in phrases:
                words = _words(text)
                place = self._place(words, cursors, last, order)
                if place is None:
                    wrong.append(self._not_found(text, words))
                    self.missed = True
                    laid.append(Phrase(text.text, own, text.span))
                    continue
                last, start = place
                used.add(last)
                cursors[last] = start + len(words)
                self.laid.append(LaidPhrase(text, self.quotes[last], start, len(words)))
                self.covered[last][start : start + len(words)] = [True] * len(words)
                laid.append(Phrase(text.text, self.quotes[last].quote.clause, text.span))
            found.append(tuple(laid))
        return Tiled(tuple(found), tuple(sorted(used)), tuple(wrong))

    def uncovered(self) -> tuple[Diagnostic, ...]:
        """One diagnostic for each quote that isn't attributed or has words that no phrase covers."""
        wrong = []
        for quote, covered in zip(self.quotes, self.covered, strict=True):
            if not quote.attributed:
                wrong.append(_unattributed(quote))
            if not all(covered):
                wrong.append(_uncovered(quote, covered))
        return tuple(wrong)

    def _place(
        self, words: Sequence[Word], cursors: Sequence[int], last: int, order: Sequence[int]
    ) -> tuple[int, int] | None:
        if not words:
            return None
        if self.quotes and self._matches(last, words, cursors[last]):
            return last, cursors[last]
        reused: tuple[int, int] | None = None
        for at in order:
            start = self._find(at, words, cursors[at])
            while start is not None:
                if not any(self.covered[at][start : start + len(words)]):
                    return at, start
                reused = reused or (at, start)
                start = self._find(at, words, start + 1)
        return reused

    def _find(self, at: int, words: Sequence[Word], start: int) -> int | None:
        keys, first = self.keys[at], words[0].text
        while True:
            try:
                start = keys.index(first, start)
            except ValueError:
                return None
            self._spend(words)
            if self._matches(at, words, start):
                return start
            start += 1

    def _spend(self, words: Sequence[Word]) -> None:
        """Refuses phrases that would be looked for without end."""
        self.tries += 1
        if self.tries > _PATIENCE:
            message = "these phrases are too many and too much alike to be found in their quote"
            raise SpecError((Diagnostic("too-large", message, words[0].span),))

    def _matches(self, at: int, words: Sequence[Word], start: int) -> bool:
        there = self.quotes[at].words[start : start + len(words)]
        return len(there) == len(words) and all(
            mine.text == its.text and (not number or mine.spaced == its.spaced)
            for number, (mine, its) in enumerate(zip(words, there, strict=True))
        )

    def _not_found(self, text: Text, words: Sequence[Word]) -> Diagnostic:
        if not self.quotes:
            message = "these words have no quote above them"
            return Diagnostic(
                "no-quote", message, text.span, ("a quote above this fence, under the same heading",)
            )
        if any(words and self._find(at, words, 0) is not None for at in range(len(self.quotes))):
            message = "these words stand in the quote, but before the words of the phrase above"
            return Diagnostic("phrase-order", message, text.span)
        nearest, notes = nearest_words(words, [(each.words, True) for each in self.quotes])
        message = "these words are not in the quote above"
        return Diagnostic("phrase-not-found", message, text.span, (), nearest, notes)


def _words(text: Text) -> tuple[Word, ...]:
    return tuple(words_of(text.span.file, text.text, text.span.line))


def _unattributed(quote: QuoteText) -> Diagnostic:
    message = "this quote does not say where it comes from"
    expected = ("a last line `— CLAUSE, verbatim in SOURCE` after an empty one",)
    return Diagnostic("no-attribution", message, _first_line(quote), expected)


def _uncovered(quote: QuoteText, covered: Sequence[bool]) -> Diagnostic:
    start = covered.index(False)
    end = start
    while end < len(covered) and not covered[end]:
        end += 1
    words = quote.words[start:end]
    shown = spell(words) if len(words) <= _SHOWN else f"{spell(words[:_SHOWN])} …"
    first, last = words[0].span, words[-1].span
    span = Span(first.file, first.line, first.column, last.end_line, last.end_column)
    return Diagnostic("uncovered-words", f"no rule says what `{shown}` means", span)


def _first_line(quote: QuoteText) -> Span:
    """As far as the words of the quote's first line go."""
    span = quote.quote.span
    ends = [word.span.end_column for word in quote.words if word.span.line == span.line]
    return Span(span.file, span.line, 1, span.line, max(ends, default=2))

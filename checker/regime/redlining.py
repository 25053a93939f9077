"""The law's words as modifications change them: what is kept, struck and inserted, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.language.declarations import AmendDecl
from checker.language.diagnostics import Diagnostic, Span
from checker.language.document import Word, spell, words_of
from checker.language.nearest_words import nearest_words
from checker.language.quotes import Quote
from checker.regime.lists_compared import Change

NOT_THERE: Final = "phrase-not-found"
"""The code of a diagnostic that words are not where they should be."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: `kept`, or struck or inserted by a modification.

    `spaced`: white space precedes it.
    """

    kind: Change
    text: str
    by: str = ""
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A quote and what modifications made of it."""

    quote: Quote
    segments: tuple[Segment, ...]
    amended: tuple[tuple[str, Span], ...] = ()
    """The modifications that added words, which the quote's source does not have, and the places of these
    words.
    """

    @property
    def quoted(self) -> Quote:
        """The quote with the words in force; its source names the modifications that added words."""
        by = " and ".join(dict.fromkeys(name for name, _place in self.amended))
        source = f"{self.quote.source}, as amended by {by}" if by else self.quote.source
        return replace(self.quote, text=self.text, source=source)

    @property
    def clause(self) -> str:
        return self.quote.clause

    @property
    def text(self) -> str:
        """The words in force."""
        kept = [each for each in self.segments if each.kind != "struck" and each.text]
        return "".join((" " if each.spaced and at else "") + each.text for at, each in enumerate(kept))

    @classmethod
    def as_written(cls, quote: Quote) -> ClauseText:
        return cls(quote, (Segment("kept", quote.text),))

    @classmethod
    def inserted(cls, quote: Quote, by: str) -> ClauseText:
        return cls(quote, (Segment("inserted", quote.text, by),))

    def struck(self, by: str) -> ClauseText:
        return replace(
            self,
            segments=tuple(
                each if each.kind == "struck" else Segment("struck", each.text, by, each.spaced)
                for each in self.segments
            ),
        )

    def without(
        self, gone: Iterable[Iterable[Sequence[Word]]], kept: Iterable[Iterable[Sequence[Word]]], by: str
    ) -> ClauseText:
        """The text, of which the phrases of some rules are struck, but for words of rules that are kept."""
        segments = [(each, _words(each.text)) for each in self.segments]
        places = [
            (at, number)
            for at, (each, words) in enumerate(segments)
            if each.kind != "struck"
            for number in range(len(words))
        ]
        keys = [segments[at][1][number].text for at, number in places]
        lost = _laid(keys, gone) - _laid(keys, kept)
        where = {places[each] for each in lost}
        return replace(
            self,
            segments=tuple(
                part
                for at, (each, words) in enumerate(segments)
                for part in _parted(each, words, [(at, number) in where for number in range(len(words))], by)
            ),
        )


def _laid(keys: Sequence[str], rules: Iterable[Iterable[Sequence[Word]]]) -> set[int]:
    """The places of the words that rules stand for; phrases follow each other within a rule."""
    found: set[int] = set()
    for phrases in rules:
        start = 0
        for phrase in phrases:
            wanted = [each.text for each in phrase]
            at = next((at for at in _places(keys, wanted) if at >= start), None)
            if at is not None:
                start = at + len(wanted)
                found.update(range(at, start))
    return found


def _parted(segment: Segment, words: Sequence[Word], lost: Sequence[bool], by: str) -> Iterator[Segment]:
    """The segment, with runs of words that are lost apart."""
    if not any(lost):
        yield segment
        return
    starts = [at for at in range(len(words)) if not at or lost[at] != lost[at - 1]]
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        spaced = words[start].spaced if start else segment.spaced
        text = spell(tuple(words[start:end]))
        yield (
            Segment("struck", text, by, spaced) if lost[start] else replace(segment, text=text, spaced=spaced)
        )


def amended_text(
    texts: tuple[ClauseText, ...],
    clauses: Sequence[str],
    old: Sequence[Word],
    new: Sequence[Word],
    change: AmendDecl,
) -> tuple[tuple[ClauseText, ...], Diagnostic | None]:
    """The texts with `old` words of one of the clauses become `new` ones, or what is wrong with that."""
    places = [
        (number, at, start)
        for number, text in enumerate(texts)
        if text.clause in clauses
        for at, segment in enumerate(text.segments)
        if segment.kind != "struck"
        for start in _occurrences(_words(segment.text), old)
    ]
    if len(places) != 1:
        quoted = [each for each in texts if each.clause in clauses]
        return texts, _wrong_place(change, quoted, len(places))
    number, at, start = places[0]
    text = texts[number]
    segments = _split(text.segments[at], start, len(old), spell(tuple(new)), change.by.text)
    amended = (*text.amended, (change.by.text, change.new.span)) if new else text.amended
    changed = ClauseText(text.quote, (*text.segments[:at], *segments, *text.segments[at + 1 :]), amended)
    return (*texts[:number], changed, *texts[number + 1 :]), None


def _wrong_place(change: AmendDecl, texts: Sequence[ClauseText], count: int) -> Diagnostic:
    target = change.target.text
    if count:
        message = f"these words occur {count} times in `{target}`"
        return Diagnostic("ambiguous-words", message, change.old.span, ("words that occur there once",))
    wanted = tuple(words_of("", change.old.text, 1))
    nearest, notes = nearest_words(wanted, [(_words(each.text), False) for each in texts])
    message = f"these words are not in `{target}`"
    return Diagnostic(NOT_THERE, message, change.old.span, (), nearest, notes)


def _words(text: str) -> tuple[Word, ...]:
    return tuple(words_of("", text, 1))


def _occurrences(words: Sequence[Word], old: Sequence[Word]) -> list[int]:
    return _places([word.text for word in words], [word.text for word in old])


def _places(keys: Sequence[str], wanted: Sequence[str]) -> list[int]:
    if not wanted:
        return []
    return [at for at in range(len(keys) - len(wanted) + 1) if keys[at : at + len(wanted)] == wanted]


def _split(segment: Segment, start: int, length: int, new: str, by: str) -> tuple[Segment, ...]:
    words = _words(segment.text)
    end = start + length
    spaced = words[start].spaced if start else segment.spaced
    rest_spaced = end < len(words) and words[end].spaced
    parts = (
        replace(segment, text=spell(words[:start])),
        Segment("struck", spell(words[start:end]), by, spaced),
        Segment("inserted", new, by, spaced),
        replace(segment, text=spell(words[end:]), spaced=rest_spaced),
    )
    return tuple(each for each in parts if each.text)

"""What every law has without declaring it: names to be offered, and what the words of the language mean."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Final

from checker.editor.index import Index
from checker.editor.language_words import ANYWHERE, MEANINGS
from checker.editor.occurrences import Declared, Kind, within
from checker.editor.pages import Page
from checker.language.diagnostics import NOWHERE, Span
from checker.language.lexer import Lexeme
from checker.model.clock import TODAY
from checker.model.dates import NoSuchDay, day_of, told_day
from checker.model.expressions import DATE, DAYS, NUMBER

BUILT_IN: Final = (
    Declared("quantity", NUMBER.name, NOWHERE, NOWHERE, "a whole number, which every law has"),
    Declared("quantity", DATE.name, NOWHERE, NOWHERE, "a day of the calendar"),
    Declared("quantity", DAYS.name, NOWHERE, NOWHERE, "how many days; a law may declare it anew"),
    Declared("function", TODAY, NOWHERE, NOWHERE, "the present day", sort=DATE.name),
)
_COUNTS: Final = frozenset({"EXACTLY", "AT_LEAST", "AT_MOST"})
_PERIOD: Final = "a period: so many days, or months, which end on the day that `month-end` says"
_NUMERALS: Final = "n"  # what stands for any, in counts


def built_in(index: Index, *kinds: Kind) -> Iterator[Declared]:
    """Yield what the language declares of these kinds, unless the law does."""
    for each in BUILT_IN:
        if each.kind in kinds and (each.kind, each.name) not in index.declared:
            yield each


def meaning_at(page: Page, line: int, column: int) -> tuple[str, Lexeme] | None:
    """What a word of the language, or a date, means that is pointed at."""
    fence = page.fence_at(line)
    words = () if fence is None else fence.read.words
    at = next((number for number, each in enumerate(words) if _over(each.span, line, column)), None)
    if fence is None or at is None:
        return None
    word = words[at]
    match word.type:
        case "DAY":
            text = _date(word)
        case "PERIOD":
            text = _PERIOD
        case _:
            extent = next((e.span for e in fence.read.extents if within(e.span, line, column)), None)
            text = None if not is_language(word) else meaning_of(*_together(words, at, extent))
    return None if text is None else (text, word)


def is_language(word: Lexeme) -> bool:
    """Whether it is a word of the language: no name, string, date or mark."""
    return word.type not in ("NAME", "STRING") and word[0].isalpha()


def meaning_of(words: Sequence[str], first: int, last: int, begins: str) -> str | None:
    """What the words from `first` to before `last` mean, as a part of those that they stand with; the longest
    row that is known counts. `begins`: the word that the declaration begins with.
    """
    for many in range(len(words), last - first - 1, -1):
        for start in range(max(0, last - many), min(first, len(words) - many) + 1):
            row = " ".join(words[start : start + many])
            for rows in (MEANINGS.get(begins, {}), MEANINGS[ANYWHERE]):
                if row in rows:
                    return rows[row]
    return None


def meaning_next(read: Sequence[Lexeme], begins: str, type_: str, word: str) -> str:
    """What a word of the language would mean behind those that were read; "" if that is not known."""
    before = _last_of(read, None)
    own = _spelt(type_, word)
    known = meaning_of([*before, *own], len(before), len(before) + len(own), begins)
    return known or _begun([*before, *own], len(before)) or ""


def _begun(words: list[str], last: int) -> str | None:
    """What the row means that begins with as many of the last words as any does; `last`: the last of all."""
    for start in range(last + 1):
        row = " ".join(words[start:])
        found = next((text for each, text in MEANINGS[ANYWHERE].items() if each.startswith(f"{row} ")), None)
        if found is not None:
            return found
    return None


def _together(words: Sequence[Lexeme], at: int, extent: Span | None) -> tuple[list[str], int, int, str]:
    """The words of the language around one, of the same declaration and without a name or a mark between
    them, but commas; from which to which it is; and the word that the declaration begins with.
    """
    begins = "" if extent is None else _first_in(words, extent)
    before = _last_of(words[:at], extent)
    own = _spelt(words[at].type, words[at])
    behind = [
        part for each in takewhile(partial(_joins, extent), words[at + 1 :]) for part in _spelt_as(each)
    ]
    return [*before, *own, *behind], len(before), len(before) + len(own), begins


def _last_of(words: Sequence[Lexeme], extent: Span | None) -> list[str]:
    """The words of the language that stand together at the end."""
    joined = [*takewhile(partial(_joins, extent), reversed(words))]
    return [part for each in reversed(joined) for part in _spelt_as(each)]


def _first_in(words: Sequence[Lexeme], extent: Span) -> str:
    return next((str(each) for each in words if _over(extent, each.span.line, each.span.column)), "")


def _over(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)


def _joins(extent: Span | None, word: Lexeme) -> bool:
    inside = extent is None or _over(extent, word.span.line, word.span.column)
    return inside and (word == "," or is_language(word))


def _spelt_as(word: Lexeme) -> list[str]:
    return _spelt(word.type, word)


def _spelt(type_: str, word: str) -> list[str]:
    """A word of the language as the single words that it is made up of; none for a comma."""
    words = word.split()
    return [*words[:-1], _NUMERALS] if type_ in _COUNTS else [each for each in words if each.isalpha()]


def _date(word: Lexeme) -> str | None:
    with contextlib.suppress(NoSuchDay):  # which the diagnostics say
        day = day_of(" ".join(word.split()))
        return None if day is None else f"a date: {told_day(day)}"
    return None

"""Finds the words of a quote that are most like words that are not in it, and says what tells them apart."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Final

from checker.language.document import Word, spell
from checker.language.look_alikes import differing, letters_of

_LONG: Final = 2_000  # quotes and phrases beyond this many words get no hint
_SIMILAR: Final = 0.5  # as like as this the words of a hint are, letter by letter
_NEAR: Final = 2  # words around a place in which a hint may begin and end


def nearest_words(
    words: Sequence[Word], quotes: Iterable[tuple[Sequence[Word], bool]]
) -> tuple[str | None, tuple[str, ...]]:
    """The words of one of the quotes that are most like the words; if these look the same, a sentence about
    the first letter in which they differ instead. With each quote, whether the places of its words are known.
    """
    texts = [each for each in quotes if len(each[0]) <= _LONG and len(words) <= _LONG]
    for quote, placed in texts:
        found = differing(letters_of(_parts(words, placed=False)), letters_of(_parts(quote, placed=placed)))
        if found is not None:
            return None, (found,)
    keys = [word.text for word in words]
    best: tuple[int, str] | None = None
    for quote, _ in texts:
        theirs = [word.text for word in quote]
        match = difflib.SequenceMatcher(None, theirs, keys, autojunk=False).find_longest_match()
        if match.size and (best is None or match.size > best[0]):
            best = match.size, spell(tuple(quote[_alike(theirs, keys, match.a - match.b)]))
    if best is None or difflib.SequenceMatcher(None, best[1], spell(tuple(words))).ratio() < _SIMILAR:
        return None, ()
    return best[1], ()


def _parts(words: Sequence[Word], *, placed: bool) -> list[tuple[str, int, int]]:
    return [(each.text, each.span.line if placed else 0, each.span.column) for each in words]


def _alike(keys: Sequence[str], words: Sequence[str], at: int) -> slice:
    """Where the quote has words like those of a phrase, about `at`: from the first that both have to the
    last, with room for what stands before and behind them in the phrase.
    """
    start, end = max(0, at - _NEAR), at + len(words) + _NEAR
    found = difflib.SequenceMatcher(None, keys[start:end], words, autojunk=False).get_matching_blocks()[:-1]
    first, last = found[0], found[-1]
    behind = len(words) - last.b - last.size
    return slice(max(0, start + first.a - first.b), start + last.a + last.size + behind)

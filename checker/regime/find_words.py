"""Finds quoted words in the text of a source, word for word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from checker.language.document import Word, spell

_LEAVES_OUT: Final = "…"
_BEFORE, _AFTER = 3, 6  # so many words of the text are shown around the place where a quote departs from it


@dataclass(frozen=True, slots=True)
class Missed:
    """The first word at which a quote departs from the text, and what the text has there."""

    word: Word
    nearest: str | None


class Stretch:
    """A sequence of words in a text. In a quote, `…` leaves words out."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        parts = [_separated(word) for word in self.words]
        self.text = "".join(parts) + " "
        self.starts = [0, *accumulate(map(len, parts))]

    def find(self, words: Sequence[Word]) -> tuple[int, ...] | Missed:
        """All places where the words occur, provided that their parts occur here in order."""
        cursor, places = 0, dict[int, None]()
        for part in parts_of(words):
            here = next(self._found(part, cursor), None)
            if here is None:
                return self._missed(part, cursor)
            cursor = here + len(part)
            for start in self._found(part, 0):
                places.update(dict.fromkeys(range(start, start + len(part))))
        return tuple(places)

    def _found(self, words: Sequence[Word], start: int) -> Iterator[int]:
        """Yield the places, from `start` on, where the words begin; occurrences do not overlap."""
        wanted = "".join(map(_separated, words))[1:]
        at = self.text.find(wanted, self.starts[start])
        while at >= 0:
            end = at + len(wanted)
            whole = self.text[end] in " \n" and self.text[at - 1] in " \n"
            if whole:
                yield bisect_left(self.starts, at - 1)
            at = self.text.find(wanted, end if whole else at + 1)

    def _missed(self, words: Sequence[Word], cursor: int) -> Missed:
        """Where the words depart from the text, after the longest prefix that occurs."""
        known, unknown = 0, len(words)
        while unknown - known > 1:
            middle = (known + unknown) // 2
            if next(self._found(words[:middle], cursor), None) is None:
                unknown = middle
            else:
                known = middle
        if not known:
            return Missed(words[0], None)
        start = next(self._found(words[:known], cursor))
        first, last = start + max(0, known - _BEFORE), start + known + _AFTER
        return Missed(words[known], spell(self.words[first:last]))


def parts_of(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield the parts between the marks that leave words out."""
    part: list[Word] = []
    for word in words:
        if word.text == _LEAVES_OUT:
            if part:
                yield tuple(part)
            part = []
        else:
            part.append(word)
    if part:
        yield tuple(part)


def _separated(word: Word) -> str:
    """A word after a mark that says whether white space precedes it; words contain neither mark."""
    return f"{' ' if word.spaced else chr(10)}{word.text}"

"""What is kept, inserted and struck in a text, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from checker.language.document import Word, words_of
from checker.office.blocks import State
from checker.regime.redlining import Segment

_Piece: TypeAlias = tuple[str, bool, State]
"""A word, whether white space precedes it, and what becomes of it."""


@dataclass(slots=True, eq=False)
class Letter:
    """A word, a mark, or the white space before one. `notes`: the comments on it."""

    text: str
    state: State
    notes: list[int] = field(default_factory=list)


def letters_of(segments: Sequence[Segment]) -> list[Letter]:
    """The words of a clause with the white space between them, as that is before and after the changes. What
    is struck and inserted again at once, at either end of a change, is kept.
    """
    return list(_with_spaces(list(_trimmed(_pieces(segments)))))


# --------------------------------------------------------------------- words


def _pieces(segments: Sequence[Segment]) -> Iterator[_Piece]:
    for segment in segments:
        for number, word in enumerate(_plain_words(segment.text)):
            yield word.text, word.spaced if number else segment.spaced, segment.kind


def _plain_words(text: str) -> tuple[Word, ...]:
    """The words of a text that is no Markdown: what marks emphasis there is a letter here."""
    return tuple(words_of("", escaped(text), 1))


def escaped(text: str) -> str:
    r"""The text with a `\` before whatever Markdown might take for a mark."""
    return "".join(f"\\{each}" if each in _MARKS else each for each in text)


_MARKS = frozenset("\\*`<>~|[]#&!")


def _trimmed(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces; a change keeps what it begins and ends with on both sides."""
    struck: list[_Piece] = []
    inserted: list[_Piece] = []
    for piece in pieces:
        match piece[2]:
            case "struck":
                struck.append(piece)
            case "inserted":
                inserted.append(piece)
            case "kept":
                yield from _change(struck, inserted)
                struck, inserted = [], []
                yield piece
    yield from _change(struck, inserted)


def _change(struck: list[_Piece], inserted: list[_Piece]) -> Iterator[_Piece]:
    first = 0
    while first < min(len(struck), len(inserted)) and struck[first][:2] == inserted[first][:2]:
        first += 1
    rest = min(len(struck), len(inserted)) - first
    last = 0
    while last < rest and struck[-1 - last][:2] == inserted[-1 - last][:2]:
        last += 1
    yield from ((text, spaced, "kept") for text, spaced, _ in struck[:first])
    yield from struck[first : len(struck) - last]
    yield from inserted[first : len(inserted) - last]
    yield from ((text, spaced, "kept") for text, spaced, _ in struck[len(struck) - last :])


def _with_spaces(pieces: Sequence[_Piece]) -> Iterator[Letter]:
    """Yield words and the white space between them: none stands before the first word of either text."""
    begun = {"struck": False, "inserted": False}  # the texts before and after the changes
    for text, spaced, state in pieces:
        sides = [each for each in begun if state in ("kept", each)]
        if spaced:
            within = [each for each in sides if begun[each]]
            if len(within) == len(sides):
                yield Letter(" ", state)
            elif within == ["struck"]:
                yield Letter(" ", "struck")
            elif within:
                yield Letter(" ", "inserted")
        yield Letter(text, state)
        begun.update(dict.fromkeys(sides, True))

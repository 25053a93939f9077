"""Which parts of a source document are cited, by whom, and which are left out with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from checker.language.diagnostics import Span
from checker.language.document import Word, spell
from checker.language.source_document import Passage, marks


@dataclass(frozen=True, slots=True)
class Citation:
    """Who quotes words of a source, and where: a rule with phrases in the quote, a claim, or another
    declaration under it.
    """

    kind: Literal["rule", "claim", "other"]
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage of a source. `left_out`: the reasons why words of it need no citation; `uncited`: the
    stretches of words that are neither cited nor left out.
    """

    text: str
    span: Span
    cited_by: tuple[Citation, ...]
    left_out: tuple[str, ...]
    uncited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedSection:
    name: str
    title: str
    span: Span
    passages: tuple[CitedPassage, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is kept with the spec."""

    name: str
    title: str
    span: Span
    sections: tuple[CitedSection, ...]


@dataclass(slots=True, eq=False)
class Cell:
    """A word of a passage, with who cites it and why it is left out. `mark`: it is a list mark or a lone
    dash.
    """

    word: Word
    mark: bool
    cited_by: dict[Citation, None] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)


def cells_of(passage: Passage) -> tuple[Cell, ...]:
    """The words of a passage, before citations are recorded."""
    return tuple(Cell(word, mark) for word, mark in zip(passage.words, marks(passage.words), strict=True))


def closed(cells: Sequence[Cell]) -> CitedPassage:
    """The passage with its citations and omissions."""
    first, last = cells[0].word.span, cells[-1].word.span
    return CitedPassage(
        spell(tuple(each.word for each in cells)),
        Span(first.file, first.line, first.column, last.end_line, last.end_column),
        tuple(dict.fromkeys(each for cell in cells for each in cell.cited_by)),
        tuple(dict.fromkeys(each for cell in cells for each in cell.left_out)),
        tuple(_uncited(cells)),
    )


def _uncited(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the stretches that are neither cited nor left out, except those that consist only of marks."""
    for said, stretch in groupby(cells, key=lambda cell: bool(cell.cited_by or cell.left_out)):
        words = tuple(cell.word for cell in stretch)
        if not said and any(word.text[0].isalnum() for word in words):
            yield spell(words)

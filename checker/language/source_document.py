"""The text of a source document: its sections, and in them its passages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from checker.language.diagnostics import Span
from checker.language.document import Document, Heading, Word, spell, words_of

_SECTION: Final = re.compile(
    r"(?P<name>\d+(?:\.\d+)*)\.?(?:\s+(?P<title>.*))?|(?P<named>\w+ [A-Z\d]+): (?P<of>.*)"
)
_ENDS: Final = frozenset(".?!")
_CLOSES: Final = frozenset("\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\"')")
_SHORT: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # N.B, i.e: no end of a sentence follows it
_MARKS: Final = frozenset("•◦‣-\N{EN DASH}*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a paragraph or of an item of a list, or a row of a table."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return spell(self.words)

    @property
    def line(self) -> int:
        return self.words[0].span.line


@dataclass(frozen=True, slots=True)
class Section:
    """`name`: the number that its heading begins with, or `Appendix A`. Its own passages only."""

    name: str
    title: str
    span: Span
    passages: tuple[Passage, ...]

    def is_within(self, name: str) -> bool:
        """Whether it is the section with that name, or one below it."""
        return self.name == name or self.name.startswith(f"{name}.")


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a page, in their order. What stands before the first belongs to none."""
    named = [(heading, found) for heading in document.headings if (found := _SECTION.fullmatch(heading.text))]
    lines = [heading.line for heading, _ in named]
    passages: list[list[Passage]] = [[] for _ in named]
    for passage in sorted(_passages(document), key=lambda each: each.line):
        at = bisect_left(lines, passage.line)
        if at:
            passages[at - 1].append(passage)
    return tuple(
        _section(document, heading, found, own) for (heading, found), own in zip(named, passages, strict=True)
    )


def _section(
    document: Document, heading: Heading, found: re.Match[str], passages: Iterable[Passage]
) -> Section:
    span = Span(document.file, heading.line, 1, heading.line, heading.level + len(heading.text) + 2)
    return Section(
        found["name"] or found["named"], found["title"] or found["of"] or "", span, tuple(passages)
    )


def _passages(document: Document) -> Iterator[Passage]:
    """Yield the sentences of the paragraphs, then the rows of the tables."""
    lines = document.text.split("\n")
    for block in document.blocks:
        words = [
            word
            for number, line in enumerate(block.text.split("\n"), start=block.line)
            for word in words_of(document.file, line, number, max(0, lines[number - 1].find(line)) + 1)
        ]
        ends = [at for at in range(1, len(words)) if _begins(words, at)]
        for start, end in zip([0, *ends], [*ends, len(words)], strict=True):
            if words[start:end]:
                yield Passage(tuple(words[start:end]))
    for table in document.tables:
        for row in (table.header, *table.rows):
            cells = [words_of(document.file, each.text, each.span.line, each.span.column) for each in row]
            found = tuple(word for cell in cells for word in cell)
            if found:
                yield Passage(found)


def _begins(words: list[Word], at: int) -> bool:
    """Whether a sentence begins with this word: a capital or a mark after the end of another."""
    before = at - 1
    while before > 0 and words[before].text in _CLOSES and not words[before].spaced:
        before -= 1
    if not words[at].spaced or words[before].text not in _ENDS or words[at].text[0].islower():
        return False
    return before == 0 or not _SHORT.fullmatch(words[before - 1].text)


def unmarked(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without the marks of lists, and without dashes that stand alone."""
    return tuple(word for word, mark in zip(words, marks(words), strict=True) if not mark)


def marks(words: tuple[Word, ...]) -> Iterator[bool]:
    """Of every word, whether it is the mark of a list, or a dash that stands alone."""
    after = (*(word.spaced for word in words[1:]), True)
    for word, alone in zip(words, after, strict=True):
        yield alone and word.spaced and word.text in _MARKS

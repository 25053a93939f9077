"""Paragraphs of styled words, set to a width: every report is made of these, and prints none itself.

A report returns `Paragraph`s; `lay_out` breaks them into lines; `plain` makes text of the lines that says
everything without colour. Colour is put on where output is printed (`checker.report.colour`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

WIDTH: Final = 80

Style: TypeAlias = Literal["", "heading", "strong", "good", "bad", "warning", "quiet", "inserted", "struck"]

_UNBROKEN: Final = re.compile(
    r"[^\w\s]*[A-Z]\S*(?:(?<![.,;:)]) (?:\d\S*|[A-Z](?:[^\w\s]\S*)?)(?!\S))*|\d+\.\d s(?!\S)|\S+"
)
_MARKS: Final[dict[Style, tuple[str, str]]] = {"inserted": ("{+", "+}"), "struck": ("[-", "-]")}


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text in one style."""

    text: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that are set together. `first` and `rest` stand before the first and the other lines.

    `wrap` False keeps the text on one line, as for the rows of a table.
    """

    runs: tuple[Words, ...]
    first: str = ""
    rest: str = ""
    wrap: bool = True


Line: TypeAlias = tuple[Words, ...]

BLANK: Final = Paragraph(())


def paragraph(*runs: str | Words, indent: int = 0, hang: int = 0, bullet: str = "") -> Paragraph:
    """Return a paragraph of the runs, `indent` columns in; later lines hang under the text."""
    first = " " * indent + bullet
    made = tuple(Words(each) if isinstance(each, str) else each for each in runs)
    return Paragraph(made, first, " " * (len(first) + hang))


def row(*runs: str | Words) -> Paragraph:
    """Return a paragraph that stays on one line."""
    return Paragraph(tuple(Words(each) if isinstance(each, str) else each for each in runs), wrap=False)


def lay_out(paragraphs: Iterable[Paragraph], width: int = WIDTH, *, marks: bool = True) -> tuple[Line, ...]:
    """Break paragraphs into lines of at most `width` columns; longer words stand out.

    `marks`: inserted and struck words are marked {+…+} and [-…-], for output without colour.
    """
    lines: list[Line] = []
    for each in paragraphs:
        runs = tuple(_marked(run) for run in each.runs) if marks else each.runs
        lines += _broken(each, runs, width) if each.wrap else [runs]
    return tuple(lines)


def plain(lines: Iterable[Line]) -> str:
    """Return the lines as text, each ended by a line feed, without trailing blanks."""
    return "".join("".join(run.text for run in line).rstrip() + "\n" for line in lines)


def text_of(paragraphs: Iterable[Paragraph], width: int = WIDTH) -> str:
    """Return paragraphs as plain text."""
    return plain(lay_out(paragraphs, width))


def joined(groups: Iterable[Sequence[Paragraph]]) -> tuple[Paragraph, ...]:
    """Return the groups that are not empty, one blank line between them."""
    result: list[Paragraph] = []
    for group in groups:
        if group:
            result += [BLANK, *group] if result else group
    return tuple(result)


def _marked(run: Words) -> Words:
    if run.style not in _MARKS or not run.text.strip():
        return run
    start, end = _MARKS[run.style]
    core = run.text.strip()
    lead, tail = run.text.split(core, 1)
    return Words(f"{lead}{start}{core}{end}{tail}", run.style)


def _broken(each: Paragraph, runs: tuple[Words, ...], width: int) -> list[Line]:
    """Fill lines greedily, word by word; a word may change its style within. What begins with a digit and a
    lone capital stay with a capitalised word before: “Rule 4”, “Reader A”.
    """
    text = "".join(run.text for run in runs)
    styles = [run.style for run in runs for _ in run.text]
    lines: list[Line] = []
    prefix, start, end = each.first, 0, 0
    for word in _UNBROKEN.finditer(text):
        if end > start and len(prefix) + word.end() - start > width:
            lines.append(_line(prefix, text, styles, start, end))
            prefix, start = each.rest, word.start()
        elif end == start:
            start = word.start()
        end = word.end()
    lines.append(_line(prefix, text, styles, start, end))
    return lines


def _line(prefix: str, text: str, styles: Sequence[Style], start: int, end: int) -> Line:
    runs = [Words(prefix)] if prefix else []
    at = start
    while at < end:
        stop = at
        while stop < end and styles[stop] == styles[at]:
            stop += 1
        runs.append(Words(text[at:stop], styles[at]))
        at = stop
    return tuple(runs)

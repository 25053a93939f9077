"""Places as editors count them, in lines from 0 and units of UTF-16, and as diagnostics do, from 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from checker.language.diagnostics import Span


class Lined(Protocol):
    """A page of which places are told: it need not have been read."""

    @property
    def file(self) -> str:
        """What it is called."""

    @property
    def lines(self) -> Sequence[str]:
        """Its lines."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page."""

    file: str
    lines: tuple[str, ...]


def units(line: str, column: int) -> int:
    """How many units of UTF-16 stand before a column, which counts from 1."""
    return len(line[: max(0, column - 1)].encode("utf-16-le", "surrogatepass")) // 2


def column_at(line: str, before: int) -> int:
    """The column, from 1, with so many units of UTF-16 before it; within a letter, the letter's own."""
    count = 0
    for at, letter in enumerate(line, start=1):
        count += 1 + (letter > "\uffff")
        if count > before:
            return at
    return len(line) + 1


@dataclass(frozen=True, slots=True)
class Place:
    """A place as editors count."""

    line: int
    character: int


def place(page: Lined, line: int, column: int) -> Place:
    """A place of a page as editors count; beyond its end, the end."""
    if line > len(page.lines):
        return Place(len(page.lines), 0)
    return Place(line - 1, units(page.lines[line - 1], column))


def ends(page: Lined, span: Span) -> tuple[Place, Place]:
    """Where a stretch begins and ends, as editors count."""
    return place(page, span.line, span.column), place(page, span.end_line, span.end_column)


def line_and_column(page: Lined, at: Place) -> tuple[int, int]:
    """The line and the column of a place."""
    if at.line >= len(page.lines):
        return len(page.lines), len(page.lines[-1]) + 1
    return at.line + 1, column_at(page.lines[at.line], at.character)

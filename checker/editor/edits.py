"""Edits of texts: what an editor is asked to put in the place of what, and what it may offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.language.diagnostics import Diagnostic, Span
from checker.rooms.lint.finding import Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of a stretch, which may be empty."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do. `of`: the mistake or the finding that it mends. `sure`: most likely it was meant."""

    title: str
    edits: tuple[Edit, ...]
    of: Diagnostic | Finding | None = None
    sure: bool = False


def edited(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """The texts after the edits, which must not overlap."""
    found = {file: text.split("\n") for file, text in texts.items()}
    for each in sorted(edits, key=lambda each: each.span, reverse=True):
        span, lines = each.span, found[each.span.file]
        first = lines[span.line - 1][: span.column - 1]
        last = lines[span.end_line - 1][span.end_column - 1 :]
        lines[span.line - 1 : span.end_line] = f"{first}{each.text}{last}".split("\n")
    return {file: "\n".join(lines) for file, lines in found.items()}


def quoted(text: str) -> str:
    """A text as a string of the language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def point(file: str, line: int, column: int) -> Span:
    """A place between two letters."""
    return Span(file, line, column, line, column)

"""Finds where a string began that is never closed: what follows is read inside out, and looks wrong later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from checker.language.diagnostics import Diagnostic, Span
from checker.language.lexer import UNCLOSED, Fragment

_LONGEST: Final = 20_000  # characters of a fence that is read again with a string closed
_TRIES: Final = 8  # strings are tried, the last ones that begin before what is seen first


def unclosed_string(
    fragment: Fragment, seen: Diagnostic, wrong: Callable[[Fragment], Diagnostic | None]
) -> Diagnostic | None:
    """The diagnostic for a string that is not closed, if that explains what is `seen` first. `wrong`: what is
    wrong with a text first; None if nothing is.

    A string that is open at the end of its line explains it if everything is right up to a later place once
    it is closed there, or never begun.
    """
    assert seen.span is not None
    lines = fragment.text.split("\n")
    last = len(lines) - 1 if seen.code == UNCLOSED else seen.span.line - fragment.line
    began = {at: mark for at, mark in _left_open(lines) if at <= last}
    if not began or len(fragment.text) > _LONGEST:
        return None
    far, found = (seen.span.line, seen.span.column + 1), None
    for at, mark in list(began.items())[-_TRIES:]:
        line = lines[at]
        for repaired in (f'{line}"', line[:mark] + line[mark + 1 :]):
            text = "\n".join((*lines[:at], repaired, *lines[at + 1 :]))
            reached = _reached(wrong(replace(fragment, text=text)), fragment.line + len(lines))
            if reached > far:
                far, found = reached, at
    if found is None and seen.code == UNCLOSED:
        found = next(iter(began))
    return None if found is None else _not_closed(fragment, lines[found], found, began[found])


def _reached(wrong: Diagnostic | None, end: int) -> tuple[int, int]:
    """Up to which line and column a text is right; if a string is not closed, to the end of its line."""
    if wrong is None or wrong.span is None:
        return end, 0
    return (wrong.span.line + 1, 0) if wrong.code == UNCLOSED else (wrong.span.line, wrong.span.column)


def _not_closed(fragment: Fragment, line: str, at: int, mark: int) -> Diagnostic:
    start, number = fragment.column if at == 0 else 1, fragment.line + at
    span = Span(fragment.file, number, start + mark, number, start + len(line.rstrip()))
    return Diagnostic(UNCLOSED, "this string is not closed", span, expected=('`"`',))


def _left_open(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield every line at whose end a string is open that began there, and where in it that was."""
    inside = False
    for number, line in enumerate(lines):
        at, mark = 0, -1
        while at < len(line):
            if not inside and line.startswith("--", at):
                break
            if line[at] == '"':
                inside = not inside
                mark = at if inside else -1
            at += 2 if inside and line[at] == "\\" else 1
        if mark >= 0:
            yield number, mark

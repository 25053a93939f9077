"""What is wrong with a law or with what was asked of it, as a document."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from checker.exits import BAD_USAGE
from checker.language.diagnostics import Diagnostic
from checker.language.render_diagnostics import alternatives


class Mistake(Struct, frozen=True, kw_only=True):
    """One mistake. `code`: a stable short name; `message`: lower case, the user's words in backticks;
    `hint`: what to do, or empty; `expected`: what could stand there, `nearest`: the closest valid name;
    `notes`: further sentences; `heading`: the heading above the place.

    `file`, `line`, `column`, `end_line`, `end_column`: the place, from 1, the end column exclusive;
    `length`: in letters, `null` if it goes over several lines. All are `null` for what was typed and stands
    in no file.
    """

    code: str
    message: str
    file: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    length: int | None
    expected: tuple[str, ...]
    nearest: str | None
    hint: str
    notes: tuple[str, ...]
    heading: str


class Mistakes(Struct, frozen=True, kw_only=True, tag_field="schema", tag="redline.diagnostics/1"):
    """Why a command did not begin: all mistakes that were found. `exit`: the code with which it ends."""

    exit: int
    diagnostics: tuple[Mistake, ...]


def mistakes_of(diagnostics: Iterable[Diagnostic]) -> Mistakes:
    """Return the diagnostics as a document."""
    return Mistakes(exit=BAD_USAGE, diagnostics=tuple(map(_mistake, diagnostics)))


def _mistake(found: Diagnostic) -> Mistake:
    span = found.span
    one_line = span is not None and span.line == span.end_line
    return Mistake(
        code=found.code,
        message=found.message,
        file=None if span is None else span.file,
        line=None if span is None else span.line,
        column=None if span is None else span.column,
        end_line=None if span is None else span.end_line,
        end_column=None if span is None else span.end_column,
        length=span.end_column - span.column if span is not None and one_line else None,
        expected=found.expected,
        nearest=found.nearest,
        hint=_hint(found),
        notes=found.notes,
        heading=found.heading,
    )


def _hint(found: Diagnostic) -> str:
    """What to do, in one sentence: the nearest name, else what was expected."""
    if found.nearest is not None:
        return f"did you mean `{found.nearest}`?"
    return f"expected: {alternatives(found.expected)}" if found.expected else ""

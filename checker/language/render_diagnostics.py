"""Tells diagnostics to people: place, source line, carets, what was expected, and what is near.

spec/sec/rule-3.md:14:42: there is no function or definition `enroled`

   14 |     "A member shall be enrolled," requires enroled(member)
      |                                            ^^^^^^^
   did you mean `enrolled`?
   in: Lending
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from checker.language.diagnostics import Diagnostic, Span
from checker.language.invisible_characters import visible

WIDTH = 80
_TAB = 4
_LONGEST = 600  # so many characters of a sentence are shown
_ROLES = Literal["place", "message", "caret", "hint", "plain"]
Paint: TypeAlias = Callable[[str, _ROLES], str]
"""Colours a stretch of text according to what it is."""


def plain(text: str, _role: _ROLES) -> str:
    """Leaves a text as it is."""
    return text


def render_all(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], paint: Paint = plain) -> str:
    """All diagnostics, with an empty line between them. `texts`: the source of each file."""
    return "\n\n".join(render(each, texts, paint) for each in diagnostics)


def render(diagnostic: Diagnostic, texts: Mapping[str, str], paint: Paint = plain) -> str:
    """One diagnostic as lines of at most 80 columns, without a newline at the end."""
    lines = list(_headline(diagnostic, paint))
    span = diagnostic.span
    if span is not None and span.file in texts:
        source = texts[span.file].split("\n")
        if span.line <= len(source):
            lines += ["", *_excerpt(source[span.line - 1], span, paint)]
    lines += [paint(line, "hint") for line in _hints(diagnostic)]
    return "\n".join(lines)


def _headline(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    place = ""
    if diagnostic.span is not None:
        place = f"{visible(diagnostic.span.file)}:{diagnostic.span.line}:{diagnostic.span.column}:"
    message = _short(diagnostic.message)
    if not place:
        yield from (paint(line, "message") for line in _wrapped(message, ""))
    elif len(place) + 1 + len(message) <= WIDTH:
        yield f"{paint(place, 'place')} {paint(message, 'message')}"
    else:
        yield paint(place, "place")
        yield from (paint(line, "message") for line in _wrapped(message, "   "))


def _excerpt(line: str, span: Span, paint: Paint) -> Iterator[str]:
    """The source line, or the part of it that fits, with carets under the span."""
    text = _shown(line)
    start = len(_shown(line[: span.column - 1]))
    end = len(_shown(line[: span.end_column - 1])) if span.end_line == span.line else len(text)
    margin = max(4, len(str(span.line)) + 1)
    room = WIDTH - margin - 3
    text, start, end = _window(text, start, max(end, start + 1), room)
    yield f"{span.line:>{margin}} | {text}".rstrip()
    carets = "^" * max(1, min(end, room) - start)
    yield f"{'':>{margin}} | {' ' * start}{paint(carets, 'caret')}"


def _short(text: str) -> str:
    """A sentence without what a terminal would obey; the words of a spec in it may be of any length."""
    text = visible(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _shown(line: str) -> str:
    """A source line in which blanks that are no spaces are visible."""
    text = visible(line.expandtabs(_TAB))
    return "".join(ascii(each)[1:-1] if each.isspace() and each != " " else each for each in text)


def _window(text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of a long line around the span."""
    if len(text) <= room:
        return text, start, end
    first = max(0, min(start - room // 4, len(text) - room)) if end > room - 1 else 0
    shown = text[first : first + room]
    if first:
        shown = "…" + shown[1:]
    if first + room < len(text):
        shown = shown[:-1] + "…"
    return shown, start - first, min(end - first, room)


def _hints(diagnostic: Diagnostic) -> Iterator[str]:
    if diagnostic.nearest:
        yield from _wrapped(f"did you mean `{diagnostic.nearest}`?", "   ")
    if diagnostic.expected:
        yield from _wrapped(f"expected: {alternatives(diagnostic.expected)}", "   ")
    for note in diagnostic.notes:
        yield from _wrapped(note, "   ")
    if diagnostic.heading:
        yield from _wrapped(f"in: {diagnostic.heading}", "   ")


def alternatives(expected: tuple[str, ...]) -> str:
    """What could stand there, in words."""
    if len(expected) == 1:
        return expected[0]
    return f"{', '.join(expected[:-1])} or {expected[-1]}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        _short(text), WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    ) or [indent]

"""Finds where a string began that is never closed: what follows is read inside out, and looks wrong later."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checker.language.diagnostics import Diagnostic, Span
from checker.language.lexer import UNCLOSED, Fragment

_LONGEST: Final = 20_000  # characters of a fence that is read again with a string closed
_LINES: Final = 8  # lines in which the string may have begun, the last ones before what is seen first
_TRIES: Final = 160  # places at which a string is closed
_BEGINS: Final = re.compile(r"[^\W\d_]")
_ENDS: Final = re.compile(r"(?<=\S)(?=\s|[,:)])")  # where a word of a string ends


@dataclass(frozen=True, slots=True)
class _Left:
    """A line at whose end a string is open that began in it. `marks`: where strings begin in it."""

    at: int
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Repair:
    """A string that is closed in a line and a column, or never begun if that is None."""

    at: int
    mark: int
    closed: tuple[int, int] | None


def unclosed_string(
    fragment: Fragment, seen: Diagnostic, wrong: Callable[[Fragment], Diagnostic | None]
) -> Diagnostic | None:
    """The diagnostic for a string that is not closed, if that explains what is `seen` first. `wrong`: what is
    wrong with a text first; None if nothing is.

    A string explains it if everything is right up to a later place once it is closed where its line ends, or
    never begun. A fence with an odd number of marks has such a string; then it is closed behind each word up
    to the next mark.
    """
    assert seen.span is not None
    if len(fragment.text) > _LONGEST:
        return None
    lines = fragment.text.split("\n")
    last = len(lines) - 1 if seen.code == UNCLOSED else seen.span.line - fragment.line
    left, odd = _left_open(lines)
    began = [each for each in left if each.at <= last]
    inside_out = _inside_out(lines, fragment, seen.span)
    if inside_out is not None:
        began.append(inside_out)
    if not began:
        return None
    far, found = (seen.span.line, seen.span.column + 1), None
    repairs = [
        each for line in began[-_LINES:] for each in _repairs(lines, line, odd=odd or line is inside_out)
    ]
    for repair in repairs[:_TRIES]:
        reached = _reached(wrong(_repaired(fragment, lines, repair)), fragment.line + len(lines))
        if reached > far:
            far, found = reached, repair
    if found is None and seen.code == UNCLOSED:
        found = _Repair(began[0].at, began[0].marks[-1], None)
    return None if found is None else _not_closed(fragment, lines[found.at], found)


def _repairs(lines: Sequence[str], left: _Left, *, odd: bool) -> Iterator[_Repair]:
    """Yield the ways to mend a line, the likeliest first."""
    line, mark = lines[left.at], left.marks[-1]
    if line[mark + 1 :].strip():
        yield _Repair(left.at, mark, (left.at, len(line.rstrip())))
    if odd:
        yield from _closed_behind_words(lines, left)
    yield _Repair(left.at, mark, None)


def _closed_behind_words(lines: Sequence[str], left: _Left) -> Iterator[_Repair]:
    line, mark = lines[left.at], left.marks[-1]
    for begins in left.marks:
        yield from (_Repair(left.at, begins, each) for each in _ends(line, left.at, begins + 1))
    if '"' in line[mark + 1 :]:
        return
    for at in range(left.at + 1, min(left.at + _LINES, len(lines))):
        line = lines[at]
        if '"' not in line:
            yield _Repair(left.at, mark, (at, len(line.rstrip())))
        yield from (_Repair(left.at, mark, each) for each in _ends(line, at, 0))
        if '"' in line:
            break


def _ends(line: str, at: int, begins: int) -> Iterator[tuple[int, int]]:
    """Yield where the words of a line end, up to the next mark."""
    stop = line.find('"', begins)
    stop = len(line.rstrip()) if stop < 0 else stop
    yield from ((at, each.start()) for each in _ENDS.finditer(line, begins + 1, stop))


def _repaired(fragment: Fragment, lines: Sequence[str], repair: _Repair) -> Fragment:
    """The text with that repair, from where the declaration begins."""
    mended = list(lines)
    if repair.closed is None:
        line = lines[repair.at]
        mended[repair.at] = line[: repair.mark] + line[repair.mark + 1 :]
    else:
        at, column = repair.closed
        mended[at] = f'{lines[at][:column]}"{lines[at][column:]}'
    first = max((at for at in range(repair.at + 1) if _BEGINS.match(lines[at])), default=0)
    return replace(
        fragment,
        text="\n".join(mended[first:]),
        line=fragment.line + first,
        column=1 if first else fragment.column,
    )


def _reached(wrong: Diagnostic | None, end: int) -> tuple[int, int]:
    """Up to which line and column a text is right; if a string is not closed, to the end of its line."""
    if wrong is None or wrong.span is None:
        return end, 0
    return (wrong.span.line + 1, 0) if wrong.code == UNCLOSED else (wrong.span.line, wrong.span.column)


def _not_closed(fragment: Fragment, line: str, found: _Repair) -> Diagnostic:
    start, number = fragment.column if found.at == 0 else 1, fragment.line + found.at
    here = found.closed is not None and found.closed[0] == found.at
    end = found.closed[1] if found.closed is not None and here else len(line.rstrip())
    span = Span(fragment.file, number, start + found.mark, number, start + end)
    return Diagnostic(UNCLOSED, "this string is not closed", span, expected=('`"`',))


def _inside_out(lines: Sequence[str], fragment: Fragment, seen: Span) -> _Left | None:
    """The line of a word that cannot stand directly behind a mark with a blank before it: such a mark was
    meant to begin a string, and closes one that began earlier in the line.
    """
    at = seen.line - fragment.line
    word = seen.column - (fragment.column if at == 0 else 1)
    marks = [each.start() for each in re.finditer('"', lines[at][:word])]
    behind = lines[at][max(0, word - 2) : word]
    if not marks or len(marks) % 2 or behind != ' "':
        return None
    return _Left(at, tuple(marks[:-1:2]))


def _left_open(lines: Sequence[str]) -> tuple[list[_Left], bool]:
    """Every line at whose end a string is open that began there; and whether one is at the end of all."""
    found: list[_Left] = []
    inside = False
    for number, line in enumerate(lines):
        at, marks = 0, list[int]()
        while at < len(line):
            if not inside and line.startswith("--", at):
                break
            if line[at] == '"':
                inside = not inside
                marks += [at] if inside else []
            at += 2 if inside and line[at] == "\\" else 1
        if marks and inside:
            found.append(_Left(number, tuple(marks)))
    return found, inside

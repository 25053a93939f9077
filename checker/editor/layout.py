"""How a fence is laid out: indentation, spaces between words, comments in line. The words, their order, and
where people broke lines stay as they are; so do comments, and the words of strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Final

from checker.editor.partly_read import PartlyRead, read_partly
from checker.language import declarations as d
from checker.language.diagnostics import Span
from checker.language.lexer import Fragment, Lexeme

_STEP: Final = 4  # spaces of a level
_TAB: Final = 4
_CLOSE: Final = frozenset({",", ":", ")", "]", "}", "."})  # what stands right behind a word
_OPEN: Final = frozenset({"(", "[", "{", "."})  # what a word stands right behind
_APPLIED: Final = frozenset({"NAME", "VERSION_OF"})  # what brackets stand right behind
_GAP: Final = re.compile(r"--[^\n]*|\n")


@dataclass(slots=True)
class _Line:
    """A line that begins with a word or a comment. `indent`: as it was written; `blank`: an empty line stands
    before it; `begins`: how far in the declaration is that begins here, None if none does.
    """

    indent: int
    blank: bool
    words: list[Lexeme] = field(default_factory=list)
    comment: str = ""
    begins: int | None = None


def laid_out(fragment: Fragment) -> str | None:
    """The text of a fence as it should be laid out, which declares the same; None if it has a mistake."""
    read = read_partly(fragment)
    if not read.whole:
        return None
    written = _written(_lines(fragment.text, read))
    again = read_partly(replace(fragment, text=written))
    if not again.whole or _said(again.declarations) != _said(read.declarations):
        return fragment.text  # a text that spaces alone would change is left alone
    return written


def _said(part: object) -> object:
    """What is declared, wherever it stands."""
    if isinstance(part, Span):
        return None
    if isinstance(part, tuple):
        return tuple(map(_said, part))
    if is_dataclass(part):
        return type(part), tuple(_said(getattr(part, each.name)) for each in fields(part))
    return part


# ------------------------------------------------------------- as it is written


def _lines(text: str, read: PartlyRead) -> list[_Line]:
    """The lines of a fence."""
    begins = dict(_bases(read))
    lines: list[_Line] = []
    breaks = 1
    for at, part in _parts(text, read.words):
        if part == "\n":
            breaks += 1
            continue
        if breaks:
            lines.append(_Line(_indent(text, at), blank=breaks > 1 and bool(lines)))
        line, breaks = lines[-1], 0
        if isinstance(part, Lexeme):
            if not line.words:
                line.begins = begins.get((part.line, part.column))
            line.words.append(part)
        else:
            line.comment = part.rstrip()
    return lines


def _parts(text: str, words: Sequence[Lexeme]) -> Iterator[tuple[int, str]]:
    """Yield the words, comments and line breaks of a fence, each with its place."""
    end = 0
    for word in words:
        start = word.start_pos or 0
        yield from ((each.start(), each.group()) for each in _GAP.finditer(text, end, start))
        yield start, word
        end = word.end_pos or 0
    yield from ((each.start(), each.group()) for each in _GAP.finditer(text, end))


def _indent(text: str, at: int) -> int:
    """How far in a place is on its line."""
    return len(text[text.rfind("\n", 0, at) + 1 : at].expandtabs(_TAB))


def _bases(read: PartlyRead) -> Iterator[tuple[tuple[int | None, int | None], int]]:
    """Yield how far in each declaration is, by its place: what a reading changes belongs to it."""
    extents = iter(read.extents)
    for decl in read.declarations:
        inside = len(decl.body) if isinstance(decl, d.InsertDecl | d.ReplaceDecl | d.ReadingDecl) else 0
        inside += len(decl.brings) if isinstance(decl, d.ReadingDecl) else 0
        for number in range(1 + inside):
            span = next(extents).span
            yield (span.line, span.column), _STEP * (number > 0 and isinstance(decl, d.ReadingDecl))


# ------------------------------------------------------------- as it should be


def _written(lines: Sequence[_Line]) -> str:
    """The lines as they should be."""
    levels = _levels(lines)
    texts = [_text(line.words, level) for line, level in zip(lines, levels, strict=True)]
    ends = [len(text) - text.rfind("\n") - 1 for text in texts]
    found: list[str] = []
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if line.blank:
            found.append("")
        if not line.words:
            found.append(" " * levels[at] + line.comment)
        elif line.comment:
            found.append(f"{text}{' ' * (_beside(lines, ends, at) - ends[at])}{line.comment}")
        else:
            found.append(text)
    return "".join(f"{each}\n" for each in found)


def _beside(lines: Sequence[_Line], ends: Sequence[int], at: int) -> int:
    """Where the comment of a line begins: in line with those right above and below it."""
    first = last = at
    while first > 0 and not lines[first].blank and lines[first - 1].comment and lines[first - 1].words:
        first -= 1
    while last + 1 < len(lines) and not lines[last + 1].blank and _commented(lines[last + 1]):
        last += 1
    return max(ends[first : last + 1]) + 2


def _commented(line: _Line) -> bool:
    return bool(line.comment and line.words)


def _levels(lines: Sequence[_Line]) -> list[int]:
    """How far in each line should be: whole levels more than the nearest line above that is less far in."""
    found: list[int] = []
    above: list[tuple[int, int]] = []  # how far in lines are, and should be
    for line in lines:
        if line.begins is not None:
            above = [(line.indent, line.begins)]
        elif line.words and above:
            while len(above) > 1 and above[-1][0] >= line.indent:
                above.pop()
            further = max(1, (line.indent - above[-1][0] + 1) // _STEP)
            above.append((line.indent, above[-1][1] + _STEP * further))
        found.append(above[-1][1] if above else 0)
    below = 0
    for at in reversed(range(len(lines))):
        if lines[at].words:
            below = found[at]
        elif at + 1 < len(lines):  # a comment belongs to what stands under it
            found[at] = below
    return found


def _text(words: Sequence[Lexeme], level: int) -> str:
    """The words of a line, with as many spaces between them as belong there."""
    text, column, before = " " * level, level, None
    for word in words:
        if before is not None and not _close(before, word):
            text, column = f"{text} ", column + 1
        written = _string(word, column) if word.type == "STRING" else " ".join(word.split())
        text += written
        column = len(text) - text.rfind("\n") - 1
        before = word
    return text


def _close(before: Lexeme, word: Lexeme) -> bool:
    """Whether no space stands between two words."""
    return word in _CLOSE or before in _OPEN or (word in {"(", "["} and before.type in _APPLIED)


def _string(word: Lexeme, column: int) -> str:
    """A string whose later lines stand under the first letter of the first."""
    first, *others = word.split("\n")
    rest = [f"{' ' * (column + 1)}{each.strip()}" if each.strip() else "" for each in others]
    return "\n".join((first.rstrip() if others else first, *rest))

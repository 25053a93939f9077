"""Renames something everywhere: in the law, its tables and attributions, in claims and in readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.editor.edits import Edit, quoted
from checker.editor.index import Index
from checker.editor.occurrences import Declared, Kind, Occurrence
from checker.editor.pages import Page
from checker.language.diagnostics import Span
from checker.language.lexer import RESERVED, Lexeme
from checker.regime.namespaces import BUILT_IN, SPACES

_NAME: Final = re.compile(r"[^\W\d_]\w*(?:-\w+)*|\d+(?:\.\d+)*[A-Za-z]?")
_FILLED: Final[tuple[Kind, ...]] = ("variable", "parameter")  # labels have places for these
_ANY: Final[tuple[Kind, ...]] = ("clause", "heading")  # whose names may be any words


class CannotRename(Exception):
    """Why something cannot get a name, for people."""


def to_rename(index: Index, file: str, line: int, column: int) -> Occurrence:
    """The name at a place that can be another one. Raises CannotRename."""
    found = index.at(file, line, column)
    if found is None:
        raise CannotRename("there is no name here")
    things = index.resolve(found)
    if not things:
        raise CannotRename(f"nothing declares `{found.name}`")
    if len({(each.kind, each.of) for each in things}) > 1:
        raise CannotRename(f"`{found.name}` may be one of several things here")
    return found


def renamed(index: Index, file: str, line: int, column: int, name: str) -> tuple[Edit, ...]:
    """The edits that give what is named at a place another name. Raises CannotRename."""
    found = to_rename(index, file, line, column)
    things = index.resolve(found)
    kind = things[0].kind
    new = " ".join(name.split())
    _check(index, things[0], new)
    edits = {each.span: Edit(each.span, _written(index, each, new)) for each in index.uses(things)}
    if kind in _FILLED:
        for thing in things:
            edits.update({each.span: each for each in _in_labels(index.pages[thing.span.file], thing, new)})
    return tuple(sorted(edits.values(), key=lambda each: each.span))


def _check(index: Index, thing: Declared, new: str) -> None:
    kind = thing.kind
    if kind in _ANY:
        if not new or (kind == "heading" and "|" in new):
            raise CannotRename("a name has at least one word, and no `|`")
    elif not _NAME.fullmatch(new) or new in RESERVED:
        raise CannotRename(f"`{new}` is no name of the language")
    if new == thing.name:
        return
    spaces = next((spaces for other, spaces in SPACES.items() if other == kind), ())
    for other, others in SPACES.items():
        if set(spaces) & set(others) and ((other, new) in index.declared or new in BUILT_IN.get(other, ())):
            raise CannotRename(f"there is a {other} `{new}` already")
    if kind == "variable" and any(
        (other, new) in index.declared for other in ("constant", "value", "function", "definition", "premise")
    ):
        raise CannotRename(f"`{new}` has another meaning already")


def _written(index: Index, name: Occurrence, new: str) -> str:
    """The new name as it is written there. Raises CannotRename if the old one does not stand there."""
    text = index.pages[name.span.file].slice(name.span)
    plain = text[1:-1] if name.quoted else text
    if " ".join(plain.replace('\\"', '"').split()) != name.name:
        raise CannotRename(f"line {name.span.line} of {name.span.file} has `{text}`, not `{name.name}`")
    return quoted(new) if name.quoted else new


def _in_labels(page: Page, thing: Declared, new: str) -> Iterator[Edit]:
    """Yield edits of the places `{name}` in labels: those of a request, or of what has the variable."""
    words = [
        each
        for fence in page.fences
        for each in fence.read.words
        if _lies(each.span, thing.extent) and (thing.kind == "parameter" or each.span > thing.span)
    ]
    for word in words:
        if word == "means" and thing.kind == "variable":
            return
        if word.type == "STRING":
            yield from _filled(word, thing.name, new)


def _filled(word: Lexeme, old: str, new: str) -> Iterator[Edit]:
    text = str(word)
    for found in re.finditer(rf"\{{{re.escape(old)}\}}", text):
        lines = text.count("\n", 0, found.start())
        start = found.start() + 1
        column = start - text.rfind("\n", 0, start) if lines else word.span.column + start
        line = word.span.line + lines
        span = Span(word.span.file, line, column, line, column + len(old))
        yield Edit(span, new)


def _lies(inner: Span, outer: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) and (
        (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )

"""What each word of a fence is, for colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checker.editor.index import Index
from checker.editor.occurrences import Kind
from checker.editor.pages import Page, ReadFence
from checker.language.diagnostics import Span
from checker.language.lexer import Lexeme

TYPES: Final = (
    "keyword",
    "string",
    "comment",
    "operator",
    "type",
    "enum",
    "enumMember",
    "function",
    "method",
    "variable",
    "parameter",
    "property",
    "event",
    "namespace",
    "macro",
    "number",
)
"""What a word may be, by the names that editors have for colours."""

_OF_KIND: Final[dict[Kind, str]] = {
    "sort": "type",
    "quantity": "type",
    "calendar": "type",
    "enum": "enum",
    "constant": "enumMember",
    "value": "enumMember",
    "short name": "enumMember",
    "function": "function",
    "definition": "function",
    "premise": "function",
    "parameter": "parameter",
    "variable": "variable",
    "component": "namespace",
    "check": "method",
    "effect": "method",
    "event": "event",
    "lapse": "event",
    "duty": "event",
    "axiom": "property",
    "typical": "property",
    "abstraction": "property",
    "lemma": "property",
    "version": "macro",
    "deployment": "macro",
    "reading": "macro",
    "modification": "macro",
    "table": "namespace",
    "source": "namespace",
    "claim": "property",
    "claim number": "property",
}
_OPERATORS: Final = frozenset(
    {"and", "or", "not", "is", "in", "implies", "iff", "matches", "plus", "minus", "times"}
)
_COMMENT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|--[^\n]*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A word on one line, and what it is. `declares`: it is given its name here."""

    span: Span
    type: str
    declares: bool = False


def tokens(index: Index, page: Page) -> tuple[Token, ...]:
    """The words of a page's fences, in their order; those behind a mistake may be missing."""
    found: list[Token] = []
    if page.stale:
        return ()
    names = {each.span: each for each in index.occurrences.get(page.file, ())}
    for fence in page.fences:
        for word in fence.read.words:
            name = names.get(word.span)
            kinds = index.resolve(name) if name is not None and not name.quoted else ()
            kind = kinds[0].kind if kinds else None
            type_ = _OF_KIND.get(kind, "variable") if kind else _plain(word)
            if type_:
                declares = name is not None and name.declares
                found += [Token(each, type_, declares) for each in _by_line(page, word.span)]
        found += [Token(each, "comment") for each in _comments(page, fence)]
    return tuple(sorted(found, key=lambda each: each.span))


def _plain(word: Lexeme) -> str:
    if word.type == "STRING":
        return "string"
    if word[0].isdigit():
        return "number"
    if word.type == "NAME":
        return "variable"
    if not word[0].isalpha():
        return ""
    return "operator" if word in _OPERATORS else "keyword"


def _by_line(page: Page, span: Span) -> Iterator[Span]:
    for line in range(span.line, span.end_line + 1):
        text = page.lines[line - 1]
        first = span.column if line == span.line else len(text) - len(text.lstrip()) + 1
        last = span.end_column if line == span.end_line else len(text) + 1
        if last > first:
            yield Span(span.file, line, first, line, last)


def _comments(page: Page, fence: ReadFence) -> Iterator[Span]:
    fragment = fence.fence.fragment
    text = page.slice(fence.span)
    for found in _COMMENT.finditer(text):
        if found.group().startswith("--"):
            line = fragment.line + text.count("\n", 0, found.start())
            column = found.start() - text.rfind("\n", 0, found.start())
            yield Span(page.file, line, column, line, column + len(found.group()))

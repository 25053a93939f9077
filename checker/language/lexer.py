"""Cuts a fence into words. What is a key word depends on what can stand at that place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from string import digits
from typing import TYPE_CHECKING

from lark.lexer import Lexer, Token
from lark.parsers.lalr_analysis import Shift

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.habits import of_sign
from checker.language.invisible_characters import is_seen
from checker.language.look_alikes import code_point, looks

if TYPE_CHECKING:
    from lark.common import LexerConf
    from lark.lexer import LexerState
    from lark.parsers.lalr_parser_state import ParserState

RESERVED = frozenset(
    {
        "and",
        "because",
        "becomes",
        "for",
        "iff",
        "implies",
        "inference",
        "is",
        "matches",
        "means",
        "not",
        "or",
        "otherwise",
        "when",
        "where",
    }
)
"""Words that are never names, so that a misplaced one is seen at once."""

_DIGIT = "[0-9]"
_NUMERAL = re.compile(r"[0-9][0-9.]*")

MAX_DEPTH = 100
"""How deeply parentheses and operators may nest."""

UNCLOSED = "unclosed-string"
"""The code of the diagnostic for a string that is not closed."""

MAX_STRING = 100_000
"""How many characters a string may have: as many as a quote."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a file to be parsed; `text` begins at `line` and `column` of it. `generated`: by redline,
    so that it may be as large as what it is about needs.
    """

    file: str
    text: str
    line: int = 1
    column: int = 1
    generated: bool = False


class Lexeme(Token):
    """A word with its place."""

    __slots__ = ("file",)
    file: str

    @property
    def span(self) -> Span:
        return Span(self.file, self.line or 1, self.column or 1, self.end_line or 1, self.end_column or 1)


class WordLexer(Lexer):
    """Lexes by one regular expression; the grammar's own terminals are the only source of it."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: LexerConf) -> None:
        patterns = [each for each in lexer_conf.terminals if each.pattern.type == "re"]
        ahead = sorted((each for each in patterns if each.priority > 0), key=lambda each: each.name)
        plain = [each for each in patterns if each.priority == 0]
        self.literals = {e.pattern.value: e.name for e in lexer_conf.terminals if e.pattern.type == "str"}
        self.starters = frozenset[str]().union(*(_first(each.pattern.value) for each in ahead))
        self.ahead = re.compile("|".join(f"(?P<{e.name}>{e.pattern.value})" for e in ahead))
        words = "|".join(
            f"(?P<{e.name}>(?{'s' if 's' in e.pattern.flags else ''}:{e.pattern.value}))" for e in plain
        )
        self.plain = re.compile(rf"(?P<skip>(?:\s|--[^\n]*)+)|{words}|(?P<mark>[(){{}}\[\]:,.])")

    def lex(self, lexer_state: LexerState, parser_state: ParserState[int]) -> Iterator[Token]:
        fragment = lexer_state.text
        assert isinstance(fragment, Fragment)
        cursor = _Cursor(fragment)
        states = parser_state.parse_conf.states
        text, end, position, depth = fragment.text, len(fragment.text), 0, 0
        while position < end:
            accepted = states[parser_state.position]
            found = self.ahead.match(text, position) if text[position] in self.starters else None
            if found is None or not _stands(parser_state, found.lastgroup or ""):
                found = self.plain.match(text, position)
            if found is None:
                raise SpecError((_stray(text, position, cursor),))
            group, value, position = found.lastgroup or "", found.group(), found.end()
            if group == "skip":
                cursor.move(found.start(), value)
                continue
            if group in {"NAME", "mark"}:
                key = self.literals.get(value)
                if key is not None and (
                    group == "mark"
                    or value in RESERVED
                    or "NAME" not in accepted
                    or _stands(parser_state, key)
                ):
                    group = key
            token = cursor.token(group, value, found.start(), position)
            if group == "STRING" and len(value) > MAX_STRING and not fragment.generated:
                raise SpecError((_too_long(token.span),))
            depth += (value == "(") - (value == ")")
            if depth > MAX_DEPTH:
                raise SpecError((_too_deep(token.span),))
            lexer_state.last_token = token
            yield token


def _first(pattern: str) -> str:
    """The characters with which what is looked ahead for begins."""
    return digits if pattern.startswith(_DIGIT) else pattern[0]


def _stands(parser_state: ParserState[int], terminal: str) -> bool:
    """Whether a terminal can really stand next: a table's lookaheads alone say a little too much."""
    states, stack = parser_state.parse_conf.states, None
    top = parser_state.position
    while True:
        found = states[top].get(terminal)
        if found is None:
            return False
        action, argument = found
        if action is Shift:
            return True
        if stack is None:
            stack = list(parser_state.state_stack)
        if argument.expansion:
            del stack[-len(argument.expansion) :]
        top = states[stack[-1]][argument.origin.name][1]
        stack.append(top)


class _Cursor:
    """Counts lines while a text is read from front to back."""

    def __init__(self, fragment: Fragment) -> None:
        self.file = fragment.file
        self.line = fragment.line
        self.line_start = 1 - fragment.column  # offset of the line's first column

    def move(self, start: int, value: str) -> None:
        breaks = value.count("\n")
        if breaks:
            self.line += breaks
            self.line_start = start + value.rfind("\n") + 1

    def place(self, start: int, end: int) -> Span:
        return Span(self.file, self.line, start - self.line_start + 1, self.line, end - self.line_start + 1)

    def token(self, kind: str, value: str, start: int, end: int) -> Lexeme:
        line, column = self.line, start - self.line_start + 1
        if "\n" in value:  # a string or a date
            self.move(start, value)
        token = Lexeme(kind, value, start, line, column, self.line, end - self.line_start + 1, end)
        token.file = self.file
        return token


def _stray(text: str, at: int, cursor: _Cursor) -> Diagnostic:
    if text[at] == '"':
        place = cursor.place(at, at + 1)
        return Diagnostic(UNCLOSED, "this string is not closed", place, expected=('`"`',))
    ends = _NUMERAL.match(text, at)
    if ends is not None and ends.end() < len(text):
        at = ends.end()
    sign, _ = of_sign(text, at)
    return _stands_for_nothing(text, at, cursor.place(at, at + len(sign)))


def _stands_for_nothing(text: str, at: int, place: Span) -> Diagnostic:
    sign, advice = of_sign(text, at)
    letter = unicodedata.normalize("NFC", text[max(0, at - 1) : at + 1])
    notes = (f"write `{letter}` as one letter",) if len(letter) == 1 and at else advice.notes
    if sign.isalnum() and not sign.isascii():
        notes = (f"this is {code_point(sign)}", *notes)
    alike = looks(sign)
    nearest = advice.nearest or (alike if alike == "-" != sign else None)
    if advice.length:
        column = place.column + advice.skip
        place = Span(place.file, place.line, column, place.line, column + advice.length)
    said = advice.message or f"`{sign}` means nothing here"
    return Diagnostic("stray-character", said, place, (), nearest, notes)


def unseen_after(fragment: Fragment, word: Lexeme) -> Diagnostic | None:
    """The diagnostic for what nobody sees directly behind a word, which so is two words; None if there is
    nothing of the kind.
    """
    at = word.end_pos or 0
    if at >= len(fragment.text) or is_seen(fragment.text[at]):
        return None
    span = word.span
    return _stands_for_nothing(
        fragment.text, at, Span(span.file, span.end_line, span.end_column, span.end_line, span.end_column + 1)
    )


def _too_deep(span: Span) -> Diagnostic:
    return Diagnostic("too-deep", f"nested more than {MAX_DEPTH} deep", span)


def _too_long(span: Span) -> Diagnostic:
    return Diagnostic("too-large", f"this string has more than {MAX_STRING:,} characters", span)

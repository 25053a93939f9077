"""Reads a fence after an edit: declarations whose text is as it was are taken from an earlier reading.

A fence is cut where a line begins with the first word of a declaration. How far a declaration goes is up to
the word behind it, so that word is looked at anew, in the state in which the parser was before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from checker.language import declarations as d
from checker.language.bringing_declaration import Flat
from checker.language.diagnostics import SpecError
from checker.language.lexer import Fragment, Lexeme
from checker.language.moved import moved
from checker.language.parse import begin, group, parse_fence

if TYPE_CHECKING:
    from lark.parsers.lalr_parser_state import ParserState

    _State: TypeAlias = "ParserState[int]"

BEGINS: Final = re.compile(r"^[^\W\d_]", re.MULTILINE)
"""Where lines begin as those do with which a declaration begins."""

_END: Final = "$END"
_FIRST: Final = 2  # what was read so far, and the word that begins a declaration


@dataclass(frozen=True, slots=True)
class _Piece:
    """Whole declarations. `stack`: the parser's behind them; `behind`: the kind of the word that follows."""

    fragment: Fragment
    declarations: tuple[Flat, ...]
    stack: tuple[int, ...]
    behind: str


@dataclass(slots=True)
class Declarations:
    """Declarations that were read, by their text up to the next line that might begin one, such as a line
    within a string. Grows with every edit, so begin anew now and then.
    """

    _known: dict[str, _Piece] = field(default_factory=dict)

    def of_fence(self, fragment: Fragment) -> tuple[d.Declaration, ...]:
        """What `parse_fence` makes of the fence. Raises SpecError as that does."""
        found = None if fragment.column > 1 else self._pieces(fragment)
        return parse_fence(fragment) if found is None else group(found)

    def _pieces(self, fragment: Fragment) -> list[Flat] | None:
        """The declarations; None where something is wrong, of which only a fresh reading tells."""
        text, line, at = fragment.text, fragment.line, 0
        begins = [each.start() for each in BEGINS.finditer(text)][1:]
        found: list[Flat] = []
        try:
            while True:
                end = next((each for each in begins if each > at), len(text))
                rest = replace(fragment, text=text[at:], line=line)
                piece = self._known.get(text[at:end])
                if piece is None or not _ends(piece, rest):
                    piece = _read(rest, [each - at for each in begins if each > at])
                    self._known[text[at:end]] = piece
                found += moved(piece.declarations, line - piece.fragment.line)
                if piece.behind == _END:
                    return found
                at += len(piece.fragment.text)
                line += piece.fragment.text.count("\n")
        except _Wrong:
            return None


class _Wrong(Exception):
    """A text is no declarations."""


def begins(stack: list[object], word: Lexeme) -> bool:
    """Whether the word that was read last begins a declaration: only whole ones stand before it."""
    return stack[-1] is word and (
        len(stack) == 1 or (len(stack) == _FIRST and not isinstance(stack[0], Lexeme))
    )


def _words(rest: Fragment, state: _State) -> Iterator[Lexeme]:
    from lark.exceptions import LarkError
    from lark.lexer import LexerState

    try:
        lexer = state.lexer.lexer
        yield from cast("Iterator[Lexeme]", lexer.lex(LexerState(cast("Any", rest)), state))
    except (SpecError, LarkError):
        raise _Wrong from None


def _ends(piece: _Piece, rest: Fragment) -> bool:
    """Whether a piece ends in this text, which begins with its words, where it ended before."""
    known = piece.fragment
    alike = (known.file, known.generated) == (rest.file, rest.generated)
    if not alike or not rest.text.startswith(known.text):
        return False
    state = begin(rest).parser_state
    state.state_stack[:] = piece.stack
    word = next(_words(replace(rest, text=rest.text[len(known.text) :]), state), None)
    return piece.behind == (_END if word is None else word.type)


def _read(rest: Fragment, ends: list[int]) -> _Piece:
    """Read up to the first of the ends with which a declaration begins. Raises _Wrong."""
    from lark.exceptions import LarkError

    state = begin(rest).parser_state
    at = 0
    try:
        for word in _words(rest, state):
            while at < len(ends) and ends[at] < (word.start_pos or 0):
                at += 1
            stack = tuple(state.state_stack) if at < len(ends) and word.start_pos == ends[at] else ()
            state.feed_token(word)
            if stack and begins(state.value_stack, word):
                del state.state_stack[-1], state.value_stack[-1]  # the word is of the next piece
                fragment = replace(rest, text=rest.text[: word.start_pos])
                return _Piece(fragment, _ended(state, rest), stack, word.type)
        stack = tuple(state.state_stack)
        return _Piece(rest, _ended(state, rest), stack, _END)
    except (SpecError, LarkError):
        raise _Wrong from None


def _ended(state: _State, rest: Fragment) -> tuple[Flat, ...]:
    """The declarations; the parser has no further use."""
    end = Lexeme(_END, "", len(rest.text), 1, 1, 1, 1, len(rest.text))
    end.file = rest.file
    return cast("tuple[Flat, ...]", state.feed_token(end, is_end=True))

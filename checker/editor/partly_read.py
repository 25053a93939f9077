"""Reads fences that are being written: what stands before a mistake is read as if it were finished.

Where a word cannot stand, the sentence before it is closed with as few words as the grammar allows, and
reading goes on at the next line that begins where declarations begin.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from checker.language import declarations as d
from checker.language.bringing_declaration import BringingDecl, Flat
from checker.language.diagnostics import Span, SpecError
from checker.language.lexer import Fragment, Lexeme, WordLexer
from checker.language.parse import begin, group
from checker.language.parse_again import BEGINS, begins

if TYPE_CHECKING:
    from lark.parsers.lalr_parser_state import ParserState

HOLE: Final = "\N{HORIZONTAL ELLIPSIS}"
"""The name, or the string, that stands where something is still to be written."""

_ASKED: Final = "\N{TWO DOT LEADER}"
_DEAR: Final = frozenset("and or is lpar for not implies iff in_set before".upper().split())
_VALUES: Final = frozenset({"$END", "DAY", "PERIOD"})
"""What nothing is closed with: of a date, there is none that could stand for any."""
_COST: Final = 8  # of a word that only opens something else
_TRIES: Final = 3_000  # so many unfinished sentences are looked at

_FOLLOWS: Final = (
    "x ",
    "x: ",
    "(",
    "{",
    "insert ",
    "x insert ",
    "also ",
    ", also ",
    "x, also ",
    "any situation",
    "situation",
    "deployment steps ",
    "steps ",
    "deployment ",
)
"""What may stand behind words that the grammar knows by that: something for each of them."""

_Stack: TypeAlias = tuple[int, ...]
_Table: TypeAlias = Mapping[int, Mapping[str, tuple[object, Any]]]
_State: TypeAlias = "ParserState[int]"


@dataclass(frozen=True, slots=True)
class Extent:
    """A declaration with all of the text that it takes."""

    decl: d.Declaration
    span: Span


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """What a fence declares, as far as it could be read. `extents`: each with its text, before what follows a
    change or a reading is put into it. `words`: all that could be read, with what they are in the grammar.
    `whole`: there was no mistake.
    """

    declarations: tuple[d.Declaration, ...]
    extents: tuple[Extent, ...]
    words: tuple[Lexeme, ...]
    whole: bool


@dataclass(slots=True)
class _Reading:
    declarations: list[Flat] = field(default_factory=list)
    extents: list[Extent] = field(default_factory=list)
    words: list[Lexeme] = field(default_factory=list)
    whole: bool = True


@dataclass(slots=True)
class Unfinished:
    """A text as far as it can be read. `wrong`: where the first word stands that cannot, if one does."""

    fragment: Fragment
    state: _State
    words: list[Lexeme] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # the words that begin declarations
    wrong: int | None = None

    def finish(self) -> tuple[Flat, ...] | None:
        """Close what is open with as few words as possible; None if that cannot be done."""
        ending = _ending(self.state)
        if ending is None:
            return None
        last = self.words[-1] if self.words else None
        try:
            for terminal in ending:
                self.state.feed_token(_word(terminal, last, self.fragment))
            end = self.state.feed_token(_word("$END", last, self.fragment), is_end=True)
            return cast("tuple[Flat, ...]", end)
        except Exception:  # a sentence that is closed in haste may be one that nobody builds
            return None

    @property
    def literals(self) -> dict[str, str]:
        """The words of the language, by what the grammar calls them."""
        lexer = cast("WordLexer", self.state.lexer.lexer)
        return {terminal: word for word, terminal in lexer.literals.items()}


def asked(read: Unfinished, terminal: str) -> tuple[tuple[d.Declaration, ...], str]:
    """What the text declares if a name, or a string, stands at its end; and which that is."""
    copied = replace(read, state=read.state.copy(deepcopy_values=False))
    last = read.words[-1] if read.words else None
    value = _ASKED if terminal == "NAME" else f'"{_ASKED}"'
    try:
        copied.state.feed_token(_word(terminal, last, read.fragment, value))
    except Exception:  # as in `finish`
        return (), _ASKED
    found = copied.finish() or ()
    return tuple(each.decl if isinstance(each, BringingDecl) else each for each in found), _ASKED


def read_partly(fragment: Fragment) -> PartlyRead:
    """Read a fence, whatever is wrong with it."""
    found = _Reading()
    left: Fragment | None = fragment
    while left is not None:
        left = _take(unfinished(left), found)
    try:
        declarations = group(found.declarations)
    except SpecError:  # something is brought where there is no reading
        declarations = group([each for each in found.declarations if not isinstance(each, BringingDecl)])
        found.whole = False
    return PartlyRead(declarations, tuple(found.extents), tuple(found.words), found.whole)


def begun(fragment: Fragment) -> Iterator[Unfinished]:
    """Read a text that goes on, in each way in which it can be read: some words are known by what follows."""
    seen: set[_Stack] = set()
    for behind in ("", *_FOLLOWS):
        read = unfinished(fragment, behind)
        if read.wrong is None and _stack(read.state) not in seen:
            seen.add(_stack(read.state))
            yield read


def unfinished(fragment: Fragment, behind: str = "") -> Unfinished:
    """Read a text up to its first mistake, or its end. `behind`: what is looked at to tell words apart, too,
    and not read.
    """
    from lark.exceptions import LarkError, UnexpectedToken

    parser = begin(replace(fragment, text=fragment.text + behind))
    state = parser.parser_state
    read = Unfinished(fragment, state)
    try:
        lexer = parser.lexer_thread
        assert lexer.state is not None
        for word in cast("Iterator[Lexeme]", lexer.lexer.lex(lexer.state, state)):
            if (word.start_pos or 0) >= len(fragment.text):
                break
            state.feed_token(word)
            if begins(state.value_stack, word):
                read.starts.append(len(read.words))
            read.words.append(word)
    except UnexpectedToken as error:
        read.wrong = error.token.start_pos or 0
    except (SpecError, LarkError):
        read.wrong = (read.words[-1].end_pos or 0) if read.words else 0
    return read


def _take(read: Unfinished, found: _Reading) -> Fragment | None:
    """Take over what was read, and return what is left to read."""
    text = read.fragment.text
    closed = read.wrong is not None or not _ends(read.state.parse_conf.states, _stack(read.state), read.state)
    found.whole = found.whole and not closed
    declarations = read.finish()
    if declarations is None and len(read.starts) > 1:  # all but the last declaration
        last = read.words[read.starts[-1]].start_pos or 0
        _take(unfinished(replace(read.fragment, text=text[:last])), found)
    else:
        ends = [*read.starts[1:], len(read.words)]
        for decl, start, end in zip(declarations or (), read.starts, ends, strict=False):
            found.declarations.append(decl)
            own = decl.decl if isinstance(decl, BringingDecl) else decl
            found.extents.append(Extent(own, _over(read.words[start].span, read.words[end - 1].span)))
        found.words += read.words
    return None if read.wrong is None else _after(read)


def _after(read: Unfinished) -> Fragment | None:
    """What is left from the next line on that begins as declarations do."""
    text, wrong = read.fragment.text, read.wrong or 0
    own = (read.words[read.starts[-1]].start_pos or 0) if read.starts else 0
    line = text.rfind("\n", 0, wrong) + 1
    behind = next((at for each in BEGINS.finditer(text) if (at := each.start()) >= line and at > own), None)
    if behind is None:
        return None
    lines = text.count("\n", 0, behind)
    return replace(read.fragment, text=text[behind:], line=read.fragment.line + lines)


def _over(first: Span, last: Span) -> Span:
    return replace(first, end_line=last.end_line, end_column=last.end_column)


def _word(terminal: str, last: Lexeme | None, fragment: Fragment, value: str = "") -> Lexeme:
    """A word that nobody wrote, behind the last that somebody did."""
    value = value or {"NAME": HOLE, "STRING": f'"{HOLE}"'}.get(terminal, terminal.lower())
    line = fragment.line if last is None else last.end_line
    column = fragment.column if last is None else last.end_column
    word = Lexeme(terminal, value, len(fragment.text), line, column, line, column, len(fragment.text))
    word.file = fragment.file
    return word


# ------------------------------------------------------- the shortest ending


def _stack(state: _State) -> _Stack:
    return tuple(state.state_stack)


def stands(state: _State, terminal: str) -> bool:
    """Whether a word of this kind can stand next."""
    return _shifted(state.parse_conf.states, _stack(state), terminal) is not None


def _shifted(states: _Table, stack: _Stack, terminal: str) -> _Stack | None:
    """What the parser's stack would be after the word; None if it cannot stand there."""
    from lark.parsers.lalr_analysis import Shift

    left = list(stack)
    while True:
        found = states[left[-1]].get(terminal)
        if found is None:
            return None
        action, argument = found
        if action is Shift:
            return (*left, argument)
        if argument.expansion:
            del left[-len(argument.expansion) :]
        left.append(states[left[-1]][argument.origin.name][1])


def _ends(states: _Table, stack: _Stack, state: _State) -> bool:
    """Whether the text may end here."""
    left = list(stack)
    while True:
        found = states[left[-1]].get("$END")
        if found is None:
            return False
        _, rule = found
        if rule.expansion:
            del left[-len(rule.expansion) :]
        left.append(states[left[-1]][rule.origin.name][1])
        if left[-1] == state.parse_conf.end_state:
            return True


def _ending(state: _State) -> tuple[str, ...] | None:
    """The fewest words after which the text may end."""
    states = state.parse_conf.states
    counter = itertools.count()
    waiting: list[tuple[int, int, _Stack, tuple[str, ...]]] = [(0, next(counter), _stack(state), ())]
    seen: set[_Stack] = set()
    while waiting and len(seen) < _TRIES:
        cost, _, stack, path = heapq.heappop(waiting)
        if stack in seen:
            continue
        seen.add(stack)
        if _ends(states, stack, state):
            return path
        for terminal in sorted(states[stack[-1]]):  # the tables' own order is another in each process
            if terminal.isupper() and terminal not in _VALUES:
                after = _shifted(states, stack, terminal)
                if after is not None and after not in seen:
                    dear = _COST if terminal in _DEAR else 1
                    heapq.heappush(waiting, (cost + dear, next(counter), after, (*path, terminal)))
    return None

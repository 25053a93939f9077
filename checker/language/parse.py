"""Fences to declarations, formulas on the command line to expressions."""

from __future__ import annotations

import difflib
import os
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.bringing_declaration import BringingDecl, Flat
from checker.language.calendar_declaration import CalendarDecl
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.duty_declaration import DutyDecl
from checker.language.habits import of_word
from checker.language.lapse_declaration import LapseDecl
from checker.language.lexer import RESERVED, Fragment, Lexeme, WordLexer, unseen_after
from checker.language.look_alikes import looks
from checker.language.unclosed_strings import unclosed_string

if TYPE_CHECKING:
    from lark import Lark
    from lark.exceptions import UnexpectedToken
    from lark.parsers.lalr_interactive_parser import InteractiveParser

Owner: TypeAlias = d.InsertDecl | d.ReplaceDecl | d.ReadingDecl

_READING = (d.RemeaningDecl, d.AdditionDecl, d.GuardDecl, d.StartDecl, s.Define)
_SHOWN = 6  # how many expected words a diagnostic lists
_WIDTH = 40  # how much of a wrong word a message repeats
_SIMILAR = 0.75
_NO_MISTAKES = ("today",)
_BACK = 2  # words before one that cannot stand there that may be misspelt
_IN_PARENTHESES = (
    "beside `and`, `or`, `not` or `implies`, `for every`, `for some`, and counts such as `at least two` "
    "stand in parentheses"
)
_NAMED = re.compile(r"[^\W\d_]\w*(?:-\w+)*|\d+(?:\.\d+)*[A-Za-z]?")
_LAST_WORD = re.compile(r"([^\W\d_]\w*(?:-\w+)*)(?:\s|--[^\n]*)*\Z")
_BLANK = re.compile(r"(?:\s|--[^\n]*)*")
_OTHER_NAME = "choose another name"
_GROUPED = re.compile(r"(?<!\w)\d{1,3}$")
_THOUSAND = re.compile(r"\d{3}(?!\d)")
_JOINING = ("and", "or", "&")
_WITH_COMMAS = "this list has `,` between its parts"
_BRACKETS = ("(", "{", "[")
_LISTED = frozenset({"NAME", "STRING"})
_VERBS = ("insert", "replace", "strike", "amend")
_OPENING = (
    "for",
    "least",
    "most",
    *s.NUMERALS,
)  # where one of these cannot stand, somebody may have left out the parentheses
_PLAIN = {
    "NAME": "a name",
    "STRING": "a string",
    "DAY": "a date",
    "PERIOD": "a period",
}
_COUNTED = re.compile(
    r"(?<![\w-])(?P<count>(?:exactly|at\s+(?:least|most))\s+(?:\d+|[^\W\d_]+))\s+[^\W\d_][\w-]*\s*:"
)
_BETWEEN = r"\s+"  # as patterns write it
_WRITTEN = re.compile(rf"(?:[a-z,]|{re.escape(_BETWEEN)})+")  # words with which a pattern begins


def parse_fence(fragment: Fragment) -> tuple[d.Declaration, ...]:
    """The declarations of a fence.

    Raises SpecError with one diagnostic at the first word that cannot stand where it stands.
    """
    return group(cast("tuple[Flat, ...]", _parse(fragment, "start")))


def begin(fragment: Fragment) -> InteractiveParser:
    """A parser of a fence's declarations that is fed word by word, for texts that are not finished."""
    return _parser().parse_interactive(cast("str", fragment), start="start")


def parse_expression(text: str, file: str) -> s.Expr:
    """A formula or term, from a text of its own."""
    return cast("s.Expr", _parse(Fragment(file, text), "formula"))


def parse_column_text(text: str, file: str) -> s.ColumnRef:
    """A column: `new under reading-a without first-come`."""
    return cast("s.ColumnRef", _parse(Fragment(file, text), "column"))


def group(flat: Sequence[Flat]) -> tuple[d.Declaration, ...]:
    """Puts the declarations that follow an insertion, replacement or reading into it.

    Raises SpecError where something is brought, and no reading above brings it.
    """
    grouped: list[d.Declaration] = []
    for each in flat:
        last = grouped[-1] if grouped else None
        if isinstance(each, BringingDecl):
            if not isinstance(last, d.ReadingDecl):
                expected = ('`reading NAME "…" because "…"` above it', "the same without `also`")
                message = "only a reading brings something by `also`"
                raise SpecError((Diagnostic("misplaced", message, each.span, expected),))
            grouped[-1] = replace(last, brings=(*last.brings, each.decl))
        elif (isinstance(last, d.ReadingDecl) and _in_reading(each)) or (
            isinstance(last, d.InsertDecl | d.ReplaceDecl) and in_change(each)
        ):
            grouped[-1] = replace(last, body=(*last.body, each))
        else:
            grouped.append(each)
    return tuple(grouped)


def _in_reading(each: d.Declaration) -> bool:
    adopted = isinstance(each, d.CheckDecl) and each.adopted_because is not None
    return adopted or isinstance(each, _READING)


def in_change(each: d.Declaration) -> bool:
    """Whether it is part of the law that modifications change, and may be brought by one."""
    rules = d.CheckDecl | d.ExceptionsDecl | d.LimbDecl | d.EffectDecl | d.EventDecl | LapseDecl | DutyDecl
    others = d.OrderDecl | s.Define | d.FunctionDecl | CalendarDecl | d.AxiomDecl | d.PremiseDecl
    return isinstance(each, rules | others | d.StartDecl)


def _parse(fragment: Fragment, start: str) -> object:
    from lark.exceptions import UnexpectedToken, VisitError

    try:
        return _parser().parse(fragment, start=start)
    except UnexpectedToken as error:
        found = _unexpected(error, fragment, start)
    except VisitError as error:
        raise error.orig_exc from None
    except SpecError as error:
        (found,) = error.diagnostics
    unclosed = unclosed_string(fragment, found, lambda closed: _first_wrong(closed, start))
    raise SpecError((unclosed or found,))


def _first_wrong(fragment: Fragment, start: str) -> Diagnostic | None:
    """Where a text is wrong first; None if nowhere."""
    from lark.exceptions import UnexpectedToken, VisitError

    try:
        _parser().parse(fragment, start=start)
    except UnexpectedToken as error:
        return _unexpected(error, fragment, start)
    except SpecError as error:
        return error.diagnostics[0]
    except VisitError:
        return None
    return None


@cache
def _parser() -> Lark:
    from lark import Lark

    from checker.language.build_declarations import Builder

    grammar = Path(__file__).with_name("grammar.lark")
    return Lark(
        grammar.read_text(encoding="utf-8"),
        parser="lalr",
        lexer=WordLexer,
        transformer=Builder(),
        start=["start", "formula", "column"],
        maybe_placeholders=True,
        cache=_cache_file(),
    )


def _cache_file() -> str | bool:
    """Where the parse tables are kept: in the user's own cache folder, since they are trusted when read.

    Making them takes a quarter of a second, reading them a fifth of that. Lark makes them again when the
    grammar, Python's version or its own changes, and does without the file where it cannot be written.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "redline"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return False
    return str(folder / "grammar.tables")


def _unexpected(error: UnexpectedToken, fragment: Fragment, start: str) -> Diagnostic:
    accepted = sorted(error.accepts or error.expected or ())
    word = error.token
    expected = tuple(dict.fromkeys(map(_readable, accepted)))
    if len(expected) > _SHOWN:
        expected = ()
    if word.type == "$END" or not isinstance(word, Lexeme):
        last = error.state.lexer.state.last_token if error.state is not None else None
        span = (
            last.span if isinstance(last, Lexeme) else Span(fragment.file, fragment.line, 1, fragment.line, 1)
        )
        return Diagnostic("unfinished", "the text ends here, unfinished", span, expected)
    unseen = unseen_after(fragment, word)
    if unseen is not None:
        return unseen
    named = _named_by_a_word(word, fragment, accepted, start) or _advice(word, fragment, accepted)
    named = named or _counted(word, fragment) or _word_taken_for_itself(word, fragment, start)
    if named is not None:
        return named
    words = [_word(each) for each in accepted]
    close = [
        each
        for each in difflib.get_close_matches(looks(str(word)), words, n=1, cutoff=_SIMILAR)
        if each != word
    ]
    meant = None if close else _misspelt(error)
    if meant is not None:
        name, keyword = meant
        message = f"`{name.text}` is no word of the language, and `{word}` cannot stand after a name here"
        return Diagnostic("syntax", message, name.span, nearest=keyword)
    shown = _shown(word)
    quoted = word.type == "STRING" and "NAME" in accepted and _NAMED.fullmatch(_content(word))
    if quoted:
        close = [_content(word)]
    message = f"{shown if word.type == 'STRING' else f'`{shown}`'} cannot stand here"
    notes = (_IN_PARENTHESES,) if word in _OPENING and "LPAR" in accepted else ()
    if (
        word == ","
        and _GROUPED.search(fragment.text[: word.start_pos])
        and _THOUSAND.match(fragment.text, word.end_pos or 0)
    ):
        notes = ("a number has no commas",)
    if word in _JOINING and {"COMMA", "AND_WITH"}.intersection(accepted):
        notes, close = (_WITH_COMMAS,), [","]
    elif word in _BRACKETS and _LISTED.issuperset(accepted):
        notes = ("this list stands without brackets",)
    elif word in _BRACKETS:
        other = [each for each in map(_word, accepted) if each in _BRACKETS]
        close, notes = other[:1], () if other else ("this stands without brackets",)
    near = close[0] if close else None
    return Diagnostic("syntax", message, word.span, expected, near, notes, word=_content(word))


def _counted(word: Lexeme, fragment: Fragment) -> Diagnostic | None:
    """The diagnostic for a count that lacks its parentheses: its own words are read as names there."""
    at = word.start_pos or 0
    for found in _COUNTED.finditer(fragment.text, max(0, at - _WIDTH), at + _WIDTH):
        if found.start() <= at < found.end() and "\n" not in fragment.text[found.start() : at]:
            column = word.span.column - (at - found.start())
            span = Span(word.span.file, word.span.line, column, word.span.line, column + len(found["count"]))
            message = f"`{' '.join(found['count'].split())}` cannot stand here"
            return Diagnostic("syntax", message, span, notes=(_IN_PARENTHESES,))
    return None


def _content(word: Lexeme) -> str:
    return word[1:-1] if word.type == "STRING" else str(word)


def _advice(word: Lexeme, fragment: Fragment, accepted: Sequence[str]) -> Diagnostic | None:
    """The diagnostic for a word that people write by habit; None for any other."""
    at = word.start_pos or 0
    found = of_word(fragment.text, at, str(word), _VERBS, declares="BY_CHANGE" in accepted)
    if found is None:
        return None
    span = word.span
    if found.skip < 0:
        column = span.column + found.skip
        span = Span(span.file, span.line, column, span.line, column + found.length)
    elif found.length:
        lead = fragment.text[at : at + found.skip]
        line = span.line + lead.count("\n")
        column = len(lead) - lead.rfind("\n") if "\n" in lead else span.column + found.skip
        span = Span(span.file, line, column, line, column + found.length)
    message = found.message or f"`{_shown(word)}` cannot stand here"
    return Diagnostic("syntax", message, span, (), found.nearest, found.notes, word=_content(word))


def _named_by_a_word(
    word: Lexeme, fragment: Fragment, accepted: Sequence[str], start: str
) -> Diagnostic | None:
    """The diagnostic for a reserved word in the place of a name; None for others, and where a name is
    missing: the text then reads on with one, and the word does not end its line.
    """
    if word not in RESERVED or "NAME" not in accepted or "LPAR" in accepted:
        return None
    at, end = word.start_pos or 0, word.end_pos or 0
    named, missing = (_read_up_to(fragment, start, range(at, stop), end) for stop in (end, at))
    ends_its_line = fragment.text[end:].split("\n", 1)[0].strip() == ""
    if named <= 0 or missing > named or (missing == named and not ends_its_line):
        return None
    return no_name(str(word), word.span)


def no_name(word: str, span: Span) -> Diagnostic:
    """The diagnostic for a reserved word as a name."""
    message = f"`{word}` is a word of the language, and no name"
    return Diagnostic("reserved", message, span, notes=(_OTHER_NAME,), word=word)


def _word_taken_for_itself(word: Lexeme, fragment: Fragment, start: str) -> Diagnostic | None:
    """The diagnostic for a word that was read as one of the language, where a name would be read on. A word
    that stands there twice is a slip.
    """
    before = _LAST_WORD.search(fragment.text, 0, word.start_pos or 0)
    if before is None or before[1] not in _literals() or before[1] == word:
        return None
    if _read_up_to(fragment, start, range(*before.span(1)), word.end_pos or 0) <= 0:
        return None
    message = f"`{before[1]}` is a word of the language here, and no name"
    lead = fragment.text[: before.start(1)]
    line = fragment.line + lead.count("\n")
    column = len(lead) - lead.rfind("\n") + (0 if "\n" in lead else fragment.column - 1)
    span = Span(fragment.file, line, column, line, column + len(before[1]))
    return Diagnostic("reserved", message, span, notes=(_OTHER_NAME,), word=before[1])


def _read_up_to(fragment: Fragment, start: str, place: range, behind: int) -> int:
    """How much further than to the next word behind another place could be read, with a name in a place of
    the text: in characters, 0 or less if not even that word. In an empty place, the name is put before the
    word that stands there.
    """
    from lark.exceptions import UnexpectedToken, VisitError

    name = "x" * len(place) or "x "
    text = f"{fragment.text[: place.start]}{name}{fragment.text[place.stop :]}"
    following = _BLANK.match(text, behind + len(name) - len(place))
    at = len(text) + 1
    try:
        _parser().parse(replace(fragment, text=text), start=start)
    except UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else error.token.start_pos or 0
    except (SpecError, VisitError):
        pass
    return at - (following.end() if following else at)


def _shown(word: Lexeme) -> str:
    shown = " ".join(str(word).split())
    return textwrap.shorten(shown, _WIDTH, placeholder="…") if " " in shown else shown[:_WIDTH]


def _misspelt(error: UnexpectedToken) -> tuple[s.Name, str] | None:
    """A name shortly before what cannot stand there, and the word of the language much like it that could
    have stood in its place, if there is one.
    """
    state = error.state
    if state is None:
        return None
    table = state.parse_conf.parse_table.states
    read = list(zip(state.state_stack, state.value_stack, strict=False))  # what it was in, and what came
    for before, last in reversed(read[-_BACK:]):
        name = _bare(last)
        if name is not None and name.text not in _literals():
            words = [_word(each) for each in sorted(table[before]) if each.isupper()]
            close = difflib.get_close_matches(name.text, words, n=1, cutoff=_SIMILAR)
            if close and close[0] != name.text and name.text not in _NO_MISTAKES:
                return name, close[0]
    return None


def _bare(read: object) -> s.Name | None:
    """The name that is all that was read; None if more was."""
    if isinstance(read, s.Clause):
        return _bare(read.formula)
    if isinstance(read, s.Ref):
        return read.name if read.arguments is None and read.request is None else None
    return read if isinstance(read, s.Name) else None


@cache
def _literals() -> Mapping[str, str]:
    """The terminals of one word or mark each, by what is written."""
    return {each.pattern.value: each.name for each in _parser().terminals if each.pattern.type == "str"}


def _word(terminal: str) -> str:
    known = {name: written for written, name in _literals().items()}
    return known.get(terminal, terminal.split("_", maxsplit=1)[0].lower())


def _readable(terminal: str) -> str:
    if terminal == "$END":
        return "the end"
    if terminal in _PLAIN:
        return _PLAIN[terminal]
    written = {each.name: each.pattern.value for each in _parser().terminals if each.pattern.type == "re"}
    words = _WRITTEN.match(written.get(terminal, ""))
    return f"`{_word(terminal) if words is None else ' '.join(words[0].split(_BETWEEN)).strip()}`"

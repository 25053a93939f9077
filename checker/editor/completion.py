"""What could stand at a place: words of the language, names by their sort and place, clauses, words of
the quote that no phrase covers yet, and in tables what their cells can say.

The text before the place is parsed; where a name can stand, one is put there, and the sentence is finished,
so that the syntax says what kind of name it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from checker.editor.built_in import built_in, meaning_next
from checker.editor.cells import in_cells
from checker.editor.edits import quoted
from checker.editor.index import Index
from checker.editor.names_in_declarations import names
from checker.editor.occurrences import Declared, Kind, Occurrence
from checker.editor.pages import Page, ReadFence
from checker.editor.partly_read import Unfinished, asked, begun, stands, unfinished
from checker.editor.proposals import Proposal
from checker.language import syntax as s
from checker.language.calendar_words import MONTHS
from checker.language.diagnostics import NOWHERE, Span
from checker.language.document import spell
from checker.language.lexer import Fragment
from checker.language.parse_again import BEGINS
from checker.model.expressions import DATE, DAYS

_WORD: Final = re.compile(r"(?:\d+(?:\.\d*)*[A-Za-z]?|[^\W\d_][\w-]*)\Z")
_LEXEME: Final = re.compile(r'"(?:[^"\\]|\\.)*"|--[^\n]*|"', re.DOTALL)
LONGER: Final = {
    "EXACTLY": "exactly one",
    "AT_LEAST": "at least two",
    "AT_MOST": "at most one",
    "NO_LESS": "at least",
    "NO_MORE": "at most",
    "MORE_THAN": "more than",
    "LESS_THAN": "less than",
    "LEAST_OF": "least of",
    "GREATEST_OF": "greatest of",
    "EARLIEST_OF": "earliest of",
    "LATEST_OF": "latest of",
    "EARLIER_THAN": "earlier than",
    "LATER_THAN": "later than",
    "NO_EARLIER": "no earlier than",
    "NO_LATER": "no later than",
    "WITHIN": "within",
    "DAYS_FROM": "days from",
    "INSIDE": "inside",
    "OR_INSIDE": "or inside",
    "EVER": "ever",
    "SINCE": "since",
    "AS_OF": "as of",
    "FOR_AT_LEAST": "for at least",
    "BEGINNING_OF": "beginning of",
    "BREACH_OF": "breach of",
    "PER_CENT_OF": "per cent of",
    "ROUNDED": "rounded down",
    "IN_ORDER": "in order",
    "IN_FORCE_FROM": "in force from",
    "SAME_MEANING": "same meaning",
    "IS_MADE": "is made",
    "NOT_IN": "not in",
    "IN_SET": "in",
    "MADE": "newly a request",
    "UNMADE": "no longer a request",
    "VERSION_OF": "version",
    "FAILS_ONLY": "fails only",
    "IN_SITUATION": "in",
    "WITH_STEPS": "with",
    "IN_DEPLOYMENT": "in every",
    "ON_SHAPES": "on",
    "BY_CHANGE": "by",
    "IN_RULE": "in",
}
"""Words that the lexer knows by several, or by what follows them, by what the grammar calls them."""
COUNTED: Final = {
    "DAY": MONTHS,
    "PERIOD": (
        "day",
        "days",
        "working day",
        "working days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
    ),
}
"""What stands behind a number, and makes one word with it, by what the grammar calls that."""
_COUNT: Final = re.compile(r"(?<![\w.])(\d{1,4})[ ]+([A-Za-z]*(?:[ ]+[A-Za-z]*)?)\Z")
_DAYS: Final = 31
_ONLY: Final[tuple[Kind, ...]] = ("value", "version")  # what is only compared with its like
_FEW: Final = 3  # of more kinds, a name stands in a statement
_PART: Final = re.compile(r"[,;:.]$")


def completions(index: Index, file: str, line: int, column: int) -> tuple[Proposal, ...]:
    """What could stand at a place, the fittest first."""
    page = index.pages[file]
    if page.stale:
        return ()
    fence = page.fence_at(line)
    if fence is None:
        return _ranked(in_cells(index, page, line, column))
    for before in _befores(page, fence, line, column):
        found = _Asking(index, page, fence, before, Span(file, line, column, line, column)).proposals()
        if found is not None:
            return _ranked(found)
    return ()


def _ranked(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Each once, the fittest first."""
    unique = {(each.text, each.kind): each for each in reversed(list(found))}
    return tuple(sorted(unique.values(), key=lambda each: (each.rank, each.text)))


def _befores(page: Page, fence: ReadFence, line: int, column: int) -> Iterator[Fragment]:
    """Yield the text from the beginning of the declaration to a place; then from that of the fence."""
    start = fence.fence.fragment
    text = page.slice(Span(page.file, start.line, 1, line, column))
    last = max((each.start() for each in BEGINS.finditer(text)), default=0)
    if last:
        yield replace(start, text=text[last:], line=start.line + text.count("\n", 0, last), column=1)
    yield replace(start, text=text, column=1)


@dataclass(frozen=True, slots=True)
class _Asking:
    index: Index
    page: Page
    fence: ReadFence
    before: Fragment
    place: Span

    def proposals(self) -> list[Proposal] | None:
        """What could stand there; None if the text before cannot be read."""
        text = self.before.text
        opened = None
        for found in _LEXEME.finditer(text):
            if found.group() == '"':
                opened = found.start()
            elif found.group().startswith("--") and found.end() == len(text):
                return []
        if opened is not None:
            read = unfinished(replace(self.before, text=text[:opened]))
            return None if read.wrong is not None else list(self._strings(read, text[opened:]))
        behind: list[Proposal] = []
        counted = _COUNT.search(text)
        if counted is not None:
            read = unfinished(replace(self.before, text=text[: counted.start()]))
            behind += () if read.wrong is not None else self._behind_number(read, counted)
        word = _WORD.search(text)
        written = word.group() if word else ""
        rest = text[: len(text) - len(written)]
        for read in begun(replace(self.before, text=rest)):
            behind += [*self._names(read, written), *self._words(read, written), *self._strings(read, "")]
        return behind or None

    def _span(self, written: str) -> Span:
        lines = written.count("\n")
        line = self.place.line - lines
        if not lines:
            return replace(self.place, column=self.place.column - len(written))
        above = self.before.text[: len(self.before.text) - len(written)]
        return replace(self.place, line=line, column=len(above) - above.rfind("\n"))

    def _words(self, read: Unfinished, written: str) -> Iterator[Proposal]:
        """Yield the words of the language that can stand there."""
        begins = str(read.words[read.starts[-1]]) if read.starts else ""
        for terminal, word in (*read.literals.items(), *LONGER.items()):
            if word[0].isalpha() and stands(read.state, terminal):
                meant = meaning_next(read.words, begins, terminal, word)
                yield Proposal(word, None, "", 3, self._span(written), meant)

    def _behind_number(self, read: Unfinished, found: re.Match[str]) -> Iterator[Proposal]:
        """Yield months and units of time, where a date or a period can stand."""
        number, begun = int(found.group(1)), found.group(2)
        for terminal, words in COUNTED.items():
            if not stands(read.state, terminal) or (terminal == "DAY" and not 1 <= number <= _DAYS):
                continue
            for word in words:
                follows = " " not in begun or word.startswith(begun)
                if follows and (terminal == "DAY" or word.endswith("s") is (number != 1)):
                    yield Proposal(word, None, "", int(terminal == "DAY"), self._span(begun))

    def _names(self, read: Unfinished, written: str) -> Iterator[Proposal]:
        """Yield the names that can stand there."""
        hole = self._hole(read, "NAME")
        if hole is None:
            return
        span = self._span(written)
        sort = self._sort_wanted(hole)
        valued = sort == "version" or any(each.of == sort for each in self.index.all_of("value"))
        for name, binder in hole.visible.items() if "variable" in hole.kinds else ():
            own = "request" if binder.sort is None else binder.sort.text
            yield Proposal(name, "variable", f"variable: {own}", 0 if sort == own else 1, span)
        kinds = tuple(kind for kind in hole.kinds if kind != "variable")
        for each in (*self.index.all_of(*kinds), *built_in(self.index, *kinds)):
            if hole.of and each.of and each.of != hole.of:
                continue
            fits = sort is not None and sort in (each.sort, each.kind)
            if each.kind in _ONLY and not fits and len(hole.kinds) > _FEW and sort is not None:
                continue
            given = f"({', '.join(each.parameters)})" if each.parameters else ""
            detail = f"{each.kind}{given}{f': {each.sort}' if each.sort and each.kind != 'claim' else ''}"
            alien = each.span is NOWHERE and each.kind == "quantity"  # not of this law
            worse = 2 if each.kind in _ONLY or sort is not None or alien else 1
            rank = int(valued and each.kind not in _ONLY) if fits else worse
            yield Proposal(each.name, each.kind, detail, rank, span, each.words)

    def _hole(self, read: Unfinished, terminal: str) -> Occurrence | None:
        """What kind of name would stand there."""
        if not stands(read.state, terminal):
            return None
        declarations, hole = asked(read, terminal)
        found = (each for decl in declarations for each in names(decl) if each.name == hole)
        return next((each for each in found if not each.declares or each.quoted), None)

    def _sort_wanted(self, hole: Occurrence) -> str | None:
        """The sort of what is compared with the name, or of the argument that it is."""
        if hole.argument is not None:
            name, at = hole.argument
            for each in self._called(name):
                if at < len(each.parameters):
                    return each.parameters[at]
        return None if hole.beside is None else self._sort_of(hole.beside, hole)

    def _called(self, name: str) -> Iterator[Declared]:
        for kind in ("function", "definition", "premise", "parameter", "constant"):
            yield from self.index.declared.get((kind, name), ())
            yield from (each for each in built_in(self.index, kind) if each.name == name)

    def _sort_of(self, expr: s.Expr, hole: Occurrence) -> str | None:
        match expr:
            case s.Past(body=body):
                return self._sort_of(body, hole)
            case s.VersionAt():
                return "version"
            case s.Ref(request=None, arguments=None) if expr.name.text in hole.visible:
                sort = hole.visible[expr.name.text].sort
                return "request" if sort is None else sort.text
            case s.Ref():
                return next((each.sort for each in self._called(expr.name.text)), None)
            case s.Arithmetic(operator="days from"):
                return DAYS.name
            case s.Arithmetic(operator=operator, parts=parts):
                of = self._sort_of(parts[-1], hole)
                later = of == DATE.name and len(parts) == 1 and operator in ("plus", "minus")
                return DAYS.name if later else of
            case _:
                return None

    def _strings(self, read: Unfinished, written: str) -> Iterator[Proposal]:
        """Yield clauses, headings, or words of the quote, where a string can stand."""
        hole = self._hole(read, "STRING")
        if hole is None:
            return
        span = self._span(written)
        if hole.kinds == ("phrase",):
            for words, rank in self._uncovered():
                yield Proposal(quoted(words), "phrase", "words of the quote", rank, span)
        else:
            for each in self.index.all_of(*hole.kinds):
                if not hole.of or each.of == hole.of:
                    yield Proposal(quoted(each.name), each.kind, each.kind, 1, span)

    def _uncovered(self) -> Iterator[tuple[str, int]]:
        """Yield the words of the quote that no phrase covers yet: up to a mark, and all of them."""
        for quote, start, end in self.fence.uncovered:
            words = quote.words[start:end]
            marks = [at for at, each in enumerate(words, start=1) if _PART.search(each.text)]
            for stop in dict.fromkeys((*marks[:2], len(words))):
                yield spell(words[:stop]), 0 if stop == len(words) else 1

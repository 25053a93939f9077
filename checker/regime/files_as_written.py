"""The content of the files, before versions are made: declarations with their phrases laid on the quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from checker.language import declarations as d
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import Document, Fence, QuoteText, read_document
from checker.language.parse import in_change, parse_fence
from checker.language.parse_again import Declarations
from checker.language.quotes import Quote
from checker.language.tiling import Tiling
from checker.regime.modifications import Change, ChangeDecl
from checker.regime.names import Report
from checker.regime.program import RULES, Program, TableData, Unit, bind_table, formalised, lay, place_of
from checker.regime.taken_in import report_left_behind, report_not_indented

MAX_LINES = 50_000
MAX_CHARACTERS = 2_000_000
MAX_WORDS = 200_000
"""Upper limits for all files together: lines, characters, and words and marks in fences."""

MAX_FENCE = 50_000
"""How many words and marks one fence may hold."""

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|--[^\n]*|\w[\w.-]*|[^\w\s]', re.DOTALL)
_CHANGES = (d.InsertDecl, d.ReplaceDecl, d.StrikeDecl, d.AmendDecl, d.AmendTableDecl)


@dataclass(slots=True)
class Written:
    """The declarations of all files.

    `base`: the unmodified law; `changes`: those of modifications; `readings`; `adopted`: the checks, starts
    and other declarations that readings bring, by place; `untiled`: the quotes above a fence without rules,
    with the fence's declarations.
    """

    report: Report
    documents: dict[str, Document] = field(default_factory=dict)
    base: list[Unit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    adopted: dict[Span, Unit] = field(default_factory=dict)
    readings: dict[str, d.ReadingDecl] = field(default_factory=dict)
    base_quotes: list[Quote] = field(default_factory=list)
    untiled: list[tuple[tuple[QuoteText, ...], tuple[d.Declaration, ...]]] = field(default_factory=list)

    def read(self, texts: Mapping[str, str], pages: Pages | None = None, *, generated: bool = False) -> None:
        """Reads all files. `pages`: those of an earlier text of the law; unchanged ones are taken over, and
        afterwards it holds those of this text.


        Raises SpecError with all mistakes in their Markdown or, if there are none, in their fences;
        immediately if the files are too large. `generated`: by redline itself, so that no limit on what users
        write applies.
        """
        pages = pages or Pages()
        if not generated:
            _check_lines(texts)
        for file, text in texts.items():
            try:
                self.documents[file] = pages.document(file, text, generated=generated)
            except SpecError as error:
                self.report.extend(error.diagnostics)
        self.report.stop_if_any()
        if not generated:
            _check_words(self.documents.values(), pages)
        for document in self.documents.values():
            for fence in document.fences:
                self._take(pages.laid(fence, self.report))
        self.report.stop_if_any()
        pages.keep(self.documents)

    def read_fence(self, fence: Fence, known: Declarations | None) -> None:
        """Reads the declarations of one fence, and lays their phrases. `known`: those of before an edit.
        Raises SpecError.
        """
        reading = parse_fence if known is None else known.of_fence
        declarations = reading(fence.fragment)
        for each in declarations:
            if isinstance(each, d.ReadingDecl):
                report_not_indented(each, fence.fragment, self.report)
        self._lay(declarations, Tiling(fence.quotes))
        self.report.stop_if_any()

    def _take(self, fence: Written) -> None:
        """Takes over what a fence declares."""
        self.base += fence.base
        self.changes += fence.changes
        self.adopted |= fence.adopted
        for name, reading in fence.readings.items():
            self.readings.setdefault(name, reading)
        self.base_quotes += fence.base_quotes
        self.untiled += fence.untiled

    def program(self) -> Program:
        """The law as it was written, unmodified."""
        quotes = [quote for document in self.documents.values() for quote in document.quotes]
        used = [quote for quote in quotes if quote.quote in self.base_quotes]
        return Program(tuple(self.base), self._tables(), formalised(used))

    def _lay(self, declarations: tuple[d.Declaration, ...], tiling: Tiling) -> None:
        """Sorts a fence's declarations into those in force and those that change them."""
        rules = False
        change: ChangeDecl | None = None
        for decl in declarations:
            rules = rules or isinstance(decl, RULES)
            if isinstance(decl, _CHANGES):
                change = decl
            elif change is not None and in_change(decl):
                report_left_behind(decl, change, self.report)
            if isinstance(decl, d.InsertDecl | d.ReplaceDecl):
                rules = self._lay_body(decl, tiling) or rules
            elif isinstance(decl, _CHANGES):
                self.changes.append(Change(decl))
            elif isinstance(decl, d.RemeaningDecl | d.AdditionDecl | d.GuardDecl):
                expected = ('`reading NAME "…" because "…"` above it',)
                self.report.say("misplaced", "this stands outside a reading", decl.span, expected=expected)
            else:
                unit = lay(decl, tiling, self.report)
                self.base.append(unit)
                self.base_quotes += [each for each in unit.quotes if each not in self.base_quotes]
            if isinstance(decl, d.ReadingDecl):
                self._lay_reading(decl, tiling)
        if not rules and tiling.quotes:
            self.untiled.append((tuple(tiling.quotes), declarations))
        if rules and not tiling.missed:
            self.report.extend(tiling.uncovered())

    def _lay_body(self, decl: d.InsertDecl | d.ReplaceDecl, tiling: Tiling) -> bool:
        """Lays what a modification brings. Returns whether it contains a rule."""
        self.changes.append(Change(decl, tuple(lay(each, tiling, self.report) for each in decl.body)))
        if not decl.body:
            expected = ("a check, limb, effect or another rule after it",)
            message = "this inserts no rule"
            self.report.say("missing-clause", message, decl.span, expected=expected)
        return any(isinstance(each, RULES) for each in decl.body)

    def _lay_reading(self, decl: d.ReadingDecl, tiling: Tiling) -> None:
        self.readings.setdefault(decl.name.text, decl)
        for each in decl.body:
            if isinstance(each, d.CheckDecl | d.StartDecl):
                self.adopted[each.span] = lay(each, tiling, self.report)
        for each in decl.brings:
            self.adopted[place_of(each)] = lay(each, tiling, self.report)

    def _tables(self) -> dict[str, TableData]:
        found = {}
        for unit in self.base:
            decl = unit.decl
            if not isinstance(decl, d.TableDecl):
                continue
            tables = self.documents[decl.span.file].tables
            after = next((each for each in tables if each.span.line > decl.span.line), None)
            if after is None:
                message = f"no table follows that `{decl.name.text}` could name"
                self.report.say("missing-table", message, decl.span, expected=("a Markdown table after it",))
                continue
            found[decl.name.text] = bind_table(decl.name, after, self.report)
        return found


@dataclass(slots=True)
class Pages:
    """The pages of a law as they were read last, and their fences, by place: what stands in a fence does not
    turn on others. `declarations`: those of all fences that were read; without them, fences are read whole.
    """

    declarations: Declarations | None = None
    _documents: dict[str, Document] = field(default_factory=dict)
    _words: dict[str, int] = field(default_factory=dict)
    _laid: dict[tuple[str, int], tuple[Fence, Written]] = field(default_factory=dict)

    def document(self, file: str, text: str, *, generated: bool) -> Document:
        """The file taken apart. Raises SpecError."""
        found = self._documents.get(file)
        if found is None or found.text != text:
            self._words.pop(file, None)
            self._documents.pop(file, None)
            found = self._documents[file] = read_document(file, text, generated=generated)
        return found

    def words(self, document: Document) -> int:
        """How many words and marks there are in its fences."""
        if document.file not in self._words:
            texts = (fence.fragment.text for fence in document.fences)
            self._words[document.file] = sum(1 for text in texts for _ in _WORD.finditer(text))
        return self._words[document.file]

    def laid(self, fence: Fence, report: Report) -> Written:
        """What the fence declares. What is wrong with it goes to the report, and is found again next time."""
        place = (fence.fragment.file, fence.fragment.line)
        known = self._laid.get(place)
        if known is not None and known[0] == fence:
            return known[1]
        found = Written(Report())
        try:
            found.read_fence(fence, self.declarations)
        except SpecError as error:
            report.extend(error.diagnostics)
        else:
            self._laid[place] = (fence, found)
        return found

    def keep(self, documents: Mapping[str, Document]) -> None:
        """Forget all other files and fences."""
        self._documents = dict(documents)
        self._words = {file: count for file, count in self._words.items() if file in documents}
        fences = (fence.fragment for each in documents.values() for fence in each.fences)
        places = {(each.file, each.line) for each in fences}
        self._laid = {place: known for place, known in self._laid.items() if place in places}


def _check_lines(texts: Mapping[str, str]) -> None:
    lines = characters = 0
    for file, text in texts.items():
        lines += text.count("\n") + 1
        characters += len(text)
        start = Span(file, 1, 1, 1, 2)
        if lines > MAX_LINES:
            _refuse(f"all files together have more than {MAX_LINES:,} lines", start)
        if characters > MAX_CHARACTERS:
            _refuse(f"all files together hold more than {MAX_CHARACTERS:,} characters", start)


def _check_words(documents: Collection[Document], pages: Pages) -> None:
    """Refuses fences that would take too long to parse. It only counts words."""
    if sum(map(pages.words, documents)) <= min(MAX_FENCE, MAX_WORDS):
        return
    words = 0
    for document in documents:
        for fence in document.fences:
            own = sum(1 for _ in _WORD.finditer(fence.fragment.text))
            words += own
            line = fence.fragment.line - 1
            start = Span(document.file, line, 1, line, 4)
            if own > MAX_FENCE:
                _refuse(f"this fence has more than {MAX_FENCE:,} words and marks", start)
            if words > MAX_WORDS:
                _refuse(f"the fences together have more than {MAX_WORDS:,} words and marks", start)


def _refuse(message: str, span: Span) -> NoReturn:
    raise SpecError((Diagnostic("too-large", message, span),))

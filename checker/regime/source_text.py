"""A source that is kept with the spec: its words by section, and which of them are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field
from typing import TypeAlias

from checker.language.diagnostics import Span
from checker.language.document import Document, Word, words_of
from checker.language.source_declaration import Exemption, SourceDecl
from checker.language.source_document import Section, unmarked
from checker.regime.cited_passages import Cell, CitedSection, Source, cells_of, closed
from checker.regime.find_words import Missed, Stretch
from checker.regime.names import LISTED, Report, nearest_name

Passages: TypeAlias = tuple[tuple[Cell, ...], ...]


@dataclass(slots=True)
class Book:
    """A source, with its sections word by word. Mistakes are reported, not raised."""

    decl: SourceDecl
    document: Document
    report: Report
    read: InitVar[tuple[Section, ...]]
    sections: tuple[tuple[Section, Passages], ...] = field(init=False)
    _stretches: dict[str | None, tuple[list[Cell], Stretch]] = field(default_factory=dict)

    def __post_init__(self, read: tuple[Section, ...]) -> None:
        self.sections = tuple((section, tuple(map(cells_of, section.passages))) for section in read)
        self._check()

    @property
    def name(self) -> str:
        """Its name in attributions."""
        return self.decl.name.text

    def _check(self) -> None:
        """Reports a page without sections, or with one twice."""
        if not self.sections:
            message = f"no heading of this page begins a section of `{self.name}`"
            expected = ("a heading with a number, such as `## 1 Scope`",)
            self.report.say("no-section", message, self.decl.span, expected=expected)
        seen: set[str] = set()
        for section, _ in self.sections:
            if section.name in seen:
                message = f"there is a section `{section.name}` of `{self.name}` already"
                self.report.say("duplicate", message, section.span)
            seen.add(section.name)

    def has(self, name: str, span: Span) -> bool:
        """Whether there is a section of that name; reports one that doesn't exist."""
        names = [section.name for section, _ in self.sections]
        if name in names:
            return True
        expected = tuple(f"`{each}`" for each in names) if len(names) <= LISTED else ()
        message = f"there is no section `{name}` in `{self.name}`"
        if not name:
            message, expected = f"this names no section of `{self.name}`", (f"`{self.name} {names[0]}`",)
        nearest = nearest_name(name, names)
        self.report.say("unknown-section", message, span, expected=expected, nearest=nearest)
        return False

    def cells(self, name: str | None) -> list[Cell]:
        """The words of a section and of those below it; without a name, all."""
        return [
            cell
            for section, passages in self.sections
            if name is None or section.is_within(name)
            for cells in passages
            for cell in cells
        ]

    def find(self, words: Sequence[Word], name: str | None) -> list[Cell] | Missed:
        """The words of a quote in a section and those below it, if all of them occur there."""
        if name not in self._stretches:
            plain = [cell for cell in self.cells(name) if not cell.mark]
            self._stretches[name] = plain, Stretch([cell.word for cell in plain])
        cells, stretch = self._stretches[name]
        found = stretch.find(unmarked(tuple(words)))
        return found if isinstance(found, Missed) else [cells[at] for at in found]

    def elsewhere(self, words: Sequence[Word]) -> tuple[str, ...]:
        """The innermost sections that have the words."""
        having = [each.name for each, _ in self.sections if isinstance(self.find(words, each.name), list)]
        return tuple(
            f"`{self.name} {name}`"
            for name in having
            if not any(other.startswith(f"{name}.") for other in having)
        )

    def leave_out(self) -> None:
        """Marks words that need not be cited. Reports those that are not in the text, have no reason, or are
        cited.
        """
        for exemption in self.decl.exemptions:
            if not exemption.why.text.strip():
                self.report.say("missing-reason", "the reason is empty", exemption.why.span)
            section = exemption.section
            if section is not None and not self.has(section.text, section.span):
                continue
            if section is not None and not exemption.words:
                self._leave_out(self.cells(section.text), exemption, section.span)
            for text in exemption.words:
                words = tuple(words_of(text.span.file, text.text, text.span.line))
                found = self.find(words, section.text if section else None)
                if isinstance(found, list) and found:
                    self._leave_out(found, exemption, text.span)
                    continue
                where = f"{self.name} {section.text}" if section else self.name
                nearest = found.nearest if isinstance(found, Missed) else None
                self.report.say(
                    "not-in-source", f"these words are not in {where}", text.span, nearest=nearest
                )

    def _leave_out(self, cells: Sequence[Cell], exemption: Exemption, span: Span) -> None:
        if all(cell.cited_by or cell.mark for cell in cells):
            what = "all of it is cited" if cells else "there are no words in it"
            self.report.say("unused-exemption", f"this leaves nothing out: {what}", span)
        for cell in cells:
            if not cell.cited_by:
                cell.left_out[exemption.why.text] = None

    def closed(self) -> Source:
        """The source with its citations and omissions."""
        sections = tuple(
            CitedSection(section.name, section.title, section.span, tuple(map(closed, passages)))
            for section, passages in self.sections
        )
        return Source(self.name, self.decl.title, self.decl.span, sections)

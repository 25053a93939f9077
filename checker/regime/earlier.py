"""What an earlier text of a law has in common with the next: pages as they stand, and what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

from checker.language.diagnostics import Diagnostic
from checker.language.document import Document
from checker.language.parse_again import Declarations
from checker.language.request_declaration import RequestDecl
from checker.language.source_document import Section, sections_of
from checker.model.claim import Claim
from checker.model.objects import Objects, OfObjects
from checker.regime.elaborate import Elaborated
from checker.regime.files_as_written import Pages
from checker.regime.names import Report, Vocabulary
from checker.regime.program import Program, TableData, Unit, shapes_joined


@dataclass(slots=True)
class Earlier:
    """What was worked out when a law was loaded, and holds after an edit of it. A law that is loaded with it
    is as one that is loaded without: it only saves work.

    `clashes`: what was shown of updates that may meet, by all that decides about them; `readings`: what is
    wrong with a version under a reading, by the declarations of both; `timed` and `in_months`: which
    declarations speak of the present day, and count in months. Grows with every edit, so begin anew now and
    then. Not for several loads at once.
    """

    pages: Pages = field(default_factory=lambda: Pages(Declarations()))
    elaborated: Elaborated = field(default_factory=Elaborated)
    clashes: list[tuple[object, bool]] = field(default_factory=list)
    readings: dict[tuple[object, ...], tuple[Diagnostic, ...]] = field(default_factory=dict)
    objects: Objects = field(default_factory=Objects)
    timed: OfObjects[bool] = field(default_factory=OfObjects)
    in_months: OfObjects[bool] = field(default_factory=OfObjects)
    _tables: dict[str, TableData] = field(default_factory=dict)
    _sections: dict[int, tuple[Section, ...]] = field(default_factory=dict)
    _claims: dict[int, Claim] = field(default_factory=dict)
    _names: tuple[object, ...] = ()
    _shapes: tuple[tuple[int, ...], tuple[Unit, ...]] = ((), ())

    def with_its_tables(self, program: Program) -> Program:
        """The program, with the tables of before if they are the same."""
        if program.tables != self._tables:
            self._tables = dict(program.tables)
        return replace(program, tables=self._tables)

    def with_shapes(self, program: Program, report: Report) -> Program:
        """The program with one declaration of requests, where there are several shapes: that of before, if
        they are the same.
        """
        declared = [unit for unit in program.units if isinstance(unit.decl, RequestDecl)]
        key = tuple(self.objects.number(unit.decl) for unit in declared)
        found = self._shapes[1] if self._shapes[0] == key else ()
        if not found:
            own = Report()
            found = shapes_joined(declared, own)
            report.extend(own.found.values())
            self._shapes = ((), ()) if own.found else (key, found)
        others = program.units if not found else (unit for unit in program.units if unit not in declared)
        return replace(program, units=(*found, *others))

    def sections(self, document: Document) -> tuple[Section, ...]:
        """The sections of a page."""
        number = self.objects.number(document)
        if number not in self._sections:
            self._sections[number] = sections_of(document)
        return self._sections[number]

    def claims_by(self, vocabulary: Vocabulary) -> dict[int, Claim]:
        """The claims that were typed with just these names in force, by the numbers of their declarations."""
        names = tuple(getattr(vocabulary, each.name) for each in fields(vocabulary))
        if names != self._names:
            self._claims, self._names = {}, names
        return self._claims

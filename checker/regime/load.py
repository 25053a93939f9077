"""Loads a specification: from files to a regime, with every version and reading checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from checker.language import declarations as d
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.spec_files import texts_in
from checker.regime.assembly import Assembly
from checker.regime.brought_by import BroughtBy
from checker.regime.clashes import Judge
from checker.regime.clock import with_clock
from checker.regime.commencing import made_by
from checker.regime.duplicates import report_duplicates
from checker.regime.earlier import Earlier
from checker.regime.files_as_written import Pages, Written
from checker.regime.label_places import report_places
from checker.regime.modifications import Changer, without_exceptions_struck
from checker.regime.months import with_months
from checker.regime.names import Report
from checker.regime.names_of_labels import Labels
from checker.regime.program import Program, of_kind
from checker.regime.quantities import with_axioms
from checker.regime.regime import Regime, Version
from checker.regime.taken_in import report_taken_in

BEGIN = "`redline init DIRECTORY` writes a small law to begin with"
"""What to do where there is no law yet."""

_MANY = 400  # at most so many pairs of a version and a reading are checked on loading
_READ = 200_000  # at most so many declarations and table cells are read for them


def load_regime(
    spec: Path, properties: Path | Sequence[Path] | None = None, judge: Judge | None = None
) -> Regime:
    """Reads a folder of specification files and, if given, folders (or files) of claims. `judge`: decides
    clashes that reading the rules cannot (see `Judge`).

    Raises SpecError with every mistake found.
    """
    claims = [properties] if isinstance(properties, Path) else list(properties or ())
    law, *asked = ({str(path): text for path, text in texts_in(each).items()} for each in (spec, *claims))
    if not law:
        raise SpecError((_no_law(f"there is no page of law in `{spec}`"),))
    return load_texts(law, dict(chain.from_iterable(each.items() for each in asked)), judge)


def load_texts(
    spec: Mapping[str, str],
    properties: Mapping[str, str] | None = None,
    judge: Judge | None = None,
    earlier: Earlier | None = None,
) -> Regime:
    """The same, from texts by file name. `earlier`: what was worked out for the text before an edit."""
    texts = {**spec, **(properties or {})}
    if not spec:
        raise SpecError((_no_law("there is no page of law"),))
    earlier = earlier or Earlier(Pages())
    report = Report()
    written = Written(report)
    try:
        written.read(texts, earlier.pages)
        program = with_clock(earlier.with_its_tables(written.program()), written, earlier.timed)
        program = with_months(program, written, earlier.in_months)
        program = earlier.with_shapes(program, report)
        versions = _Versions(written, report).read(program, next(iter(spec)))
        programs = _Versions(written, report).programs(program, versions)
        return Assembly(written, programs, versions, report, judge, earlier).regime(texts)
    except SpecError as error:
        labels = Labels.of(written.documents.values())
        found = (labels.told(each, _text(each, texts)) for each in error.diagnostics)
        raise SpecError(tuple(_under_heading(each, written) for each in found)) from None


def _no_law(message: str) -> Diagnostic:
    expected = ("a page such as `law.md`, with words, rules in fences marked `redline`, and a version",)
    return Diagnostic("no-law", message, None, expected, notes=(BEGIN,))


def _text(diagnostic: Diagnostic, texts: Mapping[str, str]) -> str:
    return "" if diagnostic.span is None else texts.get(diagnostic.span.file, "")


def markdown_in(folder: Path) -> dict[str, str]:
    """The text of every Markdown file of a folder, by its name in it. Raises SpecError."""
    return {_shown(path.relative_to(folder).as_posix()): text for path, text in texts_in(folder).items()}


def _shown(name: str) -> str:
    """A file's name, with code points for what is not text in it."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _under_heading(diagnostic: Diagnostic, written: Written) -> Diagnostic:
    span = diagnostic.span
    if span is None or span.file not in written.documents or diagnostic.heading:
        return diagnostic
    trail = written.documents[span.file].trail(span.line)
    return replace(diagnostic, heading=trail[-1] if trail else "")


class _Versions:
    """The versions of the text, each made from another by modifications."""

    def __init__(self, written: Written, report: Report) -> None:
        self.written, self.report = written, report

    def read(self, program: Program, file: str) -> dict[str, Version]:
        """The versions as declared. Raises SpecError if one is made from a version that doesn't exist, or
        from itself.
        """
        decls = {decl.name.text: decl for decl in of_kind(program.units, d.VersionDecl)}
        if not decls:
            expected = ('`version NAME "…"`',)
            where = Span(file, 1, 1, 1, 2)
            message = "this specification has no version"
            self.report.add(Diagnostic("no-version", message, where, expected, notes=(BEGIN,)))
        self._names(decls, {decl.name.text for decl in of_kind(program.units, d.ModificationDecl)})
        readings = len(self.written.readings)
        pairs = len(decls) * (readings + 1)
        cells = sum(len(table.rows) * len(table.header) for table in program.tables.values())
        if pairs > _MANY or pairs * (len(program.units) + cells) > _READ:
            last = list(decls.values())[-1]
            message = f"{len(decls)} versions under {readings} readings are too many to check"
            notes = (f"this law has {len(program.units):,} declarations and {cells:,} cells of tables",)
            self.report.say("too-large", message, last.span, notes=notes)
        self.report.stop_if_any()
        self._circular(decls)
        self.report.stop_if_any()
        return {name: _version(decl) for name, decl in decls.items()}

    def _names(self, decls: Mapping[str, d.VersionDecl], modifications: set[str]) -> None:
        for decl in decls.values():
            if decl.parent is not None and decl.parent.text not in decls:
                self.report.unknown("version", decl.parent.text, decl.parent.span, decls)
        changing = [name for decl in decls.values() for name in decl.modifications]
        for name in (*changing, *(change.decl.by for change in self.written.changes)):
            if name.text not in modifications:
                self.report.unknown("modification", name.text, name.span, sorted(modifications))
        made = {name.text for name in changing}
        idle = {each.decl.by.text: each.decl.by for each in reversed(self.written.changes)}
        for name in (idle[each] for each in idle if each in modifications and each not in made):
            message = f"no version is made with `{name.text}`, so this changes nothing"
            expected = (f'`version NAME "…" is VERSION with {name.text}`',)
            self.report.say("in-no-version", message, name.span, expected=expected)

    def _circular(self, decls: Mapping[str, d.VersionDecl]) -> None:
        for name, decl in decls.items():
            above, parent = {name}, decl.parent
            while parent is not None and parent.text not in above:
                above.add(parent.text)
                parent = decls[parent.text].parent
            if parent is not None:
                self.report.say("definition-cycle", f"version `{name}` is made of itself", decl.span)
                return

    def programs(self, program: Program, versions: Mapping[str, Version]) -> dict[str, Program]:
        """The program of each version."""
        report_duplicates(program, self.report)
        report_taken_in(self.written.changes, program.units, self.report)
        units = (*program.units, *chain.from_iterable(each.brings for each in self.written.changes))
        report_places((*units, *self.written.adopted.values()), self.report)
        done: dict[str, Program] = {}
        brought_by = BroughtBy.of(self.written.changes, versions)
        for name in versions:
            self._program(name, versions, program, done, brought_by)
        self.report.stop_if_any()
        return done

    def _program(
        self,
        name: str,
        versions: Mapping[str, Version],
        program: Program,
        done: dict[str, Program],
        brought_by: BroughtBy,
    ) -> Program:
        if name in done:
            return done[name]
        version = versions[name]
        if version.parent is not None:
            program = self._program(version.parent, versions, program, done, brought_by)
        changer = Changer(self.report, partial(brought_by.told, version=name))
        changes = [
            change
            for modification in version.modifications
            for change in self.written.changes
            if change.decl.by.text == modification
        ]

        def changed(program: Program) -> Program:
            for change in changes:
                program = changer.apply(program, change)
            program = without_exceptions_struck(program, [change.decl for change in changes])
            program = with_axioms(program)
            report_duplicates(program, self.report)
            return program

        done[name] = made_by(version, program, changed)
        return done[name]


def _version(decl: d.VersionDecl) -> Version:
    parent = decl.parent.text if decl.parent else None
    names = tuple(each.text for each in decl.modifications)
    return Version(decl.name.text, decl.label or decl.name.text, parent, names, decl.span, decl.day)

"""Loads a specification: from files to a regime, with every version and reading checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import Document, decode, read_document
from checker.language.parse import parse_fence
from checker.language.tiling import Tiling
from checker.model import model as m
from checker.model.claims import Claimant
from checker.model.columns import without_suppositions
from checker.model.duplicates import of_declaration, report_duplicates
from checker.model.elaborate import Elaborator
from checker.model.names import Report, nearest_name
from checker.model.program import (
    RULES,
    Change,
    Changer,
    Program,
    TableData,
    Unit,
    bind_table,
    formalised,
    lay,
    matching,
    missing_target,
    under_reading,
)
from checker.model.regime import (
    Deployment,
    Modification,
    NotModelled,
    Reading,
    Regime,
    Supposition,
    Version,
    instances,
)
from checker.model.sources import Sources
from checker.model.vocabulary import definitions, of_kind

_T = TypeVar("_T")
_CHANGES = (d.InsertDecl, d.ReplaceDecl, d.StrikeDecl, d.AmendDecl, d.AmendTableDecl)


def load_regime(spec: Path, properties: Path | Sequence[Path] | None = None) -> Regime:
    """Reads a folder of specification files and, if given, folders (or files) of claims.

    Raises SpecError with every mistake found.
    """
    folders = [properties] if isinstance(properties, Path) else list(properties or ())
    claims: dict[str, bytes] = {}
    for folder in folders:
        claims.update(_read(folder))
    return _load({**_decoded(_read(spec)), **_decoded(claims)})


def load_texts(spec: Mapping[str, str], properties: Mapping[str, str] | None = None) -> Regime:
    """The same, from texts by file name."""
    return _load({**spec, **(properties or {})})


def _read(folder: Path) -> dict[str, bytes]:
    if not folder.exists():
        raise SpecError((Diagnostic("no-such-file", f"there is no `{folder}`", None),))
    paths = sorted(folder.rglob("*.md")) if folder.is_dir() else [folder]
    found = {}
    for path in paths:
        with path.open("rb") as file:
            found[str(path)] = file.read(_TOO_MUCH)
    return found


_TOO_MUCH = 2_000_001  # one byte more than a file may have
_MANY = 400  # so many pairs of a version and a reading are checked on loading


def _decoded(files: Mapping[str, bytes]) -> dict[str, str]:
    return {file: decode(file, data) for file, data in files.items()}


def _load(texts: Mapping[str, str]) -> Regime:
    loader = _Loader(texts)
    try:
        return loader.load()
    except SpecError as error:
        raise SpecError(tuple(loader.under_heading(each) for each in error.diagnostics)) from None


@dataclass(slots=True)
class _Loader:
    """The making of one regime, step by step; each step stops if it found a mistake."""

    texts: Mapping[str, str]
    report: Report = field(default_factory=Report)
    documents: dict[str, Document] = field(default_factory=dict)
    base: list[Unit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    bodies: dict[int, tuple[Unit, ...]] = field(default_factory=dict)
    adopted: dict[int, Unit] = field(default_factory=dict)
    readings: dict[str, d.ReadingDecl] = field(default_factory=dict)
    base_quotes: list[m.Quote] = field(default_factory=list)
    home: Elaborator | None = None

    def under_heading(self, diagnostic: Diagnostic) -> Diagnostic:
        span = diagnostic.span
        if span is None or span.file not in self.documents or diagnostic.heading:
            return diagnostic
        trail = self.documents[span.file].trail(span.line)
        return replace(diagnostic, heading=trail[-1] if trail else "")

    def load(self) -> Regime:
        self._documents()
        self._fences()
        self.report.stop_if_any()
        program = self._program()
        versions = self._versions(program)
        self._names_once(program)
        programs = self._versioned(program, versions)
        self.report.stop_if_any()
        return self._regime(programs, versions)

    # ------------------------------------------------------------ reading

    def _documents(self) -> None:
        for file, text in self.texts.items():
            try:
                self.documents[file] = read_document(file, text)
            except SpecError as error:
                self.report.extend(error.diagnostics)
        self.report.stop_if_any()

    def _fences(self) -> None:
        for document in self.documents.values():
            for fence in document.fences:
                try:
                    declarations = parse_fence(fence.fragment)
                except SpecError as error:
                    self.report.extend(error.diagnostics)
                    continue
                self._lay(declarations, Tiling(fence.quotes))

    def _lay(self, declarations: Iterable[d.Declaration], tiling: Tiling) -> None:
        """Sorts a fence's declarations into those in force and those that change them."""
        rules = False
        for decl in declarations:
            if isinstance(decl, d.InsertDecl | d.ReplaceDecl):
                self.bodies[id(decl)] = tuple(lay(each, tiling, self.report) for each in decl.body)
                rules = rules or any(isinstance(each, RULES) for each in decl.body)
                if not decl.body:
                    message = "this puts nothing into the text"
                    expected = ("a check, limb, effect or another rule after it",)
                    self.report.say("missing-clause", message, decl.span, expected=expected)
                self.changes.append(decl)
            elif isinstance(decl, _CHANGES):
                self.changes.append(decl)
            elif isinstance(decl, d.ReadingDecl):
                self.readings.setdefault(decl.name.text, decl)
                self._lay_reading(decl, tiling)
                self.base.append(Unit(decl))
            elif isinstance(decl, d.RemeaningDecl | d.AdditionDecl):
                message = "this belongs to no reading"
                expected = ('`reading NAME "…" because "…"` above it',)
                self.report.say("misplaced", message, decl.span, expected=expected)
            else:
                unit = lay(decl, tiling, self.report)
                rules = rules or isinstance(decl, RULES)
                self.base.append(unit)
                self.base_quotes += [each for each in unit.quotes if each not in self.base_quotes]
        if rules and not tiling.missed:
            self.report.extend(tiling.uncovered())

    def _lay_reading(self, decl: d.ReadingDecl, tiling: Tiling) -> None:
        for each in decl.body:
            if isinstance(each, d.CheckDecl):
                self.adopted[id(each)] = lay(each, tiling, self.report)

    def _program(self) -> Program:
        quotes = [quote for document in self.documents.values() for quote in document.quotes]
        used = [quote for quote in quotes if quote.quote in self.base_quotes]
        return Program(tuple(self.base), self._tables(), formalised(used))

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
            found[decl.name.text] = bind_table(decl.name, after)
        return found

    # ----------------------------------------------------------- versions

    def _versions(self, program: Program) -> dict[str, Version]:
        decls = {decl.name.text: decl for decl in of_kind(program.units, d.VersionDecl)}
        modifications = {decl.name.text for decl in of_kind(program.units, d.ModificationDecl)}
        if not decls:
            where = Span(next(iter(self.texts), ""), 1, 1, 1, 2)
            self.report.say(
                "no-version", "this specification has no version", where, expected=('`version NAME "…"`',)
            )
        for decl in decls.values():
            if decl.parent is not None and decl.parent.text not in decls:
                self.report.unknown("version", decl.parent.text, decl.parent.span, decls)
            for name in decl.modifications:
                if name.text not in modifications:
                    self.report.unknown("modification", name.text, name.span, sorted(modifications))
        for change in self.changes:
            if change.by.text not in modifications:
                self.report.unknown("modification", change.by.text, change.by.span, sorted(modifications))
        if len(decls) * (len(self.readings) + 1) > _MANY:
            last = list(decls.values())[-1]
            message = f"{len(decls)} versions under {len(self.readings)} readings are too many to check"
            self.report.say("too-large", message, last.span)
        self.report.stop_if_any()
        self._circular(decls)
        self.report.stop_if_any()
        return {name: _version(decl) for name, decl in decls.items()}

    def _circular(self, decls: Mapping[str, d.VersionDecl]) -> None:
        for name, decl in decls.items():
            above, parent = {name}, decl.parent
            while parent is not None and parent.text not in above:
                above.add(parent.text)
                parent = decls[parent.text].parent
            if parent is not None:
                self.report.say("definition-cycle", f"version `{name}` is made of itself", decl.span)
                return

    def _names_once(self, program: Program) -> None:
        report_duplicates(program, self.report)

    def _versioned(self, program: Program, versions: Mapping[str, Version]) -> dict[str, Program]:
        """The program of each version."""
        done: dict[str, Program] = {}
        for name in versions:
            self._version_program(name, versions, program, done)
        return done

    def _version_program(
        self,
        name: str,
        versions: Mapping[str, Version],
        program: Program,
        done: dict[str, Program],
    ) -> Program:
        if name in done:
            return done[name]
        version = versions[name]
        if version.parent is not None:
            program = self._version_program(version.parent, versions, program, done)
        changer = Changer(self.report, self.bodies)
        for modification in version.modifications:
            for change in self.changes:
                if change.by.text == modification:
                    program = changer.apply(program, change)
        report_duplicates(program, self.report)
        done[name] = program
        return program

    # ------------------------------------------------------------- regime

    def _regime(self, programs: dict[str, Program], versions: dict[str, Version]) -> Regime:
        bases = frozenset(versions) | {x.name.text for x in self._declared(d.DeploymentDecl)}
        labels = tuple((each.name, each.label) for each in versions.values())
        home = Elaborator(Sources(self.texts), labels, (bases, frozenset(self.readings)))
        for name, program in programs.items():
            home.model(program, name, self.report)
        self._readings(programs, home)
        self.report.stop_if_any()
        builder = _Builder(home, programs, self.readings, self.adopted)
        union = self._union(programs)
        vocabulary = home.words(union, Report()).vocabulary
        claimant = Claimant(vocabulary, home.sources, self.report)
        claims = [claimant.claim(decl) for decl in self._declared(d.ClaimDecl)]
        some = home.model(programs[next(iter(programs))], "", Report())
        deployments = {
            x.name.text: self._deployment(x, versions, some) for x in self._declared(d.DeploymentDecl)
        }
        self.report.stop_if_any()
        quotes = tuple(each.quote for document in self.documents.values() for each in document.quotes)
        unused = tuple(each.quote for document in self.documents.values() for each in document.unused)
        return Regime(
            documents=tuple(self.documents.values()),
            versions=versions,
            modifications={
                x.name.text: Modification(x.name.text, x.title, x.span)
                for x in self._declared(d.ModificationDecl)
            },
            readings={name: _reading(decl) for name, decl in self.readings.items()},
            deployments=deployments,
            suppositions=self._suppositions(union),
            claims=tuple(each for each in claims if each is not None),
            quotes=quotes,
            unformalised=unused,
            not_modelled=_not_modelled(union),
            vocabulary=vocabulary,
            build=builder.build,
            texts={name: program.texts for name, program in programs.items()},
        )

    def _declared(self, kind: type[_T]) -> list[_T]:
        return list(of_kind(self.base, kind))

    def _readings(self, programs: Mapping[str, Program], home: Elaborator) -> None:
        """Checks every reading in every version, and that it speaks of something."""
        for reading in self.readings.values():
            for name, program in programs.items():
                own = Report()
                changed = under_reading(program, reading, self.adopted)
                report_duplicates(changed, own)
                home.model(changed, name, own)
                self.report.extend(x for x in own.found.values() if x.code != "exception-to-nothing")
            self._reading_targets(reading, programs)

    def _reading_targets(self, reading: d.ReadingDecl, programs: Mapping[str, Program]) -> None:
        units = list(dict.fromkeys(unit for program in programs.values() for unit in program.units))
        defined = {define.name.text for program in programs.values() for define in definitions(program)}
        for change in reading.body:
            if isinstance(change, s.Define):
                if change.name.text not in defined:
                    self.report.unknown("definition", change.name.text, change.name.span, sorted(defined))
                continue
            if not isinstance(change, d.RemeaningDecl | d.AdditionDecl):
                continue
            chosen = matching(units, change.rule)
            if not chosen:
                self.report.add(missing_target(change.rule, units))
            elif isinstance(change, d.RemeaningDecl):
                self._phrase_there(change, chosen)

    def _phrase_there(self, change: d.RemeaningDecl, units: Iterable[Unit]) -> None:
        wanted = {phrase.text for phrase in change.phrases}
        own = [[phrase.text for phrase in item.phrases] for unit in units for item in unit.items]
        if any(wanted <= set(phrases) for phrases in own):
            return
        near = nearest_name(change.phrases[0].text, [phrase for phrases in own for phrase in phrases])
        message = f"`{change.rule.text}` has no such phrase"
        self.report.say("phrase-not-found", message, change.phrases[0].span, nearest=near)

    def _union(self, programs: Mapping[str, Program]) -> Program:
        first = next(iter(programs.values()))
        units = list(dict.fromkeys(unit for program in programs.values() for unit in program.units))
        units += self.adopted.values()
        return replace(first, units=tuple(units))

    def _deployment(
        self, decl: d.DeploymentDecl, versions: Mapping[str, Version], model: m.Model
    ) -> Deployment:
        placed: dict[tuple[str, str | None], str] = {}
        for placement in decl.placements:
            name = placement.component
            if placement.version.text not in versions:
                self.report.unknown("version", placement.version.text, placement.version.span, versions)
            component = model.components.get(name.text)
            if component is None:
                self.report.unknown("component", name.text, name.span, model.components)
                continue
            for instance in self._instances(placement, component):
                placed[name.text, instance] = placement.version.text
        missing = [component for component, index in instances(model) if (component, index) not in placed]
        if missing and not self.report.found:
            message = f"`{decl.name.text}` does not say which version `{missing[0]}` enforces"
            self.report.say("incomplete-deployment", message, decl.span, expected=(f"`{missing[0]} at …`",))
        return Deployment(decl.name.text, decl.sentence, placed, decl.span)

    def _instances(self, placement: d.Placement, component: m.Component) -> tuple[str | None, ...]:
        instance, index = placement.instance, component.index
        if instance is None:
            return index.values if index else (None,)
        if index is None:
            message = f"`{component.name}` is a single component"
            self.report.say("wrong-arity", message, instance.span, expected=(f"`{component.name}`",))
        elif instance.text not in index.values:
            self.report.unknown(index.name, instance.text, instance.span, index.values)
        return (instance.text,)

    def _suppositions(self, union: Program) -> dict[str, Supposition]:
        found: dict[str, Supposition] = {}
        for unit in union.units:
            supposition = _supposition(unit.decl)
            if supposition is not None:
                found.setdefault(supposition.name, supposition)
        return found


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes the model of any column of a loaded regime."""

    home: Elaborator
    programs: Mapping[str, Program]
    readings: Mapping[str, d.ReadingDecl]
    adopted: Mapping[int, Unit]

    def build(self, column: m.Column) -> m.Model:
        program = self.programs[column.base]
        for name in column.readings:
            program = under_reading(program, self.readings[name], self.adopted)
        report = Report()
        model = self.home.model(program, str(column), report)
        fatal = [each for each in report.found.values() if each.code != "exception-to-nothing"]
        if fatal:
            raise SpecError(tuple(fatal))
        return without_suppositions(model, column.without)


# -------------------------------------------------------------------- helpers


def _version(decl: d.VersionDecl) -> Version:
    parent = decl.parent.text if decl.parent else None
    names = tuple(each.text for each in decl.modifications)
    return Version(decl.name.text, decl.label or decl.name.text, parent, names, decl.span)


def _reading(decl: d.ReadingDecl) -> Reading:
    changes = []
    for change in decl.body:
        if isinstance(change, d.RemeaningDecl | d.AdditionDecl):
            changes.append(change.rule.text)
        else:
            changes += [name.text for _space, _kind, name in of_declaration(change)][:1]
    return Reading(decl.name.text, decl.sentence, decl.because, tuple(dict.fromkeys(changes)), decl.span)


def _supposition(decl: d.Declaration) -> Supposition | None:
    match decl:
        case d.AxiomDecl():
            return Supposition("axiom", decl.name.text, decl.sentence, decl.because, decl.span)
        case d.PremiseDecl():
            return Supposition("premise", decl.name.text, decl.sentence, decl.because, decl.span)
        case d.AbstractionDecl():
            return Supposition("abstraction", decl.name.text, decl.sentence, decl.because, decl.span)
        case d.CheckDecl() if decl.adopted_because is not None:
            return Supposition("adopted check", decl.name.text, "", decl.adopted_because, decl.span)
        case _:
            return None


def _not_modelled(union: Program) -> tuple[NotModelled, ...]:
    return tuple(
        NotModelled(item.phrases, item.syntax.meaning.why, item.syntax.span)
        for unit in union.units
        for item in unit.items
        if isinstance(item.syntax.meaning, s.Wordless) and item.syntax.meaning.kind == "not-modelled"
    )

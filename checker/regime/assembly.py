"""Puts a regime together: every version and reading checked, claims typed, deployments filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TypeVar, assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.diagnostics import Diagnostic
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.parse import parse_column_text
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.statements import LemmaDecl
from checker.language.typical_declaration import TypicalDecl
from checker.model import model as m
from checker.model.claim import Claim, Column, named_columns
from checker.model.clock import BUILT_IN, MONTHS_PAGE
from checker.model.expressions import Outcome
from checker.model.made_of import rules_with_places, within
from checker.model.reads import words_of
from checker.model.unseen_breaches import unseen
from checker.regime.brought_by import BroughtBy
from checker.regime.calendars import report_calendars
from checker.regime.check_expectations import (
    report_elsewhere,
    report_readings_together,
    report_without_effect,
)
from checker.regime.check_quotes import cited_sources
from checker.regime.clashes import Clashes, Judge
from checker.regime.clock import PAGE, clocked, speaks_of_time
from checker.regime.column_models import Builder
from checker.regime.deployments import Placer
from checker.regime.duplicates import report_across, report_duplicates
from checker.regime.earlier import Earlier
from checker.regime.elaborate import Elaborator
from checker.regime.file_texts import Sources
from checker.regime.files_as_written import Written
from checker.regime.histories import histories_of
from checker.regime.lemmas import report_lemmas
from checker.regime.months import PAGE as MONTHS
from checker.regime.names import Report
from checker.regime.namespaces import report_requests
from checker.regime.program import Program, of_kind, place_of
from checker.regime.readings import Targets, gives_names, reading_of, under_reading
from checker.regime.regime import COMMAND_LINE, Modification, NotModelled, Regime, Supposition, Version
from checker.regime.typecheck import Typer
from checker.regime.typed_claims import Claimant

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Assembly:
    """The last step of loading. `programs`: the declarations in force in each version."""

    written: Written
    programs: Mapping[str, Program]
    versions: Mapping[str, Version]
    report: Report
    judge: Judge | None
    earlier: Earlier

    def regime(self, texts: Mapping[str, str]) -> Regime:
        """The regime. Raises SpecError with every mistake in versions and readings, then in claims."""
        labels = tuple((each.name, each.label) for each in self.versions.values())
        bases = frozenset(self.versions) | {x.name.text for x in self._declared(d.DeploymentDecl)}
        home = Elaborator(
            Sources({**texts, BUILT_IN: PAGE, MONTHS_PAGE: MONTHS}),
            labels,
            (bases, frozenset(self.written.readings)),
            Clashes(self.judge, self.earlier.clashes),
            self.earlier.elaborated,
        )
        models = [self._model(home, name) for name in self.programs]
        for each in models:
            self._report_unseen(each)
        self._readings(home)
        report_calendars(models, self.programs.values(), self.report)
        self.report.stop_if_any()
        union = self._union()
        report_across(union, self.report)
        self.report.stop_if_any()
        vocabulary = home.known(union, Report()).vocabulary
        calendars = {name: replace(each, of_column=True) for name, each in vocabulary.calendars.items()}
        lemmas = tuple(self._declared(LemmaDecl))
        vocabulary = replace(vocabulary, lemmas=lemmas, calendars=calendars)
        report_lemmas(vocabulary, self.report)
        report_requests(self._declared(d.ClaimDecl), vocabulary, self.report)
        claimant = Claimant(vocabulary, home.sources, self.report)
        typed, number = self.earlier.claims_by(vocabulary), self.earlier.objects.number
        declared = [(number(decl), decl) for decl in self._declared(d.ClaimDecl)]
        read = [typed[at] if at in typed else claimant.claim(decl) for at, decl in declared]
        placer = Placer(self.versions, models[0], self.report)
        deployments = [placer.deployment(each) for each in self._declared(d.DeploymentDecl)]
        self.report.stop_if_any()
        claims = tuple(each for each in read if each is not None)
        typed.update(zip((at for at, _ in declared), claims, strict=True))
        report_elsewhere(claims, deployments, self.report)
        build = Builder(home, self.programs, self.written.readings, self.written.adopted)
        report_without_effect(claims, deployments, cache(build.without_effect), self.report)
        named = partial(_columns_named, Typer(vocabulary, Report()))
        report_readings_together(claims, deployments, build.wrong_together, named, self.report)
        self.report.stop_if_any()
        sources = cited_sources(self.written, self.report, self.earlier.sections)
        self.report.stop_if_any()
        documents = tuple(self.written.documents.values())
        return Regime(
            documents=documents,
            versions=self.versions,
            modifications={
                x.name.text: Modification(x.name.text, x.title, x.span)
                for x in self._declared(d.ModificationDecl)
            },
            readings={name: reading_of(decl) for name, decl in self.written.readings.items()},
            deployments={each.name: each for each in deployments},
            suppositions=_suppositions(union),
            claims=claims,
            quotes=tuple(each.quote for document in documents for each in document.quotes),
            unformalised=tuple(each.quote for document in documents for each in document.unused),
            not_modelled=_not_modelled(union),
            sources=sources,
            vocabulary=vocabulary,
            build=build,
            texts={name: program.texts for name, program in self.programs.items()},
            tables={name: program.tables for name, program in self.programs.items()},
            units={name: program.units for name, program in self.programs.items()},
            histories=histories_of(models, claims),
        )

    def _model(self, home: Elaborator, name: str) -> m.Model:
        """The model of a version. A mistake that its parent versions do not have names this version."""
        own = Report()
        model = home.model(self.programs[name], name, own)
        made = self.versions[name].parent is not None
        for each in own.found.values():
            found = self._brought_by.told(each, name)
            notes = (*found.notes, f"in version `{name}`") if made else found.notes
            self.report.add(replace(found, notes=notes))
        return model

    def _report_unseen(self, model: m.Model) -> None:
        """Reports rules that ask about a breach while it lasts that no situation shows."""
        for span, rule in rules_with_places(model) if model.duties else ():
            why = unseen(model, rule)
            if why is not None:
                self.report.say("breach-unseen", why, span)

    @property
    def _brought_by(self) -> BroughtBy:
        return BroughtBy.of(self.written.changes, self.versions)

    def _declared(self, kind: type[_T]) -> list[_T]:
        return list(of_kind(self.written.base, kind))

    def _readings(self, home: Elaborator) -> None:
        """Checks every reading in every version, and that its targets exist."""
        targets = Targets(self._with_what_readings_bring())
        for reading in self.written.readings.values():
            for name, program in self.programs.items():
                self.report.extend(self._wrong_under(home, reading, name, program))
            targets.report(reading, self.report)

    def _with_what_readings_bring(self) -> list[Program]:
        """Each version, and under each reading that brings something: other readings may change that."""
        found = list(self.programs.values())
        for reading in self.written.readings.values():
            if reading.brings:
                programs = self.programs.values()
                found += [under_reading(each, reading, self.written.adopted) for each in programs]
        return found

    def _wrong_under(
        self, home: Elaborator, reading: d.ReadingDecl, name: str, program: Program
    ) -> tuple[Diagnostic, ...]:
        """What is wrong with a version under a reading."""
        adopted = self.written.adopted
        places = (*(each.span for each in reading.body), *map(place_of, reading.brings))
        parts = (reading, program.tables, *program.units, *filter(None, map(adopted.get, places)))
        key = (name, home.versions, home.columns, *map(self.earlier.objects.number, parts))
        known = self.earlier.readings
        if key not in known:
            own = Report()
            changed = under_reading(program, reading, self.written.adopted)
            if gives_names(reading):
                report_duplicates(changed, own)
            home.model(changed, name, own)
            wrong = (each for each in own.found.values() if each.code != "exception-to-nothing")
            known[key] = tuple(self._brought_by.told(each, name) for each in wrong)
        return known[key]

    def _union(self) -> Program:
        first = next(iter(self.programs.values()))
        units = list(dict.fromkeys(unit for program in self.programs.values() for unit in program.units))
        units += self.written.adopted.values()
        union = replace(first, units=tuple(units))
        apart = [each for each in self.written.readings.values() if each.brings]
        return clocked(union) if speaks_of_time(apart) else union


def _columns_named(typer: Typer, claim: Claim) -> Iterator[Column]:
    """Yield the columns that a claim names, which are known to exist."""
    said = tuple(within(*words_of(claim), claim.lemmas))
    written = {each.column for each in said if isinstance(each, Outcome) and each.column is not None}
    found = (typer.column(parse_column_text(each, COMMAND_LINE)) for each in sorted(written))
    yield from (each for each in found if each is not None)
    yield from named_columns(claim.statement)


def _suppositions(union: Program) -> dict[str, Supposition]:
    found: dict[str, Supposition] = {}
    for unit in union.units:
        supposition = _supposition(unit.decl)
        if supposition is not None:
            found.setdefault(supposition.name, supposition)
    return found


def _supposition(decl: d.Declaration) -> Supposition | None:
    match decl:
        case d.AxiomDecl():
            return Supposition("axiom", decl.name.text, decl.sentence, decl.because, decl.span)
        case d.PremiseDecl():
            return Supposition("premise", decl.name.text, decl.sentence, decl.because, decl.span)
        case TypicalDecl():
            return Supposition("typical", decl.name.text, decl.sentence, decl.because, decl.span)
        case d.AbstractionDecl():
            return Supposition("abstraction", decl.name.text, decl.sentence, decl.because, decl.span)
        case d.CheckDecl() if decl.adopted_because is not None:
            return Supposition("adopted check", decl.name.text, "", decl.adopted_because, decl.span)
        case (
            d.SortDecl()
            | QuantityDecl()
            | CalendarDecl()
            | d.ConstantDecl()
            | d.EnumDecl()
            | d.TableDecl()
            | d.FunctionDecl()
            | s.Define()
            | d.NamesDecl()
            | RequestDecl()
            | d.ComponentDecl()
            | d.RouteDecl()
            | d.StartDecl()
            | d.CheckDecl()
            | d.ExceptionsDecl()
            | d.LimbDecl()
            | d.EffectDecl()
            | d.EventDecl()
            | LapseDecl()
            | DutyDecl()
            | d.OrderDecl()
            | LemmaDecl()
            | SourceDecl()
            | d.VersionDecl()
            | d.ModificationDecl()
            | d.InsertDecl()
            | d.ReplaceDecl()
            | d.StrikeDecl()
            | d.AmendDecl()
            | d.AmendTableDecl()
            | d.ReadingDecl()
            | d.RemeaningDecl()
            | d.AdditionDecl()
            | d.GuardDecl()
            | d.DeploymentDecl()
            | d.ClaimDecl()
        ):
            return None
        case _:
            assert_never(decl)


def _not_modelled(union: Program) -> tuple[NotModelled, ...]:
    return tuple(
        NotModelled(item.phrases, item.syntax.meaning.why, item.syntax.span)
        for unit in union.units
        for item in unit.items
        if isinstance(item.syntax.meaning, s.Wordless) and item.syntax.meaning.kind == "not-modelled"
    )

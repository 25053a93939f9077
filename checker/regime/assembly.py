"""Puts a regime together: every version and reading checked, claims typed, deployments filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import SpecError
from checker.model import claim as c
from checker.model import model as m
from checker.regime.askable import report_elsewhere
from checker.regime.claims import Claimant
from checker.regime.columns import without_suppositions
from checker.regime.definitions import definitions
from checker.regime.deployments import Placer
from checker.regime.duplicates import of_declaration, report_duplicates
from checker.regime.elaborate import Elaborator
from checker.regime.names import Report, nearest_name
from checker.regime.program import Program, Unit, matching, missing_target, of_kind
from checker.regime.readings import under_reading
from checker.regime.regime import (
    Modification,
    NotModelled,
    Reading,
    Regime,
    Supposition,
    Version,
)
from checker.regime.sources import Sources
from checker.regime.staged import staged
from checker.regime.written import Written

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes the model of any column of a loaded regime."""

    home: Elaborator
    programs: Mapping[str, Program]
    written: Written

    def build(self, column: c.Column) -> m.Model:
        program = self.programs[column.base]
        for name in column.readings:
            program = under_reading(program, self.written.readings[name], self.written.adopted)
        report = Report()
        model = self.home.model(program, str(column), report)
        fatal = [each for each in report.found.values() if each.code != "exception-to-nothing"]
        if fatal:
            raise SpecError(tuple(fatal))
        model = without_suppositions(model, column.without)
        return staged(model) if column.staged else model


@dataclass(frozen=True, slots=True)
class Assembly:
    """The last step of loading. `programs`: the declarations in force in each version."""

    written: Written
    programs: Mapping[str, Program]
    versions: Mapping[str, Version]
    report: Report

    def regime(self, texts: Mapping[str, str]) -> Regime:
        """The regime. Raises SpecError with every mistake in versions and readings, then in claims."""
        labels = tuple((each.name, each.label) for each in self.versions.values())
        bases = frozenset(self.versions) | {x.name.text for x in self._declared(d.DeploymentDecl)}
        home = Elaborator(Sources(texts), labels, (bases, frozenset(self.written.readings)))
        models = [self._model(home, name) for name in self.programs]
        self._readings(home)
        self.report.stop_if_any()
        union = self._union()
        vocabulary = home.known(union, Report()).vocabulary
        claimant = Claimant(vocabulary, home.sources, self.report)
        read = [claimant.claim(decl) for decl in self._declared(d.ClaimDecl)]
        placer = Placer(self.versions, models[0], self.report)
        deployments = [placer.deployment(each) for each in self._declared(d.DeploymentDecl)]
        self.report.stop_if_any()
        claims = tuple(each for each in read if each is not None)
        report_elsewhere(claims, deployments, self.report)
        self.report.stop_if_any()
        documents = tuple(self.written.documents.values())
        return Regime(
            documents=documents,
            versions=self.versions,
            modifications={
                x.name.text: Modification(x.name.text, x.title, x.span)
                for x in self._declared(d.ModificationDecl)
            },
            readings={name: _reading(decl) for name, decl in self.written.readings.items()},
            deployments={each.name: each for each in deployments},
            suppositions=_suppositions(union),
            claims=claims,
            quotes=tuple(each.quote for document in documents for each in document.quotes),
            unformalised=tuple(each.quote for document in documents for each in document.unused),
            not_modelled=_not_modelled(union),
            vocabulary=vocabulary,
            build=_Builder(home, self.programs, self.written).build,
            texts={name: program.texts for name, program in self.programs.items()},
        )

    def _model(self, home: Elaborator, name: str) -> m.Model:
        """What holds in a version. A mistake that the versions that it is made from do not have names it."""
        own = Report()
        model = home.model(self.programs[name], name, own)
        made = self.versions[name].parent is not None
        for each in own.found.values():
            notes = (*each.notes, f"in version `{name}`") if made else each.notes
            self.report.add(replace(each, notes=notes))
        return model

    def _declared(self, kind: type[_T]) -> list[_T]:
        return list(of_kind(self.written.base, kind))

    def _readings(self, home: Elaborator) -> None:
        """Checks every reading in every version, and that it speaks of something."""
        for reading in self.written.readings.values():
            for name, program in self.programs.items():
                own = Report()
                changed = under_reading(program, reading, self.written.adopted)
                report_duplicates(changed, own)
                home.model(changed, name, own)
                self.report.extend(x for x in own.found.values() if x.code != "exception-to-nothing")
            self._reading_targets(reading)

    def _reading_targets(self, reading: d.ReadingDecl) -> None:
        units = list(dict.fromkeys(unit for program in self.programs.values() for unit in program.units))
        defined = {define.name.text for program in self.programs.values() for define in definitions(program)}
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

    def _union(self) -> Program:
        first = next(iter(self.programs.values()))
        units = list(dict.fromkeys(unit for program in self.programs.values() for unit in program.units))
        units += self.written.adopted.values()
        return replace(first, units=tuple(units))


def _reading(decl: d.ReadingDecl) -> Reading:
    changes = []
    for change in decl.body:
        if isinstance(change, d.RemeaningDecl | d.AdditionDecl):
            changes.append(change.rule.text)
        else:
            changes += [name.text for _space, _kind, name in of_declaration(change)][:1]
    return Reading(decl.name.text, decl.sentence, decl.because, tuple(dict.fromkeys(changes)), decl.span)


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

"""Makes the model of any column of a loaded regime, and adds further readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from checker.language import declarations as d
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.model.claim import Column
from checker.model.expressions import Located, Truth
from checker.model.model import Model
from checker.regime.duplicates import report_duplicates
from checker.regime.elaborate import Elaborator
from checker.regime.files_as_written import Written
from checker.regime.names import Report
from checker.regime.program import Program, Unit
from checker.regime.readings import Targets, changed_by, under_reading, under_readings, with_brought
from checker.regime.staged_law import staged

_ELSEWHERE = "exception-to-nothing"  # reported for the version, and not a mistake in a reading


@dataclass(frozen=True, slots=True)
class Builder:
    """`programs`: the declarations in force in each version; `adopted`: the units that readings add, by
    place.
    """

    home: Elaborator
    programs: Mapping[str, Program]
    readings: Mapping[str, d.ReadingDecl]
    adopted: Mapping[Span, Unit]

    def __call__(self, column: Column) -> Model:
        """The model of a column whose base is a version. Raises SpecError."""
        report = Report()
        program = self._program(column)
        if self._bring_together(column):
            report_duplicates(program, report)
            report.stop_if_any()
        model = self.home.model(program, str(column), report)
        fatal = [each for each in report.found.values() if each.code != _ELSEWHERE]
        if fatal:
            raise SpecError(tuple(fatal))
        model = without_suppositions(model, column.without)
        if column.without:
            self.home.clashes.report(model, report)
            report.stop_if_any()
        return staged(model) if column.staged else model

    def wrong_together(self, column: Column) -> tuple[Diagnostic, ...]:
        """What is wrong with a column in which several readings bring something; each by itself was asked
        about when the law was read.
        """
        if not self._bring_together(column):
            return ()
        try:
            self(column)
        except SpecError as wrong:
            notes = (f"in `{column}`",)
            return tuple(replace(each, notes=(*each.notes, *notes)) for each in wrong.diagnostics)
        return ()

    def _bring_together(self, column: Column) -> bool:
        """Whether more than one of the column's readings brings something."""
        return sum(bool(self.readings[name].brings) for name in column.readings) > 1

    def owners(self, column: Column) -> Mapping[Span, str]:
        """For every item of a rule, the name by which a reading calls that rule."""
        return {
            item.syntax.span: _called(unit)
            for era in reversed(self._program(column).eras)
            for unit in era.units
            for item in unit.items
        }

    def without_effect(self, column: Column) -> str | None:
        """The first reading of a column that changes nothing there, since its version lacks what the reading
        takes otherwise; None if each changes something.
        """
        readings = [self.readings[name] for name in column.readings]
        program = with_brought(self.programs[column.base], readings, self.adopted)
        for reading in readings:
            read = changed_by(program, reading, self.adopted)
            idle = read == program and not any(map(_is_start, reading.body))
            if idle and not reading.brings:
                return reading.name.text
            program = read
        return None

    def _program(self, column: Column) -> Program:
        readings = [self.readings[name] for name in column.readings]
        return under_readings(self.programs[column.base], readings, self.adopted)

    def reread(self, written: Written, texts: Mapping[str, str], report: Report) -> Builder:
        """The builder with further readings, from `texts`. That their targets exist and no name is given
        twice is checked now; the model under a reading is checked only when it is asked for.
        """
        plain = tuple(self.programs.values())
        read = (under_reading(each, own, self.adopted) for own in self.readings.values() for each in plain)
        targets = Targets((*plain, *read))
        for reading in written.readings.values():
            targets.report(reading, report)
            for program in plain:
                report_duplicates(under_reading(program, reading, written.adopted), report)
        return replace(
            self,
            home=replace(self.home, sources=self.home.sources.with_texts(texts)),
            readings={**self.readings, **written.readings},
            adopted={**self.adopted, **written.adopted},
        )


def _is_start(change: object) -> bool:
    return isinstance(change, d.StartDecl)


def _called(unit: Unit) -> str:
    """The clause of a limb, the name of any other rule."""
    return unit.name or f'"{unit.clause}"'


def without_suppositions(model: Model, names: Iterable[str]) -> Model:
    """The model without the named axioms and adopted checks, and with the named premises always true."""
    gone = frozenset(names)
    if not gone:
        return model
    premises = {
        name: replace(premise, formula=Located(Truth(value=True), premise.formula.span, "true"))
        if name in gone
        else premise
        for name, premise in model.premises.items()
    }
    return replace(
        model,
        axioms=tuple(axiom for axiom in model.axioms if axiom.name not in gone),
        checks=tuple(
            check for check in model.checks if check.adopted_because is None or check.name not in gone
        ),
        premises=premises,
    )

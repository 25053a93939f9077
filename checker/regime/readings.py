"""Applies readings: one way to take words that can be taken in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.look_alikes import odd_letters
from checker.language.request_declaration import ParameterDecl, RequestDecl
from checker.regime.clock import clocked, speaks_of_time
from checker.regime.definitions import definitions
from checker.regime.duplicates import given_by
from checker.regime.names import Report, nearest_name
from checker.regime.program import Laid, Program, Unit, matching, missing_target, place_of
from checker.regime.quantities import with_axioms
from checker.regime.regime import Reading

_GUARDED = (d.EffectDecl, d.EventDecl, LapseDecl, DutyDecl)


def under_readings(
    program: Program, readings: Sequence[d.ReadingDecl], adopted: Mapping[Span, Unit]
) -> Program:
    """The program under readings, in this order, after all that any of them brings: so one may change what
    another brings, whichever is named first.
    """
    program = with_brought(program, readings, adopted)
    for each in readings:
        program = changed_by(program, each, adopted)
    return program


def with_brought(
    program: Program, readings: Iterable[d.ReadingDecl], adopted: Mapping[Span, Unit]
) -> Program:
    """The program with what the readings bring, and nothing changed."""
    for each in readings:
        program = program.throughout(partial(_with_brought, reading=each, adopted=adopted))
    return program


def under_reading(program: Program, reading: d.ReadingDecl, adopted: Mapping[Span, Unit]) -> Program:
    """The program under one reading."""
    return under_readings(program, (reading,), adopted)


def _with_brought(program: Program, reading: d.ReadingDecl, adopted: Mapping[Span, Unit]) -> Program:
    """The program with what the reading brings and, where the reading speaks of time, with a clock."""
    if not reading.brings:
        return program
    added = [adopted[place_of(each)] for each in reading.brings if not isinstance(each, RequestDecl)]
    carried = tuple(
        each for decl in reading.brings if isinstance(decl, RequestDecl) for each in decl.parameters
    )
    units = tuple(
        replace(unit, decl=_carrying(unit.decl, carried))
        if carried and isinstance(unit.decl, RequestDecl)
        else unit
        for unit in program.units
    )
    program = with_axioms(replace(program, units=(*units, *added)))
    return clocked(program) if speaks_of_time((reading,)) else program


def _carrying(request: RequestDecl, more: tuple[ParameterDecl, ...]) -> RequestDecl:
    shapes = tuple(_carrying(each, more) for each in request.shapes)
    return replace(request, parameters=(*request.parameters, *more), shapes=shapes)


def changed_by(program: Program, reading: d.ReadingDecl, adopted: Mapping[Span, Unit]) -> Program:
    """The program under a reading, without what it brings. Changes to rules that the program doesn't have are
    ignored.
    """
    return program.throughout(partial(_changed_by, reading=reading, adopted=adopted))


def _changed_by(program: Program, reading: d.ReadingDecl, adopted: Mapping[Span, Unit]) -> Program:
    units = program.units
    starts = tuple(adopted[each.span] for each in reading.body if isinstance(each, d.StartDecl))
    if starts:
        units = (*(unit for unit in units if not isinstance(unit.decl, d.StartDecl)), *starts)
    for change in reading.body:
        match change:
            case d.RemeaningDecl():
                units = _mapped(units, change.rule, partial(_remeant, change=change))
            case d.AdditionDecl():
                units = _mapped(units, change.rule, partial(_with_item, item=Laid(change.item, ())))
            case d.GuardDecl():
                units = _mapped(units, change.rule, partial(_guarded, change=change))
            case s.Define():
                units = tuple(_redefined(unit, change) for unit in units)
            case d.CheckDecl():
                units = (*units, adopted[change.span])
            case d.StartDecl():
                continue  # taken above: one reading has one start
            case _:
                raise TypeError(f"what {type(change).__name__} changes is not known")
    return replace(program, units=units)


def _mapped(units: tuple[Unit, ...], target: s.Target, change: Callable[[Unit], Unit]) -> tuple[Unit, ...]:
    chosen = matching(units, target)
    return tuple(change(unit) if unit in chosen else unit for unit in units)


def _with_item(unit: Unit, item: Laid) -> Unit:
    return replace(unit, items=(*unit.items, item))


def means_otherwise(item: Laid, change: d.RemeaningDecl) -> bool:
    """Whether the change applies to this item, by its phrases or, if it has none, by its inference."""
    if change.inferred is not None:
        return not item.phrases and item.syntax.inference == change.inferred.text
    return {phrase.text for phrase in change.phrases} <= {phrase.text for phrase in item.phrases}


def _remeant(unit: Unit, change: d.RemeaningDecl) -> Unit:
    inferred = None if change.inferred is None else change.inferred.text
    inference = inferred if change.inference is None else change.inference
    items = tuple(
        Laid(replace(item.syntax, meaning=change.meaning, inference=inference), item.phrases)
        if means_otherwise(item, change)
        else item
        for item in unit.items
    )
    return replace(unit, items=items)


def _guarded(unit: Unit, change: d.GuardDecl) -> Unit:
    """The effect, event, lapse or duty with another condition, or the lapse or duty with another day."""
    if change.day is not None:
        return _moved(unit, change.day, change.falls)
    if isinstance(unit.decl, _GUARDED):
        return replace(unit, decl=replace(unit.decl, when=change.when))
    return unit


def _moved(unit: Unit, day: s.Expr, falls: str) -> Unit:
    if isinstance(unit.decl, LapseDecl) and falls != "by":
        return replace(unit, decl=replace(unit.decl, day=day, past=falls == "past"))
    if isinstance(unit.decl, DutyDecl) and falls == "by":
        return replace(unit, decl=replace(unit.decl, day=day))
    return unit


def _redefined(unit: Unit, define: s.Define) -> Unit:
    if isinstance(unit.decl, s.Define) and unit.decl.name.text == define.name.text:
        label = define.label or unit.decl.label
        return Unit(replace(define, label=label))
    items = tuple(
        Laid(replace(item.syntax, meaning=define), item.phrases)
        if isinstance(item.syntax.meaning, s.Define) and item.syntax.meaning.name.text == define.name.text
        else item
        for item in unit.items
    )
    return unit if items == unit.items else replace(unit, items=items)


def gives_names(reading: d.ReadingDecl) -> bool:
    """Whether a version may have names under the reading that it does not have without."""
    return bool(reading.brings) or not all(
        isinstance(change, d.GuardDecl)
        or (isinstance(change, d.RemeaningDecl) and not isinstance(change.meaning, s.Define))
        or (isinstance(change, d.AdditionDecl) and not isinstance(change.item.meaning, s.Define))
        for change in reading.body
    )


def reading_of(decl: d.ReadingDecl) -> Reading:
    """The reading as a value."""
    changes = []
    for change in decl.body:
        if isinstance(change, d.RemeaningDecl | d.AdditionDecl | d.GuardDecl):
            changes.append(change.rule.text)
        else:
            changes += [each.name.text for each in given_by(change)][:1]
    for brought in decl.brings:
        names = [each.name.text for each in given_by(brought)]
        changes += names if isinstance(brought, RequestDecl) else names[:1]
    return Reading(decl.name.text, decl.sentence, decl.because, tuple(dict.fromkeys(changes)), decl.span)


# ----------------------------------------------------------------- targets


class Targets:
    """The possible targets of readings: everything in one of the programs."""

    def __init__(self, programs: Iterable[Program]) -> None:
        every = tuple(programs)
        self.units = tuple(dict.fromkeys(unit for program in every for unit in program.units))
        self.sent = any(isinstance(unit.decl, RequestDecl) for unit in self.units)
        self.defined = sorted({define.name.text for program in every for define in definitions(program)})

    def report(self, reading: d.ReadingDecl, report: Report) -> None:
        """Reports targets of a reading that are in none of the programs."""
        for brought in reading.brings:
            if isinstance(brought, RequestDecl) and not self.sent:
                message = "this law has no request that could carry more"
                report.say("misplaced", message, brought.span)
        for change in reading.body:
            if isinstance(change, s.Define) and change.name.text not in self.defined:
                anew = (f"if `{reading.name.text}` brings it anew, write `also define {change.name.text}`",)
                near = nearest_name(change.name.text, self.defined)
                message = f"there is no definition `{change.name.text}`"
                report.say("unknown-name", message, change.name.span, nearest=near, notes=anew)
            if not isinstance(change, d.RemeaningDecl | d.AdditionDecl | d.GuardDecl):
                continue
            chosen = matching(self.units, change.rule)
            if not chosen:
                report.add(missing_target(change.rule, self.units))
            elif isinstance(change, d.RemeaningDecl):
                _report_words(change, chosen, report)
            elif isinstance(change, d.GuardDecl):
                _report_guard(change, chosen, report)


def _report_words(change: d.RemeaningDecl, units: Iterable[Unit], report: Report) -> None:
    items = [item for unit in units for item in unit.items]
    if any(means_otherwise(item, change) for item in items):
        return
    word, words = (
        ("phrase", [phrase.text for item in items for phrase in item.phrases])
        if change.inferred is None
        else ("inference", [item.syntax.inference or "" for item in items if not item.phrases])
    )
    first = change.inferred or change.phrases[0]
    message = f"`{change.rule.text}` has no such {word}"
    near = nearest_name(first.text, words)
    notes = odd_letters(f"`{first.text}`", near)
    report.say("phrase-not-found", message, first.span, nearest=near, notes=notes)


def _report_guard(change: d.GuardDecl, units: Iterable[Unit], report: Report) -> None:
    if change.day is not None:
        kind, known = ("duty", DutyDecl) if change.falls == "by" else ("lapse", LapseDecl)
        if not any(isinstance(unit.decl, known) for unit in units):
            report.say("misplaced", f"`{change.rule.text}` is no {kind}", change.rule.span)
        return
    if not any(isinstance(unit.decl, _GUARDED) for unit in units):
        message = f"`{change.rule.text}` is no effect, event, lapse or duty"
        report.say("misplaced", message, change.rule.span)

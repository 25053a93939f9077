"""Applies readings: what words are taken to mean, where they can be taken in two ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from checker.language import declarations as d
from checker.language import syntax as s
from checker.regime.program import Laid, Program, Unit, matching


def under_reading(program: Program, reading: d.ReadingDecl, adopted: Mapping[int, Unit]) -> Program:
    """The program as a reading understands it. What the program doesn't have, a reading doesn't change."""
    units = program.units
    for change in reading.body:
        match change:
            case d.RemeaningDecl():
                units = _mapped(units, change.rule, partial(_remeant, change=change))
            case d.AdditionDecl():
                units = _mapped(units, change.rule, partial(_with_item, item=Laid(change.item, ())))
            case s.Define():
                units = tuple(_redefined(unit, change) for unit in units)
            case d.CheckDecl():
                units = (*units, adopted[id(change)])
            case _:
                continue
    return replace(program, units=units)


def _mapped(units: tuple[Unit, ...], target: s.Target, change: Callable[[Unit], Unit]) -> tuple[Unit, ...]:
    chosen = matching(units, target)
    return tuple(change(unit) if unit in chosen else unit for unit in units)


def _with_item(unit: Unit, item: Laid) -> Unit:
    return replace(unit, items=(*unit.items, item))


def _remeant(unit: Unit, change: d.RemeaningDecl) -> Unit:
    wanted = {phrase.text for phrase in change.phrases}
    items = tuple(
        Laid(replace(item.syntax, meaning=change.meaning, inference=change.inference), item.phrases)
        if wanted <= {phrase.text for phrase in item.phrases}
        else item
        for item in unit.items
    )
    return replace(unit, items=items)


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

"""Versions whose modifications are in force from a day: which law is in force when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checker.language import syntax as s
from checker.model.dates import NoSuchDay, day_of
from checker.regime.program import Program, Until
from checker.regime.regime import Version


def made_by(version: Version, program: Program, changed: Callable[[Program], Program]) -> Program:
    """What a version has in force, made of what its parent has by its modifications."""
    if version.day is None:
        return program.throughout(changed)
    lasting = tuple(each for each in program.until if not _over_by(each.day, version.day))
    made = replace(program, until=lasting).throughout(changed)
    return replace(made, until=(*made.until, Until(program, version.day, version.modifications)))


def _over_by(end: s.Expr, day: s.Expr) -> bool:
    """Whether it is plain that what is in force until one day is so no more on the other."""
    last, first = _written(end), _written(day)
    return last is not None and first is not None and last <= first


def _written(day: s.Expr) -> int | None:
    """The day, if it is written out."""
    if not isinstance(day, s.Ref) or day.request is not None or day.arguments is not None:
        return None
    try:
        return day_of(day.name.text)
    except NoSuchDay:
        return None

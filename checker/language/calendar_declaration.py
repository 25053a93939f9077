"""The declaration of a calendar of working days, as written."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.diagnostics import Span
from checker.language.syntax import Label, Name, Text


@dataclass(frozen=True, slots=True)
class HolidayColumn:
    """A column of a table that lists days; without a heading, all of them but the first."""

    table: Name
    header: Text | None


@dataclass(frozen=True, slots=True)
class CalendarDecl:
    """`label`: what one of its days is called, or several; `weekdays`: those that never count; `holidays`:
    the columns that list further days; `known`: the first and the last day between which there are no others;
    `closed`: there never are.
    """

    name: Name
    label: Label | None
    weekdays: tuple[Name, ...]
    holidays: tuple[HolidayColumn, ...]
    known: tuple[Name, Name] | None
    closed: bool
    span: Span

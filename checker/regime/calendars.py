"""Calendars of working days as declared: days of the week that never count, and tables of holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl, HolidayColumn
from checker.language.calendar_words import WEEKDAYS
from checker.model.dates import PERIOD, NoSuchDay, day_in_cell, day_of
from checker.model.model import Model
from checker.model.working_days import LONGEST, MOST, WEEK, WorkingDays
from checker.regime.months import is_period
from checker.regime.names import Report
from checker.regime.program import Program, of_kind

_CALLED: Final = "working day"


def calendars_of(program: Program, report: Report) -> dict[str, WorkingDays]:
    """The calendars of a program by their names. Reports those that cannot be."""
    found: dict[str, WorkingDays] = {}
    for decl in of_kind(program.units, CalendarDecl):
        made = _Reader(program, report).calendar(decl)
        if made is not None:
            found.setdefault(made.name, made)
    return found


class _Reader:
    """Reads one declaration."""

    def __init__(self, program: Program, report: Report) -> None:
        self.program, self.report = program, report

    def calendar(self, decl: CalendarDecl) -> WorkingDays | None:
        off = [self._weekday(each) for each in decl.weekdays]
        columns = [tuple(self._days(each)) for each in decl.holidays]
        ends = None if decl.known is None else [self._day(each) for each in decl.known]
        if None in off or (ends and None in ends):
            return None
        weekdays = tuple(sorted({each for each in off if each is not None}))
        if len(weekdays) == WEEK:
            self.report.say("no-calendar", "no day of the week is left to work on", decl.span)
            return None
        known = self._span(decl, [each for each in ends or () if each is not None])
        if decl.known is not None and known is None:
            return None
        listed = sorted({day for each in columns for day, _ in each if (day - 1) % WEEK not in weekdays})
        if len(listed) > LONGEST:
            message = f"a calendar lists at most {LONGEST:,} holidays"
            self.report.say("too-large", message, decl.span)
            return None
        if not self._within(decl, known, [pair for each in columns for pair in each]):
            return None
        one = decl.label.text.text if decl.label else _CALLED
        several = decl.label.general.text if decl.label and decl.label.general else f"{one}s"
        return WorkingDays(decl.name.text, one, several, weekdays, tuple(listed), known, decl.closed)

    def _weekday(self, name: s.Name) -> int | None:
        if name.text in WEEKDAYS:
            return WEEKDAYS.index(name.text)
        self.report.unknown("day of the week", name.text, name.span, WEEKDAYS)
        return None

    def _day(self, name: s.Name) -> int | None:
        try:
            return day_of(name.text)
        except NoSuchDay as wrong:
            self.report.say("no-such-day", f"there is no such day: {wrong}", name.span)
            return None

    def _span(self, decl: CalendarDecl, ends: list[int]) -> tuple[int, int] | None:
        if not ends:
            return None
        first, last = ends
        if first <= last:
            return first, last
        assert decl.known is not None
        self.report.say("no-calendar", "it ends before it begins", decl.known[1].span)
        return None

    def _days(self, column: HolidayColumn) -> Iterator[tuple[int, s.Text]]:
        """Yield the days that a column lists, with their cells."""
        table = self.program.tables.get(column.table.text)
        if table is None:
            self.report.unknown("table", column.table.text, column.table.span, self.program.tables)
            return
        if column.header is None:
            places = range(min(1, len(table.header) - 1), len(table.header))
        elif column.header.text in table.header:
            places = range(at := table.header.index(column.header.text), at + 1)
        else:
            self.report.unknown("column", column.header.text, column.header.span, table.header)
            return
        for row in table.rows:
            for cell in (row[at] for at in places):
                found = self._day_in(cell)
                if found is not None:
                    yield found, cell

    def _day_in(self, cell: s.Text) -> int | None:
        """The day that a cell names, if it names one."""
        if cell.text == "none":
            return None
        try:
            found = day_in_cell(cell.text)
        except NoSuchDay as wrong:
            self.report.say("bad-cell", f"there is no such day: {wrong}", cell.span)
            return None
        if found is None:
            wanted = ("a date such as `25 December 2026` or `2026-12-25`", "`none`")
            self.report.say("bad-cell", f"`{cell.text}` is no day", cell.span, expected=wanted)
        return found

    def _within(
        self, decl: CalendarDecl, known: tuple[int, int] | None, listed: list[tuple[int, s.Text]]
    ) -> bool:
        """Whether it says what is so of other days than those that are listed; reports that it does not."""
        if not decl.holidays or decl.closed:
            return True
        if known is None:
            message = f"`{decl.name.text}` lists holidays, and does not say whether these are all"
            expected = ("`known from 1 January … to 31 December …`", "`and on no other day`")
            self.report.say("no-calendar", message, decl.span, expected=expected)
            return False
        for day, cell in listed:
            if not known[0] <= day <= known[1]:
                message = f"`{cell.text}` is outside the time of which the holidays are known"
                assert decl.known is not None
                first, last = (each.text for each in decl.known)
                said = (f"a day from {first} to {last}",)
                self.report.say("bad-cell", message, cell.span, expected=said)
                return False
        return True


def report_calendars(models: Iterable[Model], programs: Iterable[Program], report: Report) -> None:
    """Reports a calendar that leaves other days open in one version than in another: the days that a story
    supposes to be off are the same for all.
    """
    known: dict[str, WorkingDays] = {}
    for model, program in zip(models, programs, strict=True):
        for name, calendar in model.calendars.items():
            first = known.setdefault(name, calendar)
            if not calendar.like(first):
                message = f"`{name}` leaves other days open in version `{model.column}`"
                wanted = ("the same days of the week, and the same time of which holidays are known",)
                places = (
                    each.span for each in of_kind(program.units, CalendarDecl) if each.name.text == name
                )
                report.say("no-calendar", message, next(places), expected=wanted)


def calendar_for(place: s.Expr, calendars: Mapping[str, WorkingDays], report: Report) -> WorkingDays | None:
    """The calendar by which a period of working days counts. Reports that it is not clear which one."""
    assert isinstance(place, s.Ref)
    if place.arguments is not None:
        (said,) = place.arguments
        name = said.name.text if isinstance(said, s.Ref) else ""
        if name not in calendars:
            report.unknown("calendar", name, said.span, calendars)
        return calendars.get(name)
    if len(calendars) == 1:
        return next(iter(calendars.values()))
    text = place.name.text
    if not calendars:
        message = "this law has no calendar that says which days are working days"
        wanted = ['a declaration such as `calendar GB "Working Day" never on Saturday, Sunday`']
    else:
        message, text = "this law has more than one calendar", place.name.text
        wanted = [f"`{text} ({each})`" for each in calendars]
    report.say("no-calendar", message, place.span, expected=tuple(wanted))
    return None


def is_counted(expr: s.Expr) -> bool:
    """Whether it is a period of months, years or working days, which are no number of days."""
    return is_period(expr) or is_working_days(expr)


def is_working_days(expr: s.Expr) -> bool:
    """Whether it is a period of working days, as a law writes it."""
    found = PERIOD.fullmatch(expr.name.text) if isinstance(expr, s.Ref) else None
    return found is not None and found[2].startswith("working")


def number_of(expr: s.Expr, report: Report) -> int | None:
    """How many working days such a period has. Reports too many."""
    assert isinstance(expr, s.Ref)
    said, _, _unit = expr.name.text.partition(" ")
    if len(said) <= len(str(MOST)) and int(said) <= MOST:
        return int(said)
    report.say("too-large", f"periods have at most {MOST:,} working days", expr.span)
    return None

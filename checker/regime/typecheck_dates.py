"""Types dates and periods: literals, days that are worked out from others, and days within a period."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal, cast

from checker.language import syntax as s
from checker.model import expressions as e
from checker.model import quantities
from checker.model.clock import PRESENT_DAY, TODAY
from checker.model.dates import PERIOD, NoSuchDay, day_of
from checker.model.expressions import DATE, DAYS, Sort
from checker.model.made_of import within
from checker.regime import calendars, months
from checker.regime.names import Report, Vocabulary
from checker.regime.term_context import Context, Thing, sort_in_words, text_of
from checker.regime.typecheck_numbers import NumberTyper, is_numeral

_IN_A_WEEK = 7
_AT_ODDS = "neither compared nor added"


class DateTyper(NumberTyper):
    """Types what is said of days, with the help of what types other terms."""

    def __init__(self, vocabulary: Vocabulary, report: Report) -> None:
        super().__init__(report)
        self.vocabulary = vocabulary

    def day(self, name: s.Name) -> e.Value | None:
        """A date that the law writes."""
        try:
            found = day_of(name.text)
        except NoSuchDay as wrong:
            self.report.say("no-such-day", f"there is no such day: {wrong}", name.span)
            return None
        return None if found is None else quantities.value_of(DATE, found)

    def period(self, expr: s.Ref) -> e.Value | None:
        """So many days, as the law writes them."""
        name = expr.name
        found = PERIOD.fullmatch(name.text)
        sort = self.days(name)
        if found is None or sort is None:
            return None
        number, unit = found.groups()
        if len(number) > quantities.DIGITS:
            self.report.say("too-large", f"this number has more than {quantities.DIGITS} digits", name.span)
            return None
        if unit.startswith(("day", "week")) and expr.arguments is not None:
            message = f"`{name.text}` are so many days, whichever they are"
            self.report.say("no-period", message, expr.span, expected=(f"`{name.text}`",))
            return None
        if unit.startswith(("day", "week")):
            return quantities.value_of(sort, int(number) * (_IN_A_WEEK if unit.startswith("week") else 1))
        unit = "working day" if unit.startswith("working") else unit
        message = f"{unit.removesuffix('s')}s are not all of one length, and no number of days"
        wanted = (f"a date from which they count: `… plus {name.text}`",)
        self.report.say("no-period", message, name.span, expected=wanted)
        return None

    def days(self, place: s.Name | s.Expr) -> Sort | None:
        """The quantity of days. Reports that the law uses its name for something else."""
        found = self.vocabulary.sorts.get(DAYS.name, DAYS)
        if found.measure is not None and not found.measure.decimals:
            return found
        message = "periods are whole days, and here `days` is something else"
        self.report.say("units-differ", message, place.span, expected=("another name for that",))
        return None

    def units_differ(self, found: Sort, expected: Sort, expr: s.Expr) -> None:
        """Reports a term of one quantity where one of another is needed."""
        both = f"`{found.name}` and `{expected.name}` are {_AT_ODDS}"
        message = f"`{text_of(expr)}` is {sort_in_words(found)}: {both}"
        notes = ("`days from x to y` says how many days there are from one date to another",)
        days = {found.name, expected.name} == {DATE.name, DAYS.name}
        self.report.say("units-differ", message, expr.span, notes=notes if days else ())

    # ----------------------------------------------------------- reckoning

    def dated(self, expr: s.Arithmetic, context: Context) -> e.Arithmetic | None:
        """A date worked out from a date, which comes first, or the days between two."""
        match expr.operator:
            case "days from":
                typed = [self.term(each, context, DATE) for each in reversed(expr.parts)]
                sort = self.days(expr)
                return None if sort is None else _reckoned("minus", typed, sort)
            case "earliest" | "latest":
                typed = [self.term(each, context, DATE) for each in expr.parts]
                return _reckoned("least" if expr.operator == "earliest" else "greatest", typed, DATE)
            case "plus" | "minus" as operator:
                first, *rest = expr.parts
                start = self.term(first, context, DATE)
                if calendars.is_counted(rest[0]):
                    return self._reckoned_from(rest[0], start, forward=operator == "plus")
                return _reckoned(operator, [start, *(self._added(expr, e, context) for e in rest)], DATE)
            case "least" | "greatest":
                word = "earliest" if expr.operator == "least" else "latest"
                message = f"dates are earlier or later, not {'less' if word == 'earliest' else 'greater'}"
                self.report.say("wrong-type", message, expr.span, expected=(f"`{word} of (…)`",))
            case "times" | "share" | "share down" | "share up":
                self.report.say("wrong-type", "a date is no amount, and cannot be multiplied", expr.span)
        return None

    def _added(self, whole: s.Arithmetic, part: s.Expr, context: Context) -> Thing | None:
        """So many days that are added to a date or subtracted from it."""
        if is_numeral(part):
            message = f"`{text_of(part)}` says no period"
            wanted = (f"`{text_of(part)} days`",)
            self.report.say("wrong-type", message, part.span, expected=wanted)
            return None
        sort, found = self.days(part), self.term(part, context)
        if sort is None or found is None or found.sort == sort:
            return found if sort is not None else None
        if not found.sort.is_date:
            return self._of_days(found, part, sort)
        first = text_of(whole.parts[0])
        notes: tuple[str, ...] = ()
        if whole.operator == "plus":
            message = f"`{first}` and `{text_of(part)}` are both dates, and dates are not added"
        else:
            message = f"`{text_of(whole)}` subtracts a date from a date"
            notes = (f"how many days lie between them is `days from {text_of(part)} to {first}`",)
        self.report.say("units-differ", message, whole.span, notes=notes)
        return None

    def _reckoned_from(self, period: s.Expr, start: Thing | None, *, forward: bool) -> e.Arithmetic | None:
        """The day so many months, or working days, after a day, or before it."""
        if not calendars.is_working_days(period):
            return self._in_months(period, start, forward=forward)
        number = calendars.number_of(period, self.report)
        calendar = calendars.calendar_for(period, self.vocabulary.calendars, self.report)
        if start is None or number is None or calendar is None:
            return None
        factor = Fraction(number if forward else -number)
        return e.Arithmetic("working days", (cast("e.Term", start),), DATE, factor, calendar)

    def _in_months(self, period: s.Expr, start: Thing | None, *, forward: bool) -> e.Arithmetic | None:
        """The day so many months after a day, or before it."""
        number = months.number_of(period, self.report)
        rule = months.rule(self.vocabulary, period, self.report)
        if start is None or number is None or rule is None:
            return None
        factor = Fraction(number if forward else -number)
        return e.Arithmetic("months", (cast("e.Term", start), rule), DATE, factor)

    def _of_days(self, found: Thing, expr: s.Expr, sort: Sort) -> Thing | None:
        if found.sort == sort:
            return found
        message = f"`{text_of(expr)}` is {sort_in_words(found.sort)}, and no number of days"
        self.report.say("units-differ", message, expr.span, expected=(f"`{sort.name}`",))
        return None

    def day_after(self, day: e.Term) -> e.Term:
        """The day after a date."""
        days = self.vocabulary.sorts.get(DAYS.name, DAYS)
        number = day.parts[-1] if isinstance(day, e.Arithmetic) and day.operator == "plus" else None
        if isinstance(day, e.Arithmetic) and isinstance(number, e.Value) and number.sort == days:
            later = quantities.value_of(days, int(number.name) + 1)
            return e.Arithmetic("plus", (*day.parts[:-1], later), DATE)
        return e.Arithmetic("plus", (day, quantities.value_of(days, 1)), DATE)

    def today(self, expr: s.Expr) -> e.Apply | None:
        """The present day; reports that this law has none, because none of its pages speaks of time."""
        if TODAY in self.vocabulary.callables:
            return PRESENT_DAY
        message = "nothing in this law speaks of time, so it has no present day"
        self.report.say("unknown-name", message, expr.span)
        return None

    # ------------------------------------------------------------- periods

    def in_period(self, expr: s.InPeriod, context: Context) -> e.Formula | None:
        """Not before the period begins and not after it ends. Of the days after a start, the start itself is
        not counted, but it is within them; of those from it, it is the first.
        """
        day, start = self.term(expr.day, context, DATE), self.term(expr.start, context, DATE)
        end: Thing | None
        if calendars.is_working_days(expr.period) and expr.side == "from":
            end = self._reckoned_from(expr.period, self._day_before(start, expr), forward=True)
        elif calendars.is_counted(expr.period):
            end = self._reckoned_from(expr.period, start, forward=expr.side != "before")
            end = self._day_before(end, expr) if expr.side == "from" else end
        else:
            end = self._days_away(start, self._period_of(expr.period, context), expr.side)
        if day is None or start is None or end is None:
            return None
        first, last = (end, start) if expr.side == "before" else (start, end)
        return e.And((e.Ordered(first, "at most", day), e.Ordered(day, "at most", last)))

    def _days_away(
        self, start: Thing | None, period: Thing | None, side: Literal["after", "from", "before"]
    ) -> Thing | None:
        """The other end of a period of days."""
        if period is None:
            return None
        match side:
            case "after":
                return _reckoned("plus", [start, period], DATE)
            case "before":
                return _reckoned("minus", [start, period], DATE)
            case "from":
                return _reckoned("plus", [start, _one_less(period)], DATE)

    def _day_before(self, day: Thing | None, place: s.Expr) -> e.Arithmetic | None:
        sort = self.days(place)
        return None if sort is None else _reckoned("minus", [day, quantities.value_of(sort, 1)], DATE)

    def has_gone(self, start: e.Apply | None, period: s.Expr, context: Context) -> e.Formula | None:
        """That so much time has gone since a day. That day itself is not counted."""
        last = self.last_day(start, period, context)
        return None if last is None else e.Ordered(PRESENT_DAY, "at least", last)

    def last_day(self, start: Thing | None, period: s.Expr, context: Context) -> e.Arithmetic | None:
        """The last day of a period after a day."""
        if calendars.is_counted(period):
            return self._reckoned_from(period, start, forward=True)
        found = self._period_of(period, context)
        return None if start is None or found is None else _reckoned("plus", [start, found], DATE)

    def promised_day(self, start: Thing | None, period: s.Expr, context: Context) -> e.Arithmetic | None:
        """The same, of a period within which something is to come; reports one that may change until then."""
        if not calendars.is_counted(period):
            found = self._period_of(period, context)
            if found is None:
                return None
            if any(isinstance(each, e.Apply | e.Call | e.Parameter | e.Before) for each in within(found)):
                message = f"`{text_of(period)}` may change while the period runs"
                expected = ("a period that is written out, such as `5 days`", "a constant")
                self.report.say("period-may-change", message, period.span, expected=expected)
                return None
        return self.last_day(start, period, context)

    def _period_of(self, expr: s.Expr, context: Context) -> Thing | None:
        sort = self.days(expr)
        if is_numeral(expr):
            message = f"`{text_of(expr)}` says no period"
            self.report.say("wrong-type", message, expr.span, expected=(f"`{text_of(expr)} days`",))
            return None
        found = self.term(expr, context)
        return None if found is None or sort is None else self._of_days(found, expr, sort)

    def on_or_before(self, parts: tuple[s.Expr, ...]) -> bool:
        """Whether `is on or before` was meant to compare dates; reports that."""
        for first, second in pairwise(parts):
            if not (isinstance(first, s.Comparison) and isinstance(second, s.Past)):
                continue
            on = first.right
            if isinstance(on, s.Ref) and (on.name.text, on.arguments) == ("on", None) and first.op == "is":
                message = "`on or before` does not compare dates"
                wanted = f"`{text_of(first.left)} no later than {text_of(second.body)}`"
                self.report.say("before-a-date", message, on.span, expected=(wanted,))
                return True
        return False

    def looks_back_at_a_date(self, expr: s.Comparison, context: Context) -> bool:
        """Whether `is before` was meant to compare dates; reports that."""
        if not isinstance(expr.right, s.Past) or self.is_bare_value(expr.left, context):
            return False
        found = self.term(expr.left, context)
        if found is None or not found.sort.is_date:
            return False
        left, right = text_of(expr.left), text_of(expr.right.body)
        wanted = f"`{left} {'no ' if expr.op == 'is not' else ''}earlier than {right}`"
        message = "`before` looks back to the situation before a step, and does not compare dates"
        notes = (
            (f"that they are the same is written `{text_of(expr.right)} is {left}`",) if context.step else ()
        )
        self.report.say("before-a-date", message, expr.right.span, expected=(wanted,), notes=notes)
        return True


def _one_less(period: Thing) -> Thing:
    one = quantities.value_of(period.sort, 1)
    if isinstance(period, e.Value):
        return quantities.value_of(period.sort, int(period.name) - 1)
    return e.Arithmetic("minus", (cast("e.Term", period), one), period.sort)


def _reckoned(operator: e.ArithmeticOperator, parts: list[Thing | None], sort: Sort) -> e.Arithmetic | None:
    known = tuple(each for each in parts if each is not None)
    return (
        e.Arithmetic(operator, cast("tuple[e.Term, ...]", known), sort) if len(known) == len(parts) else None
    )

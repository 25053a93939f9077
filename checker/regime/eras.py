"""The law until a day and the law from that day on, as one model.

What the one era says and the other does not is so on its own days (`checker.regime.by_day`). Everything that
cannot be another thing on another day must be the same in both, or be in one of them alone: what situations
consist of, and the way of a request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar, cast

from checker.model import model as m
from checker.model.commencement import CalendarByDay, Commencement
from checker.model.duties import made_of_a_duty
from checker.model.duty import Duty
from checker.model.expressions import DATE, FACT, Arithmetic, Expression, Formula, Located, Term, Variable
from checker.model.history import histories_in, name_of
from checker.model.made_of import within
from checker.model.mixture import vocabulary
from checker.model.reads import reads, said
from checker.model.rebuild import with_variables
from checker.regime.by_day import ByDay
from checker.regime.lapses import turns_on_today
from checker.regime.lists_compared import merged
from checker.regime.make_model import Rules, in_route_order
from checker.regime.names import Report

T = TypeVar("T")
E = TypeVar("E", bound=Expression)


def one_after_the_other(old: Rules, new: Rules, commencement: Commencement, report: Report) -> Rules:
    """The rules of both, each on its own days. Reports what cannot be one thing until a day and another from
    that day on; what is returned is whole only if nothing was reported.
    """
    return _Eras(old, new, commencement, report).rules()


@dataclass(frozen=True, slots=True)
class _Eras:
    old: Rules
    new: Rules
    commencement: Commencement
    report: Report

    @property
    def by_day(self) -> ByDay:
        return ByDay(self.commencement)

    def rules(self) -> Rules:
        old, new = self.old.model, self.new.model
        self._report_other_things()
        definitions = _joined(old.definitions, new.definitions, self._definition)
        model = replace(
            new,
            sorts={**old.sorts, **new.sorts},
            enums={**old.enums, **new.enums},
            functions={**old.functions, **new.functions},
            constants={**old.constants, **new.constants},
            components={**old.components, **new.components},
            definitions=definitions,
            premises=_joined(old.premises, new.premises, self._premise),
            checks=in_route_order(self.by_day.checks(old.checks, new.checks), new.route),
            effects=tuple(self.by_day.changing(old.effects, new.effects)),
            events={
                each.name: each for each in self.by_day.changing(old.events.values(), new.events.values())
            },
            axioms=tuple(self._axioms()),
            start=tuple(self._start()),
            orders=self._orders(),
            names={**old.names, **new.names},
            quotes=tuple(dict.fromkeys((*old.quotes, *new.quotes))),
            typical=tuple({each.name: each for each in (*old.typical, *new.typical)}.values()),
            maps=tuple(dict.fromkeys((*old.maps, *new.maps))),
            calendars={**old.calendars, **new.calendars},
            calendars_by_day=self._calendars_by_day(),
            commencements=tuple(dict.fromkeys((*old.commencements, *new.commencements, self.commencement))),
        )
        self._report_moving_day()
        return Rules(
            model,
            tuple(self.by_day.lapses(self.old.lapses, self.new.lapses)),
            tuple(self._duties()),
            {**self.old.histories, **self.new.histories},
        )

    # ----------------------------------------------------- what must agree

    def _refuse(self, what: str, *expected: str) -> None:
        message = f"{what} differs before this day and from it on, so both cannot be one law"
        self.report.say("in-force-from", message, self.commencement.span, expected=expected)

    def _report_other_things(self) -> None:
        for what in self._other_things():
            self._refuse(what, "a version without `in force from`, and claims that compare the two")

    def _other_things(self) -> Iterator[str]:
        old, new = self.old.model, self.new.model
        for (kind, mine), (_, others) in zip(vocabulary(old), vocabulary(new), strict=True):
            for name in mine.keys() & others.keys():
                if mine[name] != others[name]:
                    yield f"how the {kind} `{name}` is declared"
        for name in old.functions.keys() & new.functions.keys():
            if old.functions[name].table != new.functions[name].table:
                yield f"what the table says of `{name}`"
        for name in self._other_holidays():
            if not old.calendars[name].like(new.calendars[name]):
                yield f"which days the calendar `{name}` leaves open"
            for each in dict.fromkeys((*self.old.histories, *self.new.histories)):
                if any(isinstance(x, Arithmetic) and _counts(x, name) for x in within(*each.parts)):
                    yield f"what `{name_of(each)}` counts, by the holidays of `{name}`,"
        if said(old.request) != said(new.request) or old.shapes != new.shapes:
            yield "what a request carries"
        if said(old.route) != said(new.route):
            yield "the route"
        for name in old.events.keys() & new.events.keys():
            if _heading(old.events[name]) != _heading(new.events[name]):
                yield f"who brings about the event `{name}`, or what it is about,"
        checks = {each.name: each for each in old.checks}
        for check in new.checks:
            if check.name in checks and _answer(check) != _answer(checks[check.name]):
                yield f"the clause, component or code of the check `{check.name}`"

    def _other_holidays(self) -> Iterator[str]:
        """Yield the calendars of which the eras count other days."""
        old, new = self.old.model, self.new.model
        both = sorted(old.calendars.keys() & new.calendars.keys())
        yield from (name for name in both if old.reckoning(name) != new.reckoning(name))

    def _calendars_by_day(self) -> Mapping[str, CalendarByDay]:
        old, new = self.old.model, self.new.model
        found = {**old.calendars_by_day, **new.calendars_by_day}
        for name in self._other_holidays():
            was, now = old.reckoning(name), new.reckoning(name)
            if was is not None and now is not None:
                found[name] = CalendarByDay(self.commencement.come, was, now)
        return found

    def _report_moving_day(self) -> None:
        """Reports a day that moves as time passes, or that turns on what it decides."""
        day = self.commencement.day
        if turns_on_today(self.new.model, day) or any(True for _ in histories_in(day)):
            message = "this day turns on `today` or on what has been, so it would move as time passes"
            self.report.say("in-force-from", message, self.commencement.span)
            return
        old, new = self.old.model, self.new.model
        for name in sorted(reads(new, day).called):
            if name in old.definitions and said(old.definitions[name]) != said(new.definitions[name]):
                self._refuse(f"`{name}`, by which this day is reckoned,")

    # -------------------------------------------------------- what is named

    def _definition(self, old: m.Definition, new: m.Definition) -> m.Definition:
        if old == new or made_of_a_duty(new.name):
            return new
        if [each.sort for each in old.parameters] != [each.sort for each in new.parameters] or (
            old.result != new.result
        ):
            self._refuse(f"what the definition `{new.name}` takes, or is worth,")
            return new
        was = _renamed(old.body, old.parameters, new.parameters)
        if new.result == FACT:
            body: Formula | Term = self.by_day.formula(cast("Formula", was), cast("Formula", new.body))
        else:
            body = self.by_day.term(cast("Term", was), cast("Term", new.body), new.result)
        return replace(new, body=body, reads_request=old.reads_request or new.reads_request)

    def _premise(self, old: m.Premise, new: m.Premise) -> m.Premise:
        if [each.sort for each in old.parameters] != [each.sort for each in new.parameters]:
            self._refuse(f"what the premise `{new.name}` takes")
            return new
        was = _renamed(old.formula.formula, old.parameters, new.parameters)
        formula = self.by_day.located(replace(old.formula, formula=was), new.formula)
        return replace(new, formula=formula)

    # ------------------------------------------------------- suppositions

    def _axioms(self) -> Iterator[m.Axiom]:
        """Yield the axioms of both. What is said of functions that only one era has is said on all days:
        nothing else changes them.
        """
        old, new = self.old.model, self.new.model
        was, now = {each.name: each for each in old.axioms}, {each.name: each for each in new.axioms}
        for name in merged(list(was), list(now)):
            one, other = was.get(name), now.get(name)
            if one is not None and other is not None:
                yield replace(other, formula=self.by_day.located(one.formula, other.formula))
            elif other is not None:
                yield replace(other, formula=self._on_its_days(other.formula, new, old))
            elif one is not None:
                yield replace(one, formula=self._on_its_days(one.formula, old, new))

    def _start(self) -> Iterator[Located]:
        old, new = self.old.model, self.new.model
        yield from (each if each in new.start else self._on_its_days(each, old, new) for each in old.start)
        yield from (self._on_its_days(each, new, old) for each in new.start if each not in old.start)

    def _on_its_days(self, said_there: Located, model: m.Model, other: m.Model) -> Located:
        if reads(model, said_there.formula).functions - other.functions.keys():
            return said_there
        days = self.by_day.come if model is self.new.model else self.by_day.ahead
        return replace(said_there, formula=days.of(said_there.formula))

    def _orders(self) -> Mapping[str, m.Order]:
        """The order of checks at each component, if those of both eras agree."""
        old, new = self.old.model, self.new.model
        found = {**old.orders, **new.orders}
        for name in {**old.orders, **new.orders}:
            one, other = old.orders.get(name), new.orders.get(name)
            mine, others = (None if each is None else each.published for each in (one, other))
            if mine == others:
                continue
            if mine is None or others is None or not _agree(mine, others):
                self._refuse(f"the order of checks at `{name}`")
                continue
            found[name] = replace(found[name], published=merged(mine, others))
        return found

    # ------------------------------------------------------------- duties

    def _duties(self) -> Iterator[Duty]:
        was = {each.name: each for each in self.old.duties}
        now = {each.name: each for each in self.new.duties}
        for name in merged(list(was), list(now)):
            one, other = was.get(name), now.get(name)
            if one is not None and other is not None:
                yield self._duty(one, other)
            elif other is not None:
                yield self.by_day.on(other, self.by_day.come)
            elif one is not None:
                yield self.by_day.on(one, self.by_day.ahead)

    def _duty(self, old: Duty, new: Duty) -> Duty:
        if old == new:
            return new
        if (old.variables, old.party) != (new.variables, new.party):
            expected = (f"another name for the new duty, and `{new.name}` struck",)
            self._refuse(f"whose duty `{new.name}` is", *expected)
            return new
        return replace(
            new,
            day=self.by_day.term(old.day, new.day, DATE),
            when=self.by_day.condition(old.when, new.when),
            items=self.by_day.items(old.items, new.items),
        )


def _counts(term: Arithmetic, name: str) -> bool:
    return term.calendar is not None and term.calendar.name == name


def _joined(old: Mapping[str, T], new: Mapping[str, T], both: Callable[[T, T], T]) -> Mapping[str, T]:
    """What either has by name, and what both make of what both have."""
    found = {**old, **new}
    for name in old.keys() & new.keys():
        found[name] = both(old[name], new[name])
    return found


def _renamed(body: E, old: Sequence[Variable], new: Sequence[Variable]) -> E:
    names: dict[str, Term] = {one.name: other for one, other in zip(old, new, strict=True)}
    return with_variables(body, names)


def _heading(event: m.Event) -> object:
    return event.actor, event.parameters


def _answer(check: m.Check) -> object:
    return check.clause, check.components, check.code, check.adopted_because


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether what is in both lists is in the same order there."""
    places = [other.index(each) for each in one if each in other]
    return all(first < second for first, second in pairwise(places))

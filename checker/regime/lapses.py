"""Lapses: what the law does by itself on a day, as part of the step by which time passes.

A lapse falls on a day for each binding of its variables. It happens when that day is reached: after the
present day, and not after the day to which time passes. All that happen are one step, and read the situation
before it; where they say `today`, they mean their own day.

So a step of time may pass over the days of several lapses only where it makes no difference whether it stops
there. Elsewhere it goes no further than to the first of these days (`_bounds`). It makes none where each
lapse reads nothing that a lapse writes, except what it writes itself for the same things, and what it writes
is written by no other: then each reads on its own day what it reads before the step, and what happened by
then is the same however often time stopped on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import cast

from checker.model.clock import PRESENT_DAY, TIME, TODAY
from checker.model.environment import definition
from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Call,
    Cases,
    Expression,
    Formula,
    History,
    Implies,
    Ordered,
    Quantified,
    Term,
    Variable,
)
from checker.model.made_of import within
from checker.model.model import Event, Lapse, Model, Update
from checker.model.reads import reads
from checker.model.rebuild import rebuilt
from checker.regime.names import Report
from checker.regime.staying_so import known_at_the_end
from checker.regime.turning_days import not_beyond_turns


def with_lapses(model: Model, lapses: Sequence[Lapse], report: Report) -> Model:
    """The model whose steps of time do what lapses. Reports lapses that fall on no day of their own."""
    time = model.events.get(TIME)
    if not lapses or time is None:
        return model
    day = _day_of(time)
    sound = [each for each in lapses if _has_its_day(model, each, day, report)]
    made = [_happening(each, day, update) for each in sound for update in each.updates]
    whole = replace(
        time,
        updates=(*time.updates, *made),
        items=(*time.items, *(item for each in sound for item in each.items)),
        lapses=tuple(sound),
    )
    return _stopping(model, whole, _bounds(model, sound))


def stopping_at_turns(model: Model, histories: Iterable[History]) -> Model:
    """The model whose time goes no further than to the next lapse, and to the next day on which something
    that is remembered turns by itself: where the law or a claim asks what has been, every day on which
    something happens counts, unless the first and the last day of a wait tell.
    """
    time = model.events.get(TIME)
    passed_over = [each for each in histories if not known_at_the_end(model, each)]
    if time is None or not passed_over:
        return model
    return _stopping(model, time, time.lapses, not_beyond_turns(model, passed_over, _day_of(time)))


def _day_of(time: Event) -> Variable:
    """The day to which time passes."""
    return Variable(time.parameters[0].name, time.parameters[0].sort)


def _stopping(model: Model, time: Event, lapses: Iterable[Lapse], turns: Iterable[Formula] = ()) -> Model:
    """The model whose time goes beyond none of the lapses."""
    day = _day_of(time)
    known = time.when.parts if isinstance(time.when, And) else () if time.when is None else (time.when,)
    when = tuple(dict.fromkeys((*known, *(_not_beyond(each, day) for each in lapses), *turns)))
    bounded = replace(time, when=when[0] if len(when) == 1 else And(when)) if when else time
    return replace(model, events={**model.events, TIME: bounded})


def _has_its_day(model: Model, lapse: Lapse, day: Variable, report: Report) -> bool:
    """Whether its day can be told before it comes, and what it reads on that day is known; reports it if
    not.
    """
    expected = ("a date that some step writes down, and a period after it",)
    if turns_on_today(model, lapse.day):
        message = f"the day of `{lapse.name}` turns on `{TODAY}`, so it would move as time passes"
        report.say("lapse-moves", message, lapse.span, expected=expected)
        return False
    if turns_on_today(model, *_behind(lapse)):
        message = f"`{lapse.name}` reads `{TODAY}` in a definition or in the past: write it out instead"
        report.say("lapse-moves", message, lapse.span)
        return False
    inner = (each for update in lapse.updates for each in update.variables)
    if day.name in {each.name for each in (*lapse.variables, *inner)}:
        message = f"`{day.name}` is the day to which time passes"
        report.say("duplicate", message, lapse.span, expected=("another name for the variable",))
        return False
    for update in lapse.updates:
        loose = [each.name for each in lapse.variables if each not in update.arguments]
        if loose:
            message = f"`{loose[0]}` is not an argument of `{update.function}`, so it may get several values"
            report.say("two-values", message, update.span)
            return False
    return True


def _on_its_day(lapse: Lapse, part: Expression) -> Expression:
    """What it says, with its own day for `today`."""
    return rebuilt(part, lambda each: lapse.day if each == PRESENT_DAY else None)


def _due(lapse: Lapse) -> tuple[Formula, ...]:
    """The conditions under which its day is still to come, and it will happen then."""
    conditions: list[Formula] = [Ordered(PRESENT_DAY, "less than", lapse.day)]
    if lapse.when is not None:
        conditions.append(cast("Formula", _on_its_day(lapse, lapse.when)))
    return tuple(conditions)


def _happening(lapse: Lapse, day: Variable, update: Update) -> Update:
    """The update, as part of a step of time to `day`."""
    own = () if update.where is None else (cast("Formula", _on_its_day(lapse, update.where)),)
    reached = Ordered(lapse.day, "at most", day)
    value = update.value if isinstance(update.value, Absent) else _on_its_day(lapse, update.value)
    return replace(
        update,
        arguments=tuple(cast("Term", _on_its_day(lapse, each)) for each in update.arguments),
        value=value,
        variables=(*lapse.variables, *update.variables),
        where=And((*_due(lapse), reached, *own)),
    )


def _not_beyond(lapse: Lapse, day: Variable) -> Formula:
    """That time passes no further than to the first day of the lapse."""
    due, within_it = _due(lapse), Ordered(day, "at most", lapse.day)
    where = due[0] if len(due) == 1 else And(due)
    if not lapse.variables:
        return Implies(where, within_it)
    return Quantified(universal=True, variables=lapse.variables, where=where, body=within_it)


# ------------------------------------------------------- where time stops


@dataclass(frozen=True, slots=True)
class _Touched:
    """What a lapse reads and writes: the places of functions that it names itself, and functions that it
    reads otherwise.
    """

    places: Mapping[str, frozenset[tuple[Term, ...]]]
    hidden: frozenset[str]
    written: Mapping[str, frozenset[tuple[Term, ...]]]

    @property
    def read(self) -> frozenset[str]:
        return self.hidden | self.places.keys()


def _bounds(model: Model, lapses: Sequence[Lapse]) -> list[Lapse]:
    """The lapses at whose days time must stop."""
    touched = [_touched(model, each) for each in lapses]
    stops = {at for at, each in enumerate(lapses) if _meets_itself(each, touched[at])}
    for (one, mine), (other, theirs) in permutations(enumerate(touched), 2):
        if (mine.read | mine.written.keys()) & theirs.written.keys():
            stops |= {one, other}
    return [each for at, each in enumerate(lapses) if at in stops]


def _meets_itself(lapse: Lapse, touched: _Touched) -> bool:
    """Whether it may read, for some things, what it wrote on an earlier day, also for others."""
    for function, places in touched.written.items():
        if function not in touched.read:
            continue
        if function in touched.hidden or len(places) > 1 or touched.places[function] != places:
            return True
    if any(update.variables for update in lapse.updates):
        return True
    own = touched.written.keys() & reads_of(lapse.day)
    plain = not any(isinstance(each, Call | Cases) for each in within(lapse.day))
    gone = all(isinstance(each.value, Absent) for each in lapse.updates if each.function in own)
    return bool(own) and not (plain and gone)


def reads_of(*parts: object) -> frozenset[str]:
    """The functions that are named in expressions, not those behind definitions and histories."""
    return frozenset(each.function for each in within(*parts) if isinstance(each, Apply))


def _touched(model: Model, lapse: Lapse) -> _Touched:
    places: dict[str, set[tuple[Term, ...]]] = {}
    for each in within(*_said(lapse)):
        if isinstance(each, Apply):
            places.setdefault(each.function, set()).add(each.arguments)
    written: dict[str, set[tuple[Term, ...]]] = {}
    for update in lapse.updates:
        written.setdefault(update.function, set()).add(update.arguments)
    return _Touched(
        {name: frozenset(each) for name, each in places.items()},
        _hidden(model, lapse),
        {name: frozenset(each) for name, each in written.items()},
    )


def _said(lapse: Lapse) -> Iterator[object]:
    yield from (lapse.day, lapse.when)
    for update in lapse.updates:
        yield from (update.arguments, update.value, update.where)


def _hidden(model: Model, lapse: Lapse) -> frozenset[str]:
    """The functions that it reads through definitions and in the past."""
    return reads(model, *_behind(lapse)).functions


def _behind(lapse: Lapse) -> tuple[Call | History, ...]:
    """The definitions that it calls, and what it says of the past."""
    said = tuple(within(*_said(lapse)))
    calls = (each for each in said if isinstance(each, Call))
    return *calls, *(each.history for each in said if isinstance(each, Apply) and each.history is not None)


def turns_on_today(model: Model, *roots: object) -> bool:
    """Whether they say `today`, also in definitions and in the past. The day from which something has held
    does not move as time passes.
    """
    found = reads(model, *roots)
    names = (each for each in found.called if each in model.definitions or each in model.premises)
    named = (definition(model, each) for each in names)  # others have mistakes, which are told already
    past = (each.history for each in map(model.functions.get, found.functions) if each is not None)
    every = (*roots, *named, *past)
    return PRESENT_DAY in within(
        *every, *(each.parts for each in within(*every) if isinstance(each, History))
    )

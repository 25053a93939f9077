"""Claims that turn on one day: what is so from the last day of a period, held against what is so until then.

Each statement joins two limits, of which one begins on the day on which the other ends, or on the day after
it. So a story that shows it lies on that day, and if there is none, one that is a day off would be.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

from tests.day_by_day.laws import Law
from tests.day_by_day.statements import X
from tests.day_by_day.worlds import Day, Moment, Period, Said

NOW = Said("(a(t) and x(t) no earlier than today)", lambda m: m.cell.a and (m.cell.x or 0) >= m.today)
"""That the first deed was done today."""


class Turn(NamedTuple):
    """`on`: what is so on one day at most; `given`: from when `goal` must come about within the `period`,
    which may be a day too short.
    """

    on: Said
    given: Said
    goal: Said
    period: Period


def turn(law: Law) -> Turn:
    """What turns on a day, by one of all that may turn in the law."""
    sayer, kinds = law.sayer, [_within]
    if sayer.past is not None:
        kinds += [_lasting, _lasting, _since, _since]
    kinds += [_owed] * 3 if sayer.duty is not None else []
    kinds += [_lapsed] * 3 if law.lapses else []
    found = sayer.chance.choice(kinds)(law)
    if "n(t)" in found.period.text:  # it may change while it runs
        return found._replace(period=sayer.period_written_out())
    return found


def _within(law: Law) -> Turn:
    """That so much time has gone since a day."""
    chance, day = law.sayer.chance, law.sayer.day(X, X)
    period = law.sayer.period_written_out()
    goal = chance.choice(_from(day, period))
    on = _both(goal, chance.choice(_until(day, _nearer(chance, period, -1, 0))))
    return Turn(on, NOW, goal, _nearer(chance, period, -1, 0))


def _lasting(law: Law) -> Turn:
    """That something has been for so long."""
    chance, past = law.sayer.chance, law.sayer.past
    assert past is not None
    past.used.add("lasts")
    day, period = (
        Day(f"beginning of {past.lasts.text}", lambda m: m.cell.held),
        law.sayer.period_written_out(),
    )
    long = _for_at_least(past.lasts, period)
    longer = _nearer(chance, period, 0, 1)
    on = chance.choice(
        (
            _both(long, chance.choice(_until(day, _nearer(chance, period, -1, 0)))),
            _both(chance.choice(_from(day, longer)), _not(long)),
            _both(long, _not(_for_at_least(past.lasts, _nearer(chance, period, 1)))),
        )
    )
    ended = Said(f"({long.text} or not {past.lasts.text})", lambda m: long.so(m) or not past.lasts.so(m))
    return Turn(on, past.lasts, ended, _nearer(chance, period, -1, 0))


def _since(law: Law) -> Turn:
    """That something has been since something else came about, and not only since it was so."""
    sayer, past = law.sayer, law.sayer.past
    assert past is not None
    past.used |= {"since", "as of"}
    since = Said(f"({past.kept.text} since {past.about.text})", lambda m: m.cell.since)
    as_of = Said(f"({past.kept.text} as of {past.about.text})", lambda m: m.cell.as_of)
    pairs = ((since, as_of), (_both(as_of, past.kept), since), (_both(past.kept, past.about), since))
    one, other = sayer.chance.choice(pairs)
    return Turn(_both(one, _not(other)), past.about, since, sayer.period_written_out())


def _owed(law: Law) -> Turn:
    """That a duty is in breach from the day after the last."""
    chance, duty = law.sayer.chance, law.sayer.duty
    assert duty is not None
    late = Said("breach of owed(t)", duty.broken)
    ever = Said("ever breach of owed(t)", lambda m: m.cell.late)
    last, after = duty.period, _nearer(chance, duty.period, 1)
    when, done = duty.words
    owed = _both(when, _not(done))
    on = chance.choice(
        (
            _both(chance.choice((late, late, ever)), chance.choice(_until(X, chance.choice((last, after))))),
            _both(_both(owed, _not(late)), chance.choice(_from(X, chance.choice((last, after))))),
        )
    )
    ended = Said(f"({done.text} or {ever.text})", lambda m: done.so(m) or ever.so(m))
    return Turn(on, NOW, ended, chance.choice((last, last, after)))


def _lapsed(law: Law) -> Turn:
    """That a lapse has come about from the day on which it falls."""
    chance, lapse = law.sayer.chance, law.lapses[0]
    day, period = lapse.due
    struck = Said("c(t)", lambda m: m.cell.c)
    on = chance.choice(
        (
            _both(struck, chance.choice(_until(day, _nearer(chance, period, -1, 0)))),
            _both(_not(struck), chance.choice(_from(day, period))),
        )
    )
    return Turn(on, NOW, struck, _nearer(chance, period, -1, 0))


def _from(day: Day, period: Period) -> Sequence[Said]:
    """Ways to say that the last day of a period is not to come."""

    def so(m: Moment) -> bool:
        return (d := day.of(m)) is not None and period.end(m, d) <= m.today

    text = f"{day.text} plus {period.text}"
    return Said(f"today no earlier than {text}", so), Said(f"{text} no later than today", so)


def _until(day: Day, period: Period) -> Sequence[Said]:
    """Ways to say that the last day of a period is not past, or that it is not come if that day counts."""

    def so(m: Moment) -> bool:
        return (d := day.of(m)) is not None and m.today <= period.end(m, d)

    def within(m: Moment) -> bool:
        return (d := day.of(m)) is not None and d <= m.today <= period.end(m, d)

    def counting(m: Moment) -> bool:
        return (d := day.of(m)) is not None and d <= m.today <= period.last(m, d)

    return (
        Said(f"today no later than {day.text} plus {period.text}", so),
        Said(f"today within {period.text} after {day.text}", within),
        Said(f"today within {period.text} from {day.text}", counting),
    )


def _for_at_least(lasts: Said, period: Period) -> Said:
    def so(m: Moment) -> bool:
        return m.cell.held is not None and m.today >= period.end(m, m.cell.held)

    return Said(f"({lasts.text} for at least {period.text})", so)


def _nearer(chance: random.Random, period: Period, *by: int) -> Period:
    """The period, or one that is so many days longer, if its days are written; others stay as they are."""
    written, more = re.fullmatch(r"(\d+) days", period.text), chance.choice(by)
    if written is None or int(written[1]) + more < 0:
        return period
    many = int(written[1]) + more
    return Period(f"{many} days", lambda _m, day: day + many, back=lambda _m, day: day - many)


def _both(one: Said, other: Said) -> Said:
    return Said(f"({one.text} and {other.text})", lambda m: one.so(m) and other.so(m))


def _not(said: Said) -> Said:
    return Said(f"not {said.text}" if said.text[0] == "(" else f"not ({said.text})", lambda m: not said.so(m))

"""Tests in which a day passes: requests that are answered otherwise on the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from checker.model.clock import TIME, TODAY
from checker.model.evaluate import Rules
from checker.model.model import Model
from checker.model.situation import Step
from checker.rooms.cases.pack import Entry
from checker.rooms.cases.played import Case, NotPlayed, Played, identity, places_told, play

_LAST: Final = date.max.toordinal()


def days_that_pass(model: Model, rules: Rules, tests: Iterable[Entry]) -> Iterator[Entry]:
    """Yield a test for each of these that send one request, and turn on the day: a day passes, and then the
    request is sent. Only those in which it is answered otherwise than on the day before. As limits have tests
    on the last day and next to it, no longer time need pass.
    """
    if TIME not in model.events:
        return
    for test in tests:
        later = _a_day_later(rules, test)
        if later is None:
            continue
        try:
            played = play(rules, later)
        except NotPlayed:
            continue
        if _answer(played[-1]) != _answer(test.played[0]):
            yield Entry(identity(model, later), later, "time", rules, played)


def _a_day_later(rules: Rules, test: Entry) -> Case | None:
    today = test.case.start.values.get((TODAY, ()))
    if len(test.played) != 1 or test.played[0].decision is None or not isinstance(today, str):
        return None
    if not any(place.function == TODAY for place, _ in places_told(rules, test.played)):
        return None
    if int(today) >= _LAST:
        return None
    passing = Step("event", event=TIME, arguments={"day": str(int(today) + 1)})
    return Case(test.case.start, (passing, *test.case.steps))


def _answer(played: Played) -> object:
    """Who refuses the request, and by which checks; None if nobody does."""
    decision = played.decision
    assert decision is not None
    if decision.accepted:
        return None
    return decision.refused_at, tuple(each.check.name for each in decision.refusing)

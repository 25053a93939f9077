"""Random laws that a modification changes from a day: held against the law before and the law after."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.clock import TIME, TODAY
from checker.model.dates import day_of
from checker.model.evaluate import apply_event, apply_request, decide, event_enabled
from checker.model.model import Model
from checker.model.situation import Request, Situation
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.trusted.write_once import shown_apart
from tests.support.params import with_long, with_thorough
from tests.support.two_eras import DAY, FIRST, two_eras

LAWS, SOME = 1500, 24
FEW = (2, 3, 6)  # in which a request, an event and a definition turn on the day
NUMBERS = [
    *FEW,
    *with_thorough((each for each in range(SOME) if each not in FEW), lambda _: True),
    *with_long(range(SOME, LAWS), lambda _: True),
]
CLAIMS = [
    *with_thorough(range(0, 5, 2), lambda _: True),
    *with_long([1, 3, *range(5, LAWS // 5)], lambda _: True),
]
REFUSED = {"two-values", "lapse-moves"}
"""Codes of laws that are drawn and rightly refused."""

STEPS = 30
THINGS = ("t1", "t2")
VERSION = ("Desk", None)


def _loaded(number: int, claims: str = "") -> Regime | None:
    text = f"```redline\n{two_eras(number).text}```\n"
    try:
        return load_texts({"law.md": text}, {"claims.md": f"```redline\n{claims}```\n"}, judge=shown_apart)
    except SpecError as error:
        if not {each.code for each in error.diagnostics} <= REFUSED:
            raise
        return None


class _Walk:
    """Goes through a law with the change from a day, and says what the laws before and after come to."""

    def __init__(self, regime: Regime, chance: random.Random) -> None:
        self.chance = chance
        self.models: Mapping[str, Model] = {
            name: regime.model(Column(name)) for name in ("v", "new", "dated")
        }
        first, day = day_of(FIRST), day_of(DAY)
        assert first is not None
        assert day is not None
        self.day = day
        self.now = Situation({"Thing": THINGS}, {(TODAY, ()): str(first)}, {VERSION: "dated"})

    @property
    def today(self) -> int:
        return int(str(self.now.values[TODAY, ()]))

    def era(self, day: int) -> str:
        """The version whose words count on a day."""
        return "v" if day < self.day else "new"

    def at(self, version: str, situation: Situation) -> Situation:
        return replace(situation, versions={VERSION: version})

    def requests(self) -> Iterator[Request]:
        yield from (Request({"act": act, "thing": thing}) for act in ("One", "Two") for thing in THINGS)

    def agree_on_requests(self) -> None:
        """Each request is answered as on its day, and changes the same."""
        plain = self.era(self.today)
        for request in self.requests():
            one = decide(self.models, self.now, request)
            other = decide(self.models, self.at(plain, self.now), request)
            assert one.accepted == other.accepted
            assert [x.check.name for x in one.refusing] == [x.check.name for x in other.refusing]
            after = apply_request(self.models, self.now, request)
            assert after.values == apply_request(self.models, self.at(plain, self.now), request).values

    def step(self) -> None:
        """Take some step, and compare."""
        way = self.chance.random()
        if way < 0.35:
            self.now = self.later(self.today + 1)
        elif way < 0.5:
            self.wait()
        elif way < 0.65:
            self.event()
        else:
            request = self.chance.choice(list(self.requests()))
            if decide(self.models, self.now, request).accepted:
                self.now = apply_request(self.models, self.now, request)

    def later(self, day: int) -> Situation:
        """The next day, on which the words of that day count."""
        assert event_enabled(self.models["dated"], self.now, TIME, {"day": str(day)})
        after = apply_event(self.models["dated"], self.now, TIME, {"day": str(day)})
        assert (
            after.values == apply_event(self.models[self.era(day)], self.now, TIME, {"day": str(day)}).values
        )
        return after

    def wait(self) -> None:
        """Some days in one step, where that is one: the same as day by day."""
        day, before = self.today + self.chance.randint(2, 4), self.now
        if event_enabled(self.models["dated"], before, TIME, {"day": str(day)}):
            while self.today < day:
                self.now = self.later(self.today + 1)
            at_once = apply_event(self.models["dated"], before, TIME, {"day": str(day)})
            assert at_once.values == self.now.values

    def may(self, thing: str) -> bool:
        """Whether the event may happen to a thing, which it may as it may by the law of the day."""
        plain, dated = self.models[self.era(self.today)], self.models["dated"]
        may = "ev" in plain.events and event_enabled(plain, self.now, "ev", {"t": thing})
        assert may == ("ev" in dated.events and event_enabled(dated, self.now, "ev", {"t": thing}))
        return may

    def agree_on_events(self) -> None:
        """Of no thing the laws disagree whether the event may happen to it."""
        for thing in THINGS:
            self.may(thing)

    def event(self) -> None:
        """The event of either law changes the same."""
        plain, given = self.models[self.era(self.today)], {"t": self.chance.choice(THINGS)}
        if self.may(given["t"]):
            after = apply_event(self.models["dated"], self.now, "ev", given)
            assert after.values == apply_event(plain, self.now, "ev", given).values
            self.now = after


@pytest.mark.parametrize("number", NUMBERS)
def test_each_day_has_its_law(number: int) -> None:
    """Whatever happens, day after day, each request, event and lapse does what the law of that day says."""
    regime = _loaded(number)
    if regime is None:
        return
    walk = _Walk(regime, random.Random(number))
    for _ in range(STEPS):
        walk.agree_on_requests()
        walk.agree_on_events()
        walk.step()


@pytest.mark.parametrize("number", CLAIMS)
def test_the_whole_is_proved_to_be_its_parts(number: int) -> None:
    """On days before, the law decides as it was, and from the day on as changed; a change from a day before
    all others is a change, and nothing that is claimed of days before turns on it.
    """
    drawn = two_eras(number)
    claims = f"""
claim 1 old "A." from "1"
    v and dated decide alike where today earlier than {DAY}
    expect proved in dated
claim 2 new "A." from "1"
    new and dated decide alike where today no earlier than {DAY}
    expect proved in dated
claim 3 whole "A." from "1"
    for t: Thing
    {drawn.claim}
    expect proved in new, early
claim 4 days-before "A." from "1"
    for t: Thing
    {drawn.before}
    expect proved in v, dated
"""
    regime = _loaded(number, claims)
    if regime is None:
        return
    prover = Prover(regime, budget=5, explore=0, witnesses="none")
    asked = {each.number: each for each in regime.claims}

    def verdict(claim: str, column: str) -> str:
        return prover.decide(Job(asked[claim], Column(column))).verdict

    assert verdict("1", "dated") == "proved"
    assert verdict("2", "dated") == "proved"
    assert _alike(verdict("3", "new"), verdict("3", "early"))
    assert _alike(verdict("4", "v"), verdict("4", "dated"))


def _alike(one: str, other: str) -> bool:
    return one == other or "unknown" in (one, other)

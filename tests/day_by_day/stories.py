"""Tells the story of a verdict again, day by day, and asks whether it shows what it should."""

from __future__ import annotations

from checker.model.situation import Situation, Trace
from checker.question.verdict import Evidence
from tests.day_by_day.claims import Claim
from tests.day_by_day.laws import Law
from tests.day_by_day.worlds import Cell, Moment, World


class Amiss(Exception):
    """The story cannot happen, or does not show what it should."""


def tell(law: Law, claim: Claim, evidence: Evidence) -> None:
    """Tell the story again. Raises Amiss."""
    trace = evidence.trace
    if trace is None:
        raise Amiss("there is no story")
    if claim.form == "alike":
        _told_apart(claim, evidence, trace.situations[-1])
        return
    first = _world(trace.situations[0])
    world = law.start(first.today, tuple(each.n for each in first.cells))
    if not law.open and any(each.n for each in first.cells):
        raise Amiss("it does not begin at a start")
    _alike(world, first, 0)
    watch = claim.begun(world)
    for number in range(len(trace.steps)):
        then = _world(trace.situations[number + 1])
        for after in _step(law, trace, number, world, then.today):
            world, watch = after, claim.watched(world, after, watch)
        _alike(world, then, number + 1)
    thing = trace.situations[0].things["Thing"].index(evidence.binding["t"])
    if thing not in claim.seen(law, world, watch, sure=False):
        raise Amiss("it does not show what it should")


def _told_apart(claim: Claim, evidence: Evidence, situation: Situation) -> None:
    """Raises Amiss unless the situation and the request tell two wordings apart."""
    world, values = _world(situation), evidence.requests["r"].values
    thing = situation.things["Thing"].index(values["thing"])
    m = Moment(world, thing, world.today, int(values.get("sent", "0")))
    if claim.given.so(m) is claim.goal.so(m) or values["act"] != "One":
        raise Amiss(f"the two wordings say the same of {m}")


def _step(law: Law, trace: Trace, number: int, world: World, until: int) -> list[World]:
    """What is so after the step, or after every day of it. Raises Amiss."""
    step = trace.steps[number]
    if step.request is None:
        days = []
        while world.today < until:
            world = law.tomorrow(world)
            days.append(world)
        if not days:
            raise Amiss(f"no day goes by in step {number + 1}")
        return days
    values = step.request.values
    thing = trace.situations[0].things["Thing"].index(values["thing"])
    done = law.done(world, ("One", "Two").index(values["act"]), thing, int(values.get("sent", "0")))
    if done is None:
        raise Amiss(f"the request of step {number + 1} is refused")
    return [done]


def _world(situation: Situation) -> World:
    """What a situation says, but for what has been."""
    values = situation.values

    def number(name: str, *thing: str) -> int | None:
        found = values.get((name, thing))
        return None if found is None or isinstance(found, bool) else int(found)

    cells = tuple(
        Cell(
            values.get(("a", (t,))) is True,
            values.get(("b", (t,))) is True,
            values.get(("c", (t,))) is True,
            number("n", t) or 0,
            number("x", t),
            number("y", t),
        )
        for t in situation.things["Thing"]
    )
    return World(number("today") or 0, cells)


def _alike(world: World, told: World, place: int) -> None:
    """Raises Amiss unless the clock comes to what the story tells."""
    if world.today != told.today or [each[:6] for each in world.cells] != [each[:6] for each in told.cells]:
        raise Amiss(f"situation {place} is {told}, but the clock comes to {world}")

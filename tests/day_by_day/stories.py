"""Tells the story of a verdict again, day by day, and asks whether it shows what it should."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.situation import Request, Situation, Trace
from checker.question.verdict import Evidence
from tests.day_by_day.claims import ACTS, SHAPES, Claim
from tests.day_by_day.laws import Law
from tests.day_by_day.worlds import LEVELS, TOLD, Cell, Moment, Sent, World


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
    first = _world(law, trace.situations[0])
    world = law.start(
        first.today, tuple(_begun(law, each) for each in first.cells), first.commencement, first.off
    )
    _alike(law, world, first, 0)
    watch, before = claim.begun(world), world
    for number in range(len(trace.steps)):
        then = _world(law, trace.situations[number + 1])
        for after in _step(law, trace, number, world, then.today):
            before, world, watch = world, after, claim.watched(world, after, watch)
        _alike(law, world, then, number + 1)
    things = trace.situations[0].things["Thing"]
    if claim.form == "after":
        request = trace.steps[-1].request
        if request is None or not claim.seen_of(before, _deed(law, request), _thing(trace, request), world):
            raise Amiss("its last request does not show what it should")
        return
    if claim.form == "accepted":
        request = evidence.requests["r"]
        thing = _thing(trace, request)
        given = claim.given.so(Moment(world, thing, world.today))
        refused = claim.refused(law, world, thing, _sent(request))
        if not given or not refused or _deed(law, request) != claim.deed:
            raise Amiss("its request is not refused")
        return
    if things.index(evidence.binding["t"]) not in claim.seen(law, world, watch, sure=False):
        raise Amiss("it does not show what it should")


def _told_apart(claim: Claim, evidence: Evidence, situation: Situation) -> None:
    """Raises Amiss unless the situation and the request tell two wordings apart."""
    told, request = _told(situation), evidence.requests["r"]
    thing, values = situation.things["Thing"].index(request.values["thing"]), request.values
    m = Moment(World(told.today, told.cells), thing, told.today, _sent(request))
    if claim.given.so(m) is claim.goal.so(m) or values["act"] != "One":
        raise Amiss(f"the two wordings say the same of {m}")


def _step(law: Law, trace: Trace, number: int, world: World, until: int) -> list[World]:
    """What is so after the step, or after every day of it. Raises Amiss."""
    step = trace.steps[number]
    if step.request is None and step.event != "time":
        event = [each.event for each in law.deeds].index(step.event or "")
        about, many = step.arguments.get("t"), int(step.arguments["k"])
        thing = 0 if about is None else trace.situations[0].things["Thing"].index(about)
        done = law.done(world, event, thing, Sent(many - world.today, many))
        if done is None:
            raise Amiss(f"the event of step {number + 1} cannot happen")
        return [done]
    if step.request is None:
        days = []
        while world.today < until:
            world = law.tomorrow(world)
            days.append(world)
        if not days:
            raise Amiss(f"no day goes by in step {number + 1}")
        return days
    request = step.request
    done = law.done(world, _deed(law, request), _thing(trace, request), _sent(request))
    if done is None:
        raise Amiss(f"the request of step {number + 1} is refused")
    return [done]


def _deed(law: Law, request: Request) -> int:
    return SHAPES.index(request.values["shape"]) if law.shapes else ACTS.index(request.values["act"])


def _thing(trace: Trace, request: Request) -> int:
    return trace.situations[0].things["Thing"].index(request.values["thing"])


def _sent(request: Request) -> Sent:
    values = request.values
    level = values.get("to")
    return Sent(
        int(values.get("sent", "0")),
        int(values.get("paid", "0")),
        0 if level is None else LEVELS.index(level),
    )


class _Told(NamedTuple):
    """What a situation says, but for what has been."""

    today: int
    cells: tuple[Cell, ...]
    commencement: int | None
    off: frozenset[int]


def _told(situation: Situation) -> _Told:
    values = situation.values

    def number(name: str, *thing: str) -> int | None:
        found = values.get((name, thing))
        return None if found is None or isinstance(found, bool) else int(found)

    def cell(t: str) -> Cell:
        a, b, c = (values.get((name, (t,))) is True for name in "abc")
        level = values.get(("g", (t,)))
        return Cell(
            *(a, b, c, number("n", t) or 0, number("x", t), number("y", t), number("m", t)),
            g=LEVELS.index(level) if isinstance(level, str) else 0,
        )

    cells = tuple(cell(t) for t in situation.things["Thing"])
    off = frozenset(situation.days_off.get("desk", ()))
    return _Told(number("today") or 0, cells, number("commencement"), off)


def _world(law: Law, situation: Situation) -> _Told:
    """What a situation says. Raises Amiss if it has days off that there cannot be."""
    told = _told(situation)
    if law.money is None:
        told = told._replace(cells=tuple(each._replace(m=0) for each in told.cells))
    calendar = law.calendar
    if calendar is None:
        return told
    if not all(calendar.may_be_off(day) for day in told.off - calendar.holidays):
        raise Amiss(f"no day may be off of {sorted(told.off)}")
    return told._replace(off=told.off | calendar.holidays)


def _begun(law: Law, told: Cell) -> Cell:
    """What a start says of a thing, and what the story says where it says nothing."""
    begun = law.cells[0]
    return begun._replace(**{slot: getattr(told, slot) for slot in law.open})


def _alike(law: Law, world: World, told: _Told, place: int) -> None:
    """Raises Amiss unless the clock comes to what the story tells."""
    begins = tuple(each.begins(told.commencement) for each in law.eras)
    days = (world.today, world.begins) == (told.today, begins)
    if not days or [each[:TOLD] for each in world.cells] != [each[:TOLD] for each in told.cells]:
        raise Amiss(f"situation {place} is {told}, but the clock comes to {world}")

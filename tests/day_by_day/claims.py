"""Random claims about days, and what a monitor has to see of a story to know that one is not so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.day_by_day.laws import BEGUN, Law
from tests.day_by_day.turning import turn
from tests.day_by_day.worlds import Moment, Period, Said, Sent, World, brought_near

Form: TypeAlias = Literal[
    "never so",
    "within after",
    "possibly",
    "in time",
    "never in time",
    "in the end",
    "in the end, in time",
    "after",
    "accepted",
    "alike",
]
FORMS: tuple[Form, ...] = (
    "never so",
    "within after",
    "possibly",
    "in time",
    "in time",
    "never in time",
    "in the end",
    "in the end, in time",
    "after",
    "accepted",
    "alike",
    "alike",
)

ACTS, SHAPES = ("One", "Two"), ("one", "two")
"""What the two deeds are called, where requests are of one shape and of two."""

SUPPOSING: tuple[Form, ...] = ("never so", "within after", "possibly", "in time")
"""The forms that may suppose a duty to be kept, about whatever comes about before it is broken."""

REACHING: tuple[Form, ...] = ("in time", "never in time", "in the end, in time")
"""The forms that say of something whether it comes about within a period."""

Watch: TypeAlias = "tuple[int | None, ...]"
"""For every thing, the day from which something is reckoned."""

LONG_AGO = 200
"""Days after which it is of no concern how many they are, where there are months."""

FAR = 400
"""Days that are waited, at most, for what is to come by itself."""


@dataclass(frozen=True)
class Claim:
    """A claim about `t` of a form: what it says of situations, and the period that it gives. `kept`: it
    supposes that the duty is; `deed`: the number of that which it says something of; `deeds`: those that its
    steps may be.
    """

    form: Form
    text: str
    given: Said
    goal: Said
    period: Period | None = None
    kept: bool = False
    deed: int = 0
    deeds: tuple[int, ...] = (0, 1)

    def begun(self, world: World) -> Watch:
        """What is reckoned where a story starts."""
        return self.watched(None, world, (None,) * len(world.cells))

    def watched(self, before: World | None, now: World, watch: Watch) -> Watch:
        """What is reckoned after a step, of at most a day."""
        if self.form not in ("in time", "never in time"):
            return watch
        found: list[int | None] = []
        for t, since in enumerate(watch):
            m = Moment(now, t, now.today)
            given = self.given.so(m)
            if self.form == "never in time":
                found.append(now.today if given else since)
            elif self.goal.so(m) and not self._overdue(m, since):
                found.append(None)
            elif since is not None:
                found.append(since)
            else:
                was = before is not None and self.given.so(Moment(before, t, before.today))
                found.append(now.today if given and not was else None)
        return tuple(found)

    def _overdue(self, m: Moment, since: int | None) -> bool:
        """Whether a day is later than the last on which something is to come."""
        assert self.period is not None
        return since is not None and m.today > self.period.end(m, since)

    def seen(self, law: Law, world: World, watch: Watch, *, sure: bool = True) -> set[int]:
        """The things of which a story that comes to this shows something: that the claim is not so or, of
        `possibly`, that it is. `sure`: what is still open after many days of waiting is not shown.
        """
        return {t for t in range(len(world.cells)) if self._seen(law, world, watch[t], t, sure=sure)}

    def seen_of(self, before: World, deed: int, thing: int, after: World) -> bool:
        """Whether the deed shows that the claim is not so."""
        if self.form != "after" or deed != self.deed:
            return False
        then = Moment(after, thing, after.today)
        return self.given.so(Moment(before, thing, before.today)) and not self.goal.so(then)

    def _seen(self, law: Law, world: World, since: int | None, t: int, *, sure: bool) -> bool:
        m = Moment(world, t, world.today)
        if self.kept and m.cell.late:
            return False
        match self.form:
            case "never so" | "possibly":
                return self.given.so(m)
            case "within after":
                assert self.period is not None
                x = m.cell.x
                return self.given.so(m) and x is not None and not x <= m.today <= self.period.end(m, x)
            case "in time":
                return self._overdue(m, since)
            case "never in time":
                assert self.period is not None
                return since is not None and m.today <= self.period.end(m, since) and self.goal.so(m)
            case "in the end" | "in the end, in time":
                return self.given.so(m) and self._comes(law, world, t) in (
                    (False,) if sure else (False, None)
                )
            case "after":
                return False
            case "accepted":
                return self.given.so(m) and any(self.refused(law, world, t, sent) for sent in law.sent)
            case "alike":
                return self.given.so(m) is not self.goal.so(m)

    def refused(self, law: Law, world: World, t: int, sent: Sent) -> bool:
        """Whether the deed that the claim is about is refused."""
        return not law.deeds[self.deed].may(Moment(world, t, world.today, sent))

    def _comes(self, law: Law, world: World, t: int) -> bool | None:
        """Whether the goal comes about by waiting; None if that is not known after many days."""
        first = Moment(world, t, world.today)
        last = None if self.period is None else self.period.end(first, world.today)
        seen: set[World] = set()
        for _ in range(FAR):
            if last is not None and world.today > last:
                return False
            if self.goal.so(Moment(world, t, world.today)):
                return True
            if last is None:  # where there are months, nothing is settled until no day is near
                near = brought_near(world, LONG_AGO) if law.sayer.dated else brought_near(world)
                if near in seen:
                    return False
                seen = {near} if law.sayer.dated else {*seen, near}
            world = law.tomorrow(world)
        return None


def claim(law: Law, form: Form) -> Claim:
    """A claim of the form about a law."""
    sayer = law.sayer
    also = (sayer.late,) if sayer.past is None else (sayer.late, *[sayer.remembered] * 3)
    also = also if sayer.duty is None else (*also, sayer.broken, sayer.broken)
    given = sayer.statement(*also, *[sayer.struck] * len(law.lapses) * 2)
    goal = sayer.statement(*also, *[sayer.struck] * len(law.lapses) * 3)
    if sayer.chance.random() < 0.35:
        given = sayer.plainly(*also)
    if sayer.chance.random() < 0.35:
        goal = sayer.plainly(*also)
    if sayer.duty is not None and sayer.chance.random() < 0.3:
        given = sayer.broken()
    elif sayer.past is not None and sayer.chance.random() < 0.4:
        given = sayer.remembered()
    elif law.lapses and sayer.chance.random() < 0.3:
        if form in ("never so", "possibly", "within after"):
            given = sayer.struck()
        else:
            given, goal = BEGUN, goal if sayer.chance.random() < 0.5 else sayer.struck()
    period = sayer.period_written_out()
    turns = law.exact or sayer.chance.random() < 0.1
    if turns:
        turning = turn(law)
        given = turning.on
        if form in REACHING:
            given, goal, period = turning.given, turning.goal, turning.period
    given, goal = given._replace(text=f"({given.text})"), goal._replace(text=f"({goal.text})")
    said = period.text
    events = [f"event {each.event}" for each in law.deeds if each.event]
    steps = " and ".join(("requests", *events, "time"))
    texts: dict[Form, str] = {
        "never so": f"always not {given.text}",
        "within after": f"always {given.text} and x(t) is present implies today within {said} after x(t)",
        "possibly": f"possibly {given.text} by {steps}",
        "in time": f"always, if {given.text}, then {goal.text}, within {said}",
        "never in time": f"always, if {given.text}, then never {goal.text}, within {said} by {steps}",
        "in the end": f"always, if {given.text}, then possibly {goal.text} by time",
        "in the end, in time": f"always, if {given.text}, then possibly {goal.text}, within {said} by time",
    }
    chance, deed = sayer.chance, 0
    if form in ("after", "accepted"):
        deed = chance.randrange(2)
        texts |= _about_requests(law, deed, given, goal)
    deeds = tuple(range(len(law.deeds)))
    if form == "possibly" and law.shapes and chance.random() < 0.5:
        deeds = (chance.randrange(2),)
        texts["possibly"] = f"possibly {given.text} by {SHAPES[deeds[0]]} requests and time"
    timed = form in ("within after", "in time", "never in time", "in the end, in time")
    kept = form in SUPPOSING and sayer.duty is not None and chance.random() < (0.1 if turns else 0.5)
    text = f"given kept(owed, t)\n    {texts[form]}" if kept else texts[form]
    return Claim(form, text, given, goal, period if timed else None, kept, deed, deeds)


def _about_requests(law: Law, deed: int, given: Said, goal: Said) -> dict[Form, str]:
    is_deed = f"r is {SHAPES[deed]}" if law.shapes else f"r.act is {ACTS[deed]}"
    before, after = (re.sub(r"\bt\b", "r.thing", each.text) for each in (given, goal))
    return {
        "after": f"always, after an accepted request r where {is_deed} and {before}: {after}",
        "accepted": f"always, for every request r where {is_deed} and {before}: r accepted",
    }

"""Looks for a story that shows something: through all that comes about, nearest first, and by long walks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.day_by_day.claims import Claim, Watch
from tests.day_by_day.laws import Law
from tests.day_by_day.worlds import OLD, World, brought_near

FIRST = 738_000
"""A day of the year 2021; walks begin in the four years after it."""

CYCLE = 1461
BEFORE = (0, 1, 2, 4, 7)
"""So many days before the first modification is in force stories begin."""
STARTS = 64
"""Starts that are gone through, at most."""


@dataclass(frozen=True)
class Effort:
    """`most`: situations that are gone through, for each number of things; `walks` of so many `turns`."""

    most: int = 1500
    walks: int = 20
    turns: int = 50


@dataclass(frozen=True)
class Found:
    """Whether a story shows it, and whether all that comes about of two things was gone through."""

    shown: bool
    whole: bool = False


def search(law: Law, claim: Claim, chance: random.Random, effort: Effort) -> Found:
    """Look for a story that shows what the claim denies or, of `possibly`, what it says."""
    whole = False
    if not law.sayer.dated:
        for things in (1, 2):
            shown, whole = _near(law, claim, things, chance, effort.most)
            if shown:
                return Found(shown=True)
    if not whole and any(_walk(law, claim, chance, effort.turns) for _ in range(effort.walks)):
        return Found(shown=True)
    return Found(shown=False, whole=whole)


def _starts(law: Law, things: int, chance: random.Random) -> Iterator[World]:
    """Where stories may start: all that matters, if starts say all, or else some of it."""
    days: list[tuple[int, int | None]] = [(0, None)]
    if law.eras and (day := law.eras[0].written) is not None:
        days = [(day - near, None) for near in BEFORE]
    elif law.eras:
        days = [(0, near) for near in BEFORE] + ([] if law.eras[0].ever else [(0, None)])
    several = [(cells, *each) for cells in law.starts(things) for each in days]
    for cells, today, commencement in several if len(several) <= STARTS else chance.sample(several, STARTS):
        yield law.start(today, cells, commencement)


def _near(law: Law, claim: Claim, things: int, chance: random.Random, most: int) -> tuple[bool, bool]:
    """Whether something is shown among what comes about first, and whether that is all."""
    found: set[tuple[World, Watch]] = set()
    waiting: list[tuple[World, Watch]] = []

    def add(world: World, watch: Watch) -> None:
        nearer = tuple(None if d is None else max(d - world.today, -OLD) for d in watch)
        pair = brought_near(world), nearer
        if pair not in found:
            found.add(pair)
            waiting.append(pair)

    for world in _starts(law, things, chance):
        add(world, claim.begun(world))
    at = 0
    while at < len(waiting):
        world, watch = waiting[at]
        at += 1
        if claim.seen(law, world, watch):
            return True, False
        if at > most:
            return False, False
        for turn in law.next(world):
            if turn.deed is not None and claim.seen_of(world, turn.deed, turn.thing, turn.world):
                return True, False
            if turn.deed is None or turn.deed in claim.deeds:
                add(turn.world, claim.watched(world, turn.world, watch))
    return False, not (law.eras or law.open - {"n"} or len(law.cells) ** things > STARTS)


def _walk(law: Law, claim: Claim, chance: random.Random, turns: int) -> bool:
    """Whether a walk shows it: requests at random, and days that go by."""
    things = chance.randint(1, 4)
    cells = tuple(chance.choice(law.cells) for _ in range(things))
    today = FIRST + chance.randrange(CYCLE)
    if law.pivot is not None and chance.random() < 0.9:
        today = law.pivot - chance.choice((0, 1, 2, 3, 5, 8, 13, 30, 62))
    commencement = None
    if law.eras and (law.eras[0].ever or chance.random() < 0.8):
        commencement = today + chance.choice((-1, 0, 1, 2, 3, 5, 8))
    off = law.calendar.some_off(chance, today) if law.calendar else frozenset()
    world = law.start(today, cells, commencement, off)
    watch = claim.begun(world)
    for _ in range(turns):
        if claim.seen(law, world, watch):
            return True
        if chance.random() < 0.5:
            deed, thing = chance.choice(claim.deeds), chance.randrange(things)
            after = law.done(world, deed, thing, chance.choice(law.sent))
            if after is not None:
                if claim.seen_of(world, deed, thing, after):
                    return True
                world, watch = after, claim.watched(world, after, watch)
            continue
        days = chance.choice((1, 1, 2, 3, 27, 29, 31)) if law.sayer.dated else chance.randint(1, 3)
        for _ in range(days):
            after = law.tomorrow(world)
            world, watch = after, claim.watched(world, after, watch)
            if claim.seen(law, world, watch):
                return True
    return False

"""Looks for a story that shows something: through all that comes about, nearest first, and by long walks."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.day_by_day.claims import Claim, Watch
from tests.day_by_day.laws import Law
from tests.day_by_day.worlds import MOST, OLD, World, brought_near

FIRST = 738_000
"""A day of the year 2021; walks begin in the four years after it."""

CYCLE = 1461


@dataclass(frozen=True)
class Effort:
    """`most`: situations that are gone through, for each number of things; `walks` of so many `turns`."""

    most: int = 1500
    walks: int = 12
    turns: int = 40


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
            shown, whole = _near(law, claim, things, effort.most)
            if shown:
                return Found(shown=True)
    if not whole and any(_walk(law, claim, chance, effort.turns) for _ in range(effort.walks)):
        return Found(shown=True)
    return Found(shown=False, whole=whole)


def _near(law: Law, claim: Claim, things: int, most: int) -> tuple[bool, bool]:
    """Whether something is shown among what comes about first, and whether that is all."""
    found: set[tuple[World, Watch]] = set()
    waiting: list[tuple[World, Watch]] = []

    def add(world: World, watch: Watch) -> None:
        nearer = tuple(None if d is None else max(d - world.today, -OLD) for d in watch)
        pair = brought_near(world), nearer
        if pair not in found:
            found.add(pair)
            waiting.append(pair)

    for numbers in law.starts(things):
        world = law.start(0, numbers)
        add(world, claim.begun(world))
    at = 0
    while at < len(waiting):
        world, watch = waiting[at]
        at += 1
        if claim.seen(law, world, watch):
            return True, False
        if at > most:
            return False, False
        for after in law.next(world):
            add(after, claim.watched(world, after, watch))
    return False, True


def _walk(law: Law, claim: Claim, chance: random.Random, turns: int) -> bool:
    """Whether a walk shows it: requests at random, and days that go by."""
    things = chance.randint(1, 3)
    numbers = tuple(chance.randint(0, MOST) if law.open else 0 for _ in range(things))
    world = law.start(FIRST + chance.randrange(CYCLE), numbers)
    watch = claim.begun(world)
    for _ in range(turns):
        if claim.seen(law, world, watch):
            return True
        if chance.random() < 0.5:
            deed, thing = chance.randrange(len(law.deeds)), chance.randrange(things)
            sent = chance.randint(0, MOST + 1) if law.sayer.numbers else 0
            after = law.done(world, deed, thing, sent)
            if after is not None:
                world, watch = after, claim.watched(world, after, watch)
            continue
        days = chance.choice((1, 1, 2, 3, 27, 29, 31)) if law.sayer.dated else chance.randint(1, 3)
        for _ in range(days):
            after = law.tomorrow(world)
            world, watch = after, claim.watched(world, after, watch)
            if claim.seen(law, world, watch):
                return True
    return False

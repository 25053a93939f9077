"""Random small laws about days, and a clock that goes through them day by day.

Of every thing there are two facts and two days; lapses fall so many days after a day. The clock knows only
ages: how many days ago something was, up to `OLD`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

OLD = 6


class Cell(NamedTuple):
    """What is so of one thing. `x`, `y`: how many days ago they were."""

    a: bool = False
    b: bool = False
    x: int | None = None
    y: int | None = None


World = tuple[Cell, ...]
So = Callable[[World, int, int], bool]
"""Whether something is so of a thing, where today is so many days later than the world."""

Writes = tuple[tuple[str, int | None], ...]

LAW = """
sort Thing
enum Act: One, Two
state a(Thing) "{1} is [not] begun"
state b(Thing) "{1} is [not] done"
state x(Thing): optional date "the first day of {1}"
state y(Thing): optional date "the second day of {1}"
request "somebody does {act} to {thing}"
    act: Act
    thing: Thing
component Desk
route Desk
version v "v"
start inference "at first":
    for every t: Thing: not a(t) and not b(t) and x(t) is absent and y(t) is absent
"""
WHY = 'inference "so"'


class Said(NamedTuple):
    """A statement about the thing `t`, and whether it is so."""

    text: str
    so: So


@dataclass(frozen=True)
class Lapse:
    """What falls so many days after a day, and what it writes, None for `absent`, 0 for `today`."""

    slot: str
    days: int
    when: So
    writes: Writes


@dataclass(frozen=True)
class Law:
    """A law, as text and for the clock."""

    text: str
    deeds: tuple[tuple[So, Writes], ...]
    lapses: tuple[Lapse, ...]

    def start(self, things: int) -> World:
        """Where stories start."""
        return (Cell(),) * things

    def tomorrow(self, world: World) -> World:
        """The next day: what falls on it happens at once, and reads the day before."""
        older: World = tuple(each._replace(x=_older(each.x), y=_older(each.y)) for each in world)
        writes: dict[tuple[int, str], int | None] = {}
        for lapse, t in product(self.lapses, range(len(world))):
            if getattr(older[t], lapse.slot) == lapse.days and lapse.when(world, t, 1):
                writes |= {(t, slot): value for slot, value in lapse.writes}
        return _with(older, writes)

    def next(self, world: World) -> Iterator[World]:
        """Everything that one step may lead to."""
        yield self.tomorrow(world)
        for (may, writes), t in product(self.deeds, range(len(world))):
            if may(world, t, 0):
                yield _with(world, {(t, slot): value for slot, value in writes})


def _with(world: World, writes: dict[tuple[int, str], int | None]) -> World:
    cells = [cell._asdict() for cell in world]
    for (t, slot), value in writes.items():
        cells[t][slot] = value
    return tuple(Cell(**each) for each in cells)


def _older(age: int | None) -> int | None:
    return None if age is None else min(age + 1, OLD)


# ----------------------------------------------------------------- statements


def _fact(chance: random.Random) -> Said:
    slot = chance.choice("ab")
    way = chance.randrange(8)
    if way == 0:
        return Said(f"(for some o: Thing: {slot}(o))", lambda w, _t, _d: any(getattr(c, slot) for c in w))
    if way == 1:
        return Said(f"(for every o: Thing: {slot}(o))", lambda w, _t, _d: all(getattr(c, slot) for c in w))
    if way == 2:
        return Said("y(t) is present", lambda w, t, _d: w[t].y is not None)
    return Said(f"{slot}(t)", lambda w, t, _d: bool(getattr(w[t], slot)))


def statement(chance: random.Random) -> Said:
    """A statement about `t`."""
    text, so = _fact(chance)
    if chance.random() < 0.4:
        inner = so
        text, so = f"not ({text})", lambda w, t, d: not inner(w, t, d)
    if chance.random() < 0.4:
        first = so
        other, more = _fact(chance)
        return Said(f"({text} and {other})", lambda w, t, d: first(w, t, d) and more(w, t, d))
    return Said(f"({text})", so)


# ----------------------------------------------------------------------- laws


def _written(chance: random.Random, slot: str) -> tuple[str, int | None]:
    if slot in "ab":
        value = chance.random() < 0.6
        return ("true" if value else "false"), value
    return ("absent", None) if chance.random() < 0.4 else ("today", 0)


def _lapse(chance: random.Random, number: int, when: Said) -> tuple[str, Lapse]:
    day, past, days = chance.choice("xxy"), chance.random() < 0.5, chance.randint(1, 3)
    lines, writes = [], []
    for slot in dict.fromkeys(chance.sample("aabbxy", chance.randint(1, 2))):
        said, value = _written(chance, slot)
        lines.append(f"    {slot}(t) becomes {said} {WHY}")
        writes.append((slot, value))
    falls = f"{'past' if past else 'on'} {day}(t) plus {days} days when {when.text}"
    law = "\n".join((f'lapse l{number} for "L {number}" with t: Thing {falls}', *lines, ""))
    return law, Lapse(day, days + past, when.so, tuple(writes))


def _deeds(chance: random.Random, may: Said, might: Said) -> tuple[str, tuple[tuple[So, Writes], ...]]:
    first, second = (each.text.replace("(t)", "(thing)") for each in (may, might))
    said, value = _written(chance, "b")
    text = "\n".join(
        (
            f"effect one when act is One\n    a(thing) becomes true {WHY}\n    x(thing) becomes today {WHY}",
            f"effect two when act is Two\n    b(thing) becomes {said} {WHY}",
            f'check c1 for "1" at Desk, reject with R1\n    applies when act is One {WHY}',
            f"    requires {first} {WHY}",
            f'check c2 for "2" at Desk, reject with R2\n    applies when act is Two {WHY}',
            f"    requires {second} {WHY}\n",
        )
    )
    return text, ((may.so, (("a", True), ("x", 0))), (might.so, (("b", value),)))


def law(chance: random.Random) -> Law:
    """A law with some lapses."""
    text, deeds = _deeds(chance, statement(chance), statement(chance))
    made = [_lapse(chance, number, statement(chance)) for number in range(1, chance.randint(1, 3) + 1)]
    whole = f"{LAW}{text}{''.join(each for each, _ in made)}"
    return Law(whole, deeds, tuple(each for _, each in made))

"""Random small laws about days, and a clock that goes through them day by day.

Of every thing there are three facts and two days, and in some laws a number of days; lapses fall so long
after a day; some laws ask what has been.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from tests.day_by_day.statements import RULES, Duty, Past, Sayer
from tests.day_by_day.worlds import MOST, Cell, Moment, Said, Slot, So, World, Worth

HEAD = """
sort Thing
enum Act: One, Two
state a(Thing) "{1} is [not] begun"
state b(Thing) "{1} is [not] done"
state c(Thing) "{1} is [not] struck"
state x(Thing): optional date "the first day of {1}"
state y(Thing): optional date "the second day of {1}"
"""
REQUEST = """request "somebody does {act} to {thing}"
    act: Act
    thing: Thing
"""
REST = """component Desk
route Desk
version v "v"
start inference "at first":
    for every t: Thing: not a(t) and not b(t) and not c(t) and x(t) is absent and y(t) is absent"""
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHY = 'inference "so"'
BEGUN = Said("a(t)", lambda m: m.cell.a)
_NOT_DONE = Said("not b(t)", lambda m: not m.cell.b)
_NOT_STRUCK = Said("not c(t)", lambda m: not m.cell.c)
_UNDATED = Said("x(t) is absent", lambda m: m.cell.x is None)


@dataclass(frozen=True)
class Write:
    """What something becomes, as text and for the clock."""

    slot: Slot
    text: str
    value: Callable[[Moment], Worth]


@dataclass(frozen=True)
class Deed:
    """What a request does if it may."""

    may: So
    writes: tuple[Write, ...]


@dataclass(frozen=True)
class Lapse:
    """What is done on a day. `falls`: which one that is."""

    falls: Callable[[Moment], int | None]
    when: So
    writes: tuple[Write, ...]


@dataclass(frozen=True)
class Law:
    """A law, as text and for the clock. `open`: a start says nothing of the numbers."""

    text: str
    deeds: tuple[Deed, ...]
    lapses: tuple[Lapse, ...]
    sayer: Sayer
    open: bool

    # ------------------------------------------------------------ the clock

    def start(self, today: int, numbers: tuple[int, ...]) -> World:
        """Where a story may start, with these numbers of the things."""
        return self._remembered(None, World(today, tuple(Cell(n=n) for n in numbers)))

    def starts(self, things: int) -> Iterator[tuple[int, ...]]:
        """The numbers that so many things may have at a start."""
        yield from product(range(MOST + 1) if self.open else (0,), repeat=things)

    def tomorrow(self, world: World) -> World:
        """The next day: what falls on it happens at once, and reads the day before."""
        day = world.today + 1
        writes: dict[tuple[int, Slot], Worth] = {}
        for lapse, t in product(self.lapses, range(len(world.cells))):
            m = Moment(world, t, day)
            if lapse.falls(m) == day and lapse.when(m):
                writes |= {(t, each.slot): each.value(m) for each in lapse.writes}
        return self._remembered(world, World(day, _with(world.cells, writes)))

    def done(self, world: World, deed: int, thing: int, sent: int) -> World | None:
        """What comes of a request; None if it is refused."""
        m = Moment(world, thing, world.today, sent)
        if not self.deeds[deed].may(m):
            return None
        writes = {(thing, each.slot): each.value(m) for each in self.deeds[deed].writes}
        return self._remembered(world, World(world.today, _with(world.cells, writes)))

    def next(self, world: World) -> Iterator[World]:
        """Everything that one step may lead to, the next day first."""
        yield self.tomorrow(world)
        several = range(MOST + 2) if self.sayer.numbers else (0,)
        for deed, thing, sent in product(range(len(self.deeds)), range(len(world.cells)), several):
            after = self.done(world, deed, thing, sent)
            if after is not None:
                yield after

    def _remembered(self, before: World | None, now: World) -> World:
        """The world with what has been by now, as far as anybody asks."""
        past, duty, things = self.sayer.past, self.sayer.duty, range(len(now.cells))
        if past is not None and past.used:
            now = now._replace(cells=tuple(_cell(past, before, now, t) for t in things))
        if duty is not None:
            now = now._replace(cells=tuple(_owed(duty, before, now, t) for t in things))
        return now


def _cell(past: Past, before: World | None, now: World, t: int) -> Cell:
    m, cell = Moment(now, t, now.today), now.cells[t]
    was = None if before is None else Moment(before, t, before.today)
    old = Cell() if was is None else was.cell
    if "been" in past.used:
        cell = cell._replace(been=old.been or past.been.so(m))
    if "lasts" in past.used:
        begun = now.today if old.held is None else old.held
        cell = cell._replace(held=begun if past.lasts.so(m) else None)
    if past.used & {"since", "as of"}:
        about = past.about.so(m) and not (was is not None and past.about.so(was))
        kept = past.kept.so(m)
        if "since" in past.used:
            cell = cell._replace(since=kept and (old.since or about))
        if "as of" in past.used:
            cell = cell._replace(as_of=kept if about else old.as_of)
    return cell


def _owed(duty: Duty, before: World | None, now: World, t: int) -> Cell:
    """The cell with whether the duty was ever broken: it is to be done by the end of its last day, so what
    comes about as the next day begins is too late.
    """
    cell, late = now.cells[t], duty.broken(Moment(now, t, now.today))
    if before is not None:
        missed = now.today > before.today and duty.broken(Moment(before, t, before.today), at_the_end=True)
        late = late or missed or before.cells[t].late
    return cell._replace(late=late)


def _with(cells: tuple[Cell, ...], writes: dict[tuple[int, Slot], Worth]) -> tuple[Cell, ...]:
    changed = list(cells)
    for (t, slot), value in writes.items():
        changed[t] = Cell(**{**changed[t]._asdict(), slot: value})
    return tuple(changed)


# --------------------------------------------------------------------- writing


def law(chance: random.Random, further: random.Random) -> Law:
    """A law of some kind. `further`: draws whether it has working days and a duty."""
    numbers, months, past = chance.random() < 0.6, chance.random() < 0.25, chance.random() < 0.6
    sayer = Sayer(chance, numbers, months, chance.randrange(3))
    if past:
        lasts, been = sayer.statement(sayer.late), sayer.statement(sayer.late)
        sayer.alone = True  # of `since` and `as of`, a start says for every thing what is so
        sayer.past = Past(lasts, been, sayer.statement(), sayer.statement(sayer.late))
        sayer.alone = False
    steady = numbers and chance.random() < 0.3
    is_open = steady or chance.random() < 0.3
    if further.random() < 0.25:
        sayer.rest = further.choice(((5, 6), (6,), (4, 5), (2, 5, 6)))
    owed = _duty(sayer) if further.random() < 0.25 else ""
    text, deeds = _deeds(sayer, steady=steady)
    made = [_lapse(sayer, n, steady=steady) for n in range(1, chance.choice((0, 1, 1, 2, 2, 3)) + 1)]
    lines = [HEAD]
    if numbers:
        lines.append('quantity days "day" or "days", never negative\n')
        lines.append(f'{"fixed" if steady else "state"} n(Thing): days "the notice of {{1}}"\n')
    if months and (sayer.rule or chance.random() < 0.5):
        lines.append(f"define month-end: month-end-rule means {RULES[sayer.rule]}\n")
    lines.append(REQUEST)
    lines.append('    sent: days "how many days"\n' if numbers else "")
    lines.append(REST)
    lines.append(" and n(t) is 0 days\n" if numbers and not is_open else "\n")
    if sayer.rest is not None:
        names = ", ".join(WEEK[each] for each in sayer.rest)
        lines.append(f'calendar desk "working day" never on {names} and on no other day\n')
    whole = "".join((*lines, owed, text, *(each for each, _ in made)))
    return Law(whole, deeds, tuple(each for _, each in made), sayer, is_open)


def _duty(sayer: Sayer) -> str:
    """A duty about every thing, which the sayer may speak of from now on."""
    chance = sayer.chance
    when = chance.choice((BEGUN, _NOT_STRUCK, Said("true", lambda _m: True)))
    done = chance.choice(
        (Said("b(t)", lambda m: m.cell.b), Said("y(t) is present", lambda m: m.cell.y is not None))
    )
    period = sayer.period()
    sayer.duty = Duty(when, done, period)
    so = "" if when.text == "true" else f" when {when.text}"
    head = f'duty owed for "D" of t with t: Thing by x(t) plus {period.text}{so}'
    return f"{head}\n    requires {done.text} {WHY}\n"


def _write(sayer: Sayer, slot: Slot, *, lapse: bool) -> Write:
    chance = sayer.chance
    if slot == "c":
        return Write(slot, "true", lambda _m: True)
    if slot in "ab":
        value = chance.random() < 0.6
        return Write(slot, "true" if value else "false", lambda _m: value)
    if slot == "n":
        if not lapse and chance.random() < 0.6:
            return Write(
                "n", f"least of (n(t) plus sent, {MOST} days)", lambda m: min(m.cell.n + m.sent, MOST)
            )
        if chance.random() < 0.5:
            return Write("n", "greatest of (n(t) minus 1 days, 0 days)", lambda m: max(m.cell.n - 1, 0))
        return Write("n", f"least of (n(t) plus 1 days, {MOST} days)", lambda m: min(m.cell.n + 1, MOST))
    way = chance.random()
    if way < 0.3:
        return Write(slot, "absent", lambda _m: None)
    if way < 0.6:
        return Write(slot, "today", lambda m: m.today)
    if sayer.numbers and not lapse and way < 0.75:
        return Write(slot, "today plus sent", lambda m: m.today + m.sent)
    many = chance.randint(1, 3)
    return Write(slot, f"today plus {many} days", lambda m: m.today + many)


def _lapse(sayer: Sayer, number: int, *, steady: bool) -> tuple[str, Lapse]:
    chance = sayer.chance
    past = sayer.past
    plain = past is not None and "today" not in past.text
    also = (sayer.remembered,) if plain else ()
    slot, beyond = chance.choice("xxy"), chance.random() < 0.5
    period, when = sayer.period(), sayer.statement(*also)
    if number == 1 and chance.random() < 0.6:
        when = chance.choice((BEGUN, _NOT_DONE))
    slots: list[Slot] = ["a", "a", "b", "b", "x", "y"]
    if sayer.numbers and not steady:
        slots += ["n", "n"]
    chosen = chance.sample(slots, chance.randint(0, 1) if number == 1 else chance.randint(1, 2))
    struck: list[Slot] = ["c"] if number == 1 else []
    writes = tuple(_write(sayer, each, lapse=True) for each in dict.fromkeys((*struck, *chosen)))

    def falls(m: Moment) -> int | None:
        day: int | None = getattr(m.cell, slot)
        return None if day is None else period.end(m, day) + beyond

    due = f"{'past' if beyond else 'on'} {slot}(t) plus {period.text}"
    head = f'lapse l{number} for "L {number}" with t: Thing {due}'
    lines = [f"{head} when {when.text}", *(f"    {w.slot}(t) becomes {w.text} {WHY}" for w in writes), ""]
    return "\n".join(lines), Lapse(falls, when.so, writes)


def _deeds(sayer: Sayer, *, steady: bool) -> tuple[str, tuple[Deed, ...]]:
    chance, numbers = sayer.chance, sayer.numbers
    also = (sayer.late,) if sayer.past is None else (sayer.late, sayer.remembered)
    also = also if sayer.duty is None else (*also, sayer.broken)
    sent = Said("sent at most n(t)", lambda m: m.sent <= m.cell.n)
    conditions = [sayer.statement(*also, *([lambda: sent] if numbers else [])) for _ in range(2)]
    if chance.random() < 0.6:
        conditions[0] = chance.choice((_NOT_DONE, _NOT_STRUCK, _UNDATED))
    day = Write("x", "today", lambda m: m.today)
    begun = Write("a", "true", lambda _m: True)
    more = [_write(sayer, "n", lapse=False)] if numbers and not steady and chance.random() < 0.7 else []
    first = (begun, day, *more)
    slots: list[Slot] = ["b", "y"] if chance.random() < 0.6 else ["b"]
    second = tuple(_write(sayer, each, lapse=False) for each in slots)
    lines = []
    for number, act, writes in ((1, "One", first), (2, "Two", second)):
        lines.append(f"effect e{number} when act is {act}")
        lines += [f"    {w.slot}(t) becomes {w.text} {WHY}" for w in writes]
    for number, act, may in ((1, "One", conditions[0]), (2, "Two", conditions[1])):
        lines.append(f'check c{number} for "{number}" at Desk, reject with R{number}')
        lines += [f"    applies when act is {act} {WHY}", f"    requires {may.text} {WHY}"]
    text = "\n".join((*lines, "")).replace("(t)", "(thing)").replace("(t, ", "(thing, ")
    return text, (Deed(conditions[0].so, first), Deed(conditions[1].so, second))

"""Random small laws about days and amounts, and a clock that goes through them day by day.

Of every thing there are three facts and two days, and in some laws a number of days, an amount, a level;
lapses fall so long after a day; some laws ask what has been, some come into force step by step. `drawing`
draws them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from tests.day_by_day.calendars import Calendar
from tests.day_by_day.statements import Duty, Past, Sayer
from tests.day_by_day.traits import Money
from tests.day_by_day.worlds import MOST, Cell, Day, Moment, Period, Said, Sent, Slot, So, World, Worth

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
WHY = 'inference "so"'
BEGUN = Said("a(t)", lambda m: m.cell.a)
NOT_STRUCK = Said("not c(t)", lambda m: not m.cell.c)
ALWAYS = Said("true", lambda _m: True)


@dataclass(frozen=True)
class Write:
    """What something becomes, as text and for the clock."""

    slot: Slot
    text: str
    value: Callable[[Moment], Worth]


@dataclass(frozen=True)
class Deed:
    """What a request does if it may, or an event of that name. `appoints`: the event appoints the day of
    commencement, so many days from now.
    """

    may: So
    writes: Callable[[Moment], tuple[Write, ...]]
    event: str = ""
    appoints: bool = False


@dataclass(frozen=True)
class Lapse:
    """What is done on a day. `falls`: which one that is; `due`: from which day, after what period."""

    falls: Callable[[Moment], int | None]
    when: So
    writes: tuple[Write, ...]
    due: tuple[Day, Period]


@dataclass(frozen=True)
class Era:
    """The day from which a modification is in force, as text. `written`: the day, if it is; otherwise it is
    so many days `after` the commencement, which the law leaves open. `ever`: there is one for certain;
    `appointed`: by an event, which may put it off.
    """

    text: str
    written: int | None
    after: int = 0
    ever: bool = True
    appointed: bool = False

    def begins(self, commencement: int | None) -> int | None:
        """The day, given that of the commencement."""
        if self.written is not None:
            return self.written
        return None if commencement is None else commencement + self.after


class Turn(NamedTuple):
    """What may come next: by the deed of that number about that thing, or by a day that goes by."""

    deed: int | None
    thing: int
    world: World


@dataclass(frozen=True)
class Law:
    """A law, as text and for the clock. `column`: which it is asked of; `cells`: what a thing may be at a
    start; `open`: of what a start says nothing; `pivot`: a day near which it matters which day it is;
    `pages`: further pages; `shapes`: whether requests are of two shapes; `money`: of what kind the amounts of
    things are; `exact`: whether claims turn on the exact day; `sent`: what requests may carry.
    """

    text: str
    deeds: tuple[Deed, ...]
    lapses: tuple[Lapse, ...]
    sayer: Sayer
    cells: tuple[Cell, ...] = (Cell(),)
    open: frozenset[Slot] = frozenset()
    eras: tuple[Era, ...] = ()
    calendar: Calendar | None = None
    pivot: int | None = None
    column: str = "v"
    pages: tuple[str, ...] = ()
    shapes: bool = False
    money: Money | None = None
    exact: bool = False
    sent: tuple[Sent, ...] = (Sent(),)

    # ------------------------------------------------------------ the clock

    def start(
        self,
        today: int,
        cells: tuple[Cell, ...],
        commencement: int | None = None,
        off: frozenset[int] = frozenset(),
    ) -> World:
        """Where a story may start, with these things."""
        begins = tuple(each.begins(commencement) for each in self.eras)
        return self._remembered(None, World(today, cells, begins, off))

    def starts(self, things: int) -> Iterator[tuple[Cell, ...]]:
        """What so many things may be at a start."""
        yield from product(self.cells, repeat=things)

    def tomorrow(self, world: World) -> World:
        """The next day: what falls on it happens at once, and reads the day before."""
        day = world.today + 1
        writes: dict[tuple[int, Slot], Worth] = {}
        for lapse, t in product(self.lapses, range(len(world.cells))):
            m = Moment(world, t, day)
            if lapse.falls(m) == day and lapse.when(m):
                writes |= {(t, each.slot): each.value(m) for each in lapse.writes}
        return self._remembered(world, world._replace(today=day, cells=_with(world.cells, writes)))

    def done(self, world: World, deed: int, thing: int, sent: Sent) -> World | None:
        """What comes of a request; None if it is refused."""
        m = Moment(world, thing, world.today, sent)
        if not self.deeds[deed].may(m):
            return None
        writes = {(thing, each.slot): each.value(m) for each in self.deeds[deed].writes(m)}
        after = world._replace(cells=_with(world.cells, writes))
        if self.deeds[deed].appoints:
            after = after._replace(begins=tuple(each.begins(m.today + m.sent) for each in self.eras))
        return self._remembered(world, after)

    def next(self, world: World) -> Iterator[Turn]:
        """Everything that one step may lead to, the next day first."""
        yield Turn(None, 0, self.tomorrow(world))
        for deed, thing, sent in product(range(len(self.deeds)), range(len(world.cells)), self.sent):
            after = self.done(world, deed, thing, sent)
            if after is not None:
                yield Turn(deed, thing, after)

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


NUMBERS = range(MOST + 1)
"""The days that a thing may have at a start which leaves them open."""

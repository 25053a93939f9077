"""What is so on a day: the facts, days and numbers of a few things, and what has been of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

OLD = 12
"""Days after which it is of no concern how many they are, where there are no months."""

MOST = 3
"""The largest number that is written."""

Worth: TypeAlias = int | bool | None
Slot: TypeAlias = Literal["a", "b", "c", "n", "x", "y", "m", "g"]
TOLD = 8
"""So many of what is in a cell stand in a story; the rest is what has been."""
LEVELS = ("Low", "Mid", "High")


class Cell(NamedTuple):
    """What is so of one thing. `c` comes about by lapses alone; `x`, `y`: days; `m`: an amount in smallest
    units; `g`: the place of its level; `held`: the day from which what lasts has held, None while it does
    not; `been`, `since`, `as_of`: whether these are so of what the law asks of the past; `late`: whether the
    duty about it was ever broken.
    """

    a: bool = False
    b: bool = False
    c: bool = False
    n: int = 0
    x: int | None = None
    y: int | None = None
    m: int | None = 0
    g: int | None = 0
    held: int | None = None
    been: bool = False
    since: bool = False
    as_of: bool = False
    late: bool = False


class World(NamedTuple):
    """What is so at a time; `today` is the number of a day, 1 for 1 January of the year 1. `begins`: the days
    from which modifications are in force, None if there never is one; `off`: days that are no working days
    besides those of the week.
    """

    today: int
    cells: tuple[Cell, ...]
    begins: tuple[int | None, ...] = ()
    off: frozenset[int] = frozenset()


class Sent(NamedTuple):
    """What a request carries: a number of days, an amount in smallest units, and the place of a level."""

    days: int = 0
    paid: int = 0
    to: int = 0


class Moment(NamedTuple):
    """What is asked of which thing, on which day, and with what a request carries."""

    world: World
    thing: int
    today: int
    asked: Sent = Sent()

    @property
    def sent(self) -> int:
        """The days that the request carries."""
        return self.asked.days

    def begun(self, era: int) -> bool:
        """Whether the modification of that number is in force on the day."""
        begins = self.world.begins[era]
        return begins is not None and begins <= self.today

    @property
    def cell(self) -> Cell:
        """What is so of the thing."""
        return self.world.cells[self.thing]


So: TypeAlias = Callable[[Moment], bool]


class Said(NamedTuple):
    """A statement about the thing `t`, and whether it is so."""

    text: str
    so: So


class Number(NamedTuple):
    """So many days, as text, and how many they are."""

    text: str
    of: Callable[[Moment], int]


class Day(NamedTuple):
    """A day as text, and which one it is."""

    text: str
    of: Callable[[Moment], int | None]


class Period(NamedTuple):
    """A period as text, and the last day of one that is added to a day; of one that counts that day, if it is
    not the day before; and the first day of one that is subtracted.
    """

    text: str
    end: Callable[[Moment, int], int]
    counting: Callable[[Moment, int], int] | None = None
    back: Callable[[Moment, int], int] | None = None

    def last(self, moment: Moment, day: int) -> int:
        """The last day, if the first one is counted."""
        return self.end(moment, day) - 1 if self.counting is None else self.counting(moment, day)


def brought_near(world: World, old: int = OLD) -> World:
    """The same without the calendar: today is 0, and what is long ago is `old` days ago."""
    today = world.today

    def near(day: int | None) -> int | None:
        return None if day is None else max(day - today, -old)

    cells = tuple(c._replace(x=near(c.x), y=near(c.y), held=near(c.held)) for c in world.cells)
    begins = tuple(None if d is None else max(d - today, -1) for d in world.begins)
    return World(0, cells, begins, world.off)

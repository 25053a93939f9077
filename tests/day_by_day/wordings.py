"""Two wordings of one condition about days and numbers, which may be a day or a unit apart, and a law in
which a modification puts the one instead of the other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tests.day_by_day.laws import HEAD, REQUEST, REST, WHY, Law
from tests.day_by_day.statements import DATED, ORDERS, RULES, Sayer
from tests.day_by_day.traits import Money
from tests.day_by_day.wordings_of_amounts import counts, exact_shares, levels, limits, shares
from tests.day_by_day.worlds import LEVELS, Cell, Day, Moment, Said, Sent, Slot, World
from tests.yardstick.months import months_later

CARRIED = """    sent: days "number of days"
    paid: money "sum"
    to: Level "level asked for"
"""
SITUATIONS = 600  # in which two wordings are compared
FIRST, CYCLE = 738_000, 1461  # days, from the year 2021 on
APART = (0, 0, 1, 2, 3, 4, 5, 6, 7, 27, 28, 29, 30, 31, 32, 58, 59, 60, 61, 62, 364, 365, 366)

_OTHER = {"no earlier than": "earlier than", "no later than": "later than"} | {
    "earlier than": "no earlier than",
    "later than": "no later than",
}
_NEAR = {"no earlier than": "later than", "no later than": "earlier than"} | {
    "earlier than": "no later than",
    "later than": "no earlier than",
}


class Many(NamedTuple):
    """A number as text, and how many."""

    text: str
    of: Callable[[Moment], int]


TODAY = Day("today", lambda m: m.today)
N, SENT = Many("n(t)", lambda m: m.cell.n), Many("sent", lambda m: m.sent)


def _slot(slot: Slot) -> Day:
    def of(m: Moment) -> int | None:
        found: int | None = getattr(m.cell, slot)
        return found

    return Day(f"{slot}(t)", of)


def _so_many(many: int) -> Many:
    return Many(f"{many} days", lambda _m: many)


def _moved(day: Day, by: Callable[[Moment, int], int], text: str) -> Day:
    return Day(f"{day.text} {text}", lambda m: None if (d := day.of(m)) is None else by(m, d))


def _plus(day: Day, many: Many) -> Day:
    return _moved(day, lambda m, d: d + many.of(m), f"plus {many.text}")


def _minus(day: Day, many: Many) -> Day:
    return _moved(day, lambda m, d: d - many.of(m), f"minus {many.text}")


def _months(day: Day, months: int, rule: int) -> Day:
    word = ("minus" if months < 0 else "plus", abs(months), "" if abs(months) == 1 else "s")
    return _moved(day, lambda _m, d: months_later(d, months, rule), f"{word[0]} {word[1]} month{word[2]}")


def _compared(one: Day, how: str, other: Day) -> Said:
    right = DATED[how]
    return Said(
        f"{one.text} {how} {other.text}",
        lambda m: (a := one.of(m)) is not None and (b := other.of(m)) is not None and right(a, b),
    )


def _ordered(one: Many, how: str, other: Many) -> Said:
    right = ORDERS[how]
    return Said(f"{one.text} {how} {other.text}", lambda m: right(one.of(m), other.of(m)))


def _both(one: Said, other: Said) -> Said:
    return Said(f"({one.text} and {other.text})", lambda m: one.so(m) and other.so(m))


def _not(said: Said) -> Said:
    return Said(f"not ({said.text})", lambda m: not said.so(m))


def _present(day: Day) -> Said:
    return Said(f"{day.text} is present", lambda m: day.of(m) is not None)


# ------------------------------------------------------------------- wordings

Pair = tuple[Said, Said]


def _turned(chance: random.Random, end: Day, began: Day) -> Pair:
    """A comparison, and that the opposite is not so."""
    how = chance.choice(list(DATED))
    other = _OTHER[how if chance.random() < 0.7 else _NEAR[how]]
    turned = _not(_compared(TODAY, other, end))
    return _compared(TODAY, how, end), turned if chance.random() < 0.2 else _both(turned, _present(began))


def _within(chance: random.Random, sayer: Sayer, began: Day) -> Pair:
    """Within a period after or from a day, and between its ends."""
    many = chance.randint(1, 5)
    if sayer.months and chance.random() < 0.6:
        months = chance.choice((1, 2, 6, 12))
        last = _months(began, months, sayer.rule)
        period = f"{months} month{'' if months == 1 else 's'}" if months < 12 else "1 year"
    else:
        last, period = _plus(began, _so_many(many)), f"{many} days"
    word = chance.choice(("after", "from"))
    counted = last if word == "after" else _minus(last, _so_many(1))
    whole = _both(_compared(began, "no later than", TODAY), _compared(TODAY, "no later than", counted))
    how = chance.choice(("no later than", "no later than", "earlier than"))
    parts = _both(_compared(began, "no later than", TODAY), _compared(TODAY, how, counted))
    return Said(f"today within {period} {word} {began.text}", whole.so), parts


def _back(chance: random.Random, sayer: Sayer, one: Day, other: Day) -> Pair:
    """Reckoned forwards from one day, and backwards from the other."""
    if sayer.months and chance.random() < 0.7:
        months = chance.choice((1, 2))
        forth, back = _months(one, months, sayer.rule), _months(other, -months, sayer.rule)
    else:
        many = _so_many(chance.randint(0, 4))
        forth, back = _plus(one, many), _minus(other, many)
    how = chance.choice(("no later than", "no later than", "earlier than"))
    return _compared(other, "no later than", forth), _compared(back, how, one)


def _twice(chance: random.Random, sayer: Sayer, began: Day) -> Pair:
    """Months that are added twice, and their sum; or as many days."""
    once, rule = chance.choice((1, 2)), sayer.rule
    twice = _months(_months(began, once, rule), once, rule)
    sums = (_months(began, 2 * once, rule), _plus(began, _so_many(61 * once)))
    how = chance.choice(list(DATED))
    return _compared(TODAY, how, twice), _compared(TODAY, how, sums[chance.random() < 0.3])


def _latest(chance: random.Random, sayer: Sayer, one: Day, other: Day) -> Pair:
    """After a period from the later of two days, and from both."""
    many = _so_many(chance.randint(0, 4))
    months = chance.choice((1, 2)) if sayer.months else 0

    def end(day: Day) -> Day:
        return _months(day, months, sayer.rule) if months else _plus(day, many)

    def of(m: Moment) -> int | None:
        a, b = one.of(m), other.of(m)
        return None if a is None or b is None else max(a, b)

    latest = Day(f"latest of ({one.text}, {other.text})", of)
    how = chance.choice(("no earlier than", "no earlier than", "later than"))
    first = _compared(TODAY, "no earlier than", end(one))
    return _compared(TODAY, "no earlier than", end(latest)), _both(first, _compared(TODAY, how, end(other)))


def _elapsed(chance: random.Random, began: Day) -> Pair:
    """The days from one day to another, and the day so many days later."""
    many = chance.choice((N, _so_many(chance.randint(0, 4)), Many("2 times n(t)", lambda m: 2 * m.cell.n)))
    from_to = Said(
        f"days from {began.text} to today at least {many.text}",
        lambda m: (d := began.of(m)) is not None and m.today - d >= many.of(m),
    )
    how = chance.choice(("no earlier than", "no earlier than", "later than"))
    return from_to, _compared(TODAY, how, _plus(began, many))


def _numbers(chance: random.Random) -> Pair:
    """A limit of a number, and the same in other units, or of its half or double."""
    many = chance.randint(1, 5)
    off = chance.choice((0, 0, 1))
    way = chance.randrange(6)
    if way == 0:
        return _ordered(N, "at least", _so_many(many)), _ordered(N, "more than", _so_many(many - 1 + off))
    if way == 1:
        double = Many("2 times n(t)", lambda m: 2 * m.cell.n)
        return _ordered(double, "at least", _so_many(many)), _ordered(
            N, "at least", _so_many((many + 1) // 2 + off)
        )
    if way == 2:
        up = Many("(50 per cent of n(t) rounded up)", lambda m: (m.cell.n + 1) // 2)
        return _ordered(up, "at least", _so_many(many)), _ordered(N, "at least", _so_many(2 * many - 1 + off))
    if way == 3:
        down = Many("(50 per cent of n(t) rounded down)", lambda m: m.cell.n // 2)
        return _ordered(down, "at least", _so_many(many)), _ordered(N, "at least", _so_many(2 * many - off))
    if way == 4:
        share = Said("n(t) at most 50 per cent of sent", lambda m: 2 * m.cell.n <= m.sent)
        double = Many("2 times n(t)", lambda m: 2 * m.cell.n)
        return share, _ordered(double, ("at most", "less than")[off], SENT)
    least = Many("least of (n(t), sent)", lambda m: min(m.cell.n, m.sent))
    both = _both(_ordered(N, "at least", _so_many(many)), _ordered(SENT, "at least", _so_many(many + off)))
    return _ordered(least, "at least", _so_many(many)), both


def wordings(sayer: Sayer, money: Money | None) -> Pair:
    """Two wordings, which may mean the same."""
    chance = sayer.chance
    slots: list[Slot] = ["x", "y"]
    one, other = (_slot(each) for each in chance.sample(slots, 2))
    ways: list[Callable[[], Pair]] = [
        partial(_within, chance, sayer, one),
        partial(_back, chance, sayer, one, other),
        partial(_latest, chance, sayer, one, other),
        partial(_elapsed, chance, one),
        partial(_numbers, chance),
        lambda: _turned(chance, _plus(one, chance.choice((N, SENT, _so_many(3)))), one),
    ]
    ways += [partial(_twice, chance, sayer, one)] * 2 if sayer.months else []
    if money is not None:
        ways = [
            *(partial(each, chance, money) for each in (shares, exact_shares, limits)),
            partial(levels, chance),
            partial(counts, chance),
        ]
    first, second = chance.choice(ways)()
    if chance.random() < 0.3:
        third, fourth = chance.choice(ways)()
        first, second = _both(first, third), _both(second, fourth)
    return first, second


def two_versions(chance: random.Random) -> tuple[Law, Said, Said]:
    """A law that has one wording in one version and another in the other."""
    money = Money(chance.choice((0, 1, 2)), chance.random() < 0.3, chance.random() < 0.4, open=True)
    used = money if chance.random() < 0.5 else None
    months = used is None and chance.random() < 0.5
    sayer = Sayer(chance, numbers=True, months=months, rule=chance.randrange(3))
    first, second = wordings(sayer, used)
    lines = [
        HEAD,
        'quantity days "day" or "days", never negative',
        'state n(Thing): days "the notice of {1}"',
    ]
    lines += [f"define month-end: month-end-rule means {RULES[sayer.rule]}"] if months else []
    lines += _of_amounts(money)
    lines += [REQUEST + CARRIED, REST, *_check(first)]
    lines += ['version w "w" is v with M', 'modification M "m"']
    whole, *rest = _check(second)
    lines += [f"by M replace c1: {whole}", *rest, ""]
    return Law("\n".join(lines), (), (), sayer, column="w", money=money), first, second


def _of_amounts(money: Money) -> list[str]:
    decimals = f" with {money.decimals} decimals" if money.decimals else ""
    return [
        f'quantity money "£"{decimals}{"" if money.below else ", never negative"}',
        f'state m(Thing): {"optional " if money.optional else ""}money "the price of {{1}}"',
        f"enum Level: {', '.join(LEVELS)} in order",
        'state g(Thing): Level "the level of {1}"',
    ]


def _check(said: Said) -> list[str]:
    requires = re.sub(r"\bt\b", "thing", said.text)
    head = 'check c1 for "1" at Desk, reject with R1'
    return [head, f"    applies when act is One {WHY}", f"    requires ({requires}) {WHY}"]


def apart(law: Law, one: Said, other: Said, chance: random.Random) -> bool:
    """Whether the wordings are found apart in one of many situations."""
    return any(one.so(m) is not other.so(m) for m in (_moment(law, chance) for _ in range(SITUATIONS)))


def _moment(law: Law, chance: random.Random) -> Moment:
    today = FIRST + chance.randrange(CYCLE)
    money, lowest = law.money, -9 if law.money is not None and law.money.below else 0
    assert money is not None

    def day(near: int | None) -> int | None:
        if chance.random() < 0.15:
            return None
        apart = chance.choice(APART) + chance.choice((-1, 0, 0, 1))
        return (today if near is None else near) + (apart if chance.random() < 0.3 else -apart)

    def amount() -> int:
        return chance.randint(lowest, 9) if chance.random() < 0.7 else chance.randint(10 * lowest, 700)

    def cell() -> Cell:
        x = day(None)
        a, b = (chance.random() < 0.5 for _ in "ab")
        n, y = chance.randint(0, 9), day(x if chance.random() < 0.5 else None)
        m = None if money.optional and chance.random() < 0.2 else amount()
        return Cell(a=a, b=b, n=n, x=x, y=y, m=m, g=chance.randrange(len(LEVELS)))

    cells = tuple(cell() for _ in range(chance.randint(1, 4)))
    sent = Sent(chance.randint(0, 9), amount(), chance.randrange(len(LEVELS)))
    return Moment(World(today, cells), 0, today, sent)

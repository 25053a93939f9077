"""Random statements about amounts with decimals, shares that are rounded, levels in order, and counts of what
is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tests.day_by_day.statements import COUNTS, ORDERS, Sayer
from tests.day_by_day.traits import Money
from tests.day_by_day.worlds import LEVELS, Cell, Moment, Said

CAP = 6
"""Effects take amounts no further than so many smallest units from nothing."""

SHARES = (1, 10, 20, 25, 33, 50, 75, 99, 100, 150)
WORTH = "worth"


class Amount(NamedTuple):
    """An amount as text, and what it comes to in smallest units; None if it is absent."""

    text: str
    of: Callable[[Moment], int | None]


@dataclass(frozen=True)
class Band:
    """What a definition gives `t`: what it is worth, case by case, and otherwise."""

    cases: tuple[tuple[Amount, Said], ...]
    otherwise: Amount | None

    @property
    def text(self) -> str:
        """The definition."""
        cases = [f"{worth.text} when {so.text}" for worth, so in self.cases]
        cases += [] if self.otherwise is None else [f"{self.otherwise.text} otherwise"]
        return f'define {WORTH}(t: Thing): money means {", ".join(cases)} inference "bands"\n'

    def of(self, m: Moment) -> int | None:
        """What it comes to."""
        for worth, so in self.cases:
            if so.so(m):
                return worth.of(m)
        return None if self.otherwise is None else self.otherwise.of(m)


class Pricer:
    """Draws amounts and statements about them."""

    def __init__(self, sayer: Sayer, money: Money) -> None:
        self.sayer, self.chance, self.money = sayer, sayer.chance, money
        self.band: Band | None = None
        self.fees: tuple[int | None, ...] = ()

    @property
    def table(self) -> str:
        """The page with the fee of every level, of which some have none."""
        rows = zip(LEVELS, self.fees, strict=True)
        cells = "".join(
            f"| {level} | {'none' if fee is None else self.money.text(fee)} |\n" for level, fee in rows
        )
        return f"```redline\ntable fees\n```\n\n| level | fee |\n|---|---|\n{cells}"

    def literal(self) -> Amount:
        """An amount that is written."""
        many = self.chance.choice((0, 1, 1, 2, 3, 4, 5, 7))
        return Amount(self.money.text(many), lambda _m: many)

    def own(self) -> Amount:
        """The amount of `t`, or what it is worth."""
        if self.band is not None and self.chance.random() < 0.4:
            return Amount(f"{WORTH}(t)", self.band.of)
        if self.fees and self.chance.random() < 0.4:
            return Amount("fee(g(t))", self._fee)
        return Amount("m(t)", lambda m: m.cell.m)

    def _fee(self, m: Moment) -> int | None:
        return None if m.cell.g is None else self.fees[m.cell.g]

    def amount(self, *base: Amount) -> Amount:
        """Something that is reckoned, of one of `base` if there are any."""
        one = self.chance.choice(base) if base else self.own()
        other, way = self.literal(), self.chance.randrange(9)
        if way == 0:
            return _sum(one, other, 1)
        if way == 1:
            return _sum(one, other, -1)
        if way == 2:
            times = self.chance.choice((2, 3))
            text = f"{times} times {one.text}" if self.chance.random() < 0.5 else f"{one.text} times {times}"
            return Amount(text, lambda m: None if (v := one.of(m)) is None else times * v)
        if way in (3, 4):
            return self._extreme(one, other)
        if way in (5, 6):
            return self._share(one, other)
        return one if way == 7 else other

    def _extreme(self, one: Amount, other: Amount) -> Amount:
        parts = [one, other, *([self.literal()] if self.chance.random() < 0.3 else [])]
        least = self.chance.random() < 0.5
        name, of = ("least", min) if least else ("greatest", max)

        def worth(m: Moment) -> int | None:
            found = [each.of(m) for each in parts]
            there = [each for each in found if each is not None]
            return of(there) if len(there) == len(found) else None

        return Amount(f"{name} of ({', '.join(each.text for each in parts)})", worth)

    def _share(self, one: Amount, other: Amount) -> Amount:
        share, up = self.chance.choice(SHARES), self.chance.random() < 0.5
        whole = _sum(one, other, self.chance.choice((-1, 1))) if self.chance.random() < 0.4 else one
        text = f"({whole.text})" if whole is not one else whole.text

        def worth(m: Moment) -> int | None:
            found = whole.of(m)
            if found is None:
                return None
            return -(-share * found // 100) if up else share * found // 100

        return Amount(f"({share} per cent of {text} rounded {'up' if up else 'down'})", worth)

    # ---------------------------------------------------------- statements

    def priced(self, *base: Amount) -> Said:
        """A comparison of amounts."""
        how, way = self.chance.choice(list(ORDERS)), self.chance.randrange(8)
        right, one = ORDERS[how], self.chance.choice(base) if base else self.own()
        if way == 0 and not self.sayer.alone and not base:
            return self._of_others(how)
        if way == 1:
            share, whole = self.chance.choice(SHARES), self.literal()
            whole = whole if self.chance.random() < 0.5 else self.own()
            return Said(
                f"{one.text} {how} {share} per cent of {whole.text}",
                lambda m: (
                    (a := one.of(m)) is not None
                    and (b := whole.of(m)) is not None
                    and right(100 * a, share * b)
                ),
            )
        if way == 2 and self.money.optional:
            return Said("m(t) is absent", lambda m: m.cell.m is None)
        other = self.amount()
        return Said(
            f"{one.text} {how} {other.text}",
            lambda m: (a := one.of(m)) is not None and (b := other.of(m)) is not None and right(a, b),
        )

    def _of_others(self, how: str) -> Said:
        right, off = ORDERS[how], self.chance.choice((0, 0, 1, 2))
        more = f" plus {self.money.text(off)}" if off else ""

        def so(m: Moment, o: Cell) -> bool:
            return o.m is not None and m.cell.m is not None and right(o.m, m.cell.m + off)

        return others(self.sayer, f"m(o) {how} m(t){more}", so)


def _sum(one: Amount, other: Amount, sign: int) -> Amount:
    word = "plus" if sign > 0 else "minus"

    def worth(m: Moment) -> int | None:
        a, b = one.of(m), other.of(m)
        return None if a is None or b is None else a + sign * b

    return Amount(f"{one.text} {word} {other.text}", worth)


# ------------------------------------------------------------------ levels


def graded(sayer: Sayer, *, asked: bool = False) -> Said:
    """A comparison of levels in their order. `asked`: of the one that a request carries."""
    chance = sayer.chance
    how, way = chance.choice(list(ORDERS)), chance.randrange(5)
    right = ORDERS[how]
    if asked or (way in (0, 3) and not sayer.alone):
        steps = chance.choice((-2, -1, -1, 0, 1, 1, 2))
        far = "" if steps == 0 else f" {'minus' if steps < 0 else 'plus'} {abs(steps)}"
        if asked:
            return Said(
                f"to {how} g(t){far}",
                lambda m: (v := m.cell.g) is not None and right(m.asked.to, v + steps),
            )

        def so(m: Moment, o: Cell) -> bool:
            return o.g is not None and m.cell.g is not None and right(o.g, m.cell.g + steps)

        return others(sayer, f"g(o) {how} g(t){far}", so)
    place = chance.randrange(len(LEVELS))
    if way == 1:
        return Said(f"g(t) is {LEVELS[place]}", lambda m: m.cell.g == place)
    if way == 2:
        return Said("g(t) not in {Low, High}", lambda m: m.cell.g not in (0, 2))
    if how == "more than" and place == len(LEVELS) - 1:
        place -= 1
    if how == "less than" and place == 0:
        place += 1
    return Said(f"g(t) {how} {LEVELS[place]}", lambda m: (v := m.cell.g) is not None and right(v, place))


# ------------------------------------------------------------------ counts


def counted(sayer: Sayer) -> Said:
    """How many things there are with so many days, or another fact than that of `t`."""
    slot = sayer.chance.choice("abc")
    if not sayer.numbers:
        return others(sayer, f"{slot}(o)", lambda _m, o: bool(getattr(o, slot)))
    how = sayer.chance.choice(list(ORDERS))
    right = ORDERS[how]
    return others(
        sayer, f"{slot}(o) and n(o) {how} n(t)", lambda m, o: getattr(o, slot) and right(o.n, m.cell.n)
    )


def others(sayer: Sayer, text: str, so: Callable[[Moment, Cell], bool]) -> Said:
    """That it is so of some, of all, or of so many things, `t` perhaps left out."""
    chance = sayer.chance
    apart = chance.random() < 0.5

    def found(m: Moment) -> list[bool]:
        return [so(m, o) for t, o in enumerate(m.world.cells) if not (apart and t == m.thing)]

    way = chance.randrange(4)
    if way == 0:
        where = "o is not t and " if apart else ""
        return Said(f"(for some o: Thing: {where}{text})", lambda m: any(found(m)))
    if way == 1:
        where = " where o is not t" if apart else ""
        return Said(f"(for every o: Thing{where}: {text})", lambda m: all(found(m)))
    how = chance.choice(list(COUNTS))
    right, where = COUNTS[how], "o is not t and " if apart else ""
    return Said(f"({how} o: Thing where {where}{text})", lambda m: right(sum(found(m))))

"""Random things that effects and lapses write."""

from __future__ import annotations

from tests.day_by_day.amounts import CAP, SHARES, Pricer
from tests.day_by_day.laws import Write
from tests.day_by_day.statements import Sayer
from tests.day_by_day.worlds import LEVELS, MOST, Moment, Slot


def write(sayer: Sayer, slot: Slot, pricer: Pricer | None, *, lapse: bool) -> Write:
    """What may become of the slot. `lapse`: nothing is said of a request."""
    chance = sayer.chance
    if slot == "c":
        return Write(slot, "true", lambda _m: True)
    if slot in "ab":
        value = chance.random() < 0.6
        return Write(slot, "true" if value else "false", lambda _m: value)
    if slot == "n":
        return _number(sayer, lapse=lapse)
    if slot == "m":
        assert pricer is not None
        return _amount(pricer, lapse=lapse)
    if slot == "g":
        return _level(sayer, lapse=lapse)
    return _day(sayer, slot, lapse=lapse)


def _number(sayer: Sayer, *, lapse: bool) -> Write:
    chance = sayer.chance
    if not lapse and chance.random() < 0.6:
        return Write("n", f"least of (n(t) plus sent, {MOST} days)", lambda m: min(m.cell.n + m.sent, MOST))
    if chance.random() < 0.5:
        return Write("n", "greatest of (n(t) minus 1 days, 0 days)", lambda m: max(m.cell.n - 1, 0))
    return Write("n", f"least of (n(t) plus 1 days, {MOST} days)", lambda m: min(m.cell.n + 1, MOST))


def _amount(pricer: Pricer, *, lapse: bool) -> Write:
    chance, money = pricer.chance, pricer.money
    if money.optional and chance.random() < 0.15:
        return Write("m", "absent", lambda _m: None)
    cap, floor = money.text(CAP), money.text(0)
    way = chance.randrange(6)
    if way == 0:
        share, up = chance.choice([each for each in SHARES if each <= 100]), chance.random() < 0.5

        def part(m: Moment) -> int | None:
            v = m.cell.m
            return None if v is None else -(-share * v // 100) if up else share * v // 100

        return Write("m", f"{share} per cent of m(t) rounded {'up' if up else 'down'}", part)
    if way == 1:
        one = pricer.literal()
        return Write("m", one.text, one.of)
    text, many = "paid", None
    if lapse or chance.random() < 0.3:
        text, many = pricer.literal().text, 0
        many = round(float(text) * 10**money.decimals)

    def moved(m: Moment, sign: int) -> int | None:
        v = m.cell.m
        return None if v is None else v + sign * (m.asked.paid if many is None else many)

    if way in (2, 3):
        return Write(
            "m",
            f"least of (m(t) plus {text}, {cap})",
            lambda m: None if (v := moved(m, 1)) is None else min(v, CAP),
        )
    if money.below and not lapse:
        return Write("m", f"m(t) minus {text}", lambda m: moved(m, -1))
    return Write(
        "m",
        f"greatest of (m(t) minus {text}, {floor})",
        lambda m: None if (v := moved(m, -1)) is None else max(v, 0),
    )


def _level(sayer: Sayer, *, lapse: bool) -> Write:
    chance = sayer.chance
    if not lapse and chance.random() < 0.5:
        return Write("g", "to", lambda m: m.asked.to)
    place = chance.randrange(len(LEVELS))
    return Write("g", LEVELS[place], lambda _m: place)


def _day(sayer: Sayer, slot: Slot, *, lapse: bool) -> Write:
    chance = sayer.chance
    way = chance.random()
    if way < 0.3:
        return Write(slot, "absent", lambda _m: None)
    if way < 0.55:
        return Write(slot, "today", lambda m: m.today)
    if sayer.numbers and not lapse and way < 0.7:
        return Write(slot, "today plus sent", lambda m: m.today + m.sent)
    if way < 0.8:
        period = sayer.period()
        return Write(slot, f"today plus {period.text}", lambda m: period.end(m, m.today))
    many = chance.randint(1, 3)
    return Write(slot, f"today plus {many} days", lambda m: m.today + many)

"""Two wordings of one condition about amounts, levels in order, or how many things there are, which may be a
unit, a step or one thing apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.day_by_day.amounts import SHARES
from tests.day_by_day.statements import COUNTS, ORDERS
from tests.day_by_day.traits import Money
from tests.day_by_day.worlds import LEVELS, Moment, Said

Pair = tuple[Said, Said]
_OTHER = {"at least": "less than", "at most": "more than", "more than": "at most", "less than": "at least"}


def _compared(how: str, text: str, of: Callable[[Moment], int | None], limit: str, worth: int) -> Said:
    right = ORDERS[how]
    return Said(f"{text} {how} {limit}", lambda m: (v := of(m)) is not None and right(v, worth))


def _own(m: Moment) -> int | None:
    return m.cell.m


def shares(chance: random.Random, money: Money) -> Pair:
    """A limit of a share that is rounded, and of the whole."""
    share, limit, off = chance.choice(SHARES), chance.randint(-3, 6), chance.choice((0, 0, 0, 1, -1))
    up, how = chance.random() < 0.5, chance.choice(("at least", "at most"))
    if not money.below:
        limit = abs(limit)
    right = ORDERS[how]

    def part(m: Moment) -> int | None:
        v = m.cell.m
        return None if v is None else -(-share * v // 100) if up else share * v // 100

    # The least, or largest, whole of which the share is so: by trying one after the other.
    wholes = range(-2000, 2001)
    fits = [v for v in wholes if right(-(-share * v // 100) if up else share * v // 100, limit)]
    whole = (min(fits) if how == "at least" else max(fits)) + off
    text = f"{share} per cent of m(t) rounded {'up' if up else 'down'}"
    return (
        _compared(how, text, part, _written(money, limit), limit),
        _compared(how, "m(t)", _own, _written(money, whole), whole),
    )


def exact_shares(chance: random.Random, money: Money) -> Pair:
    """A share that is exact, and the one that is rounded to the side that is no matter."""
    share, how, up = chance.choice(SHARES), chance.choice(list(ORDERS)), chance.random() < 0.5
    right = ORDERS[how]

    def rounded(m: Moment) -> bool:
        v = m.cell.m
        return v is not None and right(m.asked.paid, -(-share * v // 100) if up else share * v // 100)

    def exact(m: Moment) -> bool:
        v = m.cell.m
        return v is not None and right(100 * m.asked.paid, share * v)

    del money
    return (
        Said(f"paid {how} {share} per cent of m(t)", exact),
        Said(f"paid {how} {share} per cent of m(t) rounded {'up' if up else 'down'}", rounded),
    )


def limits(chance: random.Random, money: Money) -> Pair:
    """A limit in smallest units, and that the opposite is not so; nothing is so of what is absent."""
    how, limit = chance.choice(list(ORDERS)), chance.randint(0, 8)
    one = _compared(how, "m(t)", _own, _written(money, limit), limit)
    near = limit + chance.choice((0, 0, 1, -1)) if money.below else limit + chance.choice((0, 0, 1))
    opposite = _compared(_OTHER[how], "m(t)", _own, _written(money, near), near)
    other = Said(f"not ({opposite.text})", lambda m: not opposite.so(m))
    if chance.random() < 0.7:
        return one, Said(
            f"({other.text} and m(t) is present)", lambda m: other.so(m) and m.cell.m is not None
        )
    return one, other


def levels(chance: random.Random) -> Pair:
    """A level or above, and the levels that are listed; or steps that are taken on either side."""
    way, steps = chance.randrange(3), chance.choice((0, 1, 1, 2))
    if way == 0:
        place = chance.randrange(1, len(LEVELS))
        listed = [each for each in LEVELS[place:] if chance.random() < 0.85] or [LEVELS[-1]]
        places = {LEVELS.index(each) for each in listed}
        return (
            _compared("at least", "g(t)", lambda m: m.cell.g, LEVELS[place], place),
            Said(f"g(t) in {{{', '.join(listed)}}}", lambda m: m.cell.g in places),
        )
    if way == 1:  # at least one step above is above
        word, wide, strict = chance.choice(
            (("plus", "at least", "more than"), ("minus", "at most", "less than"))
        )
        far = steps + chance.choice((0, 1, 1, 1))
        sign = 1 if word == "plus" else -1
        return _stepped(wide, word, far, sign), _stepped(strict, word, steps, sign)
    one = _stepped("at most", "plus", steps, 1)

    def turned(m: Moment) -> bool:
        return m.cell.g is not None and m.cell.g >= m.asked.to - steps

    return one, Said(f"g(t) at least to minus {steps}", turned)


def _stepped(how: str, word: str, steps: int, sign: int) -> Said:
    """A comparison of the level that is asked for with one that is so many steps from that of `t`."""
    right = ORDERS[how]
    far = f" {word} {steps}" if steps else ""
    return Said(
        f"to {how} g(t){far}", lambda m: m.cell.g is not None and right(m.asked.to, m.cell.g + sign * steps)
    )


def counts(chance: random.Random) -> Pair:
    """How many things there are, and the same with as many variables as it takes."""
    slot, apart = chance.choice("ab"), chance.random() < 0.4
    fact = f"{slot}(o) and o is not t" if apart else f"{slot}(o)"

    def many(m: Moment) -> int:
        return sum(
            bool(getattr(each, slot)) for t, each in enumerate(m.world.cells) if not (apart and t == m.thing)
        )

    how = chance.choice(list(COUNTS))
    right = COUNTS[how]
    one = Said(f"({how} o: Thing where {fact})", lambda m: right(many(m)))
    p, q = (f"{slot}({v}) and {v} is not t" if apart else f"{slot}({v})" for v in "pq")
    some = f"for some p: Thing, q: Thing where p is not q: {p} and {q}"
    way = chance.randrange(3)
    if way == 0:
        return one, Said(f"({some})", lambda m: many(m) >= 2)
    if way == 1:
        return one, Said(f"not ({some})", lambda m: many(m) <= 1)
    also = Said(f"(for some p: Thing: {p})", lambda m: many(m) > 0)
    return one, Said(f"(not ({some}) and {also.text})", lambda m: many(m) == 1)


def _written(money: Money, amount: int) -> str:
    if amount >= 0:
        return money.text(amount)
    return f"({money.text(0)} minus {money.text(-amount)})"

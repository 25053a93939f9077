"""Draws laws: what each has is drawn first, then its rules, and by what each rule is what it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product

from tests.day_by_day import traits
from tests.day_by_day.amounts import CAP, WORTH, Amount, graded
from tests.day_by_day.changes import by_era, since, until, writes_by_era
from tests.day_by_day.laws import ALWAYS, BEGUN, HEAD, NOT_STRUCK, NUMBERS, REST, WHY, Deed, Lapse, Law, Write
from tests.day_by_day.parts import Parts
from tests.day_by_day.statements import Kind, X
from tests.day_by_day.worlds import LEVELS, MOST, Cell, Day, Moment, Period, Said, Sent, Slot, So
from tests.day_by_day.writes import write

MANY = 16
"""Requests of one kind about one thing, at most, that are tried one after the other."""

_STRUCK = Said("c(t)", lambda m: m.cell.c)
_NOT_DONE = Said("not b(t)", lambda m: not m.cell.b)
_UNDATED = Said("x(t) is absent", lambda m: m.cell.x is None)
_ACTS = ("One", "Two")
_PAID = Amount("paid", lambda m: m.asked.paid)


def law(chance: random.Random) -> Law:
    """A random law."""
    return Drawing(chance, traits.drawn(chance)).law()


class Drawing(Parts):
    """A law that is being drawn."""

    # ----------------------------------------------------------- the whole

    def law(self) -> Law:
        """Draw it all."""
        chance, sayer = self.chance, self.sayer
        if chance.random() < 0.5:
            sayer.further.append(self._count)
        if "past" in self.has:
            self._past()
        self._bands()
        self._month_end()
        if "days that are defined" in self.has:
            self._defined_day()
        if "duty" in self.has:
            self._duty()
        deeds = (*(self._deed(number) for number in (1, 2)), *self._event(), *self._appointing())
        lapses: list[Lapse] = []
        for number in range(1, self._many_lapses() + 1):
            lapses += self._lapse(number)
        rules, cells = "".join(self.base), self._cells()
        text = f"{self._head()}{rules}{self.changes.text}"
        return Law(
            text,
            deeds,
            tuple(lapses),
            sayer,
            cells=cells,
            open=frozenset(self.open),
            eras=self.changes.eras,
            calendar=self.calendar,
            pivot=self.pivot if sayer.pivot or self.changes.eras or self.calendar else None,
            column=self.changes.column,
            pages=tuple(self.pages),
            shapes=self.shapes,
            money=self.pricer.money if self.pricer else None,
            exact=self.has.exact,
            sent=self._sent(rules + self.changes.text),
        )

    def _head(self) -> str:
        sayer, pricer = self.sayer, self.pricer
        lines, carried = [HEAD if not self.shapes else HEAD.replace("enum Act: One, Two\n", "")], []
        starts = ""
        if sayer.numbers:
            lines.append('quantity days "day" or "days", never negative\n')
            lines.append(f'{"fixed" if self.steady else "state"} n(Thing): days "the notice of {{1}}"\n')
            carried.append('    sent: days "number of days"\n')
            starts += "" if "n" in self.open else " and n(t) is 0 days"
        if pricer is not None:
            money = pricer.money
            decimals = f" with {money.decimals} decimals" if money.decimals else ""
            lines.append(f'quantity money "£"{decimals}{"" if money.below else ", never negative"}\n')
            lines.append(
                f'state m(Thing): {"optional " if money.optional else ""}money "the price of {{1}}"\n'
            )
            carried.append('    paid: money "sum"\n')
            if not money.open:
                starts += " and m(t) is absent" if money.optional else f" and m(t) is {money.text(0)}"
        if "levels" in self.has:
            lines.append(f"enum Level: {', '.join(LEVELS)} in order\n")
            lines.append('state g(Thing): Level "the level of {1}"\n')
            carried.append('    to: Level "level asked for"\n')
            starts += "" if "g" in self.open else " and g(t) is Low"
            if pricer is not None and pricer.fees:
                lines.append('fixed fee(Level): optional money from table fees: "fee"\n')
        lines += [self._request("".join(carried)), self.commencement, REST, f"{starts}\n"]
        if self.calendar is not None:
            lines.append(self.calendar.text)
        return "".join(lines)

    def _request(self, carried: str) -> str:
        if not self.shapes:
            return f'request "somebody does {{act}} to {{thing}}"\n    act: Act\n    thing: Thing\n{carried}'
        one = f'request one "somebody does one to {{thing}}" or "a first request"\n{carried}'
        two = 'request two "somebody does two to {thing}" or "a second request"\n'
        return f"request thing: Thing\n{one}{two}{carried if self.second else ''}"

    def _cells(self) -> tuple[Cell, ...]:
        """What a thing may be at a start, with a few of the numbers that there are."""
        chance, money = self.chance, self.pricer.money if self.pricer else None
        if self.sayer.numbers and (self.steady or chance.random() < 0.3):
            self.open.add("n")
        if "levels" in self.has and chance.random() < 0.3:
            self.open.add("g")
        numbers: tuple[int, ...] = tuple(NUMBERS) if "n" in self.open else (0,)
        levels: tuple[int, ...] = tuple(range(len(LEVELS))) if "g" in self.open else (0,)
        amounts: tuple[int | None, ...] = (0,)
        if money is not None and money.open:
            self.open.add("m")
            amounts = (0, 1, 2, 3, CAP, *((-1,) if money.below else ()), *((None,) if money.optional else ()))
        elif money is not None and money.optional:
            amounts = (None,)
        return tuple(Cell(n=n, m=m, g=place) for n, m, place in product(numbers, amounts, levels))

    def _sent(self, rules: str) -> tuple[Sent, ...]:
        """What requests may carry, as far as the rules speak of it."""

        def spoken(name: str, *several: int) -> tuple[int, ...]:
            return several if re.search(rf"\b{name}\b", rules) else several[:1]

        days, paid = spoken("(?:sent|k)", *range(MOST + 2)), spoken("(?:paid|k)", 0, 1, 2, 3, 5, 7)
        several = [Sent(*each) for each in product(days, paid, spoken("to", *range(len(LEVELS))))]
        return tuple(several if len(several) <= MANY else self.chance.sample(several, MANY))

    # --------------------------------------------------------------- requests

    def _deed(self, number: int) -> Deed:
        """What a request may do, and what it does."""
        carries = number == 1 or self.second
        old, new = (self._condition(number, carries=carries) for _ in range(2))
        how, name = self.changes.how("amended", "read"), f"c{number}"
        unless = self._condition(number, carries=carries) if self.chance.random() < 0.15 else None
        exempt, items = self._exempt(number, carries=carries)
        if items and self.chance.random() < 0.6:  # little is allowed but by the exceptions
            old, new = _STRUCK, _STRUCK
        if unless is not None:
            items += f"    applies unless {_asked(unless)} {WHY}\n"
        act = "" if self.shapes else f"    applies when act is {_ACTS[number - 1]} {WHY}\n"
        on = f", on {_ACTS[number - 1].lower()}" if self.shapes else ""

        def text(said: Said) -> str:
            head = f'check {name} for "{number}" at Desk{on}, reject with R{number}\n'
            return f'{head}{act}    requires {_asked(said)} inference "{name} asks"\n{items}'

        self.base.append(text(new if how == "plain" else old))
        if how == "read":
            self.changes.read.append(f'    in {name}, inference "{name} asks" means requires {_asked(new)}')
        elif how != "plain":
            self.changes.replace(how, name, text(new))
        required = by_era(how, old.so, new.so)
        free = unless.so if unless is not None else (lambda _m: False)
        return Deed(
            lambda m: required(m) or free(m) or exempt(m),
            self._effect(number, carries=carries),
        )

    def _condition(self, number: int, *, carries: bool) -> Said:
        sayer, pricer, chance = self.sayer, self.pricer, self.chance
        if self.has.exact and chance.random() < 0.7:  # and the first deed is often done once
            return _UNDATED if number == 1 and chance.random() < 0.7 else ALWAYS
        if number == 1 and chance.random() < 0.4:
            return chance.choice((_NOT_DONE, NOT_STRUCK, _UNDATED, ALWAYS))
        also: list[Kind] = [sayer.late]
        also += [] if sayer.past is None else [sayer.remembered] * 2
        also += [] if sayer.duty is None else [sayer.broken]
        if carries and sayer.numbers:
            also.append(lambda: Said("sent at most n(t)", lambda m: m.sent <= m.cell.n))
        if carries and pricer is not None:
            also += [partial(pricer.priced, _PAID)] * 2
        if carries and "levels" in self.has:
            also.append(partial(graded, sayer, asked=True))
        return sayer.plainly(*also) if chance.random() < 0.4 else sayer.statement(*also)

    def _exempt(self, number: int, *, carries: bool) -> tuple[So, str]:
        """Exceptions to a check, which may have exceptions of their own: when one holds, and how the check
        says that it is subject to them.
        """
        if "exceptions" not in self.has or (number == 2 and self.chance.random() < 0.5):
            return (lambda _m: False), ""
        clause = f"X{number}"
        holds = self._exceptions(clause, number, self.chance.choice((1, 2, 3)), carries=carries)
        return holds, f'    subject to "{clause}" {WHY}\n'

    def _exceptions(self, clause: str, number: int, depth: int, *, carries: bool) -> So:
        self.base.append(f'exceptions "{clause}"\n    any of {WHY}\n')
        holds = [
            self._limb(f"{clause}{letter}", clause, number, depth, carries=carries)
            for letter in "abc"[: self.chance.choice((1, 1, 2))]
        ]
        return lambda m: any(each(m) for each in holds)

    def _limb(self, name: str, clause: str, number: int, depth: int, *, carries: bool) -> So:
        old, new = (self._condition(number, carries=carries) for _ in range(2))
        if clause.endswith("x") and self.chance.random() < 0.6:  # what takes back is often so
            old, new = (self.chance.choice((_NOT_DONE, NOT_STRUCK, _UNDATED)) for _ in range(2))
        how, slot = self.changes.how("amended", "read"), self.chance.choice("abc")
        some = self.chance.random() < 0.25
        back: So = _never
        takes = ""
        if depth > 1 and self.chance.random() < 0.7:
            inner = f"{clause}{name[-1]}x"
            back = self._exceptions(inner, number, depth - 1, carries=carries)
            takes = f'    subject to "{inner}" inference "{inner} takes it back"\n'

        def text(said: Said) -> str:
            binder = " for some q: Thing" if some else ""
            head = f'limb "{name}" of "{clause}"{binder}\n'
            other = f'    {slot}(q) inference "of another"\n' if some else ""
            return f'{head}{other}    {_asked(said)} inference "{name} has it"\n{takes}'

        self.base.append(text(new if how == "plain" else old))
        if how == "read":
            self.changes.read.append(f'    in "{name}", inference "{name} has it" means {_asked(new)}')
        elif how != "plain":
            self.changes.replace(how, f'"{name}"', text(new))
        so = by_era(how, old.so, new.so)

        def holds(m: Moment) -> bool:
            other = not some or any(getattr(each, slot) for each in m.world.cells)
            return other and so(m) and not back(m)

        return holds

    def _effect(self, number: int, *, carries: bool) -> Callable[[Moment], tuple[Write, ...]]:
        chance, name = self.chance, f"e{number}"
        old, new = (self._written(number, carries=carries) for _ in range(2))
        how = self.changes.how("amended") if chance.random() < 0.4 else "plain"

        def text(writes: tuple[Write, ...]) -> str:
            head = (
                f"effect {name} on {_ACTS[number - 1].lower()}"
                if self.shapes
                else (f"effect {name} when act is {_ACTS[number - 1]}")
            )
            lines = [f"    {w.slot}(thing) becomes {_of_thing(w.text)} {WHY}\n" for w in writes]
            return "".join((f"{head}\n", *lines))

        self.base.append(text(new if how == "plain" else old))
        if how != "plain":
            self.changes.replace(how, name, text(new))
        return writes_by_era(how, old, new)

    def _written(self, number: int, *, carries: bool) -> tuple[Write, ...]:
        chance = self.chance
        slots: list[Slot] = []
        if self.sayer.numbers and not self.steady and chance.random() < 0.6:
            slots.append("n")
        if self.pricer is not None and chance.random() < 0.7:
            slots.append("m")
        if "levels" in self.has and chance.random() < 0.7:
            slots.append("g")
        more = chance.sample(slots, min(len(slots), 3 - number))
        if number == 1:
            first = (Write("a", "true", lambda _m: True), Write("x", "today", lambda m: m.today))
            return (*first, *(write(self.sayer, each, self.pricer, lapse=not carries) for each in more))
        own: list[Slot] = ["b", "y"] if chance.random() < 0.6 else ["b"]
        return tuple(write(self.sayer, each, self.pricer, lapse=not carries) for each in (*own, *more))

    # ----------------------------------------------------------------- lapses

    def _many_lapses(self) -> int:
        if self.has.exact:  # one that is not alone with its day is soon beside the point
            return self.chance.choice((0, 0, 1)) if {"past", "duty"} & self.has.names else 1
        return self.chance.choice((0, 1, 1, 2, 2, 3))

    def _lapse(self, number: int) -> list[Lapse]:
        name, clause = f"l{number}", f"L {number}"
        how = self.changes.how("amended", "read", "also")
        if how == "read":
            return [self._read_lapse(number)]
        new, new_text = self._one_lapse(number)
        if how == "plain":
            self.base.append(new_text)
            return [new]
        if how == "also":
            self.changes.read.append(f"    also {new_text}")
            return [new]
        if self.chance.random() < 0.3:  # it is inserted
            self.changes.insert(how, "1", new_text)
            return [_guarded(new, partial(since, how)) if isinstance(how, int) else new]
        old, old_text = self._one_lapse(number)
        self.base.append(old_text)
        if self.chance.random() < 0.25:
            self.changes.strike(how, f'"{clause}"')
            return [_guarded(old, partial(until, how))] if isinstance(how, int) else []
        self.changes.replace(how, name, new_text)
        if not isinstance(how, int):
            return [new]
        return [_guarded(old, partial(until, how)), _guarded(new, partial(since, how))]

    def _read_lapse(self, number: int) -> Lapse:
        """A lapse that falls on another day, or on another condition, than the law says by itself."""
        old, old_text = self._one_lapse(number)
        if self.chance.random() < 0.5:
            when = self.sayer.statement()
            self.changes.read.append(f"    in l{number}, when {when.text}")
            self.base.append(old_text)
            return replace(old, when=when.so)
        text, due = self._due()
        self.changes.read.append(f"    in l{number}, {text}")
        self.base.append(old_text)
        return replace(old, falls=partial(_falls, due), due=due[:2])

    def _due(self) -> tuple[str, tuple[Day, Period, bool]]:
        chance = self.chance
        day = X if self.has.exact and chance.random() < 0.75 else self.sayer.day(X)
        beyond, period = chance.random() < 0.5, self.sayer.period()
        return f"{'past' if beyond else 'on'} {day.text} plus {period.text}", (day, period, beyond)

    def _one_lapse(self, number: int) -> tuple[Lapse, str]:
        chance, sayer = self.chance, self.sayer
        past = sayer.past
        plain = past is not None and self._is_timeless(past.text)
        also = (sayer.remembered,) if plain else ()
        (text, due), when = self._due(), self._timeless(*also)
        exact = self.has.exact and chance.random() < 0.7
        if number == 1 and (exact or chance.random() < 0.6):
            when = chance.choice((BEGUN, ALWAYS if exact else _NOT_DONE))
        slots: list[Slot] = ["a", "a", "b", "b", "x", "y"]
        slots += ["n", "n"] if sayer.numbers and not self.steady else []
        slots += ["m", "m"] if self.pricer is not None else []
        slots += ["g", "g"] if "levels" in self.has else []
        if chance.random() < 0.85:  # two lapses that may write one thing are refused
            taken = {each for one, several in self.lapsed.items() if one != number for each in several}
            slots = [each for each in slots if each not in taken] or slots
        many = chance.randint(0, not exact) if number == 1 else chance.randint(1, 2)
        chosen = chance.sample(slots, min(len(slots), many))
        struck: list[Slot] = ["c"] if number == 1 else []
        writes = tuple(
            write(sayer, each, self.pricer, lapse=True) for each in dict.fromkeys((*struck, *chosen))
        )
        self.lapsed.setdefault(number, set()).update(each.slot for each in writes)
        head = f'lapse l{number} for "L {number}" with t: Thing {text} when {when.text}'
        lines = [head, *(f"    {w.slot}(t) becomes {w.text} {WHY}" for w in writes), ""]
        return Lapse(partial(_falls, due), when.so, writes, due[:2]), "\n".join(lines)

    def _timeless(self, *also: Kind) -> Said:
        """A statement for a lapse, which may say `today` but no definition that does."""
        while True:
            when = self.sayer.statement(*also)
            if self._is_timeless(when.text.replace("today", "")):
                return when

    def _is_timeless(self, text: str) -> bool:
        """Whether it does not say `today`, nor by a definition."""
        return "today" not in text and not (self.timely and WORTH in text)


def _never(_m: Moment) -> bool:
    return False


def _falls(due: tuple[Day, Period, bool], m: Moment) -> int | None:
    named, period, beyond = due
    day = named.of(m)
    return None if day is None else period.end(m, day) + beyond


def _guarded(lapse: Lapse, guard: Callable[[So], So]) -> Lapse:
    return replace(lapse, when=guard(lapse.when))


def _asked(said: Said) -> str:
    return _of_thing(said.text)


def _of_thing(text: str) -> str:
    """The text about the thing that a request is about."""
    return re.sub(r"\bt\b", "thing", text)

"""What a random law has and defines, and what it owes: all but its requests and lapses."""

from __future__ import annotations

import random
from functools import partial

from tests.day_by_day.amounts import WORTH, Band, Pricer, counted, graded
from tests.day_by_day.calendars import Calendar, calendar
from tests.day_by_day.changes import Changes, How, eras, said_by_era
from tests.day_by_day.laws import ALWAYS, BEGUN, NOT_STRUCK, WHY, Deed, Write
from tests.day_by_day.statements import RULES, Duty, Kind, Moved, Past, Sayer, X, Y, written
from tests.day_by_day.traits import Money, Traits
from tests.day_by_day.worlds import LEVELS, Day, Moment, Said, Slot

_PLAIN = (Said("(a(t))", BEGUN.so), Said("(b(t))", lambda m: m.cell.b), Said("(not c(t))", NOT_STRUCK.so))
FIRST, CYCLE = 738_000, 1461  # a day of the year 2021; the days from which stories begin


class Parts:
    """A law that is being drawn."""

    def __init__(self, chance: random.Random, has: Traits) -> None:
        self.chance, self.has = chance, has
        self.pivot = FIRST + chance.randrange(CYCLE)
        self.sayer = Sayer(chance, "numbers" in has, "months" in has, chance.randrange(3))
        found, self.commencement = eras(chance, self.pivot) if "eras" in has else ((), "")
        self.changes = Changes(chance, "reading" in has, found)
        self.calendar: Calendar | None = None
        if "working days" in has:
            self.calendar = calendar(chance, self.pivot)
            self.sayer.rest = self.calendar.rest
            self._move_a_holiday(self.calendar)
        if "written days" in has:
            self.sayer.pivot = self.pivot
            self.sayer.further.append(self.sayer.written)
        self.pages: list[str] = [] if self.calendar is None else [*self.calendar.pages]
        self.pricer = self._pricer()
        if "levels" in has:
            self.sayer.further += [partial(graded, self.sayer)] * 2
        self.base: list[str] = []
        self.open: set[Slot] = set()
        self.lapsed: dict[int, set[Slot]] = {}  # what the lapses of each number write
        self.steady = self.sayer.numbers and chance.random() < 0.2
        self.timely = False  # whether the bands turn as days go by
        self.shapes = "shapes" in has
        self.second = not self.shapes or chance.random() < 0.5

    def _move_a_holiday(self, calendar: Calendar) -> None:
        """Have a modification put a holiday on another day, from its own day on. What has been may not
        count by such a calendar, nor a definition that a lapse reads.
        """
        chance, many = self.chance, len(self.changes.eras)
        if not many or not calendar.holidays or {"past", "days that are defined"} & self.has.names:
            return
        number, old = chance.choice(list(enumerate(sorted(calendar.holidays))))
        days = [each for each in range(old - 3, old + 5) if calendar.may_be_moved_to(each)]
        if days and chance.random() < 0.8:
            era, new = chance.randrange(many), chance.choice(days)
            self.changes.amend_table(era, "holidays", f"H{number}", "day", written(new))
            self.sayer.moved = Moved(era, old, new)

    def _pricer(self) -> Pricer | None:
        chance = self.chance
        if "money" not in self.has:
            return None
        money = Money(chance.choice((0, 1, 2, 2)), *(chance.random() < odds for odds in (0.3, 0.3, 0.3)))
        pricer = Pricer(self.sayer, money)
        self.sayer.further += [pricer.priced] * 3
        if "levels" in self.has and chance.random() < 0.7:
            pricer.fees = tuple(chance.choice((None, 0, 1, 2, 4)) for _ in LEVELS)
            self.pages.append(pricer.table)
        return pricer

    # ------------------------------------------------------- what is defined

    def _count(self) -> Said:
        return self.sayer.fact() if self.sayer.alone else counted(self.sayer)

    def _past(self) -> None:
        sayer = self.sayer
        plain, chance = self.has.exact, self.chance

        def said(*also: Kind) -> Said:
            return chance.choice(_PLAIN) if plain and chance.random() < 0.75 else sayer.statement(*also)

        lasts, been = said(sayer.late), sayer.statement(sayer.late)
        sayer.alone = True  # of `since` and `as of`, a start says for every thing what is so
        kept, about = said(), said(sayer.late)
        if plain and chance.random() < 0.6:  # each comes about by one of the deeds, in either order
            kept, about = chance.sample(_PLAIN[:2], 2)
        sayer.past = Past(lasts, been, kept, about)
        sayer.alone = False

    def _bands(self) -> None:
        if self.pricer is None or "bands" not in self.has:
            return

        def band() -> Band:
            assert self.pricer is not None
            several = [self.sayer.statement() for _ in range(self.chance.choice((1, 2)))]
            if several[0].text == several[-1].text:  # the second would never be reached, and is refused
                several = several[:1]
            cases = [(self.pricer.amount(), each) for each in several]
            return Band(tuple(cases), self.pricer.literal() if self.chance.random() < 0.7 else None)

        old, new = band(), band()
        self.timely = "today" in old.text + new.text
        how = self._without_eras("amended")
        self.base.append(old.text if how != "plain" else new.text)
        if how == "amended":
            self.changes.replace(how, WORTH, new.text)
        elif how == "read":
            self.changes.read.append(f"    {new.text}")
        self.pricer.band = new

    def _month_end(self) -> None:
        sayer = self.sayer
        if not sayer.months:
            return
        rule, how = (
            f"define month-end: month-end-rule means {RULES[sayer.rule]}\n",
            self._without_eras("amended"),
        )
        if how == "plain":
            self.base.append(rule if sayer.rule or self.chance.random() < 0.5 else "")
            return
        other = RULES[self.chance.randrange(3)]
        self.base.append(f"define month-end: month-end-rule means {other} {WHY}\n")
        if how == "amended":
            self.changes.replace(how, "month-end", rule)
        else:
            self.changes.read.append(f"    {rule}")

    def _defined_day(self) -> None:
        """A day that a definition gives, case by case: of facts, for lapses may turn on no more."""
        sayer, slot = self.sayer, self.chance.choice("ab")
        one, other = self.chance.sample((X, Y), 2)
        period, otherwise = sayer.period(), self.chance.random() < 0.6
        rest = f", {other.text} otherwise" if otherwise else ""
        text = f"define due(t: Thing): date means {one.text} plus {period.text} when {slot}(t){rest}"

        def of(m: Moment) -> int | None:
            if getattr(m.cell, slot):
                return None if (day := one.of(m)) is None else period.end(m, day)
            return other.of(m) if otherwise else None

        self.base.append(f'{text} inference "as it is due"\n')
        sayer.days = [X, Y, Day("due(t)", of), Day("due(t)", of)]

    def _event(self) -> tuple[Deed, ...]:
        """What somebody outside brings about, with an amount or a day of theirs."""
        if "event" not in self.has:
            return ()
        when, pricer = self.sayer.statement(), self.pricer
        dated = pricer is None or self.chance.random() < 0.4
        most = self.chance.randint(0, 3)
        if dated:
            bounds = f"k no earlier than today and k no later than today plus {most} days"
            write = Write("y", "k", lambda m: m.today + m.sent)
        else:
            assert pricer is not None
            bounds = f"k at least {pricer.money.text(0)} and k at most {pricer.money.text(most)}"
            write = Write("m", "k", lambda m: m.asked.paid)
        self.base.append(
            f"event ev by the environment with t: Thing, k: {'date' if dated else 'money'}"
            f" when {when.text} and {bounds}\n    {write.slot}(t) becomes k {WHY}\n"
        )

        def may(m: Moment) -> bool:
            return when.so(m) and (m.sent if dated else m.asked.paid) <= most

        return (Deed(may, lambda _m: (write,), "ev"),)

    def _appointing(self) -> tuple[Deed, ...]:
        """That somebody appoints the day of commencement, or another one."""
        if not any(each.appointed for each in self.changes.eras):
            return ()
        most = self.chance.choice((1, 2, 3))
        self.base.append(
            "event appoint by the environment with k: date"
            f" when k later than today and k no later than today plus {most} days\n"
            f"    commencement becomes k {WHY}\n"
        )
        return (Deed(lambda m: 1 <= m.sent <= most, lambda _m: (), "appoint", appoints=True),)

    def _without_eras(self, *may: How) -> How:
        """By what something is what it is that cannot be one and then another."""
        odds = self.chance.random()
        if self.changes.readings and odds < 0.4:
            return "read"
        return "amended" if "amended" in may and odds > 0.9 else "plain"

    def _duty(self) -> None:
        """A duty about every thing, which the sayer may speak of from now on."""
        chance, sayer = self.chance, self.sayer
        dones = (
            Said("b(t)", lambda m: m.cell.b),
            Said("y(t) is present", lambda m: m.cell.y is not None),
        )
        whens = (BEGUN, NOT_STRUCK, ALWAYS)
        period, how = sayer.period(), self.changes.how("amended", "read")
        when, done = chance.choice(whens), chance.choice(dones)
        old_when, old_done, old_period = chance.choice(whens), chance.choice(dones), period
        if how != "read" and chance.random() < 0.5:
            old_period = sayer.period()
        before = (how, old_period) if isinstance(how, int) else None
        words = when, done

        def text(one: Said, other: Said, by: str) -> str:
            so = "" if one is ALWAYS else f" when {one.text}"
            head = f'duty owed for "D" of t with t: Thing by x(t) plus {by}{so}'
            return f"{head}\n    requires {other.text} {WHY}\n"

        if how == "read":
            self.base.append(text(old_when, done, period.text))
            self.changes.read.append(f"    in owed, when {when.text}")
        elif how == "plain":
            self.base.append(text(when, done, period.text))
        else:
            self.base.append(text(old_when, old_done, old_period.text))
            self.changes.replace(how, "owed", text(when, done, period.text))
            when, done = said_by_era(how, old_when, when), said_by_era(how, old_done, done)
        sayer.duty = Duty(when, done, period, words, before)

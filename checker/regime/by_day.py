"""Rules of two eras as one: what only one of them says counts on its own days, and what both say on all days.

Phrases stay with what they mean, so that stories quote the words that are in force on their day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from checker.model.commencement import Commencement, Days, also
from checker.model.duty import Duty
from checker.model.expressions import And, Cases, Formula, Located, Sort, Term, Truth
from checker.model.item import Item, ItemKind
from checker.model.items_by_day import on_days
from checker.model.model import Check, Effect, Event, Lapse, Limb, Update
from checker.model.unparse import days_text
from checker.regime.lists_compared import matched, merged

T = TypeVar("T", bound=Hashable)
Changing = TypeVar("Changing", Effect, Event, Lapse)
Guarded = TypeVar("Guarded", Effect, Event, Lapse, Duty)


@dataclass(frozen=True, slots=True)
class ByDay:
    """Puts rules of the law until a day (`old`) and from that day on (`new`) together."""

    commencement: Commencement

    @property
    def come(self) -> Days:
        """From the day on."""
        return Days(self.commencement, come=True)

    @property
    def ahead(self) -> Days:
        """Until the day."""
        return Days(self.commencement, come=False)

    # -------------------------------------------------------- conditions

    def condition(self, old: Formula | None, new: Formula | None) -> Formula | None:
        """When a rule applies, of which each era says when it does; None for always."""
        if old == new:
            return old
        return self.formula(old or Truth(value=True), new or Truth(value=True))

    def term(self, old: Term, new: Term, sort: Sort) -> Term:
        """What each era says on its own days."""
        return old if old == new else Cases(((new, self.come.formula),), old, sort)

    def formula(self, old: Formula, new: Formula) -> Formula:
        return old if old == new else And((self.come.of(new), self.ahead.of(old)))

    def located(self, old: Located, new: Located) -> Located:
        return replace(new, formula=self.formula(old.formula, new.formula))

    # ------------------------------------------------------------- items

    def items(self, old: Sequence[Item], new: Sequence[Item]) -> tuple[Item, ...]:
        """The items of a rule that both eras have."""
        return tuple(self._together(old, new, on_days))

    def _together(self, old: Sequence[T], new: Sequence[T], on: Callable[[T, Days], T]) -> Iterator[T]:
        """Yield what both have, and of each what the other lacks, on its own days."""
        for ours, mine, both in matched(old, new):
            if both:
                yield from mine
                continue
            yield from (on(each, self.ahead) for each in ours)
            yield from (on(each, self.come) for each in mine)

    def only_on(self, days: Days, kind: ItemKind) -> Item:
        """The item by which a rule that only one era has applies on its days."""
        verb = "are" if self.commencement.by[1:] else "is"
        inference = f"{self.commencement.names} {verb} {'' if days.come else 'not yet '}in force"
        meaning = Located(days.formula, self.commencement.span, days_text((days,)))
        return Item(kind, (), meaning, inference, "", self.commencement.span, (days,), only_days=True)

    # ------------------------------------------------------------- rules

    def checks(self, old: Sequence[Check], new: Sequence[Check]) -> Iterator[Check]:
        """Yield the checks of both, in their order. Those of one name have one heading."""
        was, now = {each.name: each for each in old}, {each.name: each for each in new}
        for name in merged(list(was), list(now)):
            one, other = was.get(name), now.get(name)
            if one is not None and other is not None:
                yield other if one == other else self._check(one, other)
            elif other is not None:
                yield replace(other, items=(self.only_on(self.come, "applies-when"), *other.items))
            elif one is not None:
                yield replace(one, items=(self.only_on(self.ahead, "applies-when"), *one.items))

    def _check(self, old: Check, new: Check) -> Check:
        return replace(
            new,
            items=self.items(old.items, new.items),
            limbs=tuple(self._limbs(old.limbs, new.limbs)),
            groups=tuple(dict.fromkeys((*old.groups, *new.groups))),
            like=new.like if new.like is not None else old.like,
        )

    def _limbs(self, old: Sequence[Limb], new: Sequence[Limb]) -> Iterator[Limb]:
        """Yield the limbs of both: one for a clause if each era has it once, about the same things."""
        was = {_path(each): each for each in old}
        now = {_path(each): each for each in new}
        single = len(was) == len(old) and len(now) == len(new)
        for ours, mine, both in matched(old, new):
            if both:
                yield from mine
                continue
            for each in ours:
                if not (single and _path(each) in now):
                    yield self._on_its_days(each, self.ahead)
            for each in mine:
                other = was.get(_path(each)) if single else None
                yield self._on_its_days(each, self.come) if other is None else self._limb(other, each)

    def _limb(self, old: Limb, new: Limb) -> Limb:
        if old == new:
            return new
        exceptions = self._limbs(old.exceptions, new.exceptions)
        return replace(new, items=self.items(old.items, new.items), exceptions=tuple(exceptions))

    def _on_its_days(self, limb: Limb, days: Days) -> Limb:
        return replace(limb, items=(self.only_on(days, "condition"), *limb.items))

    def changing(self, old: Iterable[Changing], new: Iterable[Changing]) -> Iterator[Changing]:
        """Yield the effects of both, or the events: those of one name are by the same party and about the
        same things.
        """
        was, now = {each.name: each for each in old}, {each.name: each for each in new}
        for name in merged(list(was), list(now)):
            one, other = was.get(name), now.get(name)
            if one is not None and other is not None:
                yield self._changing(one, other)
            elif other is not None:
                yield self.on(other, self.come)
            elif one is not None:
                yield self.on(one, self.ahead)

    def lapses(self, old: Sequence[Lapse], new: Sequence[Lapse]) -> Iterator[Lapse]:
        """Yield the lapses of both. What falls on another day, or for other things, is another lapse."""
        others = {each.name: each for each in new}
        for each in old:
            other = others.get(each.name)
            if other is not None and _falls(each) == _falls(other):
                yield self._changing(each, other)
                del others[each.name]
            else:
                yield self.on(each, self.ahead)
        yield from (self.on(each, self.come) for each in others.values())

    def on(self, rule: Guarded, days: Days) -> Guarded:
        """The rule, which applies on these days only."""
        items = (self.only_on(days, "applies-when"), *rule.items)
        return replace(rule, when=also(days.formula, rule.when), items=items)

    def _changing(self, old: Changing, new: Changing) -> Changing:
        """A rule that both have, which changes things."""
        if old == new:
            return new
        return replace(
            new,
            when=self.condition(old.when, new.when),
            updates=tuple(self._together(old.updates, new.updates, _update_on)),
            items=self.items(old.items, new.items),
        )


def _falls(lapse: Lapse) -> object:
    return lapse.day, lapse.variables


def _path(limb: Limb) -> object:
    return limb.clause, limb.above, limb.binders


def _update_on(update: Update, days: Days) -> Update:
    return replace(update, where=also(days.formula, update.where))

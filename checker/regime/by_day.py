"""Rules of two eras as one: what only one of them says counts on its own days, and what both say on all days.

Phrases stay with what they mean, so that stories quote the words that are in force on their day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeVar

from checker.model.commencement import Commencement, by_day, on_days_when, only_when
from checker.model.expressions import Cases, Formula, Located, Not, Sort, Term, Truth
from checker.model.model import Check, Effect, Event, Item, Lapse, Limb, Update
from checker.model.unparse import unparse

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ByDay:
    """Puts rules of the law until a day (`old`) and from that day on (`new`) together."""

    commencement: Commencement

    @property
    def come(self) -> Formula:
        return self.commencement.come

    @property
    def ahead(self) -> Formula:
        """That the day has not come."""
        return Not(self.come)

    # -------------------------------------------------------- conditions

    def condition(self, old: Formula | None, new: Formula | None) -> Formula | None:
        """When a rule applies, of which each era says when it does; None for always."""
        if old == new:
            return old
        return by_day(self.come, new or Truth(value=True), old or Truth(value=True))

    def term(self, old: Term, new: Term, sort: Sort) -> Term:
        """What each era says on its own days."""
        return old if old == new else Cases(((new, self.come),), old, sort)

    def formula(self, old: Formula, new: Formula) -> Formula:
        return old if old == new else by_day(self.come, new, old)

    def located(self, old: Located, new: Located) -> Located:
        return replace(new, formula=self.formula(old.formula, new.formula))

    # ------------------------------------------------------------- items

    def items(self, old: Sequence[Item], new: Sequence[Item]) -> tuple[Item, ...]:
        """The items of a rule that both eras have."""
        return tuple(self._together(old, new, _item_when))

    def _together(self, old: Sequence[T], new: Sequence[T], when: Callable[[Formula, T], T]) -> Iterator[T]:
        """Yield what both have, and of each what the other lacks, on its own days."""
        for ours, mine, both in matched(old, new):
            if both:
                yield from new[mine]
                continue
            yield from (when(self.ahead, each) for each in old[ours])
            yield from (when(self.come, each) for each in new[mine])

    def _alone(self, come: Formula, kind: str) -> Item:
        """The item by which a rule that only one era has applies on its days."""
        what = self.commencement.names
        verb = "are" if self.commencement.by[1:] else "is"
        inference = f"{what} {verb} {'not yet ' if come != self.come else ''}in force"
        meaning = Located(come, self.commencement.span, unparse(come))
        if kind == "condition":
            return Item("condition", (), meaning, inference, "", self.commencement.span)
        return Item("applies-when", (), meaning, inference, "", self.commencement.span)

    # ------------------------------------------------------------- rules

    def checks(self, old: Sequence[Check], new: Sequence[Check]) -> Iterator[Check]:
        """Yield the checks of both, in their order. Those of one name have one heading."""
        others = {each.name: each for each in new}
        mine = {each.name: each for each in old}
        for name in merged([each.name for each in old], [each.name for each in new]):
            was, now = mine.get(name), others.get(name)
            if was is not None and now is not None:
                yield now if was == now else self._check(was, now)
            elif now is not None:
                yield replace(now, items=(self._alone(self.come, "applies-when"), *now.items))
            elif was is not None:
                yield replace(was, items=(self._alone(self.ahead, "applies-when"), *was.items))

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
                yield from new[mine]
                continue
            for each in old[ours]:
                if not (single and _path(each) in now):
                    yield self._on_its_days(each, self.ahead)
            for each in new[mine]:
                other = was.get(_path(each)) if single else None
                yield self._on_its_days(each, self.come) if other is None else self._limb(other, each)

    def _limb(self, old: Limb, new: Limb) -> Limb:
        if old == new:
            return new
        exceptions = tuple(dict.fromkeys((*old.exceptions, *new.exceptions)))
        return replace(new, items=self.items(old.items, new.items), exceptions=exceptions)

    def _on_its_days(self, limb: Limb, come: Formula) -> Limb:
        return replace(limb, items=(self._alone(come, "condition"), *limb.items))

    def effects(self, old: Sequence[Effect], new: Sequence[Effect]) -> Iterator[Effect]:
        """Yield the effects of both."""
        was, now = {each.name: each for each in old}, {each.name: each for each in new}
        for name in merged(list(was), list(now)):
            one, other = was.get(name), now.get(name)
            if one is not None and other is not None:
                yield self._changing(one, other)
            elif other is not None:
                yield _when(self.come, other)
            elif one is not None:
                yield _when(self.ahead, one)

    def events(self, old: Sequence[Event], new: Sequence[Event]) -> Iterator[Event]:
        """Yield the events of both. Those of one name are by the same party and about the same things."""
        was, now = {each.name: each for each in old}, {each.name: each for each in new}
        for name in merged(list(was), list(now)):
            one, other = was.get(name), now.get(name)
            if one is not None and other is not None:
                yield self._changing(one, other)
            elif other is not None:
                yield _when(self.come, other)
            elif one is not None:
                yield _when(self.ahead, one)

    def lapses(self, old: Sequence[Lapse], new: Sequence[Lapse]) -> Iterator[Lapse]:
        """Yield the lapses of both. What falls on another day, or for other things, is another lapse."""
        others = {each.name: each for each in new}
        for each in old:
            other = others.get(each.name)
            if other is not None and _falls(each) == _falls(other):
                yield self._changing(each, other)
                del others[each.name]
            else:
                yield _when(self.ahead, each)
        yield from (_when(self.come, each) for each in others.values())

    def _changing(self, old: Changing, new: Changing) -> Changing:
        """A rule that both have, which changes things."""
        if old == new:
            return new
        return replace(
            new,
            when=self.condition(old.when, new.when),
            updates=tuple(self._together(old.updates, new.updates, _update_when)),
            items=self.items(old.items, new.items),
        )


Changing = TypeVar("Changing", Effect, Event, Lapse)


def _when(come: Formula, rule: Changing) -> Changing:
    return replace(rule, when=on_days_when(come, rule.when))


def _falls(lapse: Lapse) -> object:
    return lapse.day, lapse.variables


def _path(limb: Limb) -> object:
    return limb.clause, limb.above, limb.binders


def _item_when(come: Formula, item: Item) -> Item:
    """The item, which means something on its days only."""
    if item.meaning is None:
        return item
    inner = item.meaning.formula
    formula = on_days_when(come, inner) if item.kind == "applies-unless" else only_when(come, inner)
    return replace(item, meaning=replace(item.meaning, formula=formula))


def _update_when(come: Formula, update: Update) -> Update:
    return replace(update, where=on_days_when(come, update.where))


def matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[slice, slice, bool]]:
    """Yield the stretches of two sequences in order, and whether they are the same in both."""
    for how, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield slice(start, end), slice(first, last), how == "equal"


def merged(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The names of both, each once, in the order of either as far as they agree."""
    found: dict[str, None] = {}
    for ours, mine, _ in matched(old, new):
        found.update(dict.fromkeys((*old[ours], *new[mine])))
    return tuple(found)

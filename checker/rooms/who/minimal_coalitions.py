"""Finds the minimal coalitions that can bring something about, and the maximal ones that cannot."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from checker.model.expressions import Term
from checker.model.mixture import common_model
from checker.model.model import Model
from checker.prove.minimal_sets import hitting_sets
from checker.question.verdict import Result
from checker.rooms.who.ask_in_turn import Asking
from checker.rooms.who.claims import Coalition, Forms, WhoCan
from checker.rooms.who.coalitions import Able, Barred, Who
from checker.rooms.who.members import candidates, senders

OTHERS: Final = (1, 2)  # units that stand for one user whom nothing names, and for a second one
LARGEST: Final = 4  # members of the coalitions that are tried
TRIED: Final = 100  # coalitions of several members that are tried

Unit: TypeAlias = Term | int
"""What a coalition has or has not: those whom a term names, or so many whom no term names."""


def who(asked: WhoCan, asking: Asking, first: int = 0) -> Who:
    """Who can bring the goal about in the column that is asked of. `first`: how many numbers of claims are
    left to other columns. Raises SpecError if the question cannot be asked there.
    """
    return Search(asked, asking, first).found()


@dataclass(slots=True)
class Search:
    """One question in one column. `able`: the coalitions found so far; `bars`: what was found of everybody
    but some; `few`: what was found of them only where few have no name; `open`: what is left open; `tried`:
    coalitions, and whether they can.
    """

    asked: WhoCan
    asking: Asking
    first: int
    model: Model = field(init=False)
    forms: Forms = field(init=False)
    able: dict[Coalition, Result] = field(default_factory=dict)
    bars: dict[frozenset[Unit], Result] = field(default_factory=dict)
    few: dict[tuple[Term, ...], Result] = field(default_factory=dict)
    open: list[Result] = field(default_factory=list)
    tried: dict[Coalition, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        regime = self.asking.regime
        self.model = common_model(regime.rules(self.asking.column))
        known = self.asked.members or tuple(candidates(self.model, self.asked.variables))
        self.forms = Forms(regime, self.asked, senders(self.model).sort, known, first=self.first)

    def found(self) -> Who:
        """Everything, from whether anything need be done at all."""
        ask, forms = self.asking.ask, self.forms
        already = ask(forms.already())
        if already.verdict != "refuted":
            return self._told(already, (), ())
        forms.wanting = ask(forms.never_yet()).verdict == "proved"
        everybody = self._all_of_them(())
        if everybody.verdict == "refuted":
            never = ask(forms.everybody(never=True))
            self.open += self.few.values()
            return self._told(already, (), (Barred((), result=everybody, never=never),))
        self._names()
        for each in forms.known:
            self._can(Coalition((each,)))
        self._can(Coalition(others=1))
        self._complete()
        able = tuple(self._distinct())
        return self._told(already, able, tuple(self._barred(able)))

    def _names(self) -> None:
        """The terms that name a user in every situation."""
        named = {each: self.asking.ask(self.forms.named((each,))) for each in self.forms.known}
        self.forms.always = frozenset(each for each, found in named.items() if found.verdict == "proved")

    # ------------------------------------------------------------ coalitions

    def _can(self, coalition: Coalition) -> bool:
        """Whether the coalition can. If so, it is kept as one of those that can."""
        if coalition not in self.tried:
            self.tried[coalition] = self._found_able(coalition)
        return self.tried[coalition]

    def _found_able(self, coalition: Coalition) -> bool:
        if not coalition.others and not self.forms.always.intersection(coalition.named):
            there = self.asking.ask(self.forms.named(coalition.named))
            if there.verdict != "proved":
                self.open += [there] if there.verdict != "refuted" else []
                return False
        result = self.asking.ask(self.forms.able(coalition, next_step=True))
        if result.verdict != "proved":
            result = self.asking.ask(self.forms.able(coalition))
        if result.vacuous:  # there never are so many without a name
            return False
        if result.verdict == "proved":
            self.able[coalition] = result
        elif result.verdict != "refuted":
            self.open.append(result)
        return result.verdict == "proved"

    def _complete(self) -> None:
        """Ask of everybody but those who hit all coalitions known, until that finds no new one."""
        while True:
            for hit in self._hits(self.able):
                if hit in self.bars:
                    continue
                found = self._bar(hit)
                if found.verdict != "refuted" and self._within(hit, found):
                    break
                self.bars[hit] = found
                self.open += [found] if found.verdict != "refuted" else []
            else:
                named = [self._terms(hit) for hit in self._hits(self.able) if _left(hit) is None]
                self.open += [self.few[each] for each in named if each in self.few]
                return

    def _hits(self, coalitions: Iterable[Coalition]) -> tuple[frozenset[Unit], ...]:
        """Every minimal set with a member of each of the coalitions."""
        return hitting_sets((*self.forms.known, *OTHERS), map(_units, coalitions))

    def _bar(self, hit: frozenset[Unit]) -> Result:
        """What becomes of everybody but those of `hit`."""
        left = _left(hit)
        if left is None:
            return self._all_of_them(self._terms(hit), self.forms.known)
        rest = Coalition(tuple(each for each in self.forms.known if each not in hit), left)
        return self.asking.ask(self.forms.able(rest) if rest.named or left else self.forms.already())

    def _all_of_them(self, named: tuple[Term, ...], apart: tuple[Term, ...] = ()) -> Result:
        """Everybody but those who are named, however many they are: kept if it is shown of a few only."""
        result, few = self._all_but(named, apart)
        if few:
            self.few[named] = result
        return result

    def _all_but(self, named: tuple[Term, ...], apart: tuple[Term, ...]) -> tuple[Result, bool]:
        """Everybody but those who are named, and whether they are known to fail only where no more than a few
        have no name. That nobody else is there is no reason why they could not.
        """
        result = self.asking.ask(self.forms.without(named, apart) if named else self.forms.everybody())
        for others in OTHERS:
            if not result.evidence.alone:
                return result, False
            further = self.asking.ask(self.forms.without(named, apart, others=others))
            if further.vacuous:  # there never are so many
                return result, False
            result = further
        return result, result.evidence.alone

    def _within(self, hit: frozenset[Unit], found: Result) -> bool:
        """Whether a new coalition is found that has nobody of `hit`: of those first that the strategies of
        everybody else name."""
        left = _left(hit)
        others = len(OTHERS) if left is None else left
        known = tuple(each for each in self.forms.known if each not in hit)
        sender = senders(self.model).name
        acting = {way.parameters.get(sender) for way in found.evidence.ways}
        likely = tuple(each for each in known if each in acting)
        sets = itertools.chain(_coalitions(likely, others), _coalitions(known, others))
        fresh = (each for each in sets if not any(old.within(each) for old in self.able))
        return any(self._can(each) for each in itertools.islice(fresh, TRIED))

    # ---------------------------------------------------------------- traps

    def _distinct(self) -> Iterator[Able]:
        """Those who can, without any whose members are always those of another one, and more perhaps."""
        kept: list[Able] = []
        for coalition, result in sorted(self.able.items(), key=lambda each: _size(each[0])):
            for number, each in enumerate(kept):
                if self._among(each.coalition, coalition):
                    kept[number] = replace(each, also=(*each.also, coalition))
                    break
            else:
                larger = [each for each in kept if self._among(coalition, each.coalition)]
                also = tuple(name for each in larger for name in (each.coalition, *each.also))
                kept = [each for each in kept if each not in larger]
                kept.append(Able(coalition, result, also))
        yield from kept

    def _among(self, some: Coalition, others: Coalition) -> bool:
        if some.others or others.others or not some.named:
            return False
        return self.asking.ask(self.forms.among(some, others)).verdict == "proved"

    def _barred(self, able: tuple[Able, ...]) -> Iterator[Barred]:
        acting = tuple(dict.fromkeys(term for each in able for term in each.coalition.named))
        for hit in self._hits(each.coalition for each in able):
            named, left = self._terms(hit), _left(hit)
            result = self._all_but(named, acting)[0] if left is None else None
            if result is None or result.verdict != "refuted":
                # Found for more names than these, where some are other names of the same users.
                bars = (found for known, found in self.bars.items() if hit <= known and _left(known) == left)
                result = next(bars, result) or self._bar(hit)
            never = None
            if named and left is None:
                never = self.asking.ask(self.forms.without(named, never=True))
            yield Barred(named, result, never, left)

    def _terms(self, hit: Iterable[Unit]) -> tuple[Term, ...]:
        return tuple(each for each in self.forms.known if each in set(hit))

    def _told(self, already: Result, able: tuple[Able, ...], barred: tuple[Barred, ...]) -> Who:
        """What was found, with the claims that it rests on."""
        shown = [already, *self.bars.values(), *self.open]
        shown += [self.asking.ask(self.forms.never_yet())] if barred else []
        for one in able:
            shown += [one.result, *self._presence(one.coalition)]
            shown += [self.asking.ask(self.forms.among(one.coalition, each)) for each in one.also]
        for bar in barred:
            shown += [bar.result, *((bar.never,) if bar.never is not None else ())]
        known = self.forms.known if able else ()
        asks = self.asking.kept(shown)
        undecided = tuple(self.open)
        return Who(
            self.asked, self.asking.column, already, known, self.forms.always, able, barred, undecided, asks
        )

    def _presence(self, coalition: Coalition) -> Iterator[Result]:
        """That the coalition has a member in every situation."""
        always = self.forms.always
        yield from (self.asking.ask(self.forms.named((each,))) for each in coalition.named if each in always)
        if coalition.named and not coalition.others and not always.intersection(coalition.named):
            yield self.asking.ask(self.forms.named(coalition.named))


def _units(coalition: Coalition) -> frozenset[Unit]:
    return frozenset((*coalition.named, *OTHERS[: coalition.others]))


def _left(hit: frozenset[Unit]) -> int | None:
    """How many whom nothing names are left without those of `hit`; None for all of them."""
    return next((each - 1 for each in OTHERS if each in hit), None)


def _size(coalition: Coalition) -> int:
    return len(coalition.named) + coalition.others


def _coalitions(terms: tuple[Term, ...], others: int) -> Iterator[Coalition]:
    """Yield the coalitions of several members, smaller ones first."""
    for size in range(2, LARGEST + 1):
        for more in range(min(others, size) + 1):
            for named in itertools.combinations(terms, size - more):
                yield Coalition(named, more)

"""Makes the situation of a case as small as can be, and names what is in it by its place: a case reads well,
and is the same case whatever happened on the way to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias, TypeVar

from checker.model.evaluate import Rules
from checker.model.expressions import FACT
from checker.model.fewer_days_off import with_fewer_days_off
from checker.model.mixture import common_model
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step
from checker.rooms.cases.played import Case, NotPlayed, Played, places_told, plainest, play

Thing: TypeAlias = tuple[str, str]
"""A thing: its sort, and its name."""
Place: TypeAlias = tuple[str, tuple[str, ...]]
Trail: TypeAlias = list[object]
S = TypeVar("S")


def smaller(rules: Rules, case: Case, keeps: Callable[[Case], bool]) -> Case:
    """The same steps from a situation without what makes no difference, with its things named by their place.
    `keeps`: whether a case shows still what it is for.
    """
    return canonical(common_model(rules), _Smaller(rules, case, keeps).found())


def trail(played: Iterable[Played]) -> Trail:
    """What becomes of every step, and why: of requests, whether each check applies and is met, and what
    exempts from it; of all, what they change.
    """
    found: Trail = []
    for each in played:
        checks = () if each.decision is None else each.decision.checks
        found.append(
            [
                (x.check.name, x.component, x.applies, x.met, tuple(limb.holds for limb in x.limbs))
                for x in checks
            ]
        )
        before, after = each.before.values.items(), each.after.values.items()
        found.append((sorted(after - before, key=repr), sorted(before - after, key=repr)))
    return found


class _Smaller:
    """The work on one case."""

    def __init__(self, rules: Rules, case: Case, keeps: Callable[[Case], bool]) -> None:
        self.rules, self.case, self.keeps = rules, case, keeps
        self.model = common_model(rules)
        self.played = play(rules, case)
        self.before = trail(self.played)

    def found(self) -> Case:
        if self.keeps(self.case):
            with_fewer_days_off(self.case.start, self._try)
            self._drop_things()
            self._drop_values()
            self._plain_values()
        return self.case

    def _try(self, situation: Situation) -> bool:
        """Take the situation, if everything then becomes of the steps that did, for the same reasons."""
        case = replace(self.case, start=situation)
        try:
            played = play(self.rules, case)
        except NotPlayed:
            return False
        if trail(played) != self.before or not self.keeps(case):
            return False
        self.case, self.played = case, played
        return True

    def _try_all(self, spare: list[S], fewer: Callable[[list[S]], Situation]) -> None:
        """Go without as many of these as can be: halves first."""
        waiting = [spare]
        while waiting:
            some = waiting.pop()
            if some and not self._try(fewer(some)) and len(some) > 1:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]

    def _drop_things(self) -> None:
        known = {each.name for each in self.model.constants.values()}
        known.update(name for each in self.case.steps for name in _carried(each).values())
        things = self.case.start.things.items()
        spare = [(sort, each) for sort, named in things for each in named if each not in known]
        near = {each for place in self._told() for each in place[1]}
        far = [each for each in spare if each[1] not in near]
        if self._try(without(self.model, self.case.start, far)):
            spare = [each for each in spare if each not in far]
        self._try_all(spare, lambda some: without(self.model, self.case.start, some))

    def _drop_values(self) -> None:
        """Leave out what may be absent or false and that no decision is told to rest on."""
        told, functions = self._told(), self.model.functions
        spare = [
            place
            for place in self.case.start.values
            if place not in told and (functions[place[0]].optional or functions[place[0]].result == FACT)
        ]
        self._try_all(
            spare,
            lambda some: self._with(
                {place: value for place, value in self.case.start.values.items() if place not in some}
            ),
        )

    def _with(self, values: Mapping[Place, str | bool]) -> Situation:
        return replace(self.case.start, values=values)

    def _plain_values(self) -> None:
        """Give everything else the first value of its enum, or nothing."""
        told = self._told()
        for place, value in tuple(self.case.start.values.items()):
            plain = plainest(self.model.functions[place[0]].result)
            if place not in told and plain is not None and value != plain:
                self._try(self._with({**self.case.start.values, place: plain}))

    def _told(self) -> set[Place]:
        told = places_told(self.rules, self.played)
        return {(place.function, place.arguments) for place, _ in told}


def _carried(step: Step) -> Mapping[str, str]:
    """What a step carries: parameter -> value."""
    return step.arguments if step.request is None else step.request.values


def without(model: Model, situation: Situation, dropped: Iterable[Thing]) -> Situation:
    """The situation without some things and all that is said of them."""
    gone = set(dropped)
    things = {
        sort: tuple(each for each in known if (sort, each) not in gone)
        for sort, known in situation.things.items()
    }
    values = {
        place: value
        for place, value in situation.values.items()
        if not any(each in gone for each in _things_of(model, place, value))
    }
    return replace(situation, things=things, values=values)


def _things_of(model: Model, place: tuple[str, tuple[str, ...]], value: str | bool) -> Iterator[Thing]:
    function = model.functions[place[0]]
    for sort, each in zip((*function.parameters, function.result), (*place[1], value), strict=True):
        if isinstance(each, str) and sort.has_things:
            yield sort.name, each


def canonical(model: Model, case: Case) -> Case:
    """The same with every thing named by its place: in the steps first, then in what is said."""
    carried = (thing for each in case.steps for thing in _things_carried(model, each))
    names = names_by_place(model, case.start, carried)
    return Case(
        renamed(model, case.start, names), tuple(_renamed_step(model, each, names) for each in case.steps)
    )


def _sorts(model: Model, step: Step) -> Mapping[str, str]:
    """The sort of every parameter of a step."""
    event = model.events.get(step.event or "")
    declared = model.request if step.request is not None else event.parameters if event else ()
    return {each.name: each.sort.name for each in declared if each.sort.has_things}


def _things_carried(model: Model, step: Step) -> Iterator[Thing]:
    carried = _carried(step)
    yield from ((sort, carried[name]) for name, sort in _sorts(model, step).items() if name in carried)


def _renamed_step(model: Model, step: Step, names: Mapping[Thing, str]) -> Step:
    sorts = _sorts(model, step)
    given = {name: names.get((sorts.get(name, ""), each), each) for name, each in _carried(step).items()}
    return replace(step, arguments=given) if step.request is None else replace(step, request=Request(given))


def names_by_place(model: Model, situation: Situation, first: Iterable[Thing]) -> Mapping[Thing, str]:
    """Names for all things but constants, in this order, then in that of the vocabulary."""
    constants = {(each.sort.name, each.name) for each in model.constants.values()}
    names: dict[Thing, str] = {}
    counted: dict[str, int] = {}

    def name(thing: Thing) -> None:
        if thing not in names and thing not in constants:
            counted[thing[0]] = counted.get(thing[0], 0) + 1
            names[thing] = f"{thing[0].lower()}-{counted[thing[0]]}"

    for each in first:
        name(each)
    left = set(situation.values)
    while left:  # what is said of things that have a name, in their order, first
        at = min(
            left, key=partial(_rank, model, {each: number for number, each in enumerate(names)}, constants)
        )
        left.discard(at)
        for each in _things_of(model, at, situation.values[at]):
            name(each)
    for sort, things in situation.things.items():
        for thing in things:
            name((sort, thing))
    return names


def _rank(
    model: Model, ranks: Mapping[Thing, int], constants: set[Thing], place: Place
) -> tuple[int, int, list[int], tuple[str, ...]]:
    """In which order places are gone through: those with the fewest new things first."""
    sorts = model.functions[place[0]].parameters
    things = [(sort, (sort.name, each)) for sort, each in zip(sorts, place[1], strict=True)]
    known = [
        sort.values.index(each[1]) if sort.is_enum else ranks.get(each, len(ranks))
        for sort, each in things
        if not sort.is_quantity
    ]
    new = sum(sort.has_things and each not in ranks and each not in constants for sort, each in things)
    return new, list(model.functions).index(place[0]), known, place[1]


def renamed(model: Model, situation: Situation, names: Mapping[Thing, str]) -> Situation:
    """The situation with other names for its things, in the order of the names."""
    order = {name: number for number, name in enumerate(names.values())}
    things = {
        sort: tuple(sorted((names.get((sort, each), each) for each in known), key=lambda n: order.get(n, -1)))
        for sort, known in situation.things.items()
    }
    values = {}
    for (function, arguments), value in situation.values.items():
        declared = model.functions[function]
        place = tuple(
            names.get((sort.name, each), each)
            for sort, each in zip(declared.parameters, arguments, strict=True)
        )
        new = names.get((declared.result.name, value), value) if isinstance(value, str) else value
        values[function, place] = new
    return replace(situation, things=things, values=dict(sorted(values.items())))

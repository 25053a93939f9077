"""A concrete world: a column of a regime with so many things of every sort, all its situations and steps.

Nothing here knows of solvers or engines. A situation is a tuple with one value for every place (a function
at arguments; None: absent or false). What it means is asked of `checker.model.evaluate`, and remembered by
what was looked up for the answer: where that much is the same, so is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Generic, TypeAlias, TypeVar

from checker.model.claim import Column
from checker.model.evaluate import (
    Environment,
    Rules,
    apply_event,
    apply_request,
    decide,
    event_enabled,
    holds,
    members,
    routing_model,
    well_formed,
)
from checker.model.expressions import FACT
from checker.model.model import Function, Model
from checker.model.situation import Instance, Request, Situation, Step
from checker.regime.regime import Regime

Value: TypeAlias = str | bool | None
State: TypeAlias = tuple[Value, ...]
Where: TypeAlias = tuple[str, tuple[str, ...]]
Writes: TypeAlias = tuple[tuple[int, Value], ...]
T = TypeVar("T")

UNTOUCHED = "untouched"  # what a place holds, for updates to overwrite


class TooMany(Exception):
    """The world has more situations than it is worth going through."""


class Watched(dict[Where, str | bool]):
    """The values of a situation; what is looked up is noted."""

    def __init__(self, world: World, moment: int, state: State, seen: dict[tuple[int, int], None]) -> None:
        super().__init__(dict.fromkeys(world.index, UNTOUCHED))
        self.world, self.moment, self.state, self.seen = world, moment, state, seen

    def get(self, key: Where, default: Value = None) -> Value:  # type: ignore[override]
        place = self.world.index[key]
        self.seen[self.moment, place] = None
        value = self.state[place]
        return default if value is None else value


@dataclass(slots=True)
class Branch:
    """What was looked up next, and what follows from each value found."""

    moment: int
    place: int
    ways: dict[Value, object]


class Recall(Generic[T]):
    """Remembers what `compute` makes of one situation, or of two, by what it looked up."""

    def __init__(self, world: World, compute: Callable[..., T]) -> None:
        self.world, self.compute = world, compute
        self._root: object = None

    def __call__(self, *states: State) -> T:
        node = self._root
        while type(node) is Branch:
            node = node.ways.get(states[node.moment][node.place])
        return node[0] if type(node) is tuple else self._miss(states)

    def _miss(self, states: tuple[State, ...]) -> T:
        seen: dict[tuple[int, int], None] = {}
        given = (
            Situation(self.world.things, Watched(self.world, moment, state, seen), self.world.versions)
            for moment, state in enumerate(states)
        )
        result = self.compute(*given)
        node: object = (result,)
        path = list(seen)
        known = self._root
        at = 0
        holder: Branch | None = None
        while type(known) is Branch:
            holder, at = known, at + 1
            known = known.ways.get(states[known.moment][known.place])
        for moment, place in reversed(path[at:]):
            node = Branch(moment, place, {states[moment][place]: node})
        if holder is None:
            self._root = node
        else:
            holder.ways[states[holder.moment][holder.place]] = node
        return result


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One concrete step. `sender`: of a request; `leads` answers what it writes, None where it cannot be."""

    step: Step
    sender: str | None
    leads: Callable[[State], Writes | None]

    def after(self, state: State) -> State | None:
        """The situation after the step; None if it cannot be taken."""
        writes = self.leads(state)
        if writes is None:
            return None
        if not writes:
            return state
        values = list(state)
        for place, value in writes:
            values[place] = value
        return tuple(values)


class World:
    """A column with the things named; `versions` other than the column's own may be deployed."""

    def __init__(
        self,
        regime: Regime,
        column: Column,
        things: Mapping[str, tuple[str, ...]],
        versions: Mapping[Instance, str] | None = None,
        also: tuple[str, ...] = (),
        *,
        most: int,
    ) -> None:
        """`also`: versions whose rules are needed because they may be deployed; `most`: situations that are
        worth going through."""
        self.regime, self.column, self.things, self.most = regime, column, things, most
        self._ways: dict[State, tuple[tuple[Taken, State], ...]] = {}
        self.kept: bool | None = None  # whether every step keeps the axioms, once that is known
        self._fit: dict[tuple[tuple[str, str], ...], Recall[bool]] = {}
        rules = dict(regime.rules(column))
        for name in also:
            rules |= regime.rules(Column(name, column.readings, column.without))
        self.rules: Rules = rules
        self.versions = dict(regime.deployed(column) if versions is None else versions)
        self.model: Model = next(iter(rules.values()))
        self.empty = Situation(things, {}, self.versions)
        self.routing = routing_model(rules, self.empty)
        places = [(f, at) for f in self.model.functions.values() for at in self._arguments(f)]
        self.places: tuple[Where, ...] = tuple((f.name, at) for f, at in places)
        self.index: dict[Where, int] = {each: number for number, each in enumerate(self.places)}
        self.domains: tuple[tuple[Value, ...], ...] = tuple(self._domain(f) for f, _ in places)

    def _arguments(self, function: Function) -> Iterator[tuple[str, ...]]:
        tables = [each.functions[function.name].table for each in self.rules.values()]
        known = {at for table in tables if table is not None for at in table.entries}
        for at in product(*(members(each, self.empty) for each in function.parameters)):
            if at not in known:
                yield at

    def _domain(self, function: Function) -> tuple[Value, ...]:
        if function.result == FACT:
            return (None, True)
        values = members(function.result, self.empty)
        return (None, *values) if function.optional else values

    @property
    def size(self) -> int:
        """How many situations there are, axioms or no."""
        count = 1
        for each in self.domains:
            count *= len(each)
        return count

    @property
    def peopled(self) -> bool:
        """There is something of every sort besides what the rules name."""
        constants = set(self.model.constants)
        return all(not constants.issuperset(names) for names in self.things.values())

    # ---------------------------------------------------------- situations

    def state(self, situation: Situation) -> State:
        """The tuple for a situation with these things."""
        return tuple(situation.values.get(place) or None for place in self.places)

    def situation(self, state: State) -> Situation:
        """The situation for a tuple."""
        values = {place: value for place, value in zip(self.places, state, strict=True) if value is not None}
        return Situation(self.things, values, self.versions)

    @cached_property
    def within(self) -> Recall[bool]:
        """Whether a situation is within the axioms of every version deployed."""
        models = [self.rules[each] for each in dict.fromkeys(self.versions.values())]

        def test(situation: Situation) -> bool:
            return all(
                holds(axiom.formula.formula, Environment(model, situation, rules=self.rules))
                for model in models
                for axiom in model.axioms
            )

        return Recall(self, test)

    @cached_property
    def starting(self) -> Recall[bool]:
        """Whether stories may start in a situation within the axioms."""

        def test(situation: Situation) -> bool:
            env = Environment(self.routing, situation, rules=self.rules)
            return all(holds(each.formula, env) for each in self.routing.start)

        return Recall(self, test)

    @cached_property
    def situations(self) -> tuple[State, ...]:
        """Every situation within the axioms. Raises TooMany."""
        if self.size > self.most:
            raise TooMany(f"{self.size} situations")
        return tuple(each for each in product(*self.domains) if self.within(each))

    # --------------------------------------------------------------- steps

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        """Every request that may be well-formed."""
        choices: list[tuple[Value, ...]] = []
        for each in self.model.request:
            values = members(each.sort, self.empty)
            choices.append((None, *values) if each.optional or each.when is not None else values)
        names = [each.name for each in self.model.request]
        found = []
        for chosen in product(*choices):
            carried = zip(names, chosen, strict=True)
            found.append(Request({name: str(value) for name, value in carried if value is not None}))
        return tuple(found)

    def fit(self, request: Request) -> Recall[bool]:
        """Whether the request is well-formed."""
        key = tuple(sorted(request.values.items()))
        if key not in self._fit:
            self._fit[key] = Recall(self, lambda here: well_formed(self.routing, here, request))
        return self._fit[key]

    @cached_property
    def taken(self) -> tuple[Taken, ...]:
        """Every step that can be taken somewhere."""
        found = [self.step(Step("request", request=request)) for request in self.requests]
        for event in self.routing.events.values():
            choices: list[tuple[Value, ...]] = []
            for each in event.parameters:
                values = members(each.sort, self.empty)
                choices.append((None, *values) if each.optional else values)
            for chosen in product(*choices):
                pairs = zip((each.name for each in event.parameters), chosen, strict=True)
                arguments = {name: str(value) for name, value in pairs if value is not None}
                found.append(self.step(Step("event", event=event.name, arguments=arguments)))
        return tuple(found)

    def step(self, step: Step) -> Taken:
        """A step, with what comes of it."""
        if step.request is None:
            return Taken(step, None, self._happening(step.event or "", step.arguments))
        sender = next(each.name for each in self.model.request if not each.sort.is_enum)
        return Taken(step, step.request.values.get(sender), self._accepted(step.request))

    def _accepted(self, request: Request) -> Recall[Writes | None]:
        def leads(situation: Situation) -> Writes | None:
            if not well_formed(self.routing, situation, request):
                return None
            if not decide(self.rules, situation, request).accepted:
                return None
            return self._written(apply_request(self.rules, situation, request))

        return Recall(self, leads)

    def _happening(self, event: str, arguments: Mapping[str, str]) -> Recall[Writes | None]:
        def leads(situation: Situation) -> Writes | None:
            if not event_enabled(self.routing, situation, event, arguments):
                return None
            return self._written(apply_event(self.routing, situation, event, arguments))

        return Recall(self, leads)

    def _written(self, after: Situation) -> Writes:
        """The places that an update has overwritten, even with what they were."""
        values = dict(after.values)
        found = ((number, values.get(place)) for place, number in self.index.items())
        return tuple((number, value) for number, value in found if value != UNTOUCHED)

    def ways(self, state: State) -> tuple[tuple[Taken, State], ...]:
        """Every step that can be taken from the situation, and where it leads."""
        found = self._ways.get(state)
        if found is None:
            led = ((taken, taken.after(state)) for taken in self.taken)
            found = self._ways[state] = tuple((t, after) for t, after in led if after is not None)
        return found

    @cached_property
    def distance(self) -> dict[State, int]:
        """The steps from a start to every reachable situation, the nearest first. Raises TooMany."""
        found: dict[State, int] = {}
        layer = [each for each in self.situations if self.starting(each)]
        length = 0
        while layer:
            found |= dict.fromkeys(layer, length)
            after = dict.fromkeys(target for each in layer for _, target in self.ways(each))
            layer = [each for each in after if each not in found]
            length += 1
        return found


def things_of(model: Model, counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """So many things of each sort that are not named by the rules, and those that are."""
    found = {}
    for sort in model.sorts.values():
        if sort.is_enum or sort == FACT:
            continue
        constants = tuple(each.name for each in model.constants.values() if each.sort == sort)
        own = tuple(f"{sort.name.lower()}{number}" for number in range(counts.get(sort.name, 0)))
        found[sort.name] = (*own, *constants)
    return found

"""A concrete world: a column of a regime with so many things of every sort, all its situations and steps.

Nothing here knows of solvers or engines. A situation is a tuple with one value for every place (a function
at arguments; None: absent or false) and, where versions move, the version deployed at every component.

What it means is asked of `checker.model.evaluate`: which values there are, formulas, what is a request, what
the checks make of one, what steps change. A mistake there is made here, too, and not found; `yardstick`
shares none of it. What is found here is whether the engines go through all situations and steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeAlias

from checker.model.claim import Column
from checker.model.decision import Decision
from checker.model.evaluate import (
    DEPLOY,
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
from tests.worlds.recall import UNTOUCHED, Recall, State, Value, Where

Writes: TypeAlias = tuple[tuple[int, Value], ...]
Deployed: TypeAlias = tuple[tuple[Instance, str], ...]


class TooMany(Exception):
    """The world has more situations than it is worth going through."""


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One concrete step. `sender`: of a request; `leads` answers what it writes, None where it cannot be;
    `deploys`: it is a deployment step, which does not count for the length of a story; `passes`: the checks
    that must pass besides.
    """

    step: Step
    sender: str | None
    leads: Recall[Writes | None]
    passes: tuple[Recall[bool], ...] = ()
    deploys: bool = False

    def after(self, state: State) -> State | None:
        """The situation after the step; None if it cannot be taken."""
        after = self.unchecked(state)
        return after if after is not None and self.passed(state) else None

    def passed(self, state: State) -> bool:
        """Whether all checks pass."""
        return all(each(state) for each in self.passes)

    def unchecked(self, state: State) -> State | None:
        """The situation after the step, if no check is asked; None if it cannot be taken."""
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
    """A column with the things named. `moving`: versions between which deployment steps move components."""

    def __init__(
        self,
        regime: Regime,
        column: Column,
        things: Mapping[str, tuple[str, ...]],
        *,
        moving: tuple[str, ...] = (),
        most: int,
    ) -> None:
        """`most`: situations that are worth going through."""
        self.regime, self.column, self.things, self.most = regime, column, things, most
        rules = dict(regime.rules(column))
        for name in moving:
            rules |= regime.rules(Column(name, column.readings, column.without))
        self.rules: Rules = rules
        self.versions = dict(regime.deployed(column))
        self.moving = moving
        self.model: Model = next(iter(rules.values()))
        self.empty = Situation(things, {}, self.versions)
        places = [(f, at) for f in self.model.functions.values() for at in self._arguments(f)]
        self.places: tuple[Where, ...] = tuple((f.name, at) for f, at in places)
        self.index: dict[Where, int] = {each: number for number, each in enumerate(self.places)}
        self.domains: tuple[tuple[Value, ...], ...] = tuple(self._domain(f) for f, _ in places)
        if moving:
            own = (dict.fromkeys((version, *moving)) for version in self.versions.values())
            self.domains += tuple(map(tuple, own))
        self.kept: bool | None = None  # whether every step keeps the axioms, once that is known
        self._ways: dict[State, tuple[tuple[Taken, State], ...]] = {}
        self._fit: dict[tuple[tuple[tuple[str, str], ...], str, Deployed], Recall[bool]] = {}
        self._columns: dict[str, tuple[Rules, Mapping[Instance, str]]] = {}
        self._decisions: dict[tuple[object, ...], Recall[Decision]] = {}

    def _arguments(self, function: Function) -> Iterator[tuple[str, ...]]:
        """The arguments for which some version's table does not say what the function is worth."""
        tables = [each.functions[function.name].table for each in self._versions()]
        known = [set(table.entries) if table is not None else set() for table in tables]
        for at in product(*(members(each, self.empty) for each in function.parameters)):
            if not all(at in each for each in known):
                yield at

    def _versions(self) -> list[Model]:
        """Every version, under the readings of the column: claims may ask of any of them."""
        own = self.column
        columns = (Column(name, own.readings, own.without) for name in self.regime.versions)
        return [self.regime.model(each) for each in columns]

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

    def columns(self, text: str) -> tuple[Rules, Mapping[Instance, str]]:
        """What `in COLUMN` means: the readings and droppings of the world's column apply there, too."""
        if text not in self._columns:
            own, asked = self.column, self.regime.parse_column(text)
            full = Column(asked.base, asked.readings + own.readings, asked.without + own.without)
            self._columns[text] = self.regime.rules(full), self.regime.deployed(full)
        return self._columns[text]

    # ---------------------------------------------------------- situations

    def state(self, situation: Situation) -> State:
        """The tuple for a situation with these things."""
        values = tuple(situation.values.get(place) or None for place in self.places)
        return (*values, *(situation.versions[at] for at in self.versions)) if self.moving else values

    def versions_in(self, state: State) -> Mapping[Instance, str]:
        """The versions deployed in a situation."""
        if not self.moving:
            return self.versions
        return dict(zip(self.versions, map(str, state[len(self.places) :]), strict=True))

    @cached_property
    def within(self) -> Recall[bool]:
        """Whether a situation is within the axioms of every version deployed."""

        def test(here: Situation) -> bool:
            models = [self.rules[each] for each in dict.fromkeys(here.versions.values())]
            return all(
                holds(axiom.formula.formula, Environment(model, here, rules=self.rules))
                for model in models
                for axiom in model.axioms
            )

        return Recall(self, test)

    @cached_property
    def starting(self) -> Recall[bool]:
        """Whether stories may start in a situation within the axioms."""

        def test(here: Situation) -> bool:
            routing = routing_model(self.rules, here)
            env = Environment(routing, here, rules=self.rules)
            return here.versions == self.versions and all(holds(each.formula, env) for each in routing.start)

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

    def fit(self, request: Request, column: str = "", versions: Deployed = ()) -> Recall[bool]:
        """Whether the request is well-formed: here, by another column, or under these versions."""
        key = (tuple(sorted(request.values.items())), column, versions)
        if key not in self._fit:
            rules, deployed = self._in_force(column, dict(versions))

            def formed(here: Situation) -> bool:
                there = Situation(here.things, here.values, deployed) if deployed else here
                return well_formed(routing_model(rules, there), there, request)

            self._fit[key] = Recall(self, formed)
        return self._fit[key]

    def decision(self, request: Request, column: str = "", versions: Deployed = ()) -> Recall[Decision]:
        """What becomes of the request: here, under the rules of another column, or under these versions."""
        key = (tuple(sorted(request.values.items())), column, versions)
        if key not in self._decisions:
            rules, deployed = self._in_force(column, dict(versions))

            def decided(here: Situation) -> Decision:
                there = Situation(here.things, here.values, deployed) if deployed else here
                return decide(rules, there, request)

            self._decisions[key] = Recall(self, decided)
        return self._decisions[key]

    def _in_force(
        self, column: str, deployed: Mapping[Instance, str]
    ) -> tuple[Rules, Mapping[Instance, str]]:
        if column:
            return self.columns(column)
        own, rules = self.column, dict(self.rules)
        for name in dict.fromkeys(deployed.values()):
            rules |= self.regime.rules(Column(name, own.readings, own.without))
        return rules, deployed

    @cached_property
    def taken(self) -> tuple[Taken, ...]:
        """Every step that can be taken somewhere."""
        found = [self.step(Step("request", request=request)) for request in self.requests]
        for event in self.model.events.values():
            choices: list[tuple[Value, ...]] = []
            for each in event.parameters:
                values = members(each.sort, self.empty)
                choices.append((None, *values) if each.optional else values)
            for chosen in product(*choices):
                pairs = zip((each.name for each in event.parameters), chosen, strict=True)
                arguments = {name: str(value) for name, value in pairs if value is not None}
                found.append(self.step(Step("event", event=event.name, arguments=arguments)))
        for component, index in self.versions if self.moving else ():
            at = {"component": component} | ({} if index is None else {"index": index})
            found += [self.step(Step("event", None, DEPLOY, at | {"version": each})) for each in self.moving]
        return tuple(found)

    def step(self, step: Step) -> Taken:
        """A step, with what comes of it."""
        if step.request is not None:
            sender = next(each.name for each in self.model.request if not each.sort.is_enum)
            request = step.request
            return Taken(step, request.values.get(sender), self._accepted(request), self._passes(request))
        if step.event == DEPLOY and self.moving:
            return Taken(step, None, self._deployed(step.arguments), deploys=True)
        return Taken(step, None, self._happening(step.event or "", step.arguments))

    def _accepted(self, request: Request) -> Recall[Writes | None]:
        def leads(here: Situation) -> Writes | None:
            if not well_formed(routing_model(self.rules, here), here, request):
                return None
            return self._written(apply_request(self.rules, here, request))

        return Recall(self, leads)

    def _passes(self, request: Request) -> tuple[Recall[bool], ...]:
        """Whether each check passes the request. By itself a check looks at fewer places than all together,
        so that more of the answers are remembered.
        """

        def passes(check: str) -> Recall[bool]:
            return Recall(
                self, lambda here: decide(self.rules, here, request, only=check, failing=True).accepted
            )

        names = dict.fromkeys(each.name for model in self.rules.values() for each in model.checks)
        return tuple(map(passes, names))

    def _happening(self, event: str, arguments: Mapping[str, str]) -> Recall[Writes | None]:
        def leads(here: Situation) -> Writes | None:
            routing = routing_model(self.rules, here)
            if not event_enabled(routing, here, event, arguments):
                return None
            return self._written(apply_event(routing, here, event, arguments))

        return Recall(self, leads)

    def _deployed(self, arguments: Mapping[str, str]) -> Recall[Writes | None]:
        at = (arguments["component"], arguments.get("index"))
        place, version = len(self.places) + list(self.versions).index(at), arguments["version"]
        return Recall(self, lambda here: None if here.versions[at] == version else ((place, version),))

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

    def deploying(self, states: Iterable[State]) -> dict[State, None]:
        """The situations, and those that deployment steps lead to from them."""
        found = dict.fromkeys(states)
        waiting = list(found) if self.moving else []
        while waiting:
            for taken, after in self.ways(waiting.pop()):
                if taken.deploys and after not in found:
                    found[after] = None
                    waiting.append(after)
        return found

    @cached_property
    def distance(self) -> dict[State, int]:
        """The steps from a start to every reachable situation, the nearest first. Raises TooMany."""
        return {each: length for length, layer in enumerate(self.layers()) for each in layer}

    def layers(self) -> Iterator[dict[State, None]]:
        """Yield the starts, what is one step from them, and so on; nothing twice. Raises TooMany."""
        found: dict[State, None] = {}
        layer = self.deploying(each for each in self.situations if self.starting(each))
        while layer:
            yield layer
            found |= layer
            after = dict.fromkeys(target for each in layer for _, target in self.ways(each))
            layer = {each: None for each in self.deploying(after) if each not in found}


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

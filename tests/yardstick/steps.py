"""What can happen in a world: accepted requests, events, changes of versions, requests on their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import Literal

from checker.model.expressions import FACT, Absent, Formula, Term
from checker.model.model import Update
from tests.yardstick.meaning import Moment, Reader, Test
from tests.yardstick.memory import Memory
from tests.yardstick.past import Past
from tests.yardstick.rules import Rules
from tests.yardstick.worlds import Asked, State, Unfit, Worth

FLIGHTS = 2  # requests under way at once, at most


class Clash(Exception):
    """One step gives one place two values."""


@dataclass(frozen=True, slots=True)
class Step:
    """A request that is carried out (`asked`), one that a component lets pass, an event, or a change of
    versions.
    """

    kind: Literal["request", "pass", "event", "deploy"]
    asked: Asked | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """An update, ready to be read: where it writes, what, for which things of its own variables."""

    function: str
    fact: bool
    optional: bool
    arguments: tuple[Reader, ...]
    value: Reader
    names: tuple[str, ...]
    ranges: tuple[tuple[str, ...], ...]
    where: Test


class Steps:
    """The steps of a column's rules. `moving`: versions that a component may come to enforce; `staged`:
    requests may be under way.
    """

    def __init__(self, rules: Rules, moving: tuple[str, ...] = (), *, staged: bool = False) -> None:
        self.rules, self.world, self.moving, self.staged = rules, rules.world, moving, staged
        self._effects = {name: self._of_effects(name) for name in rules.models}
        self._events = [
            (
                event.name,
                event.parameters,
                rules.meaning.test(event.when),
                self._writes(event.updates, rules.words),
            )
            for event in rules.model.events.values()
        ]
        self.past = Past(rules.meaning)
        self._ways: dict[State, tuple[tuple[Step, State], ...]] = {}
        self._written: dict[Asked, Memory[dict[int, Worth]]] = {}
        self._known_events: list[tuple[str, Memory[dict[int, Worth] | None]]] | None = None

    def forget(self) -> None:
        """Forget what was found out; the fixed functions have other values now."""
        self._ways.clear()
        self._written.clear()
        self._known_events = None
        self.rules.forget()

    def _of_effects(self, version: str) -> list[tuple[Test, list[Write]]]:
        test = self.rules.meanings[version].test
        effects = self.rules.models[version].effects
        return [(test(each.when), self._writes(each.updates, version)) for each in effects]

    def _writes(self, updates: tuple[Update, ...], version: str) -> list[Write]:
        meaning = self.rules.meanings[version]
        found = []
        for update in updates:
            function = self.world.functions[update.function]
            fact = function.result == FACT
            if isinstance(update.value, Absent):
                value: Reader = _absent
            elif isinstance(update.value, Formula) and fact:
                value = meaning.test(update.value)
            else:
                assert isinstance(update.value, Term)
                value = meaning.term(update.value)
            found.append(
                Write(
                    update.function,
                    fact,
                    function.optional,
                    tuple(map(meaning.term, update.arguments)),
                    value,
                    tuple(each.name for each in update.variables),
                    tuple(self.world.members(each.sort) for each in update.variables),
                    meaning.test(update.where),
                )
            )
        return found

    # ---------------------------------------------------------------- updates

    def _changed(self, m: Moment, writes: list[Write], into: dict[int, Worth]) -> None:
        """Add what the updates write to what is written. Raises Clash."""
        for write in writes:
            for chosen in product(*write.ranges):
                inner = Moment(m.now, {**m.names, **dict(zip(write.names, chosen, strict=True))}, m.requests)
                if not write.where(inner):
                    continue
                at = tuple(each(inner) for each in write.arguments)
                value = write.value(inner)
                if None in at or (value is None and not write.optional):
                    continue
                place = self.world.index[write.function][at]
                if into.get(place, value) != value:
                    raise Clash(f"{write.function}{at} becomes {into[place]} and {value}")
                into[place] = value

    def carried_out(self, now: State, asked: Asked) -> tuple[Worth, ...]:
        """The values after the request was carried out."""
        found = self._written.get(asked)
        if found is None:
            found = self._written[asked] = Memory(partial(self._carry_out, asked))
        return self.past.after(now, _after(now, found(now)))

    def _carry_out(self, asked: Asked, now: State) -> dict[int, Worth]:
        """What the request writes."""
        m = Moment(now, {}, {"": asked})
        into: dict[int, Worth] = {}
        for when, writes in self._effects[self.rules.decide_anew(now, asked).last]:
            if when(m):
                self._changed(m, writes, into)
        return into

    # ------------------------------------------------------------------ steps

    def ways(self, now: State) -> tuple[tuple[Step, State], ...]:
        """Every step from the state, with where it leads."""
        found = self._ways.get(now)
        if found is None:
            several = (self._requests(now), self._under_way(now), self._happening(now), self._deploying(now))
            found = self._ways[now] = tuple(each for kind in several for each in kind)
        return found

    def _requests(self, now: State) -> Iterator[tuple[Step, State]]:
        for number in self.world.makeable:
            asked = (number, 0)
            if self.rules.decide(now, asked).accepted:
                yield Step("request", asked), (self.carried_out(now, asked), now[1], now[2])

    def _under_way(self, now: State) -> Iterator[tuple[Step, State]]:
        if not self.staged:
            return
        for place, asked in enumerate(now[2]):
            others = (*now[2][:place], *now[2][place + 1 :])
            if self.rules.decide(now, asked).accepted:
                yield Step("request", asked), (self.carried_out(now, asked), now[1], others)
            yield from self._let_pass(now, asked, others)
        if len(now[2]) < FLIGHTS:
            for number in self.world.makeable:
                yield from self._let_pass(now, (number, 0), now[2])

    def _let_pass(self, now: State, asked: Asked, others: tuple[Asked, ...]) -> Iterator[tuple[Step, State]]:
        decision = self.rules.decide(now, asked)
        if decision.fits and decision.stops and not decision.stops[0].failing:
            further = (asked[0], decision.stops[0].place + 1)
            yield Step("pass", asked), (now[0], now[1], tuple(sorted((*others, further))))

    def _happening(self, now: State) -> Iterator[tuple[Step, State]]:
        for name, happens in self._happenings():
            into = happens(now)
            if into is not None:
                yield Step("event", event=name), (self.past.after(now, _after(now, into)), now[1], now[2])

    def _happenings(self) -> list[tuple[str, Memory[dict[int, Worth] | None]]]:
        """Every event with everything that it may carry, and what it writes; None where it cannot happen."""
        if self._known_events is None:
            self._known_events = []
            for name, parameters, when, writes in self._events:
                ranges = [self.world.members(p.sort) + ((None,) if p.optional else ()) for p in parameters]
                for chosen in product(*ranges):
                    names: dict[str, Worth] = dict(zip([p.name for p in parameters], chosen, strict=True))
                    self._known_events.append((name, Memory(partial(self._happen, names, when, writes))))
        return self._known_events

    def _happen(
        self, names: dict[str, Worth], when: Test, writes: list[Write], now: State
    ) -> dict[int, Worth] | None:
        m = Moment(now, names)
        if not when(m):
            return None
        into: dict[int, Worth] = {}
        self._changed(m, writes, into)
        return into

    def _deploying(self, now: State) -> Iterator[tuple[Step, State]]:
        for number, version in enumerate(now[1]):
            for other in self.moving:
                if other != version:
                    yield Step("deploy"), (now[0], (*now[1][:number], other, *now[1][number + 1 :]), now[2])


def _absent(_m: Moment) -> Worth:
    return None


def _after(now: State, into: dict[int, Worth]) -> tuple[Worth, ...]:
    if not into:
        return tuple(now[0])
    values = list(now[0])
    for place, value in into.items():
        values[place] = value
    return tuple(values)


class Graph:
    """The states within the axioms, those in which stories start, and those that they come to."""

    def __init__(self, steps: Steps, starts: tuple[tuple[str, ...], ...], lawful: tuple[Rules, ...]) -> None:
        """`starts`: what may be deployed at a start. `lawful`: the rules whose axioms hold."""
        self.steps, self.world, self.rules, self.lawful = steps, steps.world, steps.rules, lawful
        self.deployed = starts
        axioms = [test for rules in lawful for test in axioms_of(rules)]
        start = [steps.rules.meaning.test(each.formula) for each in steps.rules.model.start]
        self.within = _all(axioms)
        self._begins = _all(start)
        self.broken = False  # whether a step leads outside the axioms

    def starting(self, state: State) -> bool:
        """Whether stories may start there; nothing is under way then, and nothing has been but what is."""
        return not state[2] and self._begins(state) and self.steps.past.begins(state)

    @cached_property
    def all(self) -> tuple[State, ...]:
        """Every state within the axioms in which no request is under way."""
        every = ((v, deployed, ()) for v in self.world.values() for deployed in self.deployed)
        return tuple(state for state in every if self.within(state) and self.steps.past.may_be(state))

    @cached_property
    def reached(self) -> dict[State, int]:
        """The states that stories come to, with the steps they need; changes of versions are not counted."""
        found: dict[State, int] = {}
        layer = self.closed([each for each in self.all if self.starting(each)])
        length = 0
        while layer:
            found.update(dict.fromkeys(layer, length))
            if len(found) > self.world.most:
                raise Unfit("too many states")
            after = {s: None for each in layer for step, s in self.ways(each) if step.kind != "deploy"}
            layer = [each for each in self.closed(list(after)) if each not in found]
            length += 1
        return found

    def closed(self, states: list[State]) -> list[State]:
        """The states, and those that changes of versions lead to."""
        found = dict.fromkeys(states)
        waiting = list(found)
        while waiting and self.steps.moving:
            for step, after in self.ways(waiting.pop()):
                if step.kind == "deploy" and after not in found:
                    found[after] = None
                    waiting.append(after)
            if len(found) > self.world.most:
                raise Unfit("too many states")
        return list(found)

    def ways(self, state: State) -> list[tuple[Step, State]]:
        """The steps from a state that stay within the axioms."""
        kept = []
        for step, after in self.steps.ways(state):
            if self.within(after):
                kept.append((step, after))
            else:
                self.broken = True
        return kept


def _all(tests: list[Test]) -> Memory[bool]:
    """Whether every one of them holds in a state."""

    def hold(state: State) -> bool:
        m = Moment(state, {})
        return all(each(m) for each in tests)

    return Memory(hold)


def axioms_of(rules: Rules) -> list[Test]:
    """The axioms of a column, but for those that it goes without."""
    said = [each for each in rules.model.axioms if each.name not in rules.dropped]
    return [rules.meaning.test(each.formula.formula) for each in said]

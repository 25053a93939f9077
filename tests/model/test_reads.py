"""What a thing is said to depend on is all that it depends on: whatever else is changed, its value stays.

The laws are those of `random_laws/rules.py`, with half of their definitions made premises, that
rules then read. Each kind of thing that can be depended on is also left out of the analysis once, and the
same test then fails.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

import pytest

from checker.model import reads as analysis
from checker.model.claim import Claim, Column, Compare, Difference
from checker.model.environment import Environment, Rules, members
from checker.model.evaluate import apply_event, apply_request, event_enabled, term_value, well_formed
from checker.model.expressions import (
    FACT,
    VERSION,
    Call,
    Cases,
    Formula,
    Located,
    Not,
    Outcome,
    Parameter,
    Sort,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.made_of import within
from checker.model.model import Check, Definition, Function, Model, Premise
from checker.model.reads import Kind, Thing, reads
from checker.model.situation import Request, Situation
from checker.regime.load import load_texts
from tests.agreement.encoded import formulas_of, variables_of
from tests.random_laws.rules import laws_of, write
from tests.random_laws.situations import Sample, places
from tests.support.params import with_long, with_thorough

LAWS = 16
SAMPLES = 3


# ------------------------------------------------------------------- worlds


@dataclass(frozen=True, slots=True)
class World:
    """All that a value could depend on: the law of the version and of another column, a situation and the one
    before, a request, the step.
    """

    rules: Rules
    other: Rules
    situation: Situation
    before: Situation
    request: Request
    event: str | None
    binding: Mapping[str, str]

    @property
    def model(self) -> Model:
        return next(iter(self.rules.values()))

    def environment(self, requests: Iterable[str]) -> Environment:
        return Environment(
            self.model,
            self.situation,
            before=self.before,
            variables=self.binding,
            requests=dict.fromkeys(requests, self.request),
            rules=self.rules,
            columns=lambda _: (self.other, self.situation.versions),
            step_event=self.event,
        )


@dataclass(frozen=True, slots=True)
class Root:
    """Something with a value, and what it is made of. `asks`: which request it calls by which names."""

    name: str
    parts: tuple[object, ...]
    formula: Formula | Term | None = None
    asks: tuple[str, ...] = ("",)

    def value(self, world: World) -> object:
        """What it comes to in the world."""
        if self.formula is not None:
            return term_value(self.formula, world.environment(self.asks))
        if self.name == "request":
            return well_formed(world.model, world.situation, world.request)
        if self.name == "effects":  # of one law, so that it does not matter where they are carried out
            rules = dict.fromkeys(world.rules, world.model)
            return self._written(apply_request(rules, world.situation, world.request), world)
        if self.name.startswith("event "):
            name = self.name.removeprefix("event ")
            if not event_enabled(world.model, world.situation, name, world.binding, world.rules):
                return None
            return self._written(apply_event(world.model, world.situation, name, world.binding), world)
        raise AssertionError(self.name)

    def _written(self, after: Situation, world: World) -> object:
        old = world.situation.values
        return {
            place: after.values.get(place)
            for place in {*after.values, *old}
            if after.values.get(place) != old.get(place)
        }


def premised(model: Model) -> Model:
    """The model with every second statement that it defines, and that reads no request, as a premise."""
    named = [each for each in model.definitions.values() if each.result == FACT and not each.reads_request]
    premises = {each.name: _premise(each) for each in named[::2]}
    kept = {name: each for name, each in model.definitions.items() if name not in premises}
    return replace(model, definitions=kept, premises={**model.premises, **premises})


def _premise(each: Definition) -> Premise:
    formula = Located(cast("Formula", each.body), each.span)
    return Premise(each.name, each.parameters, "x", "y", formula, each.span)


@cache
def worlds() -> tuple[tuple[World, tuple[Root, ...]], ...]:
    """Worlds of random laws, each with all that has a value in it."""
    found = []
    for number in range(LAWS):
        chance = random.Random(f"reads {number}")
        regime = load_texts(write(chance))
        law = list(laws_of(regime))[-1 if number % 2 else 0]
        rules = {name: premised(model) for name, model in law.rules.items()}
        for _ in range(SAMPLES):
            given = law.sample(chance)
            model = next(iter(rules.values()))
            claims = [each for each in regime.claims if not isinstance(each.statement, Compare | Difference)]
            world = _world(rules, given, [x for claim in claims for x in variables_of(claim).items()], chance)
            found.append((world, tuple(_roots(model, claims, chance))))
    return tuple(found)


def _world(
    rules: Rules, given: Sample, variables: Iterable[tuple[str, Sort]], chance: random.Random
) -> World:
    model = next(iter(rules.values()))
    named = [(each.name, each.sort) for event in model.events.values() for each in event.parameters]
    named += [(each.name, each.sort) for _, each in callables(model)]
    binding = {
        name: chance.choice(members(sort, given.situation))
        for name, sort in (*named, *variables)
        if members(sort, given.situation)
    }
    event = chance.choice((None, *model.events))
    before = scrambled(
        World(rules, rules, given.situation, given.situation, given.request, None, {}), frozenset(), chance
    )
    return World(rules, rules, given.situation, before.situation, given.request, event, binding)


def callables(model: Model) -> Iterator[tuple[str, Variable]]:
    callable_things: list[Definition | Premise] = [*model.definitions.values(), *model.premises.values()]
    for each in callable_things:
        yield from ((each.name, parameter) for parameter in each.parameters)


def _roots(model: Model, claims: Iterable[Claim], chance: random.Random) -> Iterator[Root]:
    yield Root("request", (model.request,))
    yield Root("effects", (model.effects,))
    yield from (Root(f"event {name}", (each,)) for name, each in model.events.items())
    named: dict[str, Definition | Premise] = {**model.definitions, **model.premises}
    for name, called in named.items():
        sort = FACT if isinstance(called, Premise) else called.result
        call = Call(name, called.parameters, sort)
        yield Root(name, (call,), call)
    for axiom in model.axioms:
        yield Root(axiom.name, (axiom,), axiom.formula.formula)
    for claim in claims:
        for formula, _ in formulas_of(claim):
            asks = {part.request for part in within(formula) if isinstance(part, Parameter | Call | Outcome)}
            yield Root(claim.name, (formula,), formula, tuple(asks))
    names = [each.name for each in model.checks]
    asked = [Outcome("accepted", ""), *(Outcome("passes", "", each) for each in (*names, *model.components))]
    asked += [Outcome("rejected", "", each) for each in names]
    asked += [Outcome("exempted", "", limb.clause) for check in model.checks for limb in check.limbs]
    asked += [Outcome("accepted", "", column="another")]
    yield from (Root(str(each), (each,), each) for each in asked)
    for event in model.events:
        yield Root(f"step {event}", (StepIs(event),), StepIs(event))
    for component in model.components.values():
        index = (
            None if component.index is None else Value(component.index, chance.choice(component.index.values))
        )
        term = VersionOf(component.name, index, Sort(VERSION))
        yield Root(str(term), (term,), term)


# ------------------------------------------------------------------ changes


def scrambled(world: World, kept: frozenset[Thing], chance: random.Random) -> World:
    """The world with everything changed that is not kept. What another column reads is not known here: where
    one is kept, only laws change.
    """
    rules = {name: _law(model, kept) for name, model in world.rules.items()}
    if any(each.kind == "column" for each in kept):
        return replace(world, rules=rules)
    values = dict(world.request.values)
    for each in world.model.request:
        if Thing("parameter", each.name) not in kept:
            old = values.pop(each.name, None)
            choices = [x for x in members(each.sort, world.situation) if x != old]  # without it, no request
            new = chance.choice(choices or [old])
            values |= {} if new is None else {each.name: new}
    named = {each.name for each in kept if each.kind == "event"}
    events = [each for each in (None, *world.model.events) if each not in named]
    return replace(
        world,
        rules=rules,
        other={name: _opposed(model) for name, model in world.other.items()},
        situation=_situation(world, world.situation, kept, chance),
        before=_situation(world, world.before, kept, chance),
        request=Request(values),
        event=world.event if world.event in named else chance.choice(events),
    )


def _law(model: Model, kept: frozenset[Thing]) -> Model:
    """The law with other words for all that is not kept."""

    def keeps(kind: Kind, name: str) -> bool:
        return Thing(kind, name) in kept

    route = (
        model.route if keeps("route", "") else tuple(replace(x, when=Truth(value=False)) for x in model.route)
    )
    return replace(
        model,
        definitions={n: x if keeps("definition", n) else _redefined(x) for n, x in model.definitions.items()},
        premises={n: x if keeps("premise", n) else _denied(x) for n, x in model.premises.items()},
        functions={n: x if keeps("function", n) else _unlike(x) for n, x in model.functions.items()},
        request=tuple(x if keeps("parameter", x.name) else replace(x, optional=False) for x in model.request),
        checks=tuple(each if keeps("check", each.name) else _opposite(each) for each in model.checks),
        route=route,
    )


def _redefined(each: Definition) -> Definition:
    opposite = Not(cast("Formula", each.body)) if each.result == FACT else Cases((), None, each.result)
    return replace(each, body=opposite)


def _denied(each: Premise) -> Premise:
    return replace(each, formula=replace(each.formula, formula=Not(each.formula.formula)))


def _unlike(each: Function) -> Function:
    return replace(each, table=None, optional=not each.optional)


def _opposed(model: Model) -> Model:
    return replace(model, checks=tuple(map(_opposite, model.checks)))


def _opposite(check: Check) -> Check:
    """The check that requires of every request what cannot be; or nothing, if the other does not require."""
    requires = [each for each in check.items if each.kind == "requires" and each.meaning is not None]
    false = [
        replace(each, meaning=replace(each.meaning, formula=Truth(value=False)))
        for each in requires
        if each.meaning is not None
    ]
    return replace(check, items=tuple(false), limbs=())


def _situation(
    world: World, situation: Situation, kept: frozenset[Thing], chance: random.Random
) -> Situation:
    """The situation with other values of functions, and other versions at components, that are not kept."""
    values = dict(situation.values)
    for function in world.model.functions.values():
        if Thing("function", function.name) in kept:
            continue
        for place in places(function, situation):
            old = values.pop((function.name, place), None)
            if function.result == FACT:
                values |= {} if old else {(function.name, place): True}
                continue
            choices = [each for each in (None, *members(function.result, situation)) if each != old]
            new = chance.choice(choices) if choices else None
            values |= {} if new is None else {(function.name, place): new}
    names = list(world.rules)
    versions = {
        at: name if Thing("component", at[0]) in kept else names[(names.index(name) + 1) % len(names)]
        for at, name in situation.versions.items()
    }
    return replace(situation, values=values, versions=versions)


# -------------------------------------------------------------------- tests


def missed(seed: int, one_in: int = 1, *, last_first: bool = False) -> Iterator[str]:
    """Yield what has another value once that is changed which it is said not to depend on."""
    chance = random.Random(seed)
    for world, roots in reversed(worlds()) if last_first else worlds():
        for root in roots[::one_in]:
            things = (reads(model, *root.parts).things for model in world.rules.values())
            kept = frozenset[Thing]().union(*things)
            before, after = root.value(world), root.value(scrambled(world, kept, chance))
            if before != after:
                yield f"{root.name}: {before} becomes {after}, and it is said to read {sorted(kept)}"


@pytest.mark.parametrize(
    "one_in", [40, *with_thorough((3,), lambda _: True), *with_long((1,), lambda _: True)]
)
def test_what_is_not_read_does_not_matter(one_in: int) -> None:
    """Definitions, premises, functions and tables, parameters, versions, checks, the route, the step."""
    assert next(missed(1, one_in), None) is None


KINDS: tuple[Kind, ...] = (
    "definition",
    "premise",
    "function",
    "parameter",
    "component",
    "route",
    "check",
    "event",
    "column",
)


@pytest.mark.parametrize("kind", KINDS)
def test_an_analysis_that_forgets_a_kind_of_thing_is_found_out(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a constant is called is all that it is, and orders of checks decide in comparisons alone."""
    whole = analysis._named

    def forgetful(part: object, model: Model, *, outcomes: bool) -> Iterator[Thing]:
        yield from (each for each in whole(part, model, outcomes=outcomes) if each.kind != kind)

    monkeypatch.setattr(analysis, "_named", forgetful)
    assert next(missed(1), None) is not None


@pytest.mark.parametrize("kind", ["definition", "premise", "route", "check"])
def test_an_analysis_that_looks_into_no_such_thing_is_found_out(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what is read, and forgets what that reads in turn."""
    whole = analysis.declared

    def blind(model: Model, thing: Thing) -> object:
        return None if thing.kind == kind else whole(model, thing)

    monkeypatch.setattr(analysis, "declared", blind)
    assert next(missed(1, last_first=True), None) is not None


def test_what_is_not_known_is_no_default() -> None:
    """A part of a law that the analysis has never heard of is an error, not something that reads nothing."""
    regime = load_texts(write(random.Random("reads 0")))
    model = regime.model(Column("old"))
    with pytest.raises(TypeError, match="World"):
        reads(model, worlds()[0][0])


def test_a_changed_law_is_read_anew() -> None:
    """What a model is known to name is not taken for what one made of it names."""
    model = load_texts(write(random.Random("reads 0"))).model(Column("old"))
    accepted = Outcome("accepted", "r")
    assert reads(model, accepted).of("component")
    assert not reads(replace(model, route=(), checks=()), accepted).of("component")
    assert reads(model, accepted).of("component")

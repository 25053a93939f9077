"""What is left of rules when all but the situation is known: `evaluate` says the same of every situation."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

import pytest

from checker.logic.ground_conditions import conjuncts, told_apart
from checker.logic.node import Node
from checker.model import situation as situations
from checker.model.claim import Column
from checker.model.evaluate import (
    Environment,
    apply_event,
    apply_request,
    decide,
    exempted,
    fails,
    holds,
    rejected_by,
    request_environment,
    term_value,
)
from checker.model.expressions import Call, Constant, Outcome, Value
from checker.model.model import Model
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.tla.claim_part import Part
from checker.tla.claim_shape import ClaimShape, question_of
from checker.tla.concrete_steps import Moves, moves_of
from checker.tla.cut_claim import Plan, plan_of
from checker.tla.depends_on import Known
from checker.tla.possible_values import HOLDS, NOTHING, After, Possible, Reading, Situation, Write
from checker.tla.residual_rules import Ground
from checker.tla.thing_counts import counts_for
from tests.random_laws import rules as random_rules
from tests.random_laws.situations import Sample, places, sample
from tests.support.places import ROOT

RULE_SETS, SAMPLES = 8, 5


class Found:
    """What the ground terms come to in one situation."""

    def __init__(self, model: Model, given: Sample, version: str) -> None:
        self.model = model
        self.given = given
        self.ground = Ground(model, given.situation.things, version)
        known = {each.name: self.ground.known(given.request.values.get(each.name)) for each in model.request}
        self.reading = Reading(self.ground, requests={"r": known, "": known})

    def worth(self, node: Node) -> bool:
        """Whether the condition holds in the situation."""
        chosen = {symbol: self._at(symbol) for symbol in self.ground.terms.symbols(node)}
        found = self.ground.terms.substitute(node, chosen)
        assert found in (self.ground.terms.true, self.ground.terms.false)
        return found is self.ground.terms.true

    def _at(self, symbol: Node) -> Node:
        value = self.given.situation.values.get(self.ground.places[symbol])
        name = HOLDS if value is True else value or NOTHING
        return self.ground.terms.value(str(name), symbol.sort)

    def value(self, possible: Possible) -> str | None:
        """The one value that the term has in the situation."""
        (value,) = [name for name, node in possible.items() if self.worth(node)]
        return value or None

    def says(self, outcome: Outcome) -> bool:
        """Whether the request has the outcome."""
        return self.worth(self.ground.formula(outcome, self.reading))


def _laws() -> Iterator[tuple[str, Regime, Column]]:
    shipped = load_regime(ROOT / "spec", ROOT / "properties")
    for text in ("baseline", "mp107", "mp107 under own-slot-of-sender"):
        yield text, shipped, shipped.parse_column(text)
    for number in range(RULE_SETS):
        regime = load_texts(random_rules.write(random.Random(f"ground {number}")))
        for text in ("old", "new under red"):
            yield f"{number} {text}", regime, regime.parse_column(text)


@pytest.fixture(scope="module", name="samples")
def _samples() -> list[Found]:
    """Random situations of the shipped law and of random rules, with requests and events."""
    found = []
    for name, regime, column in _laws():
        chance = random.Random(f"ground {name}")
        model = regime.model(column)
        for _ in range(SAMPLES):
            given = sample(regime.rules(column), regime.deployed(column), chance)
            found.append(Found(model, given, column.base))
    return found


def test_decisions_are_those_of_evaluate(samples: list[Found]) -> None:
    """What is accepted, what fails, what rejects and what exempts, in every sample."""
    accepted = 0
    for each in samples:
        rules = {each.ground.version: each.model}
        decision = decide(rules, each.given.situation, each.given.request)
        accepted += decision.accepted
        assert each.says(Outcome("accepted", "r")) is decision.accepted
        for name in (*each.model.components, *(check.name for check in each.model.checks)):
            assert each.says(Outcome("fails", "r", name)) is fails(decision, name)
            assert each.says(Outcome("rejected", "r", name)) is rejected_by(decision, name)
        for limb in {limb.clause for check in each.model.checks for limb in check.limbs}:
            assert each.says(Outcome("exempted", "r", limb)) is exempted(decision, limb)
    assert accepted > len(samples) / 10


def test_definitions_mean_what_evaluate_makes_of_them(samples: list[Found]) -> None:
    """Each definition has the value that `evaluate` gives it, for arguments at random."""
    for each in samples:
        chance = random.Random(str(each.given.request))
        env = request_environment(each.model, each.given.situation, each.given.request)
        for definition in each.model.definitions.values():
            chosen = [chance.choice(tuple(each.ground.members(p.sort))) for p in definition.parameters]
            terms = tuple(
                Value(p.sort, value) if p.sort.is_enum else Constant(p.sort, value)
                for p, value in zip(definition.parameters, chosen, strict=True)
            )
            call = Call(definition.name, terms, definition.result)
            found = each.value(each.ground.term(call, each.reading))
            expected = term_value(call, env)
            assert found == (HOLDS if expected is True else expected or None)


def test_axioms_and_starts_hold_where_they_should(samples: list[Found]) -> None:
    """Each holds, whole and in parts, in just the samples in which `evaluate` says so."""
    for each in samples:
        env = Environment(each.model, each.given.situation, rules={each.ground.version: each.model})
        stated = [axiom.formula.formula for axiom in each.model.axioms]
        stated += [start.formula for start in each.model.start]
        for formula in stated:
            node = each.ground.formula(formula, Reading(each.ground))
            assert each.worth(node) is holds(formula, env)
            assert all(map(each.worth, conjuncts(each.ground.terms, node))) is holds(formula, env)


def test_steps_lead_where_evaluate_says(samples: list[Found]) -> None:
    """Requests and events write what `evaluate` makes of them."""
    for each in samples:
        rules = {each.ground.version: each.model}
        made = apply_request(rules, each.given.situation, each.given.request)
        _is_after(each, _after(each, each.ground.made(each.reading)), made)
        if each.given.event is not None:
            event = each.model.events[each.given.event]
            names = [parameter.name for parameter in event.parameters]
            variables = {name: each.ground.known(each.given.arguments.get(name)) for name in names}
            reading = Reading(each.ground, variables=variables)
            writes = each.ground.writes(event.updates, reading, each.ground.terms.true)
            happened = apply_event(each.model, each.given.situation, event.name, each.given.arguments)
            _is_after(each, _after(each, writes), happened)


def _after(found: Found, writes: Sequence[Write]) -> After:
    return After(found.ground.one_of, found.ground.terms, found.ground, writes)


def _is_after(found: Found, after: Situation, expected: situations.Situation) -> None:
    for function in found.model.functions.values():
        for arguments in places(function, expected):
            value = expected.values.get((function.name, arguments))
            name = HOLDS if value is True else value or None
            assert found.value(after.at((function.name, arguments))) == name


# --------------------------------------------------------------------- slices


Plans: TypeAlias = Mapping[str, tuple[Moves, Plan, Plan]]
"""The number of a claim -> the steps of the instance, and its plan, whole and cut by what never changes."""


@pytest.fixture(scope="module", name="plans")
def _plans() -> Plans:
    """Plans of claims of the shipped law: over situations, steps, requests, and what can be done next."""
    regime = load_regime(ROOT / "spec", ROOT / "properties")
    column = Column("mp107")
    model = regime.model(column)
    moves = moves_of(model, counts_for(model, {"Device": 2}, ()), column.base)
    found = {}
    for number in ("1", "3", "9", "10", "17b", "23d", "24"):
        question = question_of(next(each for each in regime.claims if each.number == number))
        assert isinstance(question, ClaimShape)
        whole = plan_of(question, moves, large=math.inf)
        found[number] = moves, whole, plan_of(question, moves, large=0)
    return found


def _known(moves: Moves, plan: Plan, part: Part) -> Known:
    """What is known in a part, as far as it is not put in when the rules are read."""
    return plan.cone.consequences(_put(moves, plan, part))


def _put(moves: Moves, plan: Plan, part: Part) -> Known:
    """The pins of a part."""
    put = {}
    for name, value in part.pins.items():
        (pattern,) = [each for each in part.slice.places if each[0] == name]
        (symbol,) = [symbol for symbol, at in moves.ground.places.items() if plan.focus.place(at) == pattern]
        put[symbol] = moves.terms.value(value, symbol.sort)
    return put


def test_all_that_a_part_depends_on_is_followed(plans: Plans) -> None:
    """Conditions of the claim, and of every step that changes what is followed, read followed places only."""
    for moves, *both in plans.values():
        for plan in both:
            assert plan.parts
            for part in plan.parts:
                known = _known(moves, plan, part)
                steps = [
                    each
                    for each in (*moves.requests, *moves.events)
                    if plan.focus.step(each) in part.slice.steps
                    and {plan.focus.place(write.place) for write in moves.writes(each)} & part.slice.places
                ]
                for node in (*part.nodes, *(moves.guard(each) for each in steps)):
                    read = moves.ground.read_by(moves.terms.substitute(node, known))
                    assert {plan.focus.place(at) for at in read} <= part.slice.places


def test_no_step_that_may_change_what_is_followed_is_left_out(plans: Plans) -> None:
    """A step that is left out and writes a place of the part can never be taken there."""
    left_out = 0
    for number in ("1", "3", "9", "24"):
        moves, *both = plans[number]
        for plan in both:
            for part in plan.parts:
                known = _known(moves, plan, part)
                for move in (*moves.requests, *moves.events):
                    written = {plan.focus.place(write.place) for write in moves.writes(move)}
                    if written & part.slice.places and plan.focus.step(move) not in part.slice.steps:
                        guard = moves.terms.substitute(moves.guard(move), known)
                        assert guard is moves.terms.false
                        left_out += 1
    assert left_out


def test_whatever_never_changes_some_part_looks_at_it(plans: Plans) -> None:
    """Every choice of what is pinned is no part's subject, or comes to the same as one that is looked at."""
    cut = 0
    for moves, whole, narrowed in plans.values():
        for part in whole.parts:
            own = [each for each in narrowed.parts if each.subjects == part.subjects and each.pins]
            looked = [_put(moves, narrowed, each) for each in own]
            cut += len(looked)
            symbols = list(looked[0]) if looked else []
            for values in product(*(each.sort.values for each in symbols)) if symbols else ():
                put = {each: moves.terms.value(v, each.sort) for each, v in zip(symbols, values, strict=True)}
                if moves.terms.substitute(part.asked, put) is not moves.terms.false:
                    assert _comes_to(moves, part, put) in [_comes_to(moves, part, each) for each in looked]
    assert cut


def _comes_to(moves: Moves, part: Part, put: Known) -> list[Node]:
    return [moves.terms.substitute(each, put) for each in part.slice.nodes]


def test_values_that_conditions_tell_apart_stay_apart() -> None:
    """Values that no condition tells apart have one of them in their place."""
    tests = {frozenset({"a", "b"}), frozenset({"b"})}
    assert told_apart(("a", "b", "c", "d"), tests) == ("a", "b", "c")
    assert told_apart(("a", "b"), set()) == ("a",)

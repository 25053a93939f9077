"""What a claim's module leaves out makes no difference to it: `evaluate` says so of situations at random.

A situation is drawn, and all that is not followed is emptied, as it is in the module. In both, the steps of
the module can be taken alike, and do the same to what is followed; and a step that the module does not take
does nothing to it that none of its own does.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, islice, product

import pytest

from checker.explore.placings import Things
from checker.model.claim import Claim, Column
from checker.model.deadline import NEVER
from checker.model.evaluate import situation_problem, step_problem, successor
from checker.model.expressions import FACT, Sort
from checker.model.model import Model
from checker.model.situation import Request, Situation, Step
from checker.model.speaks_of_numbers import speaks_of_numbers
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.workbench import Workshop
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.tla.all_modules import bundle_of, counts_of
from checker.tla.claim_shape import ClaimShape, question_of
from checker.tla.followed import Part, Place, followed
from tests.random_laws import rules as random_rules
from tests.support.places import LIBRARY, PERMITS, ROOT

TRIES, DRAWN, STEPS = 200, 3, 15  # situations drawn for those used, in each part; steps tried in one
SHIPPED = ("3", "10", "18a")
RULE_SETS = 3

LAMPS = """# Lamps

```redline
sort User
sort Lamp
enum Colour: Red, Green
state shines(Lamp): optional Colour "the colour of {1}"
request "{sender} sets {lamp} to {colour}"
    sender: User
    lamp: Lamp
    colour: Colour
component Desk "the desk"
route Desk
effect switch
    shines(lamp) becomes colour inference "that is what it does"
version old "as it was"
claim 1 set "A lamp has the colour that it is set to."
    from "1"
    for l: Lamp
    always, after an accepted request r where r.lamp is l: shines(l) is r.colour
    expect proved in old
```
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """One part of a claim in a column, with the rules."""

    rules: Mapping[str, Model]
    deployed: Mapping[tuple[str, str | None], str]
    shape: ClaimShape
    things: Mapping[str, tuple[str, ...]]
    part: Part

    @property
    def model(self) -> Model:
        (model,) = self.rules.values()
        return model

    def members(self, sort: Sort) -> tuple[str, ...]:
        """The values of a sort here."""
        return sort.values if sort.is_enum else self.things[sort.name]

    def places(self) -> Iterator[tuple[Place, tuple[str | bool | None, ...]]]:
        """Every place that no table knows, with the values that it may have."""
        for function in self.model.functions.values():
            known = function.table.entries if function.table is not None else {}
            values: tuple[str | bool | None, ...] = (None, True)
            if function.result != FACT:
                values = ((None,) if function.optional else ()) + self.members(function.result)
            for arguments in product(*map(self.members, function.parameters)):
                if arguments not in known:
                    yield (function.name, arguments), values


def _planned(regime: Regime, column: Column, claim: Claim) -> Iterator[Planned]:
    shape = question_of(claim)
    if not isinstance(shape, ClaimShape):
        return
    question = Question(regime, Job(claim, column))
    question.check_askable()
    problem = question.problem(Workshop(regime, 0))
    found = followed(question, shape, problem, counts_of(problem))
    for part in found.parts:
        deployed = regime.deployed(column)
        yield Planned(question.rules, deployed, shape, _names(found.things), part)


def _names(things: Mapping[str, Things]) -> dict[str, tuple[str, ...]]:
    return {sort: tuple(node.name for node in each.all) for sort, each in things.items()}


@pytest.fixture(scope="module", name="planned")
def _every_part() -> list[Planned]:
    """Parts of claims of the shipped law, of two small ones, and of random ones."""
    laws = [(load_regime(e / "spec", e / "properties"), "new") for e in (PERMITS, LIBRARY)]
    shipped = load_regime(ROOT / "spec", ROOT / "properties")
    chosen = [(shipped, "mp107", each) for each in shipped.claims if each.number in SHIPPED]
    written = (load_texts(random_rules.write(random.Random(f"followed {number}"))) for number in count())
    numberless = (e for e in written if speaks_of_numbers(e.model(e.parse_column("old"))) is None)
    laws += [(each, "old") for each in islice(numberless, RULE_SETS)]
    chosen += [(law, text, each) for law, text in laws for each in law.claims[:4]]
    return [part for law, text, claim in chosen for part in _planned(law, law.parse_column(text), claim)]


def _situations(planned: Planned, chance: random.Random) -> Iterator[tuple[Situation, Situation]]:
    """Some situations within the axioms, each as it is and with nothing in what is not followed."""
    found = 0
    functions = planned.model.functions
    for _ in range(TRIES):
        whole: dict[Place, str | bool] = {}
        bare: dict[Place, str | bool] = {}
        for place, values in planned.places():
            followed_here = planned.part.first.get(place)
            rigid = followed_here is not None and not functions[place[0]].state
            some = chance.choice(followed_here if rigid and followed_here else values)
            if followed_here is None and None in values and chance.random() < 0.8:
                some = None
            if some is not None and some is not False:
                whole[place] = some
                if followed_here is not None:
                    bare[place] = some
            if followed_here is None and None not in values:
                bare[place] = str(values[0])
        both = [Situation(planned.things, each, planned.deployed) for each in (whole, bare)]
        if all(situation_problem(planned.rules, each) is None for each in both):
            yield both[0], both[1]
            found += 1
            if found == DRAWN:
                return


def _steps(planned: Planned) -> Iterator[Step]:
    """The steps of the module."""
    for name, given in planned.part.steps.items():
        event = planned.model.events[name] if name else None
        declared = [each.name for each in (event.parameters if event else planned.model.request)]
        for values in sorted(given):
            pairs = zip(declared, values, strict=True)
            yield _step(name, {parameter: value for parameter, value in pairs if value})


def _step(name: str, given: Mapping[str, str]) -> Step:
    if name:
        return Step("event", event=name, arguments=given)
    return Step("request", Request(dict(given)))


def _any_step(planned: Planned, chance: random.Random) -> Step:
    name = chance.choice(("", *planned.model.events))
    declared = planned.model.request if not name else planned.model.events[name].parameters
    given = {each.name: chance.choice(("", *planned.members(each.sort))) for each in declared}
    return _step(name, {parameter: value for parameter, value in given.items() if value})


def _taken(planned: Planned, situation: Situation, step: Step) -> dict[Place, object] | None:
    """What is followed after the step; None if it cannot be taken."""
    if step_problem(planned.rules, situation, step, refused=False, deadline=NEVER) is not None:
        return None
    after = successor(planned.rules, situation, step, NEVER)
    return {place: after.values.get(place) for place in planned.part.first}


@pytest.mark.thorough
def test_steps_do_the_same_without_what_is_not_followed(planned: list[Planned]) -> None:
    """Each step of the module can be taken in both situations or in neither, and leads to the same."""
    taken = 0
    for number, each in enumerate(planned):
        chance = random.Random(f"same {number}")
        for whole, bare in _situations(each, chance):
            steps = list(_steps(each))
            for step in chance.sample(steps, min(len(steps), STEPS)):
                after = _taken(each, whole, step)
                assert after == _taken(each, bare, step)
                taken += after is not None
    assert taken > len(planned)


def test_no_step_that_changes_what_is_followed_is_left_out(planned: list[Planned]) -> None:
    """Whatever a step does to what is followed, some step of the module does."""
    changed = 0
    for number, each in enumerate(planned):
        if not each.shape.reachable or (each.shape.form == "situation" and not each.shape.steps.any_step):
            continue  # only some steps count there
        chance = random.Random(f"all {number}")
        for whole, _ in _situations(each, chance):
            before = {place: whole.values.get(place) for place in each.part.first}
            own: list[dict[Place, object] | None] | None = None
            for _ in range(STEPS):
                after = _taken(each, whole, _any_step(each, chance))
                if after is not None and after != before:
                    own = [_taken(each, whole, step) for step in _steps(each)] if own is None else own
                    assert after in own
                    changed += 1
    assert changed


def test_what_is_written_and_then_read_is_there() -> None:
    """A place that is read only after it was written is there to be written, and starts empty."""
    regime = load_texts({"law.md": LAMPS})
    column = Column("old")
    (part,) = (each.part for each in _planned(regime, column, regime.claims[0]))
    assert part.also == {("shines", ("lamp 1",))}
    assert not any(name == "shines" for name, _ in part.first)
    (module,) = bundle_of(regime, column, regime.claims, {}).modules
    assert "shines = [p \\in shinesAlso |-> Absent]" in module.text


def test_a_part_that_follows_less_is_noticed(planned: list[Planned]) -> None:
    """The first of these tests fails where a place is not followed that a step depends on."""
    noticed = False
    for number, each in enumerate(planned):
        for place in each.part.first:
            first = {key: values for key, values in each.part.first.items() if key != place}
            poorer = replace(each, part=replace(each.part, first=first))
            chance = random.Random(f"same {number}")
            for whole, bare in _situations(poorer, chance):
                steps = list(_steps(poorer))[:STEPS]
                noticed = noticed or any(
                    _taken(poorer, whole, step) != _taken(poorer, bare, step) for step in steps
                )
            if noticed:
                return
    raise AssertionError("nothing was noticed")

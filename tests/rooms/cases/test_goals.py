"""What test packs are to show: held against every request in every situation of a small instance."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from checker.api import Law
from checker.model.claim import Column
from checker.model.evaluate import decide, route
from checker.model.expressions import Not, Truth
from checker.model.item import Item
from checker.model.model import Check, Limb, Model
from checker.model.situation import Request, Situation
from checker.model.unparse import unparse
from checker.rooms.cases.answer import CasePack
from checker.rooms.cases.conditions import Rule, Saying
from checker.rooms.cases.goals import Goal, Goals, R
from checker.rooms.cases.meaning import Meaning, Sent
from checker.rooms.cases.previous import case_of
from checker.rooms.cases.witnesses import sent_by
from tests.support.reading_room import WORDS, pack_of, reading_room, room

BOOKS = ("b1", "b2")


def law() -> Law:
    return room()


def pack(version: str) -> CasePack:
    return pack_of(version, stories=False)


def model(version: str) -> Model:
    return law().regime.model(Column(version))


@cache
def everything(version: str) -> tuple[Sent, ...]:
    """Every request in every situation of a person, whom the house may stand for, and two books."""
    return tuple(_everything(version))


def _everything(version: str) -> Iterator[Sent]:
    deployed = law().regime.deployed(Column(version))
    people = ("House", "ann")
    kinds = itertools.product(("Novel", "Atlas"), repeat=2)
    shelves = itertools.product(("East", "West"), repeat=2)
    keepers = itertools.product((None, "ann"), repeat=2)
    for chosen, shelf, kept, member in itertools.product(kinds, shelves, keepers, (False, True)):
        values: dict[tuple[str, tuple[str, ...]], str | bool] = {}
        for book, kind, where, keeper in zip(BOOKS, chosen, shelf, kept, strict=True):
            values["kind", (book,)] = kind
            values["shelf", (book,)] = where
            if keeper is not None:
                values["keeper", (book,)] = keeper
        if member:
            values["member", ("ann",)] = True
        situation = Situation({"Person": people, "Book": BOOKS}, values, deployed)
        for act, book in itertools.product(("Borrow", "Return"), BOOKS):
            yield situation, Request({"sender": "ann", "act": act, "book": book})


def altered(version: str, goal: Goal) -> Model:
    """The law in which the phrase of the goal says that its condition holds, or does not, as it is not."""
    meaning = goal.item.meaning.formula if goal.item and goal.item.meaning else None
    said = Truth(value=goal.holding is isinstance(meaning, Not))

    def items(known: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(each, meaning=replace(each.meaning, formula=said))
            if each == goal.item and each.meaning
            else each
            for each in known
        )

    def limb(each: Limb) -> Limb:
        return replace(each, items=items(each.items))

    def check(each: Check) -> Check:
        return replace(each, items=items(each.items), limbs=tuple(map(limb, each.limbs)))

    own = model(version)
    checks = tuple(check(each) if each == goal.check else each for each in own.checks)
    return replace(own, checks=checks)


def fails(rules: Model, sent: Sent, goal: Goal) -> bool:
    """Whether the check of the goal fails at its component."""
    assert goal.check is not None
    assert goal.at is not None
    decision = decide({rules.column: rules}, *sent)
    return any(
        each.fails
        for each in decision.checks
        if each.check.name == goal.check.name and each.component[0] == goal.at[0]
    )


def simple(version: str) -> list[Goal]:
    """The goals about phrases that are one condition each, which is found in the law without the goals."""
    goals = [each for each in Goals(model(version)).all() if each.kind == "condition"]
    parts: dict[tuple[str, str], set[str]] = {}
    for each in goals:
        assert each.item is not None
        parts.setdefault((each.key.split("\n")[1], str(each.item.span)), set()).add(each.condition)
    known = {key for key, conditions in parts.items() if len(conditions) == 1}
    return [each for each in goals if (each.key.split("\n")[1], str(each.item and each.item.span)) in known]


@pytest.mark.parametrize("version", [pytest.param("shut", marks=pytest.mark.long), "open"])
def test_a_condition_decides_where_another_law_would_decide_otherwise(version: str) -> None:
    """For every phrase of one condition, and a third of all requests: the goal holds where the check comes
    out as it says, and otherwise in the law whose phrase says the opposite.
    """
    meaning = Meaning(law().regime, Column(version))
    own, goals, shown = model(version), simple(version), 0
    assert len(goals) > 8
    for goal in goals:
        assert goal.at is not None
        other = altered(version, goal)
        for sent in everything(version)[::3]:
            there = any(at[0] == goal.at[0] for at in route({own.column: own}, *sent))
            decides = there and fails(own, sent, goal) is goal.fails is not fails(other, sent, goal)
            assert meaning.holds(goal.weakest, sent) == decides, goal.key
            shown += decides
    assert shown > 100


@pytest.mark.parametrize("version", [pytest.param("shut", marks=pytest.mark.long), "open"])
def test_what_is_proved_impossible_never_happens(version: str) -> None:
    """Nothing in the instance shows a goal that is proved to be shown by nothing, and something shows every
    other one.
    """
    meaning = Meaning(law().regime, Column(version))
    never = {each.id for each in pack(version).goals if each.never is not None}
    assert never
    for goal in Goals(model(version)).all():
        found = any(meaning.holds(goal.weakest, sent) for sent in everything(version))
        assert found is (goal.number not in never), goal.key


@pytest.mark.parametrize("version", ["shut", "open"])
def test_every_condition_has_a_pair(version: str) -> None:
    """Each condition of which both ways are shown has two tests that differ in whether its check fails, each
    of which the law with the opposite phrase would decide otherwise.
    """
    told = {each.id: each for each in pack(version).goals}
    cases = {each.id: sent_by(case_of(each)) for each in pack(version).cases}
    own, pairs = model(version), 0
    for goal in simple(version):
        tests = told[goal.number].tests
        assert bool(tests) is (told[goal.number].never is None)
        for number in tests:
            assert fails(own, cases[number], goal) is goal.fails
            assert fails(altered(version, goal), cases[number], goal) is not goal.fails
            pairs += 1
    assert pairs >= 8


def test_every_component_and_code_answers() -> None:
    """The gate, and each attendant by itself, lets a request pass and refuses one; each code occurs."""
    answers = {
        (each.component, each.index, each.rule) for each in pack("shut").goals if each.kind == "answer"
    }
    stack = {("Stack", shelf, rule) for shelf in ("East", "West") for rule in ("", "lending")}
    assert answers == {("Gate", None, ""), ("Gate", None, "membership"), *stack}
    codes = {
        code
        for each in pack("shut").cases
        for step in each.steps
        if step.expected
        for code in step.expected.codes
    }
    assert codes == {"G1", "S1"}


def smallest(sets: list[frozenset[str]], wanted: frozenset[str], most: int) -> int:
    """How many of the sets it takes at least to have all that is wanted, or `most`."""
    if not wanted:
        return 0
    if most == 0:
        return 1
    hardest = min(wanted, key=lambda each: sum(each in some for some in sets))
    found = most
    for each in sets:
        if hardest in each and found > 0:
            found = min(found, 1 + smallest(sets, wanted - each, found - 1))
    return found


@pytest.mark.parametrize("version", [pytest.param("shut", marks=pytest.mark.long), "open"])
def test_the_pack_is_as_small_as_any(version: str) -> None:
    """No set of fewer requests of the instance shows all that the pack shows."""
    meaning = Meaning(law().regime, Column(version))
    goals = Goals(model(version)).all()
    known = {
        frozenset(each.key for each in goals if meaning.holds(each.enough[0][1], sent))
        for sent in everything(version)
    }
    sets = [each for each in known if not any(each < other for other in known)]
    count = len(pack(version).cases)
    assert smallest(sets, frozenset[str]().union(*sets), count) == count


def test_definitions_and_lists_are_taken_apart() -> None:
    """Where a phrase calls a definition, and where it lists values, each condition within counts; names that
    a definition binds are left alone.
    """
    words = WORDS.replace(
        '    "a member," requires member(sender)\n',
        '    "a member," requires trusted(sender) or act in {Return}\n',
    ).replace(
        "start inference",
        'define trusted(p: Person) "{p} is [not] trusted" means member(p) and not burdened(p)\n'
        'define burdened(p: Person) "{p} is [not] burdened" means\n'
        "    for some b: Book: keeper(b) is p and kind(b) is Atlas\n"
        "start inference",
    )
    own = reading_room(words).regime.model(Column("shut"))
    rule = Rule(Saying(own, R), next(each for each in own.checks if each.name == "membership"))

    first = [unparse(each.place.condition) for each in rule.conditions if each.limb is None]
    assert first == ["member(r.sender)", "burdened(r.sender)", "r.act is Return"]

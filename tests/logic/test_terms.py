"""Terms are simplified as they are built, and mean what they meant: quantifiers within quantifiers, too."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from checker.logic.node import Node
from checker.logic.terms import Terms
from checker.model.expressions import FACT, Sort

USER = Sort("User")
NAMES = ("x", "y", "z")  # few, so that quantifiers bind again what others bind
THINGS = (0, 1, 2)
DEPTH, FORMULAS = 5, 400


@dataclass(frozen=True)
class World:
    """Who knows whom, who is next to whom, and who is dear to the bank."""

    knows: frozenset[tuple[int, int]]
    after: tuple[int, ...]
    bank: int

    @classmethod
    def by_chance(cls, chance: random.Random) -> World:
        pairs = itertools.product(THINGS, THINGS)
        knows = frozenset(each for each in pairs if chance.random() < 0.5)
        return cls(knows, tuple(chance.choice(THINGS) for _ in THINGS), chance.choice(THINGS))

    def thing(self, term: Node, named: Mapping[Node, int]) -> int:
        match term.operator:
            case "symbol":
                return named[term]
            case "constant":
                return self.bank
            case "apply":
                return self.after[self.thing(term.arguments[0], named)]
            case _:
                assert term.operator == "ite"
                condition, yes, no = term.arguments
                return self.thing(yes if self.holds(condition, named) else no, named)

    def holds(self, formula: Node, named: Mapping[Node, int]) -> bool:
        parts = formula.arguments
        match formula.operator:
            case "true" | "false":
                return formula.operator == "true"
            case "not":
                return not self.holds(parts[0], named)
            case "and":
                return all(self.holds(each, named) for each in parts)
            case "or":
                return any(self.holds(each, named) for each in parts)
            case "equal":
                return self.thing(parts[0], named) == self.thing(parts[1], named)
            case "apply":
                return (self.thing(parts[0], named), self.thing(parts[1], named)) in self.knows
            case _:
                assert formula.operator == "exists"
                chosen = itertools.product(THINGS, repeat=len(formula.bound))
                ways = (dict(zip(formula.bound, each, strict=True)) for each in chosen)
                return any(self.holds(parts[0], {**named, **each}) for each in ways)


@dataclass
class Writing:
    """Writes formulas, and says of each what it means in a world before anything is simplified."""

    terms: Terms
    chance: random.Random
    world: World

    def __post_init__(self) -> None:
        self.symbols = tuple(self.terms.binder(each, USER) for each in NAMES)
        self.bank = self.terms.constant("Bank", USER)

    def term(self, depth: int) -> Node:
        way = self.chance.random()
        if way < 0.6 or not depth:
            return self.chance.choice((*self.symbols, self.bank))
        if way < 0.85:
            return self.terms.apply("after", (self.term(depth - 1),), USER)
        condition = self.formula(depth - 1)[0]
        return self.terms.ite(condition, self.term(0), self.term(0))

    def formula(self, depth: int) -> tuple[Node, frozenset[tuple[int, ...]]]:
        """A formula, and what its symbols may stand for so that it holds."""
        terms, way = self.terms, self.chance.random()
        if not depth or way < 0.2:
            one, other = self.term(1), self.term(1)
            made = (
                terms.equal(one, other)
                if self.chance.random() < 0.6
                else terms.apply("knows", (one, other), FACT)
            )
            return made, self.meant(made)
        if way < 0.35:
            body, means = self.formula(depth - 1)
            return terms.not_(body), self.everything - means
        if way < 0.7:
            (one, first), (other, second) = self.formula(depth - 1), self.formula(depth - 1)
            if self.chance.random() < 0.7:
                return terms.and_(one, other), first & second
            return terms.or_(one, other), first | second
        body, means = self.formula(depth - 1)
        place = self.chance.randrange(len(NAMES))
        found = {(*e[:place], each, *e[place + 1 :]) for e in means for each in THINGS}
        return terms.exists((self.symbols[place],), body), frozenset(found)

    @property
    def everything(self) -> frozenset[tuple[int, ...]]:
        return frozenset(itertools.product(THINGS, repeat=len(NAMES)))

    def meant(self, formula: Node) -> frozenset[tuple[int, ...]]:
        """What the symbols may stand for so that the formula, as it is built, holds."""
        named = (dict(zip(self.symbols, each, strict=True)) for each in self.everything)
        return frozenset(
            tuple(each[s] for s in self.symbols) for each in named if self.world.holds(formula, each)
        )


@pytest.mark.parametrize("seed", range(5))
def test_what_is_simplified_means_the_same(seed: int) -> None:
    """Whichever symbols quantifiers bind again."""
    chance = random.Random(seed)
    for _ in range(FORMULAS):
        writing = Writing(Terms(), chance, World.by_chance(chance))
        formula, means = writing.formula(DEPTH)
        assert writing.meant(formula) == means, formula


@pytest.mark.parametrize("seed", range(5))
def test_a_term_for_a_symbol_is_captured_by_no_quantifier(seed: int) -> None:
    """A formula about a term says of it what it said of the symbol."""
    chance = random.Random(seed)
    for _ in range(FORMULAS):
        writing = Writing(Terms(), chance, World.by_chance(chance))
        formula, means = writing.formula(DEPTH)
        place, term = chance.randrange(len(NAMES)), writing.term(2)
        found = writing.meant(writing.terms.substitute(formula, {writing.symbols[place]: term}))
        for each in writing.everything:
            thing = writing.world.thing(term, dict(zip(writing.symbols, each, strict=True)))
            assert (each in found) == ((*each[:place], thing, *each[place + 1 :]) in means), formula


def test_a_symbol_that_gives_way_to_a_term_is_captured_by_no_quantifier() -> None:
    """Somebody is y and knows another than themselves: so y does, who need not be the one known."""
    terms = Terms()
    x, y = (terms.binder(each, USER) for each in "xy")
    another = terms.and_(terms.not_(terms.equal(y, x)), terms.apply("knows", (x, y), FACT))
    formula = terms.exists((x,), terms.and_(terms.equal(x, y), terms.exists((y,), another)))
    world = World(frozenset({(0, 1)}), THINGS, 0)
    assert [world.holds(formula, {y: each}) for each in THINGS] == [True, False, False]

"""Sums and comparisons as nodes: equivalent ones are mostly the same, and mean what numbers make of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import TypeAlias

import pytest

from checker.logic.decode import Structure
from checker.logic.node import Node
from checker.logic.solver import Satisfied, Solver, Unsatisfiable
from checker.logic.terms import Terms
from checker.model.expressions import NUMBER

SMALL = range(-4, 5)
Worth: TypeAlias = Callable[[int, int], int]
"""What a number is for two others."""


def _numbers(terms: Terms) -> tuple[Node, Node]:
    return terms.symbol("a", NUMBER), terms.symbol("b", NUMBER)


def _number(terms: Terms, number: int) -> Node:
    return terms.number(number, NUMBER)


def test_equivalent_comparisons_are_one_node() -> None:
    """Both sides are gathered on one, divided by what they share, and turned the same way round."""
    terms = Terms()
    a, b = _numbers(terms)
    double = terms.weighed((2, a))
    assert terms.at_most(a, _number(terms, 3)) is terms.at_most(double, _number(terms, 7))
    assert terms.at_most(_number(terms, 4), a) is terms.not_(terms.at_most(a, _number(terms, 3)))
    assert terms.at_most(a, terms.weighed((1, a), constant=2)) is terms.true
    assert terms.equal(double, _number(terms, 7)) is terms.false
    assert terms.equal(terms.weighed((1, a), (-1, b)), _number(terms, 0)) is terms.equal(a, b)
    assert terms.weighed((1, a), (1, b), (-1, a)) is b


def test_division_rounds_towards_the_smaller_number() -> None:
    """Of negative numbers, too."""
    terms = Terms()
    for number, divisor in itertools.product(SMALL, (1, 2, 3)):
        assert terms.quotient(_number(terms, number), divisor) is _number(terms, number // divisor)
    a, _ = _numbers(terms)
    assert terms.quotient(terms.weighed((4, a), constant=3), 2) is terms.weighed((2, a), constant=1)


def _term(terms: Terms, chance: random.Random, depth: int) -> tuple[Node, Worth]:
    """A random number, and what Python makes of it."""
    if depth == 0 or chance.random() < 0.2:
        if chance.random() < 0.3:
            number = chance.randint(-3, 3)
            return _number(terms, number), lambda _a, _b: number
        return chance.choice(((terms.symbol("a", NUMBER), _first), (terms.symbol("b", NUMBER), _second)))
    one, own = _term(terms, chance, depth - 1)
    other, others = _term(terms, chance, depth - 1)
    match chance.randrange(5):
        case 0:
            factor = chance.randint(-3, 3)
            return terms.weighed((1, one), (factor, other)), lambda a, b: own(a, b) + factor * others(a, b)
        case 1:
            return terms.quotient(one, 3), lambda a, b: own(a, b) // 3
        case 2:
            return terms.least(one, other), lambda a, b: min(own(a, b), others(a, b))
        case 3:
            return terms.greatest(one, other), lambda a, b: max(own(a, b), others(a, b))
        case _:
            chosen = terms.ite(terms.at_most(one, other), other, one)
            return chosen, lambda a, b: max(others(a, b), own(a, b))


def _first(a: int, _b: int) -> int:
    return a


def _second(_a: int, b: int) -> int:
    return b


@pytest.mark.parametrize("seed", range(60))
def test_random_comparisons_mean_what_python_makes_of_them(seed: int) -> None:
    """For small numbers, as read from an answer; and by substitution, which rebuilds and simplifies them."""
    terms, chance = Terms(), random.Random(seed)
    one, said = _term(terms, chance, 3)
    other, also = _term(terms, chance, 3)
    a, b = _numbers(terms)
    at_most, same = terms.at_most(one, other), terms.equal(one, other)
    for x, y in itertools.product(SMALL, SMALL):
        left, right = said(x, y), also(x, y)
        structure = Structure(Satisfied({a: str(x), b: str(y)}))
        assert structure.value(one) == str(left)
        assert (structure.holds(at_most), structure.holds(same)) == (left <= right, left == right)
        put = {a: _number(terms, x), b: _number(terms, y)}
        assert terms.substitute(at_most, put) is (terms.true if left <= right else terms.false)
        assert terms.substitute(same, put) is (terms.true if left == right else terms.false)


@pytest.mark.parametrize("seed", range(12))
def test_the_solver_agrees_on_random_comparisons(seed: int) -> None:
    """Z3 finds a comparison possible for two given numbers exactly if Python finds it true."""
    terms, chance = Terms(), random.Random(seed)
    one, said = _term(terms, chance, 3)
    other, also = _term(terms, chance, 3)
    a, b = _numbers(terms)
    solver = Solver(terms)
    for _ in range(6):
        x, y = chance.choice(SMALL), chance.choice(SMALL)
        left, right = said(x, y), also(x, y)
        given = (terms.equal(a, _number(terms, x)), terms.equal(b, _number(terms, y)))
        answer = solver.ask((*given, terms.at_most(one, other)))
        assert isinstance(answer, Satisfied if left <= right else Unsatisfiable)
        assert isinstance(
            solver.ask((*given, terms.equal(one, other))), Satisfied if left == right else Unsatisfiable
        )

"""What the solver answers: what it does not know is not impossible, and enum values are what they are."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from functools import partial

import pytest

from checker.logic import solver as solving
from checker.logic.ground import Grounder
from checker.logic.node import Node
from checker.logic.solver import NoCore, Satisfied, Solver, Unknown, Unsatisfiable
from checker.logic.terms import Terms
from checker.model.deadline import SPENT, Deadline
from checker.model.expressions import FACT, Sort

THING = Sort("Thing")
LETTERS = ("A", "B", "C", "D", "E", "F")
MANY = 500  # propositions, far more than can be looked at in the time given
CLAUSES = 4.2  # for each proposition: where satisfiable questions are hardest
MOMENT = 0.3  # seconds


def test_without_time_nothing_is_known() -> None:
    """A proposition can hold, or not; and nobody has looked."""
    terms = Terms()
    asked = terms.or_(terms.symbol("p", FACT), terms.symbol("q", FACT))
    assert isinstance(Solver(terms, deadline=Deadline(0.0)).ask([asked]), Unknown)


def _hard(terms: Terms) -> list[Node]:
    """A question that has an answer by the way it is made, which is not found in a moment."""
    chance = random.Random(1)
    symbols = [terms.symbol(f"p{n}", FACT) for n in range(MANY)]
    answer = [chance.random() < 0.5 for _ in symbols]
    clauses: list[Node] = []
    while len(clauses) < CLAUSES * MANY:
        chosen = [(n, chance.random() < 0.5) for n in chance.sample(range(MANY), 3)]
        if any(answer[n] is sign for n, sign in chosen):
            parts = (symbols[n] if sign else terms.not_(symbols[n]) for n, sign in chosen)
            clauses.append(terms.or_(*parts))
    return clauses


def test_what_takes_too_long_is_not_impossible() -> None:
    """A question that has an answer, which is not found in a moment."""
    terms = Terms()
    solver = Solver(terms)
    solver.deadline = Deadline.after(MOMENT)
    assert not isinstance(solver.ask(_hard(terms)), Unsatisfiable)


def test_why_there_is_no_answer_is_said_in_our_words() -> None:
    """A question that is asked again and again is given up when the time is over, and that is said."""
    terms = Terms()
    solver = Solver(terms)
    asking = solver.questioning(_hard(terms))
    solver.deadline = Deadline.after(0.02)
    with pytest.raises(NoCore, match=SPENT):
        asking.core(())


def test_many_instances_are_asked_for_by_quantifiers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the first has, every successor has; so the tenth has it, and need not be the first."""
    terms = Terms()
    one, any_thing = terms.symbol("one", THING), terms.symbol("any", THING)

    def after(thing: Node) -> Node:
        return terms.apply("after", (thing,), THING)

    def has(thing: Node) -> Node:
        return terms.apply("has", (thing,), FACT)

    tenth = one
    for _ in range(9):
        tenth = after(tenth)
    handed_on = terms.forall((any_thing,), terms.implies(has(any_thing), has(after(any_thing))))
    for few in (30, 2, 0):
        monkeypatch.setattr(solving, "FEW", few)
        assert isinstance(Solver(terms).ask([has(one), handed_on, terms.not_(has(tenth))]), Unsatisfiable)
        answer = Solver(terms).ask([has(one), handed_on, terms.not_(terms.equal(one, tenth))])
        assert isinstance(answer, Satisfied)
        assert answer.values[one] != answer.values[tenth]


def test_what_no_small_situation_shows_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a question can hold is believed if a situation is found in which it does. Where even the instances
    for a few things are too many to be put, there is none, and nothing is known.
    """
    terms = Terms()
    any_thing, other = terms.symbol("any", THING), terms.symbol("other", THING)
    has = [terms.apply("has", (each,), FACT) for each in (any_thing, other)]
    asked = [terms.forall((any_thing, other), terms.or_(has[0], terms.not_(has[1])))]
    monkeypatch.setattr(solving, "FEW", 0)
    assert isinstance(Solver(terms).ask(asked), Satisfied)
    monkeypatch.setattr(solving, "Grounder", partial(Grounder, limit=0))
    assert isinstance(Solver(terms).ask(asked), Unknown)


def test_instances_and_quantifiers_give_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random questions with nested quantifiers, constants and an enum of five values. Their quantifiers may
    alternate, which those of laws do not, so some have no answer in the time given.
    """
    decided = 0
    for seed in range(60):
        terms, chance = Terms(), random.Random(seed)
        bank = terms.constant("Bank", THING)
        question = [random_formula(terms, chance, 3, (bank, terms.symbol("x", THING))) for _ in range(3)]
        answers = []
        for few in (2_000, 0):
            monkeypatch.setattr(solving, "FEW", few)
            solver = Solver(terms, deadline=Deadline.after(MOMENT), named=(bank,))
            answers.append(type(solver.ask(question)))
        if Unknown not in answers:
            decided += 1
            assert answers[0] is answers[1], seed
    assert decided >= 50


def test_quantified_enum_terms_have_the_values_of_their_sort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five letters are on, so none is off; and a letter that is none of the five is nobody's."""
    monkeypatch.setattr(solving, "FEW", -1)
    terms, letters = Terms(), Sort("Letter", LETTERS[:5])
    letter, thing = terms.symbol("letter", letters), terms.symbol("thing", THING)
    on = [terms.apply("on", (terms.value(each, letters),), FACT) for each in letters.values]
    off = terms.exists((letter,), terms.not_(terms.apply("on", (letter,), FACT)))
    everywhere = terms.forall((thing,), terms.apply("here", (thing,), FACT))
    assert isinstance(Solver(terms).ask([*on, off, everywhere]), Unsatisfiable)
    assert isinstance(Solver(terms).ask([*on[1:], off, everywhere]), Satisfied)
    own = terms.apply("letter of", (thing,), letters)
    early, late = (terms.member(own, frozenset(some)) for some in (LETTERS[:3], LETTERS[3:5]))
    never = [terms.forall((thing,), terms.not_(each)) for each in (early, late)]
    assert isinstance(Solver(terms).ask(never), Unsatisfiable)
    assert isinstance(Solver(terms).ask(never[:1]), Satisfied)
    only = terms.apply("the letter", (), letters)
    neither = [terms.not_(terms.member(only, frozenset(some))) for some in (LETTERS[:3], LETTERS[3:5])]
    assert isinstance(Solver(terms).ask([*neither, everywhere]), Unsatisfiable)
    assert isinstance(Solver(terms).ask([neither[0], everywhere]), Satisfied)


def random_formula(terms: Terms, chance: random.Random, depth: int, things: tuple[Node, ...]) -> Node:
    """Quantifiers of one kind above those of the other never lead from a sort back to itself: no function
    answers a thing.
    """
    letters = Sort("Letter", LETTERS[:5])
    if depth == 0:
        here = tuple(chance.choice(things) for _ in range(2))
        kind = chance.randrange(3)
        if kind == 0:
            return terms.equal(*here)
        if kind == 1:
            return terms.apply("likes", here, FACT)
        chosen = frozenset(chance.sample(letters.values, 2))
        return terms.member(terms.apply("letter", here[:1], letters), chosen)
    inner = [random_formula(terms, chance, depth - 1, things) for _ in range(2)]
    match chance.randrange(5):
        case 0:
            return terms.and_(*inner)
        case 1:
            return terms.or_(*inner)
        case 2:
            return terms.not_(inner[0])
        case _:
            bound = terms.symbol("bound", THING)
            body = random_formula(terms, chance, depth - 1, (*things, bound))
            return chance.choice((terms.exists, terms.forall))((bound,), body)


def test_different_constants_are_different_things() -> None:
    """One function leads to one thing only, even where a question does not say so in so many words."""
    terms = Terms()
    one, other = terms.constant("One", THING), terms.constant("Other", THING)
    here, there = (terms.apply("next", (terms.symbol(name, THING),), THING) for name in ("x", "y"))
    same = terms.equal(here, there)
    asked = [terms.equal(here, one), terms.equal(there, other), *hidden(terms, same)]
    assert isinstance(Solver(terms).ask(asked), Unsatisfiable)
    assert isinstance(Solver(terms).ask(asked[:2]), Satisfied)


@pytest.mark.parametrize("count", range(2, len(LETTERS) + 1))
def test_a_term_has_exactly_the_values_of_its_sort(count: int) -> None:
    """For every set of values: the term can have each of them, no other, and must be inside or outside."""
    sort = Sort("Letter", LETTERS[:count])
    terms = Terms()
    solver, letter = Solver(terms), terms.symbol("letter", sort)

    def can_be(values: Iterable[str], others: Iterable[str]) -> bool:
        one, other = terms.member(letter, values), terms.member(letter, others)
        answer = solver.ask((*hidden(terms, one), *hidden(terms, other, "other")))
        assert not isinstance(answer, Unknown)
        return isinstance(answer, Satisfied)

    for size in range(1, count):
        for values in itertools.combinations(sort.values, size):
            assert {each for each in sort.values if can_be(values, (each,))} == set(values)
            outside = terms.not_(terms.member(letter, values))
            neither = terms.not_(terms.member(letter, set(sort.values).difference(values)))
            asked = (*hidden(terms, outside), *hidden(terms, neither, "other"))
            assert isinstance(solver.ask(asked), Unsatisfiable)


def hidden(terms: Terms, formula: Node, name: str = "hidden") -> tuple[Node, ...]:
    """The formula, said so that nothing but the solver sees it: it or `p`, and `p` cannot be."""
    p, q = (terms.symbol(f"{name} {letter}", FACT) for letter in "pq")
    return (
        terms.or_(formula, p),
        terms.or_(terms.not_(p), q),
        terms.or_(terms.not_(p), terms.not_(q)),
    )


@pytest.mark.parametrize("seed", range(12))
def test_what_was_answered_is_answered_again_as_if_it_were_asked(seed: int) -> None:
    """A question with switches remembers what held together and what did not: every answer, in any order,
    and with a proposition that was defined in between, is that of looking at all assignments.
    """
    terms, chance = Terms(), random.Random(seed)
    switches = [terms.symbol(f"s{n}", FACT) for n in range(6)]
    clauses = [
        tuple((n, chance.random() < 0.5) for n in chance.sample(range(len(switches)), 3)) for _ in range(14)
    ]

    def literal(number: int, sign: bool) -> Node:
        return switches[number] if sign else terms.not_(switches[number])

    questioning = Solver(terms).questioning(
        terms.or_(*(literal(*each) for each in clause)) for clause in clauses
    )
    worlds = [
        world
        for world in itertools.product((False, True), repeat=len(switches))
        if all(any(world[n] is sign for n, sign in clause) for clause in clauses)
    ]
    sets = [
        each
        for size in range(len(switches) + 1)
        for each in itertools.combinations(range(len(switches)), size)
    ]
    chance.shuffle(sets)
    outside = terms.symbol("outside", FACT)
    for place, chosen in enumerate(sets):
        if place == len(sets) // 2:
            questioning.define(outside, terms.not_(terms.and_(switches[0], switches[1])))
        held = [world for world in worlds if all(world[n] for n in chosen)]
        known = {each for clause in clauses for each, _ in clause}
        if set(chosen) <= known:
            assert questioning.possible(switches[n] for n in chosen) == bool(held)
            if place >= len(sets) // 2:
                apart = [world for world in held if not (world[0] and world[1])]
                assert questioning.possible([outside, *(switches[n] for n in chosen)]) == bool(apart)

"""Invariants that are found by what leads to the goal, and the diagrams of which they are made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.logic.incremental import Incremental, Purse
from checker.model.expressions import (
    FACT,
    Apply,
    Constant,
    Formula,
    Is,
    Not,
    Present,
    Quantified,
    Sort,
    Value,
    Variable,
)
from checker.model.unparse import unparse
from checker.prove import find_invariant, invariant_search, story_or_invariant
from checker.prove.clause_templates import said
from checker.prove.decide import Prover
from checker.prove.diagrams import Diagram, Drawing
from checker.prove.find_invariant import Unreached, held
from checker.prove.invariant_search import InvariantSearch
from checker.prove.property_directed import Exclusion
from checker.question.goals import condition_of
from checker.question.jobs import Job, jobs_for
from checker.question.problem import GaveUp, Problem, relevant
from checker.question.question import Question
from checker.question.workbench import Workshop
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.alike_places import ALIKE, NEVER
from tests.support.load import load
from tests.support.params import with_thorough
from tests.support.places import TESTS

MUCH = 30_000_000
FIRST = story_or_invariant.EFFORTS[0]
WITHOUT, ALONE = replace(FIRST, directed=()), replace(FIRST, strategies=0)
BED = Variable("b", Sort("Bed"))
RANKS = """
sort Person
sort Team
constant Boss: Person
enum Grade: Low, Middle, High
state grade(Person): Grade
state team(Person): optional Team
state marked(Person)
fixed senior(Person, Person)
request "{sender} asks"
    sender: Person
    whom: Person
    to: Team
component Desk
route Desk
start inference "nobody is marked": for every p: Person: not marked(p) and grade(p) is Low
effect asking
    marked(whom) becomes true inference "x"
    grade(sender) becomes High inference "x"
    team(sender) becomes to inference "x"
version law "as it stands"
"""
BOSS = """
claim 1 boss "The boss has no team." from "Desk"
    always team(Boss) is absent
    expect refuted in law
"""


def system(name: str, column: str) -> tuple[Regime, Job]:
    """The first claim about a system of the cases, in the column."""
    path = TESTS / "cases" / "reach" / f"{name}.md"
    regime = load_texts({path.name: path.read_text(encoding="utf-8")})
    return regime, next(each for each in jobs_for(regime.claims[:1]) if str(each.column) == column)


def unreached(regime: Regime, job: Job) -> tuple[Unreached, frozenset[str]]:
    """What the claim excludes, and what it turns on."""
    question = Question(regime, job)
    problem = question.problem(Workshop(regime, 0))
    asking = question.asking
    assert asking is not None
    goal = condition_of(asking)(problem, problem.system.base)
    schemas = relevant(problem, (goal,), problem.system.schemas(asking(problem).steps))
    read = problem.reads((goal,)).union(*(problem.touched(each)[1] for each in schemas))
    return Unreached(problem, condition_of(asking), schemas, lambda _: problem.terms.true), frozenset(read)


# --------------------------------------------------------------- invariants


def test_what_many_clauses_do_not_decide_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clause has four literals: it is found by what leads to the goal, and not without."""
    regime = load(ALIKE, NEVER)
    (job,) = jobs_for(regime.claims)
    monkeypatch.setattr(story_or_invariant, "EFFORTS", (WITHOUT,))
    assert Prover(regime).decide(job).verdict in ("unknown", "bounded")
    monkeypatch.setattr(story_or_invariant, "EFFORTS", (FIRST,))
    found = Prover(regime).decide(job)
    assert found.verdict == "proved"
    assert found.evidence.invariant


@pytest.mark.parametrize(
    "name", with_thorough(("beds", "papers", "semaphore", "wall"), lambda name: name == "beds")
)
def test_it_decides_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without strategies and without clauses of plain facts that were not asked for. That of the wall says
    why somebody may send in, which is that there is somebody else: no plain facts say so.
    """
    monkeypatch.setattr(story_or_invariant, "EFFORTS", (ALONE,))
    monkeypatch.setattr(invariant_search, "SIZES", ())
    monkeypatch.setattr(story_or_invariant, "grow", _given_up)
    regime, job = system(name, "sound")
    found = Prover(regime).decide(job)
    assert found.verdict == "proved"
    assert found.evidence.invariant


def _given_up(*_: object, **__: object) -> None:
    raise GaveUp("not looked for")


@pytest.mark.parametrize(("name", "column"), [("semaphore", "open"), ("beds", "hasty"), ("wall", "open")])
def test_there_is_nothing_against_what_comes_about(name: str, column: str) -> None:
    """A story leads there, so that no clauses keep it out: neither of plain facts, nor, which is tried next,
    in the words of the law. Nothing is spent on it after that.
    """
    asked, read = unreached(*system(name, column))
    exclusion = Exclusion(asked, read, 0, Purse(MUCH))
    assert exclusion.clauses() == ()
    assert exclusion.hopeless
    search, once, again, more = InvariantSearch(asked), Purse(MUCH), Purse(MUCH), Purse(MUCH)
    assert not search.directed(once)
    assert once.left < MUCH
    assert not search.directed(again)
    assert not search.directed(more)
    assert more.left == MUCH


def test_each_try_begins_anew() -> None:
    """Where the first purse is too small, a second try finds an invariant; so does a first."""
    asked, read = unreached(*system("beds", "sound"))
    search = InvariantSearch(asked)
    assert not search.directed(Purse(50_000))
    assert search.directed(Purse(MUCH))
    for seed in 0, 1:
        found = Exclusion(asked, read, seed, Purse(MUCH)).clauses()
        assert held(asked, map(said, found), Purse(MUCH)).enough


def test_the_same_is_found_whatever_was_asked_before() -> None:
    """Two searches in one problem, the second after others, find the same clauses."""
    asked, read = unreached(*system("semaphore", "sound"))
    first = Exclusion(asked, read, 0, Purse(MUCH)).clauses()
    assert held(asked, map(said, first), Purse(MUCH)).enough
    assert Exclusion(asked, read, 0, Purse(MUCH)).clauses() == first


def test_clauses_of_which_starts_are_not_decided_are_no_invariant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clauses that contradict each other are kept by every step; they are not enough where the solver gave up
    on what is false at a start.
    """
    monkeypatch.setattr(find_invariant, "_not_soon_false", lambda _asked, found, _purse: found)
    asked, _ = unreached(*system("beds", "sound"))
    ready = Quantified(universal=True, variables=(BED,), where=None, body=Apply("ready", (BED,), FACT))
    both = tuple(said(each) for each in (ready, Not(ready)))
    assert not held(asked, both, Purse(MUCH)).enough


# ----------------------------------------------------------------- diagrams


def drawn_from(problem: Problem, *functions: str) -> tuple[Diagram, Drawing, Incremental]:
    """A diagram, by these functions, of a situation with two of each at most where the boss has a team."""
    solver = Incremental(problem.solver)
    drawing = Drawing(problem, solver, frozenset(functions))
    few = (drawing.few(sort, 2) for sort in drawing.sorts)
    so = solver.switch(problem.read(IN_A_TEAM, problem.scope(problem.system.base)))
    assert solver.possible((so, *few), Purse(MUCH))
    diagram = drawing.drawn(dict.fromkeys(drawing.sorts, 2))
    assert diagram is not None
    return diagram, drawing, solver


def problem_of_ranks() -> Problem:
    regime = load(RANKS, BOSS)
    return Question(regime, jobs_for(regime.claims)[0]).problem(Workshop(regime, 0))


PERSON, TEAM, GRADE = Sort("Person"), Sort("Team"), Sort("Grade", ("Low", "Middle", "High"))
THE_BOSS = Constant(PERSON, "Boss")
ONE, TWO = Variable("person1", PERSON), Variable("person2", PERSON)
BOTH = "for every person1: Person, person2: Person"
IN_A_TEAM = Present(Apply("team", (THE_BOSS,), TEAM))


def test_a_clause_denies_what_its_diagram_says() -> None:
    """All that it says can hold together, but not where its clause does, or that of less than it says."""
    problem = problem_of_ranks()
    diagram, drawing, solver = drawn_from(problem, "grade", "team", "marked", "senior")
    base = problem.system.base
    there = [solver.switch(drawing.there(each, base)) for each in diagram.literals]
    clause = solver.switch(problem.read(diagram.clause, problem.scope(base)))
    assert len(there) > len(drawing.sorts)
    assert solver.possible(there, Purse(MUCH)) is True
    assert solver.possible((*there, clause), Purse(MUCH)) is False
    for left_out in diagram.literals:
        less = diagram.without(left_out)
        weaker = solver.switch(problem.read(less.clause, problem.scope(base)))
        assert solver.possible((*there, weaker), Purse(MUCH)) is False


def test_what_changes_is_told_from_what_does_not() -> None:
    """Only what speaks of state can change; that things differ, and who is the boss, cannot."""
    diagram, drawing, _ = drawn_from(problem_of_ranks(), "marked", "senior")
    texts = {unparse(each): drawing.changes(each) for each in diagram.literals}
    assert {changes for text, changes in texts.items() if "marked" in text} == {True}
    assert {changes for text, changes in texts.items() if "marked" not in text} == {False}


def marked(whom: Variable) -> Formula:
    return Apply("marked", (whom,), FACT)


@pytest.mark.parametrize(
    ("literals", "clause"),
    [
        ((marked(ONE),), "for every person1: Person: not marked(person1)"),
        ((Is(ONE, THE_BOSS), marked(ONE)), "not marked(Boss)"),
        ((Is(ONE, THE_BOSS),), "for every person1: Person: person1 is not Boss"),
        ((Not(Is(ONE, TWO)),), f"{BOTH}: person1 is person2"),
        (
            (marked(ONE), Not(marked(TWO)), Not(Is(ONE, TWO))),
            f"{BOTH} where person1 is not person2: marked(person1) implies marked(person2)",
        ),
        (
            (Is(ONE, THE_BOSS), Is(Apply("grade", (TWO,), GRADE), Value(GRADE, "Low")), Not(Is(ONE, TWO))),
            "for every person2: Person: grade(person2) is Low implies Boss is person2",
        ),
    ],
)
def test_a_clause_reads_as_one_would_write_it(literals: tuple[Formula, ...], clause: str) -> None:
    """Things that are said to be different stand in `where`, and a constant stands for itself."""
    assert unparse(Diagram(literals).clause) == clause

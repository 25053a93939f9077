"""Claims whose verdict is as expected share a solver; what people are told comes from a solver that was asked
nothing before.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from checker.model.deadline import NEVER
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.problem import NotAside, Problem
from checker.question.question import Question
from checker.question.verdict import Result
from checker.question.workbench import Workshop
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.support.places import LIBRARY, PERMITS

LAWS = (PERMITS, pytest.param(LIBRARY, marks=pytest.mark.thorough))
PARTS = ("verdict", "reason", "evidence", "vacuous", "empty", "left_open")


def _law(place: Path) -> Regime:
    return load_regime(place / "spec", place / "properties")


def _said(result: Result) -> dict[str, object]:
    """What is read of a result, without the time that solvers took."""
    said = {each: getattr(result, each) for each in PARTS}
    evidence = result.evidence
    names = tuple(each.name for each in evidence.obligations)
    return {**said, "evidence": (replace(evidence, obligations=()), names)}


def _prover(law: Regime) -> Prover:
    return Prover(law, witnesses="any")


@pytest.mark.parametrize("place", LAWS, ids=("permits", "library"))
def test_what_is_told_does_not_turn_on_what_was_asked_before(place: Path) -> None:
    """Every verdict, reason and story is the one that a prover finds who decides nothing else, and in which
    nothing is decided aside: whatever is expected, in any order.
    """
    law = _law(place)
    jobs = list(jobs_for(law.claims))
    alone = {each: _said(Prover(law).decide(each)) for each in jobs}
    random.Random(13).shuffle(jobs)
    together = _prover(law)
    for job in jobs:
        surprised = replace(job, expected="proved")
        found = together.decide(surprised)
        if found.verdict == "proved" and (found.evidence.trace or found.evidence.cases):
            assert alone[job]["verdict"] == "proved"  # by stories that nobody reads
        else:
            assert _said(found) == alone[job]


@pytest.mark.parametrize("place", LAWS, ids=("permits", "library"))
def test_the_same_is_proved_in_every_column(place: Path) -> None:
    """The columns are asked in turn: what is impossible in one is not taken to be so in the next."""
    law = _law(place)
    jobs = sorted(jobs_for(law.claims), key=lambda each: each.claim.name)
    together = _prover(law)
    for job in (*jobs, *reversed(jobs)):
        untold = replace(job, told=False)
        assert together.decide(untold).verdict == job.expected, (job.claim.name, str(job.column))


def _aside(law: Regime, job: Job) -> tuple[Problem, Problem]:
    workshop = Workshop(law, 0)
    asked = Question(law, job, NEVER)
    first, other = (asked.problem(workshop, aside=True) for _ in range(2))
    return first, other


def test_a_solver_that_is_shared_tells_nothing() -> None:
    """Neither what it answers to a question of which people read, nor what is built on it."""
    law = _law(PERMITS)
    problem, _ = _aside(law, jobs_for(law.claims)[0])
    assert problem.answer(*problem.frame, told=False) is not None
    with pytest.raises(NotAside):
        problem.answer(*problem.frame)
    with pytest.raises(NotAside):
        _ = problem.solver


def test_what_takes_long_is_not_decided_aside() -> None:
    """How long a question takes may turn on earlier ones, so a verdict would."""
    law = _law(PERMITS)
    problem, other = _aside(law, jobs_for(law.claims)[0])
    assert other.possible(problem.frame)
    with problem.costing(20_000_000):
        assert problem._solver.most < 20_000_000
    problem._solver.most = 1
    start = problem.system.start(problem.system.base)
    with pytest.raises(NotAside):
        problem.possible((*problem.frame, *start))


def test_what_is_impossible_is_known_to_the_next_claim_and_nothing_else_is() -> None:
    """Of two claims about one law, the second need not ask again; with one condition less it must."""
    law = _law(PERMITS)
    problem, other = _aside(law, jobs_for(law.claims)[0])
    fact = problem.terms.and_(*problem.system.start(problem.system.base))
    question = (*problem.frame, fact, problem.terms.not_(fact))
    assert not problem.possible(question)
    asked = problem._solver.questions
    assert not other.possible(question)
    assert problem._solver.questions == asked
    assert other.possible(question[:-1])

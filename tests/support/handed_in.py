"""Evidence about keys and a light that nobody has found: made by hand, and handed in to be checked."""

from __future__ import annotations

import pytest

from checker.evidence.obligation_scripts import verdict_scripts
from checker.logic.script_solvers import by_z3
from checker.model.evaluate import successor
from checker.model.situation import Request, Situation, Step, Trace
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Evidence
from checker.question.workbench import Workshop
from checker.trusted import requirements
from checker.trusted.obligations import Rejected, check
from tests.support.keys_to_safes import KEYS
from tests.support.load import load

TURN, RING, RESET = (
    Step("event", event="turn"),
    Step("event", event="ring", arguments={"s": "box"}),
    Step("event", event="reset"),
)
LONG = 20.0  # seconds for a script


def asked(claim: str, column: str = "loose", rules: str = KEYS) -> Question:
    """The question whether the claim holds in the column."""
    text = f'claim 1 forged "A claim." from "K"\n    {claim}\n    expect proved in {column}\n'
    regime = load(rules, text)
    return Question(regime, Job(regime.claims[0], regime.parse_column(column)))


def request(sender: str, act: str, **others: str) -> Step:
    return Step("request", request=Request({"sender": sender, "act": act, "safe": "box", **others}))


def start(
    version: str = "loose", people: tuple[str, ...] = ("Bank", "ann", "bob"), **values: str
) -> Situation:
    """A start: all safes free, no alarm, the light red, nobody marked. `values`: instead of that."""
    known: dict[tuple[str, tuple[str, ...]], str | bool] = {("light", ()): values.pop("light", "Red")}
    known |= {(function, (thing,)): True for function, thing in values.items()}
    return Situation(
        {"Person": people, "Safe": ("box",)}, known, {("Gate", None): version, ("Vault", None): version}
    )


def told(question: Question, first: Situation, *steps: Step, **binding: str) -> Evidence:
    """The story of these steps, each situation worked out, whether or not the steps can be taken."""
    situations = [first]
    for step in steps:
        situations.append(successor(question.rules, situations[-1], step))
    return Evidence(trace=Trace(tuple(situations), steps), binding=binding)


def asked_of_solver(question: Question, verdict: requirements.Decided, evidence: Evidence) -> None:
    """Check every obligation of the verdict. Raises Rejected."""
    problem = question.problem(Workshop(question.regime, 0))
    check(problem, requirements.obligations(question, problem, verdict, evidence))


def checked(question: Question, verdict: requirements.Decided, evidence: Evidence) -> None:
    """Every obligation of the verdict holds, and so say the scripts that are written for others."""
    asked_of_solver(question, verdict, evidence)
    answers = {by_z3(each.text, LONG) for each in verdict_scripts(question, verdict, evidence)}
    assert answers <= {"unsat"}


def rejection(question: Question, verdict: requirements.Decided, evidence: Evidence) -> str:
    """The obligation that the evidence fails, also as a script."""
    with pytest.raises(Rejected) as refused:
        asked_of_solver(question, verdict, evidence)
    failed = str(refused.value)
    scripts = {each.obligation: each.text for each in verdict_scripts(question, verdict, evidence)}
    assert by_z3(scripts[failed], LONG) == "sat"
    return failed

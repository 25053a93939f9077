"""Whoever wants no answer any more gets none, whatever the solver is at."""

from __future__ import annotations

import pytest
import z3

from checker.logic.calendar_in_solvers import Calendar
from checker.logic.z3_calls import Ast
from checker.model.deadline import SPENT, Stop
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from tests.support.load import load

LAW = """sort Thing
state x(Thing): optional date "the day of {1}"
request "somebody asks for {thing}"
    thing: Thing
component Desk
route Desk
version v "v"
start inference "at first": for every t: Thing: x(t) is absent
effect ask
    x(thing) becomes today inference "so"
"""
CLAIM = """claim 1 short "A month may have 28 days."
    from "1"
    for t: Thing
    possibly today is x(t) plus 1 months and today is x(t) plus 28 days by requests and time
    expect proved in v
"""


def test_a_solver_that_is_told_of_months_is_not_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """If no answer is wanted any more while a solver is told which months it got wrong, which it cannot be
    interrupted at, the verdict is unknown.
    """
    law, stop = load(LAW, CLAIM), Stop()
    (job,) = jobs_for(law.claims)
    assert Prover(law).decide(job).verdict == "proved"
    corrected = Calendar.corrected

    def meanwhile(calendar: Calendar, model: z3.ModelRef) -> list[Ast]:
        stop.ask()
        return corrected(calendar, model)

    monkeypatch.setattr(Calendar, "corrected", meanwhile)
    result = Prover(law, stop=stop).decide(job)
    assert (result.verdict, result.reason, stop.asked) == ("unknown", SPENT, True)

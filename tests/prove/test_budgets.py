"""Budgets: kept by everything that takes long, and nothing that is proved is lost to them."""

from __future__ import annotations

import itertools
import time

import pytest

from checker.exits import AS_EXPECTED, NO_ANSWER
from checker.model.claim import Column
from checker.model.deadline import Deadline, OutOfTime
from checker.model.evaluate import decide, replay
from checker.model.situation import Request, Situation, Trace
from checker.prove.decide import Prover
from checker.prove.run_jobs import run
from checker.question.jobs import Effort, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.report.summary import result_code
from tests.support.places import TESTS

PERMITS = TESTS / "laws" / "permits" / "spec" / "permits.md"
BUDGET = 1.0
MOMENT = 0.1
MANY = 12  # things that are all different: nobody goes through so many of them by trial

WIDE = "for some {names}: {apart}"
CLAIM = """
```redline
claim 1 wide "x" from "x"
    for s: Street
    {said}
    expect {verdict} in new
```
"""


def wide(count: int) -> str:
    """Return that there are so many persons: quick to solve, and slow to try out."""
    names = [f"v{number}" for number in range(count)]
    apart = " and ".join(f"{one} is not {other}" for one, other in itertools.combinations(names, 2))
    return WIDE.format(names=", ".join(f"{each}: Person" for each in names), apart=apart)


def law(said: str, verdict: str, more: str = "") -> Regime:
    text = PERMITS.read_text(encoding="utf-8")
    return load_texts({"permits.md": text + more, "claims.md": CLAIM.format(said=said, verdict=verdict)})


def decided(regime: Regime, effort: Effort) -> tuple[Result, float]:
    """Return the result, and the seconds of work that it took: others may be busy on the machine."""
    started = time.process_time()
    ((_, result),) = run(regime, jobs_for(regime.claims), effort)
    return result, time.process_time() - started


@pytest.mark.parametrize("count", [8, 20])
def test_a_story_that_takes_too_long_to_replay_is_unknown(count: int) -> None:
    """The solver finds a story at once; whether it shows what it should takes longer than there is time."""
    result, seconds = decided(
        law(f"always not ({wide(count)})", "refuted"), Effort(budget=BUDGET, processes=1)
    )
    assert (result.verdict, result.reason) == ("unknown", "the time budget is spent")
    assert seconds < BUDGET + 1


def test_a_proof_stands_though_its_witness_takes_too_long() -> None:
    """What is proved stays proved; that it speaks of anything is what was not found out."""
    said = f"always ({wide(MANY)}) implies holder(s) matches holder(s)"
    result, seconds = decided(law(said, "proved"), Effort(budget=BUDGET, processes=1))
    assert result.verdict == "proved"
    assert not result.vacuous
    assert result.witness is None
    assert result.unwitnessed
    assert result.reason == "whether it is vacuous is unknown: the time budget is spent"
    assert result_code(result) == NO_ANSWER
    assert seconds < BUDGET + 1


def test_a_verdict_stands_though_the_explorer_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second opinion is said to be missing."""
    regime = law("always holder(s) matches holder(s)", "proved")
    (job,) = jobs_for(regime.claims)
    prover = Prover(regime, explore=1 << 20)
    assert prover.decide(job).explored.startswith("agrees")

    def late(*_: object) -> str:
        raise OutOfTime

    monkeypatch.setattr("checker.explore.second_opinion.second_opinion", late)
    result = prover.decide(job)
    assert (result.verdict, result.explored) == ("proved", "not explored: the time budget is spent")
    assert result_code(result) == AS_EXPECTED


def crowd() -> Situation:
    """Return a situation with almost as many persons."""
    persons = ("Office", *map(str, range(MANY - 2)))
    return Situation({"Person": persons, "Street": ("elm",)}, {}, {("Desk", None): "new"})


@pytest.mark.parametrize("rule", ["an axiom", "a start"])
def test_rules_of_a_story_keep_time(rule: str) -> None:
    """Whatever of the law takes long to look at, a story is not replayed beyond the deadline."""
    kind = {"an axiom": 'axiom wide "x" because "x"', "a start": 'start inference "x"'}[rule]
    regime = law(
        "possibly holder(s) is present by requests",
        "proved",
        f"\n```redline\n{kind}: not ({wide(MANY)})\n```\n",
    )
    rules = regime.rules(Column("new"))
    situation = crowd()
    started = time.process_time()
    with pytest.raises(OutOfTime):
        replay(rules, Trace((situation,), ()), starts=True, deadline=Deadline.after(MOMENT))
    assert time.process_time() - started < MOMENT + 1


def test_checks_routes_and_effects_keep_time() -> None:
    """A request is decided, and carried out, no longer than there is time."""
    text = PERMITS.read_text(encoding="utf-8").replace(
        "requires lives(sender, street)", f"requires {wide(MANY)}"
    )
    regime = load_texts({"permits.md": text})
    rules = regime.rules(Column("new"))
    situation = crowd()
    request = Request({"sender": "1", "kind": "Resident", "act": "Apply", "street": "elm"})
    with pytest.raises(OutOfTime):
        decide(rules, situation, request, Deadline.after(MOMENT))

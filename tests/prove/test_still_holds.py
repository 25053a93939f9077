"""Verdicts after an edit: what they turn on, and whether what stood behind them still does."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from functools import cache

import pytest

from checker.logic.solver import Solver, Unknown
from checker.logic.terms import Terms
from checker.model.claim import Column
from checker.model.deadline import Deadline, Stop
from checker.model.expressions import FACT
from checker.prove.decide import Prover
from checker.prove.reached_by_edits import Reach
from checker.prove.still_holds import still_holds
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.regimes_agree.trials import job_of, make_trial
from tests.support.permit_edits import EDITS
from tests.support.places import PERMITS

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
CLAIMS = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")

WORDS = {
    "prose": ("# Parking permits\n", "# Permits\n\nFor cars.\n"),
    "a label": ('"the office"', '"the bureau"'),
    "a rule's words": ('"the office." sender', '"the bureau." sender'),
    "what is expected of a name": ('"Stranger" otherwise', '"Visitor" otherwise'),
}
MEANINGS = {
    **EDITS,
    "a limb": ("not inner(street)", "inner(street)"),
    "what is refused": ("applies when act is Transfer", "applies when act is Apply"),
}


def _law(*edit: str) -> Regime:
    """The law with something in it instead of something else; a quote goes with the words of its rule."""
    old, new = edit or (LAW, LAW)
    assert old in LAW
    law = LAW.replace(old, new)
    if "the bureau." in law:
        law = law.replace("> (z) the office.", "> (z) the bureau.")
    return load_texts({"spec.md": law}, {"claims.md": CLAIMS})


def _turns_on(law: Regime) -> dict[tuple[str, Column, str | None], str]:
    reach = Reach()
    return {(each.claim.name, each.column, each.by): reach.of(law, each) for each in jobs_for(law.claims)}


@pytest.mark.parametrize("edit", WORDS.values(), ids=WORDS)
def test_no_verdict_turns_on_words(edit: tuple[str, str]) -> None:
    """Nor on labels, and where things stand."""
    assert _turns_on(_law(*edit)) == _turns_on(_law())


@pytest.mark.parametrize("edit", MEANINGS.values(), ids=MEANINGS)
def test_verdicts_turn_on_what_the_law_means(edit: tuple[str, str]) -> None:
    """Whatever has another meaning, the verdicts in columns that have it may be others."""
    before, after = _turns_on(_law()), _turns_on(_law(*edit))
    new = [each for each in before if each[1].base == "new"]
    assert new
    assert all(before[each] != after[each] for each in new)


@cache
def _before() -> tuple[Result, ...]:
    """The verdicts on the law without an edit."""
    found = tuple(Prover(_law()).decide(job) for job in jobs_for(_law().claims))
    assert all(each.decided for each in found)
    return found


def _again(law: Regime) -> list[tuple[str, str | None, str]]:
    """The verdicts of before, as far as they still hold, beside those that are found anew."""
    found = []
    for like, job in zip(_before(), jobs_for(law.claims), strict=True):
        again = still_holds(Prover(law), replace(job, like=like))
        found.append((job.claim.name, None if again is None else again.word, Prover(law).decide(job).word))
    return found


@pytest.mark.parametrize("edit", MEANINGS.values(), ids=MEANINGS)
def test_what_still_holds_is_what_is_found_anew(edit: tuple[str, str]) -> None:
    """Where evidence of before the edit is good enough, and nowhere else."""
    found = _again(_law(*edit))
    assert all(again in (None, anew) for _, again, anew in found)


def test_some_verdicts_still_hold_and_others_do_not() -> None:
    """An edit that takes the exemption of traders back leaves what is proved of the old by-law alone."""
    found = _again(_law("not inner(street)", "inner(street) and not inner(street)"))
    assert {again for _, again, _ in found} == {None, "proved"}


VACUOUS = (
    CLAIMS
    + """
```redline
claim 9 no-such-request "Whoever applies without applying lives in the street."
    from "Gazette 9"
    for s: Street
    always, after an accepted request r where r.act is Apply and r.act is not Apply: lives(r.sender, s)
    expect proved in old, new
```
"""
)


def test_what_made_a_claim_vacuous_is_checked_and_not_sought_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it still rules the claim's condition out; else a witness is found, as of any proof."""
    law = load_texts({"spec.md": LAW}, {"claims.md": VACUOUS})
    other = load_texts({"spec.md": LAW.replace("not inner(street)", "inner(street)")}, {"claims.md": VACUOUS})
    claim = next(each for each in law.claims if each.number == "9")
    there = next(each for each in other.claims if each.number == "9")
    like = Prover(law).decide(Job(claim, Column("new")))
    assert like.word == "vacuous"
    occurs = replace(there, statement=next(each for each in other.claims if each.number == "1").statement)
    found = Prover(other).decide(Job(occurs, Column("old"), like=like))
    assert (found.word, found.witness is not None) == ("proved", True)
    monkeypatch.setattr("checker.prove.decide.example", lambda *_, **__: pytest.fail("it is sought"))
    again = still_holds(Prover(other), Job(there, Column("new"), like=like))
    assert again is not None
    assert again.word == "vacuous"
    assert again.empty is not None
    assert again.empty.obligations


@pytest.mark.thorough
def test_in_random_laws_nothing_holds_that_does_not() -> None:
    """The evidence of one law, tried in another much like it: the verdict is that of the other, if any."""
    held = 0
    for number in range(6):
        trial = make_trial(3, number, 4)
        law = load_texts(trial.texts)
        other = load_texts({file: text.replace(") and (", ") or (", 1) for file, text in trial.texts.items()})
        for question in trial.questions:
            job, there = job_of(law, question), job_of(other, question)
            like = Prover(law, budget=1.0).decide(job)
            again = still_holds(Prover(other, budget=1.0), replace(there, like=like))
            anew = Prover(other, budget=1.0).decide(there)
            if again is not None and anew.decided:
                held += 1
                assert again.verdict == anew.verdict
    assert held


def test_nothing_to_go_by_is_nothing() -> None:
    """Neither without a verdict of before, nor with one that was left open."""
    law = _law()
    job: Job = jobs_for(law.claims)[0]
    assert still_holds(Prover(law), job) is None
    like = replace(Prover(law).decide(job), verdict="unknown")
    assert still_holds(Prover(law), replace(job, like=like)) is None


def test_a_solver_at_work_is_stopped() -> None:
    """A question that takes minutes is given up at once when another thread says so."""
    terms, stop = Terms(), Stop()
    hole = [[terms.symbol(f"pigeon {i} in {j}", FACT) for j in range(11)] for i in range(12)]
    one = [
        terms.not_(terms.and_(hole[i][j], hole[k][j])) for j in range(11) for i in range(12) for k in range(i)
    ]
    asked = (*one, *(terms.or_(*each) for each in hole))
    timer = threading.Timer(0.5, stop.ask)
    timer.start()
    started = time.monotonic()
    assert isinstance(Solver(terms, deadline=Deadline.after(300, stop)).ask(asked), Unknown)
    assert time.monotonic() - started < 60
    assert stop.asked

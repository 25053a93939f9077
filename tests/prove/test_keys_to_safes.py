"""Verdicts on small made-up rules, each worked out by hand before the engines were asked.

Keys to safes are taken, passed on and given back; a light goes round. Beside each claim stands why it holds
or does not, and how many steps the shortest story has that shows it.
"""

from __future__ import annotations

import time
from functools import cache

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.regime import Regime
from tests.support.keys_to_safes import ASKED, KEYS, SAFE, text_of
from tests.support.load import load

LATE = 5.0  # seconds of processor time that a budget of half a second may come to


@cache
def keys() -> Regime:
    """The rules about keys with all claims about them."""
    return load(KEYS, "\n".join(text_of(number, asked) for number, asked in enumerate(ASKED, 1)))


@cache
def prover() -> Prover:
    return Prover(keys(), budget=20)


def decided(regime: Regime, budget: float = 60.0) -> list[Result]:
    """Every verdict that the claims ask for."""
    asking = Prover(regime, budget=budget)
    return [asking.decide(job) for job in jobs_for(regime.claims)]


# ----------------------------------------------------------------- by hand


@pytest.mark.parametrize(
    "number",
    [pytest.param(number, id=" ".join(asked.claim.split())[:60]) for number, asked in enumerate(ASKED)],
)
def test_the_verdict_is_the_one_worked_out_by_hand(number: int) -> None:
    """Each form of claim, proved and refuted, and the shortest story to the step."""
    asked = ASKED[number]
    result = prover().decide(jobs_for(keys().claims)[number])
    assert (result.verdict, result.reason if result.verdict == "unknown" else "") == (asked.verdict, "")
    story = result.evidence.trace
    assert (None if story is None else len(story.steps)) == asked.steps, asked.because


SEEDED = tuple(
    number
    for number, asked in enumerate(ASKED)
    if asked.column == "loose"
    and (
        asked.claim in {"always light is not Broken", f"{SAFE} always key(s) is not Bank"}
        or "then " in asked.claim
        or ("for every request" in asked.claim and "Off" not in asked.claim)
        or "decide alike" in asked.claim
    )
)


@pytest.mark.thorough
def test_verdicts_do_not_depend_on_the_seed() -> None:
    """Some seeds, the same verdicts and lengths of stories. Twenty, on the shipped law: `tests.seeds`."""
    jobs = [jobs_for(keys().claims)[number] for number in SEEDED]
    for seed in range(5):
        asking = Prover(keys(), budget=20, seed=seed)
        for number, job in zip(SEEDED, jobs, strict=True):
            result, asked = asking.decide(job), ASKED[number]
            story = result.evidence.trace
            found = (result.verdict, None if story is None else len(story.steps))
            assert found == (asked.verdict, asked.steps), (seed, asked.claim)


def test_a_claim_that_holds_only_because_of_the_start_has_an_invariant() -> None:
    """`not Broken` is not kept by every step (Off breaks it): the proof says more, and from the start on."""
    number = next(n for n, asked in enumerate(ASKED) if asked.claim == "always light is not Broken")
    result = prover().decide(jobs_for(keys().claims)[number])
    names = {each.name for each in result.evidence.obligations}
    assert "start" in names
    assert any(name.startswith("step ") for name in names)


@pytest.mark.parametrize("budget", [0.0, 1e-9])
def test_a_spent_budget_is_told(budget: float) -> None:
    """Without time there is no verdict, and the reason is the time; it never looks like a proof."""
    asking = Prover(keys(), budget=budget)
    for job in jobs_for(keys().claims)[:6]:
        result = asking.decide(job)
        assert result.verdict == "unknown"
        assert "budget" in result.reason


def test_a_needed_supposition_is_shown_both_ways() -> None:
    """With no-bank the bank does nothing; without it, it takes a key in one step."""
    claim = """
    claim 1 idle "The bank does nothing." from "K"
        always, after an accepted request r: r.sender is not Bank
        expect proved in loose
        needs no-bank in loose, tight
    """
    proved, *refuted = decided(load(KEYS, claim))
    assert proved.verdict == "proved"
    assert [result.verdict for result in refuted] == ["refuted", "refuted"]
    assert [len(result.evidence.trace.steps) for result in refuted if result.evidence.trace] == [1, 1]


def test_what_takes_somebody_who_is_not_named_is_not_refuted() -> None:
    """A free key can be taken by anybody but the bank. No term names such a person, so there is no strategy
    to prove it with; but in a world with one it is true, so there is nothing to refute it with, either.
    """
    claim = """
    claim 1 takeable "A free key can be taken." from "K"
        for s: Safe
        always, if key(s) is absent, then possibly next key(s) is present by requests
        expect proved in loose
    """
    (result,) = decided(load(KEYS, claim))
    assert result.verdict in ("unknown", "bounded")
    assert result.reason


# ----------------------------------------------------------- found by chance


PEOPLE = """
sort User
sort Thing
enum Kind: A, B
fixed kind-of(User): Kind "k"
state near(User, User) "n"
state owner(Thing): optional User "o"
state good(User) "g"
define once(k: Kind): Kind means B when (for some y: User: kind-of(y) is k and near(y, y)), A otherwise
request "{sender} asks"
    sender: User
    thing: Thing
component Door "d"
route Door
start inference "x": for every t: Thing: owner(t) is absent
check any for "C" at Door, reject with E1
    requires good(sender) inference "x"
effect take
    owner(thing) becomes sender inference "x"
version v "v"
"""


def test_claims_may_name_different_things_alike() -> None:
    """`x` is a thing in one claim and a user in the next; they share a solver, and no more."""
    claims = """
    claim 1 one "One." from "C"
        for x: Thing
        possibly owner(x) is present by requests
        expect proved in v
    claim 2 two "Two." from "C"
        for x: User
        possibly good(x) by requests
        expect proved in v
    """
    assert [result.verdict for result in decided(load(PEOPLE, claims))] == ["proved", "proved"]


def test_a_definition_applied_to_itself_keeps_its_quantifiers_apart() -> None:
    """once(once(A)) is B iff somebody of kind A and somebody of kind B are near themselves: that can be."""
    claims = """
    claim 1 both "Both." from "C"
        possibly once(once(A)) is B by requests
        expect proved in v
    claim 2 needs-both "Needs both." from "C"
        always once(once(A)) is B implies once(A) is B and once(B) is B
        expect proved in v
    claim 3 alone "Alone." from "C"
        always once(A) is B implies once(once(A)) is B
        expect refuted in v
    """
    found = [result.verdict for result in decided(load(PEOPLE, claims))]
    assert found == ["proved", "proved", "refuted"]


def test_what_asks_of_every_user_for_some_user_is_at_worst_unknown() -> None:
    """An event that looks for some user beside every user can need things without end: no crash, no false
    proof. By hand: near(a, b) and near(b, c), so two spreads carry what c has to a, and one does not.
    """
    spread = """
    state hot(User) "hot"
    event spread by the environment
        for every d: User where (for some e: User: near(d, e) and hot(e)): hot(d) becomes true inference "x"
    """
    claims = """
    claim 1 slow "One spread is not enough." from "C"
        for a: User, c: User where not near(a, c) and (for every x: User: not near(x, x))
        always, after event spread twice: hot(a) implies before hot(a)
        expect refuted in v
    """
    started = time.process_time()
    (result,) = decided(load(PEOPLE + spread, claims), budget=0.5)
    assert result.verdict in ("refuted", "unknown")
    assert time.process_time() - started < LATE


def test_jobs_keep_the_order_of_the_claims() -> None:
    """The verdicts above are asked for by position."""
    jobs = jobs_for(keys().claims)
    assert [job.claim.number for job in jobs] == [str(n) for n in range(1, len(ASKED) + 1)]
    assert all(isinstance(job, Job) for job in jobs)

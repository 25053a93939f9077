"""On random whole regimes, the engines agree with each other and with concrete worlds.

The same at length: `python -m tests.regimes_agree --regimes 1000 --seed 1`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import cache

import pytest

from checker.logic.terms import Terms
from checker.prove import search
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.problem import Problem
from checker.question.transition_system import System
from checker.trusted.eventually import Waiting
from checker.trusted.region import Region
from tests.random_laws.claims import COMPARISONS, FORMS, OF_STEPS
from tests.regimes_agree.command import one, table
from tests.regimes_agree.trials import Effort, Tally, Trial, make_trial, run_trial
from tests.support.load import load
from tests.support.params import with_long, with_thorough

REGIMES, CLAIMS = 10, 8
PART = 2  # that one test asks of
MANY = 60  # regimes that `pytest -m long` asks of, enough for verdicts of either kind on every form
FEW = 1  # verdicts of either kind for every form of claim, at least
EFFORT = Effort(budget=2.0, explore=1 << 10, most=100, worlds=2)
QUICK = Effort(budget=5.0, explore=0, most=100, worlds=1)


@cache
def part(first: int) -> Tally:
    """What became of the claims about some regimes, from the first on."""
    found = Tally()
    for number in range(first, first + PART):
        found.add(one(0, CLAIMS, EFFORT, number)[1])
    return found


def _together(regimes: int) -> Tally:
    found = Tally()
    for first in range(0, regimes, PART):
        found.add(part(first))
    return found


@pytest.fixture(scope="module")
def tally() -> Tally:
    """What became of the claims about some regimes."""
    return _together(REGIMES)


@pytest.fixture(scope="module")
def many() -> Tally:
    """What became of those and of more."""
    return _together(MANY)


@pytest.mark.parametrize(
    "first",
    [0, *with_thorough(range(PART, REGIMES, PART), bool), *with_long(range(REGIMES, MANY, PART), bool)],
)
def test_nothing_disagrees(first: int) -> None:
    """No verdict contradicts a world, the explorer, or the same claim asked by itself."""
    assert not part(first).complaints, table(part(first))


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_proved_and_refuted(many: Tally, form: str) -> None:
    """Claims of every form but one, which always holds, come out either way, and are held against worlds."""
    assert many.counts[form, "proved"] >= FEW
    assert many.counts[form, "refuted"] >= FEW or form == "orders"
    assert many.counts[form, "compared"] >= FEW


@pytest.mark.thorough
def test_most_claims_are_decided(tally: Tally) -> None:
    """Regimes whose axioms no start is within, or that a step breaks, are few."""
    decided = sum(tally.counts[form, verdict] for form in FORMS for verdict in ("proved", "refuted"))
    assert decided > 0.7 * REGIMES * CLAIMS, table(tally)


def test_a_regime_is_the_same_every_time() -> None:
    """The same seed and number, the same regime and questions."""
    assert make_trial(7, 3, CLAIMS) == make_trial(7, 3, CLAIMS)
    assert make_trial(7, 3, CLAIMS) != make_trial(7, 4, CLAIMS)
    random.seed(1)
    assert make_trial(7, 3, CLAIMS) == make_trial(7, 3, CLAIMS)


# ------------------------------------------------------- the comparison can fail


def _from_one_step_on(original: Callable[..., object]) -> Callable[..., object]:
    def later(*given: object, **named: object) -> object:
        *first, lengths, requests, restrict = given
        assert isinstance(lengths, range)
        return original(*first, range(lengths.start + 1, lengths.stop + 1), requests, restrict, **named)

    return later


@dataclass(frozen=True, slots=True)
class Break:
    """A mistake: what stands for which function of whom. `seen`: the forms of claim that may show it."""

    owner: object
    function: str
    instead: Callable[..., object]
    seen: Container[str]
    seed: int = 0
    regimes: range = range(60)


OF_STATES = tuple(each for each in FORMS if each not in COMPARISONS)
BREAKS = {
    "events are forgotten": Break(
        System, "schemas", lambda self, _steps: self.request_schemas, seen=("always", "after-step", *OF_STEPS)
    ),
    "anybody may send": Break(System, "sent_by", lambda self, *_: self.terms.true, seen=OF_STEPS),
    "nothing is given": Break(Problem, "given", lambda self, _scope: self.terms.true, seen=OF_STATES),
    "a region is its target": Break(
        Region,
        "at",
        lambda self, state: self.target(self.problem, state),
        seen=OF_STEPS,
        regimes=range(90, 120),
    ),
    "some thing is every thing": Break(Terms, "forall", Terms.exists, seen=FORMS),
}


SOON = ("some thing is every thing",)  # seen in the first regimes


@pytest.mark.parametrize(
    "broken",
    with_long(BREAKS, lambda broken: broken not in SOON),
)
def test_a_broken_engine_is_found(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison tells engines with any one mistake from those without."""
    mistake = BREAKS[broken]
    monkeypatch.setattr(mistake.owner, mistake.function, mistake.instead)
    assert _found(mistake.seen, mistake.seed, mistake.regimes)


DOOR = """
sort Person
enum Act: Push, Knock
state open "the door is [not] open"
request "{sender} does {act}"
    sender: Person
    act: Act
component House "the house"
route House
start inference "shut": not open
check no-pushing for "House 1" at House, reject with H1
    requires act is Knock inference "whoever pushes is sent away"
effect opening when act is Knock
    open becomes true inference "somebody opens"
version law "as it stands"
"""
PUSHED = """
claim 1 pushed "Pushing opens the door in the end." from "House 1"
    always, if not open, then eventually open,
        given that a request r where r.act is Push is made, while any step
    expect refuted in law
"""


def test_only_the_request_that_is_named_is_made_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody need knock, so pushing, which is refused, opens nothing; if any request counted, it would."""
    verdicts = []
    for broken in (False, True):
        if broken:
            monkeypatch.setattr(Waiting, "just", lambda _self, problem, _action: problem.terms.true)
        law = load(DOOR, PUSHED)
        verdicts.append(Prover(law).decide(jobs_for(law.claims)[0]).verdict)
    assert verdicts == ["refuted", "proved"]


@pytest.mark.thorough
def test_a_longer_story_than_need_be_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that begins one step too late is told from one that does not."""
    from checker.prove import story_or_invariant

    monkeypatch.setattr(story_or_invariant, "shortest_story", _from_one_step_on(search.shortest_story))
    assert _found(OF_STATES)


_made = cache(make_trial)  # the mistakes are tried on the same laws


def _found(forms: Container[str], seed: int = 0, regimes: range = range(60)) -> bool:
    """Whether claims of these forms about some regime show a disagreement."""
    return any(_disagrees(_made(seed, number, CLAIMS), forms) for number in regimes)


def _disagrees(trial: Trial, forms: Container[str]) -> bool:
    questions = tuple(each for each in trial.questions if each.form in forms)
    return bool(run_trial(replace(trial, questions=questions), QUICK).complaints)

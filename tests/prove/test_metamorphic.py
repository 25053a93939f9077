"""Changes of a law that change nothing of its meaning change no verdict.

At length: `python -m tests.metamorphic --laws 300 --seed 1`.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from checker.prove import run_jobs
from checker.question.jobs import Effort
from checker.regime.load import load_texts
from tests.metamorphic.analyses import OPEN_ANSWER
from tests.metamorphic.command import OTHER_SETS, Told, answers, compare_answers, compared
from tests.metamorphic.texts import CHANGES
from tests.regimes_agree.trials import Trial, job_of, make_trial

SEED, LAWS, CLAIMS, BUDGET = 16, 5, 4, 5.0
ENOUGH = 2  # laws that a change changes


@pytest.fixture(scope="module")
def told() -> Told:
    """What is found of a few laws."""
    found = Told()
    for number in range(LAWS):
        found.add(compared(SEED, BUDGET, tuple(CHANGES), CLAIMS, number, rare=LAWS))
    return found


@pytest.mark.thorough
def test_nothing_turns_on_how_it_is_written(told: Told) -> None:
    """Order, files, names, definitions, premises, how checks are cut, and company do not matter; nor do the
    order of sets, nor order and names to `rollout` and `cover`.
    """
    assert told.complaints == []
    names = (*CHANGES, "alone", "last first", OTHER_SETS, "renamed, rollout", "reordered, cover")
    assert {name for name in names if not told.compared[name]} == set()
    assert sum(told.open.values()) <= 0.05 * sum(told.compared.values())


def test_an_answer_that_matters_is_found() -> None:
    """If `rollout` said of one mixture something else, or nothing, that would be found."""
    told, trial = Told(), make_trial(3, 0, CLAIMS)
    said = {"1 inconsistent ": "harmless", "2 inconsistent ": "harmful", "3 inconsistent ": OPEN_ANSWER}
    compare_answers(trial, "renamed", said, dict(said), told)
    assert told.complaints == []
    for other in ({**said, "1 inconsistent ": "harmful"}, {"3 inconsistent ": OPEN_ANSWER}):
        before = len(told.complaints)
        compare_answers(trial, "renamed", said, other, told)
        assert len(told.complaints) > before
    compare_answers(trial, "renamed", said, {**said, "1 inconsistent ": OPEN_ANSWER}, told)
    assert told.open["renamed"] == 1


@cache
def written(number: int) -> Trial:
    """Law number so-and-so, to be changed."""
    return make_trial(3, number, CLAIMS)


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_changes_a_law(name: str) -> None:
    """Each change makes another text of some law, which the loader takes."""
    changed = 0
    for number in range(20):
        trial = written(number)
        other = CHANGES[name](trial, random.Random(number))
        if other is not None and other.texts != trial.texts:
            load_texts(other.texts)
            changed += 1
        if changed == ENOUGH:
            return
    pytest.fail(f"{changed} of 20 laws are changed")


def test_a_change_that_matters_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a change turned `is` into `is not`, verdicts would turn."""

    def negated(trial: Trial, _chance: random.Random) -> Trial:
        text = trial.texts["regime.md"].replace(" is not ", " is ").replace(" or ", " and ")
        return replace(trial, texts={"regime.md": text})

    monkeypatch.setitem(CHANGES, "negated", negated)
    others = range(1, 12)  # the first is asked otherwise, too, and by other commands
    assert any(compared(3, BUDGET, ("negated",), 6, number).complaints for number in others)


def test_processes_do_not_matter() -> None:
    """One process and two say the same."""
    trial = make_trial(3, 1, 6)
    regime = load_texts(trial.texts)
    jobs = tuple(job_of(regime, each) for each in trial.questions)
    verdicts = [
        [result.verdict for _, result in sorted(run_jobs.run(regime, jobs, effort))]
        for effort in (Effort(budget=BUDGET, processes=n) for n in (1, 2))
    ]
    alone = [each if isinstance(each, str) else each.verdict for each in answers(trial, BUDGET)]
    assert verdicts == [alone, alone]

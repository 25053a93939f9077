"""Changes of a law that change nothing of its meaning change no verdict.

At length: `python -m tests.metamorphic --laws 300 --seed 1`.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from metamorphic import Told, answers, compared
from metamorphic_texts import CHANGES
from regime_trials import Trial, job_of, make_trial

from checker.engines import pool
from checker.engines.job import Effort
from checker.regime.versions import load_texts

LAWS, CLAIMS, BUDGET = 8, 4, 5.0


@pytest.fixture(scope="module")
def told() -> Told:
    """What is found of a few laws."""
    found = Told()
    for number in range(LAWS):
        found.add(compared(3, BUDGET, tuple(CHANGES), CLAIMS, number))
    return found


def test_nothing_turns_on_how_it_is_written(told: Told) -> None:
    """Order, files, names, definitions and company do not matter."""
    assert told.complaints == []
    assert sum(told.open.values()) <= 0.05 * sum(told.compared.values())


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_changes_a_law(name: str) -> None:
    """Each change makes another text of some law, which the loader takes."""
    changed = 0
    for number in range(12):
        trial = make_trial(3, number, CLAIMS)
        other = CHANGES[name](trial, random.Random(number))
        if other is not None and other.texts != trial.texts:
            load_texts(other.texts)
            changed += 1
    assert changed >= 2


def test_a_change_that_matters_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a change turned `is` into `is not`, verdicts would turn."""

    def negated(trial: Trial, _chance: random.Random) -> Trial:
        text = trial.texts["regime.md"].replace(" is not ", " is ").replace(" or ", " and ")
        return replace(trial, texts={"regime.md": text})

    monkeypatch.setitem(CHANGES, "negated", negated)
    assert any(compared(3, BUDGET, ("negated",), 6, number).complaints for number in range(12))


def test_processes_do_not_matter() -> None:
    """One process and two say the same."""
    trial = make_trial(3, 1, 6)
    regime = load_texts(trial.texts)
    jobs = tuple(job_of(regime, each) for each in trial.questions)
    verdicts = [
        [result.verdict for _, result in sorted(pool.run(regime, jobs, Effort(budget=BUDGET, processes=n)))]
        for n in (1, 2)
    ]
    alone = [each if isinstance(each, str) else each.verdict for each in answers(trial, BUDGET)]
    assert verdicts == [alone, alone]

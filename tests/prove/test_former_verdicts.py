"""Verdicts of before an edit: which are suggested for the edited law, and that none is believed unchecked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.prove.former_verdicts import FormerVerdicts
from checker.prove.reached_by_edits import Reach
from checker.prove.still_holds import shown
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Evidence, Result
from checker.question.workbench import Common, Known, Workshop
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.regimes_agree.trials import job_of, make_trial
from tests.support.places import PERMITS

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
CLAIMS = (PERMITS / "properties" / "claims.md").read_text(encoding="utf-8")
TURNED = LAW.replace("not inner(street)", "inner(street) and not inner(street)")


@cache
def _law(text: str) -> Regime:
    return load_texts({"spec.md": text}, {"claims.md": CLAIMS})


@cache
def _verdicts(text: str) -> tuple[tuple[Job, Result], ...]:
    prover = Prover(_law(text))
    return tuple((job, prover.decide(job)) for job in jobs_for(_law(text).claims))


def _former(text: str) -> FormerVerdicts:
    former, reach = FormerVerdicts(), Reach()
    for job, result in _verdicts(text):
        former.keep(job, result, reach.of(_law(text), job))
    return former


def _in(column: str) -> tuple[Job, Result]:
    """A claim with a story and its verdict in a version."""
    found = [
        (job, result)
        for job, result in _verdicts(LAW)
        if job.column == Column(column) and result.evidence.trace is not None
    ]
    return found[0]


def test_its_own_verdict_is_the_likeliest_and_that_of_other_columns_comes_after() -> None:
    """What the claim had in its column last comes first; there is none of a claim that had no verdict."""
    former = _former(LAW)
    for job, result in _verdicts(LAW):
        likely = former.like(_law(LAW), job)
        assert likely[0] is result
        assert {each.column for each in likely[1:]} <= {Column("old"), Column("new")}
    assert FormerVerdicts().like(_law(LAW), _verdicts(LAW)[0][0]) == ()


def test_a_story_of_another_column_is_told_of_the_versions_that_are_deployed() -> None:
    """All its situations have the versions of the column that it is suggested for."""
    job, result = _in("old")
    former = FormerVerdicts()
    former.keep(job, result, "meaning")
    (likely,) = former.like(_law(LAW), replace(job, column=Column("new")))
    assert likely.evidence.trace is not None
    deployed = dict(_law(LAW).deployed(Column("new")))
    assert deployed != dict(_law(LAW).deployed(Column("old")))
    assert all(each.versions == deployed for each in likely.evidence.trace.situations)


def test_the_same_evidence_is_suggested_once_and_old_verdicts_are_dropped() -> None:
    """However often it was found, with other obligations or for other meanings."""
    job, result = _in("old")
    former = FormerVerdicts()
    for number in range(20):
        former.keep(job, replace(result, seconds=float(number)), str(number))
    assert len(former.like(_law(LAW), job)) == 1
    assert former.meaning(job, "19") is not None
    assert former.meaning(job, "0") is None


def test_an_edit_that_is_taken_back_means_what_it_meant() -> None:
    """Its verdicts are those of then, and of no law between."""
    former, reach = _former(LAW), Reach()
    for job, result in _verdicts(TURNED):
        former.keep(job, result, reach.of(_law(TURNED), job))
    for job, result in _verdicts(LAW):
        again = former.meaning(job, reach.of(_law(LAW), job))
        assert again is not None
        assert again.word == result.word


@pytest.mark.thorough
def test_no_suggestion_is_believed() -> None:
    """With all evidence of every other claim, and with verdicts that are turned round, the verdict is that
    of a fresh run.
    """
    wrong = tuple(
        replace(result, verdict="proved" if result.verdict == "refuted" else "refuted", empty=None)
        for _, result in _verdicts(LAW)
    )
    nothing = tuple(replace(each, evidence=Evidence()) for each in wrong)
    for job, result in _verdicts(LAW):
        found = shown(Prover(_law(LAW)), job, (*wrong, *nothing))
        assert found is None or found.result.word == result.word


@pytest.mark.thorough
def test_random_laws_edited_and_back_have_the_verdicts_of_fresh_runs() -> None:
    """With terms, a solver, grounds and evidence of all laws before, every verdict in every one of the laws
    is that of a run that knows no other.
    """
    agreed = sought = 0
    for number in range(4):
        trial = make_trial(3, number, 4)
        one, two = (") and (", ") or ("), (") or (", ") and (")
        edits = (None, one, two, None, two, one)
        former, reach, known, common = FormerVerdicts(), Reach(), Known(), Common()
        for edit in edits:
            law = load_texts(trial.texts)
            if edit is not None:
                law = load_texts({file: text.replace(*edit, 1) for file, text in trial.texts.items()})
            prover = Prover(law, budget=1.0, witnesses="any", workshop=Workshop(law, 0, known, common))
            for question in trial.questions:
                job = job_of(law, question)
                again = shown(prover, job, former.like(law, job))
                anew = Prover(law, budget=1.0).decide(job)
                if again is None:
                    continue
                former.keep(job, again.result, reach.of(law, job))
                if anew.decided:
                    agreed += 1
                    sought += again.sought
                    assert again.result.verdict == anew.verdict
    assert agreed > sought > 0

"""What verdicts of earlier runs are kept under: every law that is looked at while a claim is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from checker.model.claim import Column
from checker.model.model import Model
from checker.model.situation import Instance
from checker.prove.decide import Prover
from checker.prove.kept_verdicts import KeptVerdicts
from checker.prove.reached_by_edits import columns_read
from checker.question.jobs import Effort, Job, Kept, jobs_for
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.regimes_agree.trials import job_of, make_trial
from tests.support.places import PERMITS
from tests.support.shelves import InMemory

LAW = (PERMITS / "spec" / "permits.md").read_text(encoding="utf-8")
SECONDS = 0.4
SEED, LAWS, CLAIMS = 2, (2, 4, 29, 32), 8  # laws that have claims about every deployment among theirs

CLOSED = """
```redline
version shut "nobody is let in" is old with SHUT
modification SHUT "closed"
by SHUT insert after ownership:
check closed for "By-law 9" at Desk, reject with P9 "closed"
    requires kind is Resident and REQUIRED inference "it is closed"
```
"""
ABOUT_SHUT = {
    "every deployment allows no more": "every deployment over shut, new allows no more than new",
    "no more than every deployment": "new allows no more than every deployment over shut, new",
    "every deployment alike": "new and every deployment over shut decide alike",
    "a column compared": "new allows no more than shut",
    "an outcome elsewhere": "always, for every request r: r accepted implies r accepted in shut",
    "a witness elsewhere": "always, for every request r: r accepted implies r accepted\n"
    "    witness r accepted in shut",
    "a condition elsewhere": "new and old decide alike where r accepted in shut",
    "a deployment": "always, for every request r: r accepted implies r.sender is r.sender\n"
    "    in every deployment over shut, new",
    "deployments that move": "always, for every request r: r accepted implies r.sender is r.sender\n"
    "    with deployment steps over shut, new",
}


@dataclass
class Looking:
    """A law that remembers what was looked at."""

    law: Regime
    seen: set[Column] = field(default_factory=set)

    def rules(self, column: Column) -> Mapping[str, Model]:
        self.seen.add(column)
        return self.law.rules(column)

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        self.seen.add(column)
        return self.law.deployed(column)

    def parse_column(self, text: str) -> Column:
        return self.law.parse_column(text)


def _named(law: Regime, job: Job) -> str | None:
    return KeptVerdicts(Kept(InMemory(), "this"), law).name(job, Effort())


def _claimed(said: str, required: str) -> tuple[Regime, Job]:
    """The claim in a law in which `shut` requires something."""
    claim = f'claim 1 asked "Asked." from "x"\n    {said}\n    expect proved in new'
    spec = LAW + CLOSED.replace("REQUIRED", required)
    claims = f"# Claims\n\n```redline\n{claim}\n```\n"
    law = load_texts({"spec/permits.md": spec}, {"properties/claims.md": claims})
    return law, jobs_for(law.claims)[0]


@pytest.mark.parametrize("said", ABOUT_SHUT.values(), ids=ABOUT_SHUT)
def test_an_edit_of_a_version_that_the_claim_names_changes_the_name(said: str) -> None:
    """However it names it."""
    names = {_named(*_claimed(said, each)) for each in ("true", "act is Apply")}
    assert len(names) == 2


def test_the_edit_can_turn_what_is_kept() -> None:
    """A version that requires two things at once accepts nothing, and the claim holds of nothing then."""
    both = [_claimed(ABOUT_SHUT["a witness elsewhere"], each) for each in ("true", "kind is Trader")]
    assert [Prover(law).decide(job).vacuous for law, job in both] == [False, True]


def _said(model: Model) -> Model:
    """The model without premises: those that a column goes without are put back where they do not matter."""
    return replace(model, premises={}, column="")


@pytest.mark.parametrize("number", LAWS)
def test_no_law_is_looked_at_that_is_not_in_the_name(number: int) -> None:
    """Of claims of all forms about a random law, while they are decided."""
    trial = make_trial(SEED, number, CLAIMS)
    law = load_texts(trial.texts)
    for question in trial.questions:
        job, looking = job_of(law, question), Looking(law)
        Prover(looking, budget=SECONDS).decide(job)
        named = [model for each in columns_read(law, job) for model in law.rules(each).values()]
        premises = [premise for model in named for premise in model.premises.values()]
        known = [_said(model) for model in named]
        assert looking.seen
        for column in looking.seen:
            for model in law.rules(column).values():
                assert _said(model) in known, f"{question.form} in {job.column}: {column}"
                assert all(each in premises for each in model.premises.values())

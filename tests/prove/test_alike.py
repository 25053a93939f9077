"""The same questions have the same answers, however they are asked; `tests.alike` has more ways and laws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Evidence
from checker.regime.load import load_regime
from tests.alike import LAWS, differing
from tests.support.places import ROOT

VARIED = ("1", "2", "5a", "7", "10", "14", "16a", "18a", "22b", "25b", "30a", "32b")  # of many forms


@pytest.mark.thorough
def test_order_processes_and_hashes_leave_the_evidence_as_it_is() -> None:
    """Byte for byte, all files of it."""
    permits = LAWS[0]
    assert list(differing(permits / "spec", permits / "properties")) == []


@pytest.mark.parametrize(
    "varied",
    [
        pytest.param(VARIED[::2], marks=pytest.mark.thorough),
        pytest.param(VARIED, marks=pytest.mark.long),
    ],
    ids=["some", "more"],
)
def test_no_claim_sways_another(varied: tuple[str, ...]) -> None:
    """Asked alone, or after others: the same verdict, story, witness and strategies."""
    regime = load_regime(ROOT / "spec", ROOT / "properties")
    claims = tuple(each for each in regime.claims if each.number in varied)
    jobs = jobs_for(claims, ("mp107",), everything=False)
    assert len({job.claim.number for job in jobs}) == len(varied)
    together = Prover(regime)
    for job, among in [(job, together.decide(job)) for job in reversed(jobs)]:
        alone = Prover(regime).decide(job)
        assert (alone.verdict, alone.reason) == (among.verdict, among.reason), job.claim.name
        assert told(alone.evidence) == told(among.evidence), job.claim.name
        assert told(alone.witness) == told(among.witness), job.claim.name


def told(evidence: Evidence | None) -> Evidence | None:
    """The evidence without the times that it took."""
    return None if evidence is None else replace(evidence, obligations=())

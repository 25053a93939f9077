"""Systems that textbooks settle, with as many steps and things as it takes: none is left open.

The first lines of a case say which verdict is right, and how long the shortest story is; the page says why.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence_made import BOTH, certified, reasons, written
from test_regime_cases import expectations

from checker.engines.job import jobs_for
from checker.engines.prove import Prover
from checker.engines.verdict import Result
from checker.model.claim import last_steps
from checker.regime.versions import load_texts

CASES = Path(__file__).absolute().parent / "cases" / "reach"
PATHS = sorted(CASES.glob("*.md"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_system_is_decided(path: Path) -> None:
    """The verdicts that the page works out, with evidence that two solvers certify."""
    sources = {path.name: path.read_text(encoding="utf-8")}
    regime = load_texts(sources)
    prover = Prover(regime)
    expected = expectations(sources[path.name])
    assert len(expected) == sources[path.name].count("<!-- claim") > 0
    results: list[Result] = []
    for each in expected:
        claim = next(claim for claim in regime.claims if claim.number == each.claim)
        result = prover.decide(next(job for job in jobs_for((claim,)) if str(job.column) == each.column))
        story = result.evidence.trace
        steps = None if story is None else len(story.steps) - last_steps(claim.statement)
        assert (result.verdict, steps) == (each.verdict, each.steps), f"claim {each.claim}: {result.reason}"
        results.append(result)
    found = certified(regime, sources, written(regime, sources, results), BOTH)
    assert (reasons(found), found.code) == ([], 0)

"""Small regimes on which the engines once disagreed with what the rules mean, cut down to what matters.

The first lines of a case say which verdict is right, and how long the shortest story is; the page says why.
The verdict is also held against concrete worlds, as those on random regimes are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts
from tests.support.expectations import expectations
from tests.support.places import TESTS
from tests.worlds.consistency import BROKEN, Worlds, compare, length_of

CASES = TESTS / "cases" / "regimes"
MOST, WORLDS = 5_000, 4


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_a_case_that_once_went_wrong(path: Path) -> None:
    """The verdicts that the page works out, and no concrete world against them."""
    text = path.read_text(encoding="utf-8")
    regime = load_texts({path.name: text})
    prover, worlds = Prover(regime, explore=MOST), Worlds(regime, MOST)
    expected = expectations(text)
    assert len(expected) == text.count("<!-- claim") > 0
    for each in expected:
        claim = next(claim for claim in regime.claims if claim.number == each.claim)
        job = Job(claim, regime.parse_column(each.column), by=each.by)
        result = prover.decide(job)
        story = result.evidence.trace
        steps = None if story is None else length_of(story, moving=bool(claim.deployment_over))
        assert (result.verdict, steps) == (each.verdict, each.steps), f"claim {each.claim}: {result.reason}"
        against = compare(job, result, worlds, WORLDS)
        assert not against.complaints, f"claim {each.claim}"
        assert against.worlds > 0 or result.reason.startswith(BROKEN)

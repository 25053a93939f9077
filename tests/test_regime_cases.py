"""Small regimes on which the engines once disagreed with what the rules mean, cut down to what matters.

The first lines of a case say which verdict is right, and how long the shortest story is; the page says why.
The verdict is also held against concrete worlds, as those on random regimes are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from consistency import BROKEN, Worlds, compare, length_of

from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts

CASES = Path(__file__).absolute().parent / "cases" / "regimes"
HEADER = re.compile(r"<!-- claim (\S+)(?: by (.+))? in (.+): (\w+)(?:, (\d+) steps)? -->")
MOST, WORLDS = 5_000, 4


@dataclass(frozen=True, slots=True)
class Expected:
    """The verdict on a claim in a column, perhaps `by` a clause; `steps`: of the shortest story, if any."""

    claim: str
    by: str | None
    column: str
    verdict: str
    steps: int | None


def expectations(text: str) -> tuple[Expected, ...]:
    """What a case expects of its claims."""
    found = [
        Expected(claim, by or None, column, verdict, int(steps) if steps else None)
        for claim, by, column, verdict, steps in HEADER.findall(text)
    ]
    return tuple(found)


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

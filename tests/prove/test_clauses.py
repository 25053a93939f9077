"""Real clauses: every verdict and every number of a story is what was worked out by hand from their words.

The verdicts stand in the claims themselves, under `expect`; what stories must tell stands here.
"""

from __future__ import annotations

from functools import cache

import pytest

from checker.model.claim import Column
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from tests.support.evidence_made import BOTH, certified, decided, reasons, written
from tests.support.places import TESTS

CLAUSES = TESTS / "cases" / "clauses"
CASES = sorted(each.name for each in CLAUSES.iterdir() if each.is_dir())
TOLD = {
    ("01", "last-day", "y2005"): {"after": "31"},
    ("01", "takes-nothing-away", "y2009"): {"after": "11"},
    ("01", "adds-nothing", "y2009"): {"after": "0"},
    ("01", "from-the-tenth-day", "y2009"): {"after": "10"},
    ("01", "readings-alike", "y2005"): {"after": "8"},
    ("01", "spivey", "y2005"): {"after": "10"},
    ("12", "hundred-pounds", "y1983"): {"price": "10000"},
    ("12", "thirty-thousand-pounds", "y1974"): {"price": "3000000"},
    ("12", "takes-nothing-away", "y1983"): {"price": "3001"},
    ("12", "somebody-answers", "y1983"): {"price": "3000001"},
    ("12", "somebody-answers", "y2010"): {"price": "3000001", "credit": "6026001"},
    ("12", "no-gap", "y1983"): {"price": "3000001"},
    ("13", "nine-to-twelve", "repealed"): {"position": "GS-12", "grade": "GS-9"},
    ("13", "two-above-lowest", "repealed"): {"position": "GS-4", "lowest": "GS-1"},
    ("13", "below-four", "rule"): {"position": "GS-4", "lowest": "GS-1"},
    ("13", "grade-by-grade", "repealed"): {"position": "GS-6"},
}
"""Clause, claim and version -> the numbers in the shortest story, in smallest units, and values in order:
parameters of the request, and functions of its item or its sender.
"""


@cache
def _law(case: str) -> Regime:
    return load_regime(CLAUSES / case / "spec", CLAUSES / case / "properties")


@cache
def _results(case: str) -> tuple[Result, ...]:
    return tuple(decided(_law(case), jobs_for(_law(case).claims)))


@pytest.mark.parametrize("case", CASES)
def test_every_verdict_is_the_one_worked_out(case: str) -> None:
    """Of every claim in every version for which one was worked out."""
    found = {(each.claim.name, str(each.column)): each.verdict for each in _results(case)}
    assert found == {
        (claim.name, str(each.column)): each.verdict
        for claim in _law(case).claims
        for each in claim.expectations
    }


@pytest.mark.parametrize("place", TOLD, ids=" ".join)
def test_the_numbers_of_a_story_are_the_nearest(place: tuple[str, str, str]) -> None:
    """No number is an accident of the solver's: it is the first at which things turn out so."""
    case, name, column = place
    result = next(each for each in _results(case) if (each.claim.name, str(each.column)) == (name, column))
    evidence = result.evidence
    assert evidence is not None
    assert evidence.trace is not None
    told = {name: value for (name, _), value in evidence.trace.situations[0].values.items()}
    for request in evidence.requests.values():
        told |= request.values
    assert {name: told.get(name) for name in TOLD[place]} == TOLD[place]


def test_the_evidence_is_certified_by_two_solvers() -> None:
    """What is written about numbers says the same to Z3 and to cvc5, from the text alone."""
    regime = _law("12")
    some = [each for each in _results("12") if each.column == Column("y2010")]
    sources = {
        f"{folder}/{path.name}": path.read_text(encoding="utf-8")
        for folder in ("spec", "properties")
        for path in sorted((CLAUSES / "12" / folder).glob("*.md"))
    }
    files = written(regime, sources, some)
    scripts = [text for text in files.values() if "(check-sat)" in text]
    assert scripts
    assert all("(set-logic UFDTLIA)" in text for text in scripts)
    assert reasons(certified(regime, sources, files, BOTH)) == []

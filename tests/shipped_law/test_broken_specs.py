"""For each claim, one edit of the shipped law that turns its verdict: no claim is deaf to the law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker.model.claim import Claim
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.support.params import with_thorough
from tests.support.places import ROOT, TESTS

BROKEN = TESTS / "cases" / "broken"
HEADER = re.compile(r"<!-- claim (?P<claim>\S+) in (?P<column>.+): (?P<before>\w+), then (?P<after>\w+) -->")
EDIT = re.compile(
    r"^In `(?P<file>spec/\S+)`,\n\n```\n(?P<old>.*?)\n```\n\n"
    r"(?:becomes\n\n```\n(?P<new>.*?)\n```|is struck\.)$",
    re.DOTALL | re.MULTILINE,
)
SOURCES = "spec/sources/"  # a broken law is not what they say, so it goes without them
STEADFAST = "22a"  # true by what "accepted" means, so no edit of the law can turn it: its case says so


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, a column, the verdicts before and after, and the places of one edit: (file, old, new)."""

    claim: str
    column: str
    before: str
    after: str
    edits: tuple[tuple[str, str, str], ...]


def case_of(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    header = HEADER.match(text)
    assert header is not None, "a case says on its first line what it expects"
    edits = tuple((found["file"], found["old"], found["new"] or "") for found in EDIT.finditer(text))
    assert len(edits) == text.count("\nIn `spec/"), "an edit is not written as the others are"
    claim, column, before, after = header.groups()
    return Case(claim, column, before, after, edits)


PATHS = sorted(BROKEN.glob("*.md"))
THIRD = 3  # of so many cases one is not long; `.ci/run` asks the others, too


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The shipped law and claims, by file."""
    paths = [path for folder in ("spec", "properties") for path in sorted((ROOT / folder).rglob("*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def shipped(texts: dict[str, str]) -> Regime:
    return load_texts(texts)


def claim_of(regime: Regime, case: Case) -> Claim:
    (claim,) = (each for each in regime.claims if each.number == case.claim)
    return claim


def verdict(regime: Regime, case: Case) -> str:
    job = Job(claim_of(regime, case), regime.parse_column(case.column), told=False)
    result = Prover(regime).decide(job)
    assert not result.vacuous
    return result.verdict


def edited(texts: dict[str, str], case: Case, page: str) -> dict[str, str]:
    """The law with the edit, and the page of claims that the case is about."""
    broken = {
        file: text
        for file, text in texts.items()
        if file == page or (file.startswith("spec/") and not file.startswith(SOURCES))
    }
    for file, old, new in case.edits:
        assert broken[file].count(old) == 1, f"{old!r} does not stand once in {file}"
        broken[file] = broken[file].replace(old, new)
    return broken


@pytest.mark.parametrize(
    "path", with_thorough(PATHS, lambda path: path not in PATHS[::THIRD]), ids=lambda path: path.stem
)
def test_a_broken_law_turns_the_verdict(path: Path, texts: dict[str, str], shipped: Regime) -> None:
    """The claim expects the one verdict of the law as shipped, where `test_claims.py` finds it; the law with
    the edit gives the other.
    """
    case = case_of(path)
    assert case.edits
    claim, column = claim_of(shipped, case), shipped.parse_column(case.column)
    assert {each.verdict for each in claim.expectations if each.column == column} == {case.before}
    assert verdict(load_texts(edited(texts, case, claim.span.file)), case) == case.after
    assert (case.before != case.after) == (case.claim != STEADFAST)


def test_every_claim_has_its_broken_law(shipped: Regime) -> None:
    """Each claim has one case, in the order of their numbers, and no case is of a claim that has gone."""
    numbers = {claim.number for claim in shipped.claims}
    cases = [case_of(path).claim for path in PATHS]
    assert sorted(cases) == sorted(numbers)
    assert [path.stem[:2] for path in PATHS] == [f"{number:02}" for number in range(1, len(cases) + 1)]

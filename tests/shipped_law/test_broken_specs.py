"""For each claim, one edit of the shipped law that turns its verdict: no claim is deaf to the law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.regime.load import load_texts
from checker.regime.regime import Regime
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


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The shipped law and claims, by file."""
    paths = [path for folder in ("spec", "properties") for path in sorted((ROOT / folder).rglob("*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def shipped(texts: dict[str, str]) -> Prover:
    return Prover(load_texts(texts))


def verdict(prover: Prover, case: Case) -> str:
    regime = prover.regime
    assert isinstance(regime, Regime)
    (claim,) = (each for each in regime.claims if each.number == case.claim)
    result = prover.decide(Job(claim, regime.parse_column(case.column)))
    assert not result.vacuous
    return result.verdict


def edited(texts: dict[str, str], case: Case) -> dict[str, str]:
    broken = {file: text for file, text in texts.items() if not file.startswith(SOURCES)}
    for file, old, new in case.edits:
        assert broken[file].count(old) == 1, f"{old!r} does not stand once in {file}"
        broken[file] = broken[file].replace(old, new)
    return broken


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_broken_law_turns_the_verdict(path: Path, texts: dict[str, str], shipped: Prover) -> None:
    """The law as shipped and the law with one edit give the two verdicts that the case foresees."""
    case = case_of(path)
    assert case.edits
    assert verdict(shipped, case) == case.before
    assert verdict(Prover(load_texts(edited(texts, case))), case) == case.after
    assert (case.before != case.after) == (case.claim != STEADFAST)


def test_every_claim_has_its_broken_law(shipped: Prover) -> None:
    """Each claim has one case, in the order of their numbers, and no case is of a claim that has gone."""
    assert isinstance(shipped.regime, Regime)
    numbers = {claim.number for claim in shipped.regime.claims}
    cases = [case_of(path).claim for path in PATHS]
    assert sorted(cases) == sorted(numbers)
    assert [path.stem[:2] for path in PATHS] == [f"{number:02}" for number in range(1, len(cases) + 1)]

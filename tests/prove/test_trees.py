"""Laws with trees and self-maps: every verdict is what was worked out by hand from their words."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from checker.model.claim import Column
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.story.trace_told import Story
from checker.trusted.load_law import load_regime
from tests.support.evidence_made import BOTH, certified, decided, reasons, written
from tests.support.places import TESTS

TREES = TESTS / "cases" / "trees"


@cache
def law(name: str) -> Regime:
    """One of the laws."""
    return load_regime(TREES / name / "spec", TREES / name / "properties")


@cache
def results(name: str) -> tuple[Result, ...]:
    """What becomes of all its claims."""
    return tuple(decided(law(name), jobs_for(law(name).claims)))


def story(name: str, claim: str, column: str) -> list[str]:
    """What happens in the shortest story, step by step."""
    found = next(each for each in results(name) if (each.claim.name, str(each.column)) == (claim, column))
    assert found.evidence is not None
    note = Story.of(law(name), found.claim, Column(column), found.evidence).note((), ())
    return [each.sentence for each in note.steps]


@pytest.mark.parametrize(
    "name", ["drive", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("grants", "marriage"))]
)
def test_every_verdict_is_the_one_worked_out(name: str) -> None:
    """Of folders that move along, grants that fall with what they rest on, and people who are married."""
    found = {(each.claim.name, str(each.column)): each.verdict for each in results(name)}
    claims = law(name).claims
    assert found == {(c.name, str(each.column)): each.verdict for c in claims for each in c.expectations}


def test_a_story_tells_how_deep_a_folder_gets() -> None:
    """The shortest: two moves, the inner one first or last."""
    assert story("drive", "deep", "strict") == [
        "User A moves Folder 1 into Folder 2",
        "User A moves Folder 2 into Folder 3",
    ]


@pytest.mark.thorough
def test_a_story_tells_of_four_links() -> None:
    """Where the limit is struck, each link is made under the last one."""
    told = story("grants", "three-links", "endless")
    assert len(told) == len("1234")
    assert all(" makes Grant " in each and " under Grant " in each for each in told)


@pytest.mark.thorough
def test_a_story_tells_of_two_spouses() -> None:
    """Somebody marries one who is married, whose spouse is left."""
    assert story("marriage", "both-ways", "bigamous") == [
        "Person A marries Person B",
        "Person C marries Person A",
    ]


def test_the_evidence_of_trees_is_certified_by_two_solvers() -> None:
    """With their axioms, and with moves that need no quantifier."""
    regime = law("drive")
    sources = {
        f"{folder}/{path.name}": path.read_text(encoding="utf-8")
        for folder in ("spec", "properties")
        for path in sorted((TREES / "drive" / folder).glob("*.md"))
    }
    some = [each for each in results("drive") if each.claim.name in {"along", "outside", "can"}]
    assert reasons(certified(regime, sources, written(regime, sources, some), BOTH)) == []


def test_without_the_check_a_move_makes_a_circle() -> None:
    """Then a step breaks what a tree is, and nothing is decided."""
    (job,) = (each for each in jobs_for(law("drive").claims) if each.claim.name == "refused")
    (found,) = decided(law("drive"), [replace(job, column=Column("loose"))])
    assert (found.verdict, found.reason) == (
        "unknown",
        "a step breaks an axiom: after moved, one may be false",
    )

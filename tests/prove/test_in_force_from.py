"""Versions whose modifications are in force from a day: verdicts that the pages of the two laws work out."""

from __future__ import annotations

from functools import cache

import pytest

from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Job, jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.story.narrate import narrate
from tests.support.places import TESTS

CASES = TESTS / "cases" / "in_force"
PARTLY = ("amended", "reformed", "hastened")
"""The versions that are the old law until a day."""

NEVER = ("7", "hastened")
"""The claim whose story runs across the day, in that version."""


@cache
def _page(name: str) -> str:
    return (CASES / f"{name}.md").read_text(encoding="utf-8")


def _decided(text: str, claim: str, column: str) -> str:
    regime = load_texts({"law.md": text})
    asked = next(each for each in regime.claims if each.number == claim)
    return Prover(regime, explore=0).decide(Job(asked, Column(column))).verdict


@pytest.mark.parametrize("name", ["notices", "consents"])
def test_the_verdicts_are_those_that_the_page_works_out(name: str) -> None:
    """Old words count until the day before, new ones from the day on, in every claim of the page."""
    regime = load_texts({f"{name}.md": _page(name)})
    prover = Prover(regime, explore=0)
    jobs = [each for each in jobs_for(regime.claims) if each.column.base in PARTLY]
    assert len(jobs) >= 8
    decided = {(each.claim.number, str(each.column)): prover.decide(each) for each in jobs}
    found = {at: each.verdict for at, each in decided.items()}
    assert found == {(each.claim.number, str(each.column)): each.expected for each in jobs}
    if name == "consents":
        _told_when_it_comes_into_force(regime, decided[NEVER])


def _told_when_it_comes_into_force(regime: Regime, found: Result) -> None:
    """The story says what is not in force yet, and in which step it comes into force."""
    note = narrate(regime, found)
    assert "HASTE is not in force yet" in note.opening
    assert "From Tuesday 1 June 2027 on, HASTE is in force" in note.steps[1].changes


@pytest.mark.parametrize(
    ("name", "words", "instead", "claim", "verdict"),
    [
        ("notices", "from commencement\n", "from commencement plus 1 days\n", "2", "refuted"),
        ("notices", "from commencement\n", "from commencement minus 1 days\n", "1", "refuted"),
        ("notices", " in force from commencement\n", "\n", "8", "refuted"),
        ("consents", "REFORM in force from 1 June", "REFORM in force from 31 May", "2", "refuted"),
        ("consents", "REFORM in force from 1 June", "REFORM in force from 2 June", "3", "proved"),
        ("consents", "plus 10 days", "plus 9 days", "5", "proved"),
        ("consents", "HASTE in force from 1 June", "HASTE in force from 31 May", "13", "refuted"),
    ],
)
def test_a_law_that_is_a_day_or_a_word_off_is_noticed(
    name: str, words: str, instead: str, claim: str, verdict: str
) -> None:
    """Each broken specification turns the claim that is about what was broken."""
    text = _page(name)
    assert text.count(words) == 1
    columns = {"notices": "amended", "consents": "hastened" if "HASTE" in words else "reformed"}
    assert _decided(text.replace(words, instead), claim, columns[name]) == verdict

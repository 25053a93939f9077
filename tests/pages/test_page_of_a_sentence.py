"""The page that follows one phrase to a proof and a counterexample says what redline computes."""

from __future__ import annotations

import pytest

from checker.logic.script_solvers import version_of
from tests.page_of_a_sentence import COLUMN, PAGE, READING, Sentence, made, page

STORY = "## 9. A story, replayed"
AGAIN = "if the new values are right: python -m tests.page_of_a_sentence --write"


@pytest.fixture(scope="module")
def sentence() -> Sentence:
    """The law as it is kept."""
    return made()


@pytest.fixture(scope="module")
def written(sentence: Sentence) -> str:
    """The page as it would be written now."""
    return page(sentence)


def test_the_page_is_what_is_computed(written: str) -> None:
    """From the quote to the solver's answers, no value on the page is out of date."""
    before, found, _ = PAGE.read_text(encoding="utf-8").partition(STORY)
    assert found
    assert before == written.partition(STORY)[0], AGAIN


def test_the_story_is_the_one_that_is_found(written: str) -> None:
    """The story is told as it is now; another version of the solver may find another."""
    kept = PAGE.read_text(encoding="utf-8").partition(STORY)[2]
    if f"with Z3 {version_of('z3')};" not in " ".join(kept.split()):
        pytest.skip("the page tells the story that another version of Z3 found")
    assert kept == written.partition(STORY)[2], AGAIN


@pytest.mark.parametrize(
    ("column", "answer", "verdict"), [(COLUMN, "sat", "refuted"), (READING, "unsat", "proved")]
)
def test_script_and_verdict_agree(sentence: Sentence, column: str, answer: str, verdict: str) -> None:
    """The page gives the script's answer as the reason of the verdict; the two are found apart."""
    asked = sentence.asked(column)
    names = {each.name for each in asked.result.evidence.obligations}
    assert (asked.answer, asked.result.verdict) == (answer, verdict)
    assert (asked.obligation.obligation in names) == (verdict == "proved")

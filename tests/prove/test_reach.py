"""Systems that textbooks settle, with as many steps and things as it takes: none is left open.

The first lines of a case say which verdict is right, and how long the shortest story is; the page says why.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.model.claim import last_steps
from checker.model.deadline import OutOfTime
from checker.prove import left_open, story_or_invariant
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.regime.load import load_texts
from checker.results.parts import verdict_of
from checker.story.narrate import NOT_EXCLUDED, narrate
from checker.trusted.replay import Replayer
from checker.trusted.write_once import shown_apart
from tests.support.alike_places import ALIKE, NEVER
from tests.support.evidence_made import BOTH, certified, reasons, written
from tests.support.expectations import expectations
from tests.support.load import load
from tests.support.params import with_long, with_thorough
from tests.support.places import TESTS

CASES = TESTS / "cases" / "reach"
PATHS = sorted(CASES.glob("*.md"))
UNDIRECTED = (replace(story_or_invariant.EFFORTS[0], directed=()),)
SLOW = ("bakery", "beds", "commit", "courtesy", "peterson", "rights", "shards")
LONG = ("council", "lock", "payment", "readers", "ring", "terms", "tickets")
"""The lock is decided below, too, uncertified."""


@pytest.mark.parametrize(
    "path",
    [
        *with_thorough([path for path in PATHS if path.stem not in LONG], lambda path: path.stem in SLOW),
        *with_long([path for path in PATHS if path.stem in LONG], lambda _: True),
    ],
    ids=lambda path: path.stem,
)
def test_a_system_is_decided(path: Path) -> None:
    """The verdicts that the page works out, with evidence that two solvers certify."""
    sources = {path.name: path.read_text(encoding="utf-8")}
    regime = load_texts(sources, judge=shown_apart)
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


# ------------------------------------------------------------- what is left open


def test_what_is_not_excluded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim holds, by a clause of four literals, which is more than is looked for among many. What cannot
    be excluded so is that one walks from a place at which nobody ever is; that is no refutation.
    """
    monkeypatch.setattr(story_or_invariant, "EFFORTS", UNDIRECTED)
    regime = load(ALIKE, NEVER)
    result = Prover(regime).decide(jobs_for(regime.claims)[0])
    assert result.verdict in ("unknown", "bounded")
    assert result.left_open is not None
    assert result.evidence == Evidence()
    note = narrate(regime, result)
    assert note.begins == "in a situation that is not excluded"
    assert [each.outcome for each in note.steps] == ["accepted"]
    assert NOT_EXCLUDED in note.because
    assert verdict_of(regime, result).left_open is not None


def test_no_verdict_is_lost_where_there_is_no_time_to_tell_what_is_not_excluded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Time may run out while that story is replayed: then it is not told, and the claim is open."""

    def too_late(_: Question) -> Replayer:
        raise OutOfTime

    monkeypatch.setattr(story_or_invariant, "EFFORTS", UNDIRECTED)
    monkeypatch.setattr(left_open, "Replayer", too_late)
    regime = load(ALIKE, NEVER)
    result = Prover(regime).decide(jobs_for(regime.claims)[0])
    assert result.verdict in ("unknown", "bounded")
    assert result.left_open is None


def test_the_story_of_a_small_instance_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing else finds one, the explorer's length is what a story is looked for at."""
    monkeypatch.setattr(story_or_invariant, "EFFORTS", ())
    sources = {"lock.md": (CASES / "lock.md").read_text(encoding="utf-8")}
    regime = load_texts(sources, judge=shown_apart)
    claim = regime.claims[0]
    found = {str(job.column): Prover(regime).decide(job) for job in jobs_for((claim,))}
    story = found["forgetful"].evidence.trace
    assert story is not None
    assert (found["forgetful"].verdict, len(story.steps)) == ("refuted", 6)
    assert found["sound"].verdict == "bounded"


def test_where_one_question_costs_too_much_another_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """That the solver gives up on short stories, put by their instances, is no reason that anybody sees."""
    monkeypatch.setattr(story_or_invariant, "ENOUGH", 1)
    regime = load_texts({"lock.md": (CASES / "lock.md").read_text(encoding="utf-8")})
    found = {str(job.column): Prover(regime).decide(job) for job in jobs_for(regime.claims[:1])}
    story = found["forgetful"].evidence.trace
    assert story is not None
    assert (found["forgetful"].verdict, len(story.steps)) == ("refuted", 6)
    assert found["sound"].verdict == "proved"

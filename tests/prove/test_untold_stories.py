"""Stories that nobody reads: any will do, and none is made an ordinary one."""

from __future__ import annotations

from typing import Any

import pytest

from checker.model.claim import Possibly, PossiblyAfter
from checker.prove import search
from checker.prove.decide import Prover
from checker.prove.ordinary_stories import ordinary
from checker.question.jobs import Witnesses, jobs_for
from checker.regime.load import load_regime
from tests.support.places import PERMITS


def _made_ordinary(monkeypatch: pytest.MonkeyPatch, witnesses: Witnesses) -> int:
    """How many stories are made ordinary where every `possibly` of the permits is proved, as expected."""
    made: list[object] = []

    def counted(*given: Any) -> Any:
        made.append(given)
        return ordinary(*given)

    with monkeypatch.context() as patched:
        patched.setattr(search, "ordinary", counted)
        law = load_regime(PERMITS / "spec", PERMITS / "properties")
        prover = Prover(law, witnesses=witnesses)
        asked = [each for each in jobs_for(law.claims) if each.expected == "proved"]
        jobs = [each for each in asked if isinstance(each.claim.statement, Possibly | PossiblyAfter)]
        assert jobs
        assert all(prover.decide(each).verdict == "proved" for each in jobs)
    return len(made)


def test_what_nobody_reads_is_not_made_ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The story of a `possibly` that is proved, as expected, is told only where examples are."""
    assert _made_ordinary(monkeypatch, "ordinary") > 0
    assert _made_ordinary(monkeypatch, "any") == 0

"""Stories that nobody reads: any will do, and none is made an ordinary one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from checker.model.claim import Possibly, PossiblyAfter
from checker.prove import search
from checker.prove.decide import Prover
from checker.prove.ordinary_stories import ordinary
from checker.question.jobs import Witnesses, jobs_for
from checker.regime.load import load_regime, load_texts
from tests.support.places import PERMITS

LAMPS: Final = """# Lamps

```redline
sort User
sort Lamp
state lit(Lamp) "{1} is lit"
start inference "at first": for every l: Lamp: not lit(l)
request "{sender} switches {lamp}"
    sender: User
    lamp: Lamp
component Desk
route Desk
effect switching
    lit(lamp) becomes true inference "so it is meant"
version now "now"
```
"""
NEVER: Final = """# Claims

```redline
claim 1 dark "No lamp is ever lit." from "x"
    for l: Lamp
    always, if not lit(l), then never lit(l) by requests
    expect refuted in now
```
"""


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


def test_no_story_of_an_untold_job_is_made_ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the one by which a `never` is refuted, which is looked for in two steps."""
    law = load_texts({"lamps.md": LAMPS}, {"claims.md": NEVER})
    (job,) = jobs_for(law.claims)
    assert Prover(law).decide(job).verdict == "refuted"
    monkeypatch.setattr(search, "ordinary", lambda *_: pytest.fail("a story is made ordinary"))
    assert Prover(law).decide(replace(job, surprises=True)).verdict == "refuted"
    assert Prover(law).decide(replace(job, told=False)).verdict == "refuted"
    with pytest.raises(pytest.fail.Exception):
        Prover(law).decide(replace(job, surprises=True, expected="proved"))


def test_what_nobody_reads_is_not_made_ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The story of a `possibly` that is proved, as expected, is told only where examples are."""
    assert _made_ordinary(monkeypatch, "ordinary") > 0
    assert _made_ordinary(monkeypatch, "any") == 0

"""There is always something of every sort: in proofs, in the meaning and in `explain`."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import cli
from checker.model.evaluate import situation_problem
from checker.model.situation import Situation
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts

LAW = """```redline
sort User
sort Box
state full(Box)
request "{sender} asks"
    sender: User
component Desk "the desk"
route Desk
start inference "s": for every b: Box: not full(b)
check k for "1" at Desk, reject with N1 "m"
    requires for some b: Box: not full(b) inference "x"
version v "v"
```
"""
CLAIMS = """```redline
claim 1 a "There is a box." from "1"
    always for some b: Box: b is b
    expect proved in v
claim 2 b "What holds of every box holds of some." from "1"
    in any situation, for every request r: (for every b: Box: full(b)) implies (for some b: Box: full(b))
    expect proved in v
claim 3 c "There may be a state of affairs without an empty box." from "1"
    in some situation, for some request r: r rejected and (for some b: Box: full(b))
    expect proved in v
```
"""


def test_claims_are_about_worlds_with_things() -> None:
    """What would be false only in a world without things is proved."""
    regime = load_texts({"law.md": LAW, "claims.md": CLAIMS})
    prover, jobs = Prover(regime, explore=1_000), list(jobs_for(regime.claims))
    assert [prover.decide(job).verdict for job in jobs] == ["proved"] * 3


def test_a_situation_without_things_is_none() -> None:
    """A situation in which a sort has no things is refused, with the sort."""
    regime = load_texts({"law.md": LAW})
    rules = regime.rules(regime.parse_column("v"))
    for things in ({"User": ("X",), "Box": ()}, {"User": ("X",)}, {"Box": ("B",)}):
        problem = situation_problem(rules, Situation(things, {}, {("Desk", None): "v"}))
        assert problem is not None
        assert problem.startswith("there is nothing of the sort")


def test_explain_supposes_something_of_every_sort(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody speaks of a box, but there is one, and it is empty; a box that is full is another case."""
    (tmp_path / "law.md").write_text(LAW, encoding="utf-8")
    asked = ("explain", "--spec", str(tmp_path), "--request", "sender=X")
    assert cli.run(asked) == 0
    assert "Accepted." in capsys.readouterr().out
    assert cli.run((*asked, "--set", "full(b)")) == 0
    assert "Refused" in capsys.readouterr().out

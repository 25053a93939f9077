"""A component that is on the route more than once: each stop is by itself, in every command that meets it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from checker import cli
from checker.logic.decode import Completed
from checker.logic.symbolic_state import Maybe
from checker.model.claim import Column
from checker.model.evaluate import decide, fails, rejected_by
from checker.model.expressions import Outcome
from checker.model.situation import Request, Situation
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.workbench import Workshop
from checker.regime.load import load_texts
from checker.tla.law_module import law_of, law_text
from tests.tla.read_modules import code, definitions

Run: TypeAlias = Callable[..., tuple[int, str, str]]

LAW = """# Law

```redline
sort User
enum Act: A "an A", B "a B", C "a C"
state done: optional Act "what was done"
request "{sender} does {act}"
    sender: User
    act: Act "act"
component Desk "the desk"
component Hall "the hall"
route Desk when act is A, then Hall, then Desk when act is B
start inference "s": done is absent
check shut for "1" at Desk, reject with N1 "shut"
    requires false inference "x"
check busy for "2" at Hall, reject with N2 "busy"
    requires done is absent inference "x"
effect note
    done becomes act inference "x"
version v "v"
modification M "m"
by M strike "1"
version w "w" is v with M
```
"""
CLAIMS = """```redline
claim 1 never-done "Nothing is done." from "1"
    always done is absent
    expect refuted in v, w
```
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the law, and returns its exit code, output and errors."""
    for folder, text in (("spec", LAW), ("properties", CLAIMS)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text(text, encoding="utf-8")

    def made(*arguments: str) -> tuple[int, str, str]:
        folders = ("--spec", str(tmp_path / "spec"), "--properties", str(tmp_path / "properties"))
        code = cli.run((*arguments, *folders))
        captured = capsys.readouterr()
        return code, " ".join(captured.out.split()), captured.err

    return made


@pytest.mark.parametrize(("act", "stop"), [("A", "the desk"), ("B", "the desk"), ("C", None)])
def test_explain_refuses_at_the_stop_that_is_visited(run: Run, act: str, stop: str | None) -> None:
    """A check refuses what comes past its own stop, and nothing else."""
    code, told, _ = run("explain", "--version", "v", "--request", "sender=X", "--request", f"act={act}")
    assert code == 0
    assert ("Refused at the desk, N1" in told) is (stop is not None)
    assert ("Accepted" in told) is (stop is None)


def test_diff_finds_the_requests_of_both_stops(run: Run) -> None:
    """Without the check at the desk, requests for A and for B are accepted, and nothing else differs."""
    code, told, _ = run("diff", "v", "w", "--jobs", "1")
    assert code == 0
    assert "act" in told
    assert "an A or a B" in told or "not a C" in told


def test_anybody_can_do_c_and_nobody_b(run: Run) -> None:
    """`who` finds a strategy for what no stop refuses, and none for what one does."""
    found = {}
    for act in "BC":
        asked = ("--if", "done is absent", "--goal", f"done is {act}", "--for", "u: User", "--member", "u")
        code, told, _ = run("who", *asked, "--version", "v", "--jobs", "1")
        assert code == 0
        found[act] = told
    assert "All together cannot" in found["B"]
    assert "U does a C" in found["C"]


def test_rollout_and_staging_are_refused(run: Run) -> None:
    """Where a refusal at a component cannot be told from one at its other stop, nothing is said."""
    code, _, said = run("rollout", "v", "w", "--jobs", "1")
    assert code == 2
    assert "`Desk` is on the route more than once" in said
    code, _, said = run("prove", "--version", "v staged", "--jobs", "1")
    assert code == 2
    assert "`Desk` is on the route twice" in said


@pytest.mark.parametrize(("act", "done"), list(itertools.product("ABC", (None, "A"))))
def test_an_encoded_stop_is_by_itself(act: str, done: str | None) -> None:
    """In terms, a request has the outcome that `evaluate` has."""
    regime = load_texts({"law.md": LAW}, {"claims.md": CLAIMS})
    question = Question(regime, Job(regime.claims[0], Column("v")))
    problem = question.problem(Workshop(regime, 0))
    terms, system = problem.terms, problem.system
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {} if done is None else {("done", ()): done}
    situation = Situation({"User": ("X",)}, values, {("Desk", None): "v", ("Hall", None): "v"})
    request = Request({"sender": "X", "act": act})
    decision = decide(question.rules, situation, request)
    sorts = {each.name: each.sort for each in system.model.request}
    asked = {
        "sender": Maybe(terms.true, terms.constant("X", sorts["sender"])),
        "act": Maybe(terms.true, terms.value(act, sorts["act"])),
    }
    known: dict[tuple[str, tuple[str | bool | None, ...]], str | bool] = {("done?", ()): done is not None}
    if done is not None:
        known["done", ()] = done
    structure = Completed({}, known, situation.things)

    def holds(outcome: Outcome) -> bool:
        return structure.holds(problem.read(outcome, problem.scope(system.base, requests={"r": asked})))

    for by in ("Desk", "Hall", "shut", "busy"):
        assert holds(Outcome("rejected", "r", by)) is rejected_by(decision, by)
        assert holds(Outcome("fails", "r", by)) is fails(decision, by)
    assert decision.accepted is holds(Outcome("accepted", "r")) is (act == "C" and done is None)


def test_the_module_for_tlc_tells_the_stops_apart() -> None:
    """Each stop has operators of its own, and what comes later is reached where nothing earlier refuses."""
    regime = load_texts({"law.md": LAW})
    text = law_text(law_of(regime.model(Column("v")), Column("v")), ())
    bodies = {name: " ".join(body.split()) for name, _, body in definitions(code(text))}
    assert bodies["Visits_Desk0"] == bodies["Visits_Desk2"] == 'r.act = ""'
    assert bodies["Visits_Hall1"] == "TRUE"
    assert bodies["Accepted"] == "~Refuses_Desk0(r) /\\ ~Refuses_Hall1(r) /\\ ~Refuses_Desk2(r)"
    early, late = bodies["RejectedBy_Desk"].split(" \\/ ")
    assert (early, late) == (
        "Refuses_Desk0(r)",
        "(~Refuses_Desk0(r) /\\ ~Refuses_Hall1(r) /\\ Refuses_Desk2(r))",
    )
    assert bodies["Fails_Desk"] == "Refuses_Desk0(r) \\/ Refuses_Desk2(r)"

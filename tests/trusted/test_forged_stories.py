"""Stories that cannot happen, or show nothing, are not believed: of comparisons, deployments, and `twice`.

The rules are those about keys in `support/keys_to_safes.py`, and the small ones about a desk below. What is
handed in here is what a search with a mistake might find.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.model.situation import Request, Situation, Step, Trace
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Evidence
from checker.trusted import requirements
from checker.trusted.replay import NotReplayed
from tests.support.handed_in import RING, TURN, asked, request, start, told
from tests.support.keys_to_safes import KEYS
from tests.support.load import load

DESK = """
sort User
enum Act: A, B
state bad(User)
state done: optional Act
request "{sender} does {act}"
    sender: User
    act: Act
component Desk "the desk"
route Desk
check k for "1" at Desk, reject with N1 "m"
    requires act is A inference "x"
effect e
    done becomes act inference "x"
version v "v"
version w "w" is v with M
modification M "m"
by M insert after k: check k2 for "2" at Desk, reject with N2 "m"
    requires not bad(sender) inference "x"
by M insert after done: axiom good "x" because "y": for every u: User: not bad(u)
"""


def refused(question: Question, evidence: Evidence) -> str:
    """Why the story refutes nothing."""
    with pytest.raises(NotReplayed) as wrong:
        requirements.replay(question, "refuted", evidence)
    return str(wrong.value)


def compared(*, bad: bool) -> tuple[Question, Evidence]:
    """Whether v and w decide alike, and a request for A by ann, who may be bad."""
    rules, text = DESK, 'claim 1 a "x" from "1"\n    v and w decide alike\n    expect proved in v'
    regime = load(rules, text)
    question = Question(regime, Job(regime.claims[0], regime.parse_column("v")))
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {("bad", ("ann",)): True} if bad else {}
    here = Situation({"User": ("ann",)}, values, {("Desk", None): "v"})
    asked_for = {"r": Request({"sender": "ann", "act": "A"})}
    return question, Evidence(trace=Trace((here,), ()), requests=asked_for)


def test_a_situation_is_within_the_axioms_of_all_sides() -> None:
    """By the axiom of w nobody is bad, so whom w alone refuses is no example; and v and w decide alike."""
    question, evidence = compared(bad=True)
    assert Prover(question.regime).decide(question.job).verdict == "proved"
    assert "the axiom `good` is false" in refused(question, evidence)
    assert "does not show" in refused(*compared(bad=False))


def test_a_comparison_has_one_situation() -> None:
    """What a step leads to is not asked, whatever else the story shows."""
    question, evidence = compared(bad=True)
    assert evidence.trace is not None
    (bad,) = evidence.trace.situations
    good = replace(bad, values={})
    step = Step("request", request=evidence.requests["r"])
    several = replace(evidence, trace=Trace((good, good), (step,)))
    assert "one situation" in refused(question, several)


def test_no_story_deploys_where_versions_stay() -> None:
    """At a tight vault the bank is nobody's heir; at a loose one it is. With deployment steps a key taken
    before comes to it, without them only where the vault was loose.
    """
    claim = "for s: Safe always version(Vault) is tight implies key(s) is not Bank"
    loosened, tightened = (
        Step("event", event="deploy", arguments={"component": "Vault", "version": version})
        for version in ("loose", "tight")
    )
    steps = (request("ann", "Take"), loosened, request("ann", "Pass", heir="Bank"), tightened)
    moving = asked(f"{claim} with deployment steps over loose, tight", "tight")
    requirements.replay(moving, "refuted", told(moving, start("tight"), *steps, s="box"))
    staying = asked(f"{claim} in every deployment over loose, tight", "tight")
    said = refused(staying, told(staying, start("tight"), *steps, s="box"))
    assert said == "step 2: the claim does not allow this deployment"


def test_a_story_begins_with_the_versions_of_its_column() -> None:
    """Only the vault is tight; at a loose one the bank would be an heir."""
    split = KEYS + 'deployment split "Only the vault is tight.": Gate at loose, Vault at tight\n'
    question = asked("for s: Safe always key(s) is not Bank", "split", split)
    first = start("loose")
    steps = (request("ann", "Take"), request("ann", "Pass", heir="Bank"))
    assert "wrong versions" in refused(question, told(question, first, *steps, s="box"))
    rightly = replace(first, versions={**first.versions, ("Vault", None): "tight"})
    assert "refused" in refused(question, told(question, rightly, *steps, s="box"))


def test_twice_is_twice_in_a_row() -> None:
    """The alarm is on once it has rung, so that it is on between two rings; not so after something else."""
    question = asked("for s: Safe always, after event ring twice: before alarm(s)")
    take = request("ann", "Take")
    for steps in ((RING,), (TURN, RING)):
        story = told(question, start(), take, *steps, s="box")
        assert "does not show" in refused(question, story)
    other = asked("for s: Safe always, after event ring twice: not before alarm(s)")
    requirements.replay(other, "refuted", told(other, start(), take, RING, RING, s="box"))

"""A premise that rules read is a word of the law, as a definition is: in blame, assumptions, cover, export.

The gate lets in whom it does not suspect. It suspects whoever is odd, and by a premise strangers are odd.
"""

from __future__ import annotations

from functools import cache

import pytest

from checker.blame.needed_words import blame_of
from checker.model.claim import Column
from checker.prove.assumptions import assumptions_of
from checker.prove.decide import Prover
from checker.question.jobs import Effort, Job, jobs_for
from checker.question.same_law import law_of, premises_of
from checker.question.verdict import Result
from checker.regime.regime import Regime
from checker.rooms.cover.edits import edits_of
from checker.rooms.cover.find import Coverer, Plan
from checker.tla.all_modules import bundle_of
from tests.support.load import load
from tests.tla.read_modules import check_names

GATE = """
sort Person
enum Act: Enter, Wave
fixed stranger(Person)
fixed known(Person)
state inside(Person)
define far(p: Person) means stranger(p)
premise odd(p: Person) "x" because "y" means far(p) or suspect
define suspicious(p: Person) means odd(p)
define suspect means false
premise home(p: Person) "x" because "y" means known(p)
request "{sender} does {act}"
    sender: Person
    act: Act
component Gate "the gate"
route Gate
start inference "x": for every p: Person: not inside(p)
check gate for "G 1" at Gate, reject with E1
    requires not suspicious(sender) inference "x"
effect entering when act is Enter
    inside(sender) becomes true inference "x"
version now "v"
"""
CLAIMS = """
claim 1 no-strangers "No stranger enters." from "x"
    always, after an accepted request r: not stranger(r.sender)
    expect proved in now
claim 2 at-home "Whoever is at home is known." from "x"
    for p: Person
    given home(p)
    always known(p)
    expect proved in now
"""
NOW = Column("now")


@cache
def regime() -> Regime:
    return load(GATE, CLAIMS)


@cache
def results() -> tuple[Result, ...]:
    prover = Prover(regime())
    return tuple(prover.decide(job) for job in jobs_for(regime().claims))


def test_a_proof_rests_on_the_premise_that_a_check_denies() -> None:
    """If everybody were odd the gate would let nobody in, and the claim hold. But odd may mean anything."""
    assert [each.verdict for each in results()] == ["proved", "proved"]
    rests = blame_of(regime(), results()[0])
    assert {each.kind: each.rule for each in rests.needed} == {"phrase": "gate", "premise": "odd"}
    given = blame_of(regime(), results()[1])
    assert [(each.kind, each.rule) for each in given.needed] == [("premise", "home")]


def test_what_a_proof_supposes_includes_premises_that_rules_read() -> None:
    """Without the premise everybody is odd, which proves the first claim anyway: it is not
    one without which no more is proved. The second claim is only given its own.
    """
    model = regime().model(NOW)
    odd = frozenset({"odd"})
    read = [premises_of(model, each) for each in regime().claims]
    assert read == [(frozenset(), odd), (frozenset({"home"}), odd)]
    found = dict(assumptions_of(regime(), results(), (), Effort(processes=1)))
    assert [each.names for each in found[0].sets] == [()]
    assert [each.names for each in found[1].sets] == [("home",)]


@pytest.mark.parametrize(("without", "law"), [("odd", ("odd",)), ("home", ())])
def test_a_column_without_a_premise_that_rules_read_has_its_own_law(
    without: str, law: tuple[str, ...]
) -> None:
    """A check reads `odd` through a definition; nothing of the law reads `home`."""
    assert law_of(regime(), Column("now", without=(without,))) == Column("now", without=law)
    (proved, _) = results()
    found = Prover(regime()).decide(Job(proved.claim, Column("now", without=(without,))))
    assert found.verdict == "proved"


def test_cover_edits_definitions_below_premises() -> None:
    """`far` and `suspect` decide about requests through a premise, so they are edited."""
    touched = {e.rule: e.touches for e in edits_of(regime(), NOW) if e.part == "definition"}
    assert {"far", "suspect", "suspicious"} <= touched.keys()
    assert "gate" in touched["far"] & touched["suspect"]


def test_cover_asks_what_reads_a_definition_itself() -> None:
    """Whoever is far is a stranger by what `far` means: no rule has a part in that, an edit of `far` has."""
    claim = """
claim 1 far-strangers "Whoever comes from far is a stranger." from "x"
    in any situation, for every request r where far(r.sender): stranger(r.sender)
    expect proved in now
"""
    plan = Plan.of(load(GATE, claim), NOW, Effort(processes=1))
    assert [len(rest or ()) for rest in plan.rests] == [0]
    edits = {(each.rule, each.how): each for each in plan.edits if each.part == "definition"}
    assert plan.concerned(edits["suspect", "negated"]) == ()
    found = Coverer(plan, Effort(processes=1)).cover(edits["far", "negated"])
    assert [(each.number, each.after) for each in found.notices] == [("1", "refuted")]


def test_export_defines_premises_before_what_reads_them() -> None:
    """Modules define names before they use them, also where definitions read premises that read others."""
    bundle = bundle_of(regime(), NOW, regime().claims, {})
    check_names(bundle)

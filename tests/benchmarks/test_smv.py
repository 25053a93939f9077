"""The model for NuSMV of a claim has the situations, steps and answer of the explorer's state graph."""

from __future__ import annotations

import pytest

from benchmarks.peers import Answer, Disagreement, compare, models_of
from benchmarks.smv import smv_model
from checker.explore.explorer import Explorer, explored, places_of
from checker.explore.finite_instance import Instance
from checker.explore.placings import things_of
from checker.explore.second_opinion import small_instance
from checker.explore.state_graph import Graph
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.question import Question
from checker.question.workbench import Workshop
from checker.regime.regime import Regime
from tests.benchmarks.read_smv import Checked, read
from tests.support.load import load

LAW = """
sort Person
enum Colour: Red, Green, Blue
fixed likes(Person): optional Colour
state hat(Person): optional Colour
state last: optional Person
state shut
request "{sender} takes {colour}"
    sender: Person
    colour: Colour
component Desk
route Desk
order at Desk unpublished because "no rule says"
start inference "nobody has a hat": not shut and last is absent and (for every p: Person: hat(p) is absent)
check liked for "1" at Desk, reject with E1
    requires likes(sender) is colour or colour is Red inference "taste"
check open for "2" at Desk, reject with E2
    requires not shut inference "not shut"
effect taking
    hat(sender) becomes colour inference "that is it"
    last becomes sender inference "that is it"
event copy by the environment with p: Person, q: Person when last is present
    hat(q) becomes hat(p) inference "that is it"
event close by the environment when last is present
    shut becomes true inference "that is it"
version law "as it stands"
"""
CLAIMS = """
claim 1 never-liked "Nobody wears blue who does not like it." from "1"
    for p: Person
    always hat(p) is Blue implies likes(p) is Blue
    expect refuted in law
claim 2 one-of-three "Nobody wears green where nobody likes green." from "1"
    always (for some p: Person: hat(p) is Green) implies (for some p: Person: likes(p) is Green)
    expect proved in law
claim 3 both "Two can come to wear red." from "1"
    for p: Person, q: Person where p is not q
    possibly hat(p) is Red and hat(q) is Red
    expect proved in law
claim 4 on "Whoever wears red can always take it off." from "1"
    for p: Person
    always, if hat(p) is Red, then possibly hat(p) is absent by any step
    expect refuted in law
claim 5 at-once "While it is open, red is to be had at once." from "1"
    for p: Person
    always, if not shut, then possibly next hat(p) is Red
    expect proved in law
claim 6 stays "Once it is shut, nobody gets a hat by a request." from "1"
    for p: Person
    always, if shut and hat(p) is absent, then never hat(p) is present by requests
    expect proved in law
claim 7 leaves "Once it is shut, nobody gets a hat." from "1"
    for p: Person
    always, if shut and hat(p) is absent, then never hat(p) is present by any step
    expect refuted in law
"""


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load(LAW, CLAIMS)


@pytest.mark.parametrize("number", range(7))
def test_the_model_is_the_state_graph(regime: Regime, number: int) -> None:
    """Read back, it reaches what the graphs of all configurations reach, and answers as the explorer does."""
    job = jobs_for(regime.claims)[number]
    question = Question(regime, job)
    question.check_askable()
    problem = question.problem(Workshop(regime, 0))
    counts = small_instance(problem)
    things = things_of(problem, counts)
    answers = []
    for places in places_of(problem, question.statement, question.asking, things):
        instance = Instance(problem, things, places, 1 << 12)
        plan = Explorer(problem, instance).plan_of(question.statement, question.asking)
        if plan is None:  # what the claim speaks of cannot be placed like this
            continue
        (whole,) = instance.configurations(plan, ())
        model = read(smv_model(instance, whole, question.statement))
        checked = Checked(model)
        graph = Graph(instance, whole)
        list(graph.layers(whole.kinds[0]))
        there = {
            tuple(value for _, value in graph.space.at(number))
            for number in range(graph.space.size)
            if graph.reached >> number & 1
        }
        domains = list(graph.space.digits.values())
        phased = "phase" in model.domains
        found = {each[phased:] for each in checked.reached() if not phased or each[0] == "any"}
        assert found == {
            tuple(
                str(value).upper() if isinstance(value, bool) else str(digit.values.index(value))
                for value, digit in zip(each, domains, strict=True)
            )
            for each in there
        }
        answers.append(checked.answer())
    assert answers
    length = explored(problem, question.statement, question.asking, counts, 1 << 12).length
    assert all(answers) == (length is None)


@pytest.mark.thorough
def test_the_model_answers_as_the_proof(regime: Regime) -> None:
    """There is a story in an instance with room for redline's, and none where redline has none."""
    for job in jobs_for(regime.claims):
        result = Prover(regime).decide(job)
        assert result.as_expected
        answers = [Checked(read(model)).answer() for model in models_of(regime, result)]
        assert answers
        assert all(answers) == (result.evidence.trace is None), job.claim.name


def test_a_disagreement_is_an_error(regime: Regime) -> None:
    """A story where redline proved that there is none, or none where it has one; not what it left open."""
    refuted, proved = (Prover(regime).decide(job) for job in jobs_for(regime.claims)[:2])
    compare("agreed", refuted, "NuSMV", Answer(story=True, seconds=0))
    compare("agreed", proved, "NuSMV", Answer(story=False, seconds=0))
    with pytest.raises(Disagreement, match="1: redline says refuted, and NuSMV finds no story"):
        compare("1", refuted, "NuSMV", Answer(story=False, seconds=0))
    with pytest.raises(Disagreement, match="2: redline says proved, and NuSMV finds a story"):
        compare("2", proved, "NuSMV", Answer(story=True, seconds=0))

"""Requests under way: a box office whose desk and till check a seat before it is sold, worked out by hand."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from checker.model.claim import Column
from checker.model.evaluate import apply_event, decide, event_enabled, replay, successor
from checker.model.situation import Request, Situation, Step
from checker.model.under_way import sent
from checker.prove.decide import Prover
from checker.question.jobs import Job, both_ways, jobs_for
from checker.question.problem import GaveUp
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.question.workbench import Workshop
from checker.regime.additions import with_claims
from checker.regime.regime import Regime
from checker.report.case_paragraphs import case_paragraphs
from checker.report.paper import text_of
from checker.report.run_report import Page
from checker.report.staged_matrix import staged_paragraphs
from checker.report.summary import Run
from checker.report.told_stories import Stories
from checker.story.narrate import narrate
from checker.trusted.requirements import obligations
from tests.agreement.compare import Law, Tally
from tests.support.box_office import CLAIMS, RULES
from tests.support.evidence_made import BOTH, certified, claim, decided, law, loaded, reasons, written
from tests.support.stories import steps_of


@pytest.fixture(scope="module")
def regime() -> Regime:
    return loaded(law(RULES, CLAIMS))


@pytest.fixture(scope="module")
def results(regime: Regime) -> dict[tuple[str, str], Result]:
    return {(each.claim.number, str(each.column)): each for each in decided(regime)}


def told(regime: Regime, result: Result) -> str:
    return text_of(case_paragraphs(result, narrate(regime, result)))


# ----------------------------------------------------------------- verdicts


def test_every_verdict_is_as_worked_out_by_hand(results: dict[tuple[str, str], Result]) -> None:
    """What never changes survives staging; what changes between check and sale does not."""
    assert len(results) == 25
    assert not [
        f"{key}: {each.verdict} {each.reason}" for key, each in results.items() if not each.as_expected
    ]
    assert not [key for key, each in results.items() if each.vacuous]


def test_a_seat_is_sold_twice(results: dict[tuple[str, str], Result]) -> None:
    """Both pass the till while the seat is free: the second ticket is stored over the first."""
    story = results["1", "old staged"]
    assert steps_of(story) == ["let pass by Till", "in one go", "carried out"]
    trace = story.evidence.trace
    assert trace is not None
    seat = trace.steps[-1].request
    assert seat is not None
    holders = [each.values.get(("holder", (seat.values["seat"],))) for each in trace.situations]
    assert holders[:2] == [None, None]
    assert holders[3] == seat.values["sender"]


def test_the_list_is_asked_at_the_moment(results: dict[tuple[str, str], Result]) -> None:
    """One step between the desk and the till, or the till and the sale, is enough."""
    assert steps_of(results["3", "old staged"])[1:] == ["struck-off", "carried out"]
    assert steps_of(results["4", "new staged"]) == ["let pass by Desk", "struck-off"]


def test_the_version_deployed_at_the_component_counts(results: dict[tuple[str, str], Result]) -> None:
    """In a mixed deployment, too, the till of the new version refuses what the desk of the old let pass."""
    story = results["4", "desk-old staged"]
    assert steps_of(story) == ["let pass by Desk", "struck-off"]
    assert story.evidence.requests["r"].values.get("in flight")


def test_a_version_may_move_while_a_request_is_under_way(results: dict[tuple[str, str], Result]) -> None:
    """The till asks for the list only once it has gone over; both orders of the two steps between will do."""
    steps = steps_of(results["9", "old staged"])
    assert steps[0] == "let pass by Desk"
    assert sorted(steps[1:]) == ["deploy", "struck-off"]


def test_only_requests_of_the_senders_count(regime: Regime) -> None:
    """Another's request would take the seat away; the holder's own would not, and so there is no story."""
    found = Prover(regime).decide(Job(claim(regime, "by-its-own"), Column("old", staged=True)))
    assert found.verdict == "unknown"
    assert "undecided" in found.reason


def test_every_story_replays(regime: Regime, results: dict[tuple[str, str], Result]) -> None:
    """Under the plain meaning of the rules, from a start."""
    traces = [(each.column, each.evidence.trace) for each in results.values() if each.evidence.trace]
    assert len(traces) == 9
    for column, trace in traces:
        both = [regime.rules(replace(column, base=base)) for base in ("old", "new")]
        assert replay({**both[0], **both[1]}, trace, starts=True) is None


def test_a_story_with_a_step_left_out_does_not_replay(
    regime: Regime, results: dict[tuple[str, str], Result]
) -> None:
    """Without having been let pass, the second request is refused at the till."""
    trace = results["1", "old staged"].evidence.trace
    assert trace is not None
    rules = regime.rules(Column("old", staged=True))
    model = rules["old"]
    first, sale, last = trace.steps
    here = successor(rules, trace.situations[0], sale)
    assert last.request is not None
    assert not decide(rules, here, last.request).accepted
    assert first.event is not None
    assert not event_enabled(model, here, first.event, first.arguments, rules)


# -------------------------------------------------- with nothing in between


def test_with_nothing_in_between_it_is_as_in_one_go(regime: Regime) -> None:
    """A request that is let pass everywhere and carried out at once changes what it changes in one go, and is
    let pass exactly if it is accepted.
    """
    rules = regime.rules(Column("new", staged=True))
    plain = regime.rules(Column("new"))
    accepted = 0
    for number in range(300):
        given = Law(regime, Column("new", staged=True), ()).sample(random.Random(number))
        flight = given.situation.things["in.flight"][0]
        request = sent(rules["new"], given.situation, flight)
        asked = Request({k: v for k, v in request.values.items() if k != "in flight"})
        start = _progress(given.situation, flight, "not sent")
        whole = decide(plain, _bare(start), asked)
        assert (
            whole.accepted == decide(rules, start, request).accepted == decide(rules, start, asked).accepted
        )
        here, passed = start, True
        for component in ("Desk", "Till") if asked.values["act"] == "Book" else ("Desk",):
            event, arguments = f"let pass by {component}", {"the request": flight}
            passed = passed and event_enabled(rules["new"], here, event, arguments, rules)
            here = apply_event(rules["new"], here, event, arguments) if passed else here
        assert passed == whole.accepted
        if passed:
            accepted += 1
            assert not [each for each in decide(rules, here, request).stages if each.checks]
            after = successor(rules, here, Step("request", request=request))
            assert _bare(after) == successor(plain, _bare(start), Step("request", request=asked))
    assert 50 < accepted < 250


def _progress(situation: Situation, flight: str, value: str) -> Situation:
    return replace(situation, values={**situation.values, ("progress in flight", (flight,)): value})


def _bare(situation: Situation) -> Situation:
    """The situation without what is in flight."""
    things = {sort: each for sort, each in situation.things.items() if sort != "in.flight"}
    values = {at: each for at, each in situation.values.items() if not at[0].endswith("in flight")}
    return Situation(things, values, situation.versions)


def test_a_request_is_carried_out_once(regime: Regime) -> None:
    """Carried out, it is not under way any more: sent again, it meets all checks again."""
    rules = regime.rules(Column("old", staged=True))
    model = rules["old"]
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {
        ("sender in flight", ("f",)): "ann",
        ("act in flight", ("f",)): "Book",
        ("seat in flight", ("f",)): "a1",
        ("progress in flight", ("f",)): "past Till",
        ("adult", ("ann",)): True,
    }
    things = {"Person": ("ann",), "Seat": ("a1",), "in.flight": ("f",)}
    here = Situation(things, values, {("Desk", None): "old", ("Till", None): "old"})
    request = sent(model, here, "f")
    assert decide(rules, here, request).accepted
    after = successor(rules, here, Step("request", request=request))
    assert after.values["holder", ("a1",)] == "ann"
    assert [each.check.name for each in decide(rules, after, request).refusing] == ["list"]


def test_a_request_that_is_changed_is_not_the_one_that_is_under_way(regime: Regime) -> None:
    """To have another let pass in its name, it would have to be the same."""
    rules = regime.rules(Column("old", staged=True))
    given = Law(regime, Column("old", staged=True), ()).sample(random.Random(1))
    flight = given.situation.things["in.flight"][0]
    here = _progress(given.situation, flight, "past Till")
    own = sent(rules["old"], here, flight)
    assert decide(rules, here, own).accepted
    act = "Look" if own.values["act"] == "Book" else "Book"
    other = Request({**own.values, "act": act})
    assert not any(each.behind for each in decide(rules, here, other).stages)


@pytest.mark.parametrize("base", ["old", "new", "desk-old"])
def test_solver_and_meaning_agree(regime: Regime, base: str) -> None:
    """On random situations with requests under way: guards, outcomes, and what steps change."""
    tally, asked = Tally(), Law(regime, Column(base, staged=True), regime.claims)
    for number in range(60):
        chance = random.Random(f"{base} {number}")
        asked.compare(asked.sample(chance), chance, tally, solve=number % 20 == 0)
    assert tally.kinds["accepted"] > 10
    assert tally.kinds["event enabled"] > 5


def test_possibly_is_never_refuted_by_halves(regime: Regime) -> None:
    """That requests in one go do not bring it about says nothing of others; no evidence can say otherwise."""
    job = Job(claim(regime, "not-so"), Column("old", staged=True), "refuted")
    found = Prover(regime).decide(job)
    assert found.verdict == "unknown"
    assert "others might" in found.reason
    question = Question(regime, job)
    with pytest.raises(GaveUp, match="others might"):
        list(obligations(question, question.problem(Workshop(regime, 0)), "refuted", Evidence()))


# ------------------------------------------------------------------ reports


def test_two_requests_that_cross_are_told_apart(
    regime: Regime, results: dict[tuple[str, str], Result]
) -> None:
    """The one that is under way has a name, by which it goes on; what let it pass is told once."""
    text = told(regime, results["1", "old staged"])
    assert "1. Request 1: Guest A books Seat 1." in text
    assert "Let pass, and under way." in text
    assert re.search(r"2\. In one go: Guest [AB] books Seat 1\.", text)
    assert "3. Request 1 goes on: Guest A books Seat 1." in text
    assert "the desk has let it pass already" in text
    assert "the till has let it pass already" in text
    assert "in flight" not in text


def test_what_a_component_asked_is_told_when_it_did(
    regime: Regime, results: dict[tuple[str, str], Result]
) -> None:
    """The desk at its time, the till later; and what had to be so at the start."""
    text = told(regime, results["4", "new staged"])
    first, asked = text.split("Asked: ")
    assert "Guest A is on the list" in first.split("1. Request 1")[0]
    assert "Rule 1 (list)" in first
    assert "Rule 4" not in first
    assert "the desk has let it pass already" in asked
    assert "REFUSES        Rule 4 (list-again): T2" in asked


def test_both_ways_side_by_side(regime: Regime) -> None:
    """Every claim that can be asked both ways, what differs as a story, and why others are not asked."""
    text_of_alike = 'claim 19 alike "Alike." from "1" old and new decide alike expect refuted in old'
    more = with_claims(regime, f"```redline\n{text_of_alike}\n```\n")
    jobs = both_ways(jobs_for(more.claims, ("old",)))
    assert {each.column for each in jobs} == {Column("old"), Column("old", staged=True)}
    made = Run(tuple(decided(more, jobs)), "redline prove --staged", 1.0)
    text = text_of(staged_paragraphs(more, made, more.claims, Page(Stories("versions"))))
    (row,) = (line for line in text.splitlines() if line.startswith("1 "))
    assert row.split() == ["1", "sold-once", "old", "proved", "refuted"]
    (same,) = (line for line in text.splitlines() if line.startswith("2 "))
    assert same.split() == ["2", "of-age", "old", "proved", "proved"]
    assert "19: it compares" in text
    assert "Claim 1, sold-once, in old staged: refuted" in text
    assert "Claim 2," not in text


# ----------------------------------------------------------------- evidence


def test_evidence_is_certified_by_both_solvers(regime: Regime) -> None:
    """Stories replay, and obligations of staged columns are built anew from the law."""
    sources = law(RULES, CLAIMS)
    asked = [each for each in jobs_for(regime.claims) if each.column.staged]
    files = written(regime, sources, decided(regime, asked))
    found = certified(regime, sources, files, BOTH)
    assert not reasons(found)
    assert found.code == 0
    assert len(found.entries) > len(asked)

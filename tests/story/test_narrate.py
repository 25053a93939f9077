"""Stories in the lending library: what is told, in which names, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.model.claim import AlwaysAfter, Compare, EveryRequest, Side, Steps
from checker.model.evaluate import Environment, apply_event, apply_request, decide
from checker.model.expressions import (
    And,
    Apply,
    Before,
    Formula,
    Implies,
    Is,
    Matches,
    Not,
    Or,
    Outcome,
    Parameter,
    Present,
    Truth,
    Variable,
)
from checker.model.situation import Situation, Step, Trace
from checker.question.verdict import Evidence, Result
from checker.report.case_paragraphs import case_paragraphs
from checker.report.paper import text_of
from checker.story.atoms_that_decide import Here
from checker.story.facts_that_decide import check_grounds, grounds
from checker.story.narrate import narrate, steps_text
from checker.story.phrases import Phrases
from checker.story.sentences import Place
from tests.support.lending_library import (
    ATLAS,
    BOOK,
    READER,
    RULES,
    B,
    asks,
    kind,
    lent,
    member,
    situation,
    some,
)
from tests.support.results_made import AFTER, NAMES, NEW, OLD, PLANTED, START, Library, claim, proved, stuck

LIBRARY = Library()


# ------------------------------------------------------------------- grounds

ANN = Variable("ann", READER)
NOVEL_BOOK = Variable("novel", BOOK)


def world(where: Situation, before: Situation | None = None) -> Environment:
    return Environment(
        RULES["old"],
        where,
        before=before,
        variables={"ann": "ann", "novel": "novel"},
        requests={"r": asks(sender="ann", action="Borrow", book="novel")},
    )


@pytest.mark.parametrize(
    ("formula", "functions"),
    [
        (Is(lent(NOVEL_BOOK), ANN), ["lent"]),
        (And((Not(member(ANN)), Present(lent(NOVEL_BOOK)))), ["lent"]),
        (And((Not(member(ANN)), Is(kind(NOVEL_BOOK), kind(NOVEL_BOOK)))), ["member", "kind"]),
        (Or((Present(lent(NOVEL_BOOK)), Not(member(ANN)))), ["member"]),
        (Implies(member(ANN), Present(lent(NOVEL_BOOK))), ["member"]),
        (Is(Apply("valuable", (ATLAS,), READER), ANN), []),
        (some((B,), Is(lent(B), ANN)), []),
        (some((B,), Is(kind(B), ATLAS)), ["kind"]),
        (Matches(ANN, ANN), []),
    ],
)
def test_grounds_are_the_places_that_decide(formula: Formula, functions: list[str]) -> None:
    """A false conjunction rests on what is false in it, a true disjunction on what is true."""
    found = grounds(formula, world(START))
    assert [place.function for _, place in found] == functions


def test_grounds_tell_what_is_read_before_the_step() -> None:
    """The same place before and after the step is two grounds."""
    found = grounds(Is(Before(lent(NOVEL_BOOK), READER), lent(NOVEL_BOOK)), world(AFTER, before=START))
    assert found == ((True, Place("lent", ("novel",))), (False, Place("lent", ("novel",))))


def test_the_past_of_the_past_is_the_past() -> None:
    """`before` within `before` means no other situation, and rests on the same."""
    once = Is(Before(lent(NOVEL_BOOK), READER), lent(NOVEL_BOOK))
    twice = Is(Before(Before(lent(NOVEL_BOOK), READER), READER), lent(NOVEL_BOOK))
    here = world(AFTER, before=START)
    assert grounds(twice, here) == grounds(once, here)


def test_the_grounds_of_a_refusal_are_what_it_asks_and_what_lets_it_apply() -> None:
    """Membership and the book's kind are grounds; the counter of the book, which routes, is none."""
    where = situation(gate="new")
    request = asks(sender="ann", action="Borrow", book="novel")
    report = decide(RULES, where, request).stages[0].checks[0]
    env = replace(world(where), requests={"": request})
    places = [place for _, place in check_grounds(report, env)]
    assert Place("member", ("ann",)) in places
    assert Place("kind", ("novel",)) in places
    assert Place("home", ("novel",)) not in places


def test_here_says_what_stands_on_both_sides() -> None:
    """A false equation is told by both of its sides, and `false` itself by nothing."""
    formula = Or((Is(lent(NOVEL_BOOK), Parameter("r", "sender", READER)), member(ANN)))
    assert Here(NAMES).says(formula, world(START)) == (
        "there is no holder of Novel 1; the sender is Guest B; it is not so that Guest B is a member"
    )
    assert Here(NAMES).says(Truth(value=False), world(START)) == ""


# --------------------------------------------------------------------- story


def told(result: Result) -> str:
    return text_of(case_paragraphs(result, narrate(LIBRARY, result)))


def test_a_refuted_possibility_tells_the_attempt_and_who_refuses_it() -> None:
    """The whole note of a refutation: start, step, attempt, refusal, end and reason."""
    assert (
        told(stuck())
        == """\
Claim 1, books-move, in old: refuted, as expected
  A book can always move on. [R 1; rules.md:1]
  At the start
    - It is not so that Guest A is a member.
    - The kind of Novel 1 is a novel.
  1. Novel 1 goes to Guest A (by the library).
     > The holder of Novel 1 is now Guest A (before: nobody).
     > From here on, what the claim says after “if” holds: Guest A is the holder
       of Novel 1; and it is not so that Guest A is a member.
  One would try: Guest A asks for a gift of Novel 1 (heir: Guest B).
     the gate
       REFUSES        R 1 (membership): N1, not a member
                      “must be a member”
                        = must be a member
                      but: It is not so that Guest A is a member.
                      see rules.md:1
     the Main counter is not reached; R 9 (counter-membership) would refuse
       there as well
     Refused at the gate, N1.
  In the end
    - The holder of Novel 1 is Guest A.
  Why it fails: No request of the holder of Novel 1 brings it about that Guest A
    is not the holder of Novel 1. This is proved for any number of parties.
  Here the gate refuses the request of Guest A, by R 1 (membership), N1: it is
    not so that Guest A is a member.
  Evidence
    - The story was replayed step by step.
    - 1 proof obligation shown to have no counterexample.

"""
    )


def test_a_proof_tells_its_strategy_its_obligations_and_a_witness_in_one_line() -> None:
    """The whole note of a proof: how many steps, what was shown, and that it does occur."""
    assert (
        told(proved())
        == """\
Claim 1, books-move, in new: proved, as expected
  A book can always move on. [R 1; rules.md:1]
  Evidence
    - With 1 step to go: The holder of b asks for a gift of b (heir: anybody).
    - 2 proof obligations shown to have no counterexample.
  It does occur: Novel 1 goes to Guest A (by the library).

"""
    )


def test_facts_that_the_story_does_not_rest_on_are_left_out() -> None:
    """Another loan, another member and a partner change nothing, and do not appear."""
    noisy = situation(
        {("lent", ("atlas",)): "bo", ("member", ("bo",)): True, ("partner", ("atlas",)): "stray"}
    )
    after = apply_event(RULES["old"], noisy, "hand-over", PLANTED.arguments)
    evidence = replace(stuck().evidence, trace=Trace((noisy, after), (PLANTED,)))
    opening = narrate(LIBRARY, stuck(evidence=evidence)).opening
    assert opening == ("It is not so that Guest A is a member", "The kind of Novel 1 is a novel")


def exempted() -> Result:
    """Who holds a novel may borrow without being a member, under `new`."""
    start = situation(gate="new", main="new", annex="new")
    held = apply_event(RULES["new"], start, "hand-over", {"b": "stray", "r": "ann"})
    borrows = asks(sender="ann", action="Borrow", book="novel")
    trace = Trace(
        (start, held, apply_request(RULES, held, borrows)),
        (
            Step("event", event="hand-over", arguments={"b": "stray", "r": "ann"}),
            Step("request", request=borrows),
        ),
    )
    statement = AlwaysAfter(
        "request", "r", "", twice=False, where=None, formula=member(Parameter("r", "sender", READER))
    )
    return stuck(NEW, claim=claim(statement), evidence=Evidence(trace=trace))


def test_an_exemption_names_the_limb_its_words_and_its_things_once_a_step() -> None:
    """Two checks are exempted by one limb, whose words are quoted once."""
    text = told(exempted())
    assert text.count("exempt from    R 1 (membership), by R 2(a)") == 1
    assert text.count("exempt from    R 9 (counter-membership), by R 2(a)") == 1
    assert text.count("“a reader who holds”") == 1
    assert "where b is Novel 1" in text
    assert "The holder of Novel 1 is now Guest A" in text
    assert "Here the request of Guest A is accepted, for R 2(a) exempts it from R 1 and" in text
    assert "R 9; it is not so that Guest A is a member.\n" in text


def test_versions_are_told_only_where_components_differ() -> None:
    """Where gate and counter run the same rules no version is named; where they differ it is."""
    assert "(rules: " not in told(exempted())
    mixed = situation(gate="new", main="old")
    request = asks(sender="ann", action="Borrow", book="novel")
    said = EveryRequest("r", None, Not(Outcome("rejected", "r", "Counter")), reachable=True)
    result = stuck(claim=claim(said), evidence=Evidence(trace=Trace((mixed,), ()), requests={"r": request}))
    assert "the gate (rules: new)" in told(result)


def test_a_request_that_a_claim_speaks_of_is_told_though_it_is_not_taken() -> None:
    """The request of `every request` is in no step, and the note still says what was asked."""
    request = asks(sender="ann", action="Borrow", book="novel")
    said = EveryRequest("r", None, Outcome("accepted", "r"), reachable=False)
    result = stuck(claim=claim(said), evidence=Evidence(trace=Trace((START,), ()), requests={"r": request}))
    assert "Asked: Guest A asks for a loan of Novel 1." in told(result)


def test_replaced_parameters_and_other_columns_are_told_as_requests_of_their_own() -> None:
    """The request is told with its new sender and version, and the last line names both and the reason."""
    request = asks(sender="ann", action="Borrow", book="novel")
    said = Outcome("accepted", "r", column="new", changes=(("sender", Variable("r", READER)),))
    result = stuck(
        claim=claim(EveryRequest("q", None, said, reachable=False)),
        evidence=Evidence(
            trace=Trace((START,), ()), binding={"b": "novel", "r": "bo"}, requests={"r": request}
        ),
    )
    assert "Asked, in new: Guest A asks for a loan of Novel 1." in told(result)
    text = " ".join(told(result).split())
    assert "Here in new the gate refuses the request of Guest A, by R 1 (membership), N1: it is not" in text


def test_a_comparison_tells_the_request_on_both_sides() -> None:
    """The refusal under the old rules comes first, then the acceptance under the new."""
    where = situation({("lent", ("stray",)): "ann"})
    request = asks(sender="ann", action="Borrow", book="novel")
    compared = Compare(
        "alike", Side("column", OLD), Side("column", NEW), codes=False, request="r", where=None
    )
    result = stuck(
        claim=claim(compared), evidence=Evidence(trace=Trace((where,), ()), requests={"r": request})
    )
    text = told(result)
    assert "Asked, in old: " in text
    assert "Asked, in new: " in text
    assert text.index("Refused at the gate") < text.index("Accepted.")
    said = " ".join(text.split())
    assert "Why it fails: The claim says that the two accept the same requests. Here in old the gate" in said
    assert "; in new it is accepted. Evidence" in said


def test_what_the_second_engine_says_is_part_of_the_evidence() -> None:
    """An agreement is a sentence of its own, and so is a reason for not exploring."""
    agrees = narrate(LIBRARY, proved(explored="agrees on all 12 situations")).proof
    assert agrees[-1] == "A second engine, which explores, agrees on all 12 situations."
    assert (
        narrate(LIBRARY, proved(explored="not explored: too large")).proof[-1] == "Not explored: too large."
    )


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (Steps(), "request of any user"),
        (Steps(senders=(lent(B), ANN)), "request of the holder of b or ann"),
        (Steps(others=(lent(B), ANN)), "request of anybody but the holder of b and ann"),
        (Steps(senders=(ANN,), others=(lent(B),)), "request of ann or anybody but the holder of b"),
        (Steps(requests=False, events=("joins",)), "event “joins”"),
        (Steps(events=("joins", "rotate")), "request of any user or event “joins” or event “rotate”"),
        (Steps(any_step=True), "step"),
    ],
)
def test_the_steps_that_count_are_named(steps: Steps, text: str) -> None:
    """Senders, all but some senders, events and any step, each in its words."""
    assert steps_text(steps, Phrases(RULES["old"])) == text


def test_a_reason_that_the_engine_gives_comes_before_ours() -> None:
    """The engine's reason replaces the general sentence; not both are told."""
    text = told(stuck(reason="nobody may give it away"))
    assert "Why it fails: Nobody may give it away." in text
    assert "No request of" not in text


def test_a_story_needs_no_binding_for_what_the_claim_does_not_read() -> None:
    """Variables without a value do not stop the telling."""
    evidence = replace(stuck().evidence, binding={})
    assert narrate(LIBRARY, stuck(evidence=evidence)).steps[0].outcome == "happens"

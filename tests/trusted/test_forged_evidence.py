"""Evidence that is wrong in one respect is refused: by the obligation, or the replay, that is there for it.

The rules are those about keys and a light in `support/keys_to_safes.py`; each claim is decided by hand beside
it. What is handed in here is what a search with a mistake might find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from checker.explore.second_opinion import second_opinion
from checker.model.claim import Column
from checker.model.deadline import Deadline
from checker.model.expressions import Apply, Value, Variable
from checker.model.situation import Request, Situation, Step, Trace
from checker.prove import decide as prove
from checker.prove.decide import Prover
from checker.prove.story_or_invariant import StoryOrInvariant
from checker.question.jobs import Disagreement, Job
from checker.question.problem import GaveUp
from checker.question.question import Question
from checker.question.verdict import Evidence, Story, Strategy
from checker.question.workbench import Workshop
from checker.regime.load import load_texts
from checker.trusted import requirements
from checker.trusted.obligations import check
from checker.trusted.replay import NotReplayed, Replayer
from tests.support.handed_in import RESET, RING, TURN, asked, checked, rejection, request, start, told
from tests.support.keys_to_safes import ALL_CHANGES, KEYS, SAFE, TO_BANK
from tests.support.lamps import CLAIMS, LAW

TO_AMBER, TO_RED, TO_GREEN = "light is Amber", "light is Red", "light is Green"


def turns(*ranks: int) -> tuple[Strategy, ...]:
    """Strategies of these ranks, each of which is to turn the light."""
    return tuple(Strategy(rank, "turn", {}) for rank in ranks)


# ----------------------------------------------------------------- invariants


def test_an_invariant_without_the_start_is_refused() -> None:
    """The light is red at first, and one turn makes it amber. The strategies are complete: only the start is
    in what they lead to.
    """
    question = asked("always light is not Amber")
    assert rejection(question, "proved", Evidence(excluded=turns(1, 2))) == "start"


@pytest.mark.parametrize(
    ("claim", "step"),
    [("always light is not Amber", "step turn"), ("for s: Safe always key(s) is not Bank", "step passing")],
)
def test_an_invariant_that_a_step_breaks_is_refused(claim: str, step: str) -> None:
    """An event or a request, whichever it is, that leads where nothing was said to lead."""
    assert rejection(asked(claim), "proved", Evidence(excluded=())) == step


def test_what_only_cannot_be_reached_is_not_nowhere() -> None:
    """The light is never broken, since it is never off; but there are situations in which it is."""
    question = asked("always light is not Broken")
    assert rejection(question, "proved", Evidence(excluded=None)) == "nowhere"
    checked(question, "proved", Evidence(excluded=turns(1)))


def test_what_holds_of_reachable_situations_is_no_proof_for_any() -> None:
    """The light is never off; but in a situation in which it is, somebody can ask to take a key."""
    claim = "for every request r where light is Off: r.act is not Take"
    checked(asked(f"always, {claim}"), "proved", Evidence(excluded=()))
    assert rejection(asked(f"in any situation, {claim}"), "proved", Evidence(excluded=())) == "nowhere"


# ------------------------------------------------------ what can still happen


def light(modality: str, goal: str, condition: str = TO_AMBER) -> Question:
    return asked(f"always, if {condition}, then {modality} {goal} by event turn")


def amber(question: Question) -> Evidence:
    """The story in which the light turns amber."""
    return told(question, start(), TURN)


def test_a_next_step_that_gives_the_goal_refutes_the_refutation() -> None:
    """From amber, one turn gives green; it does not give red."""
    possible, impossible = light("possibly next", TO_GREEN), light("possibly next", TO_RED)
    assert rejection(possible, "refuted", amber(possible)) == "step turn"
    checked(impossible, "refuted", amber(impossible))


def test_a_strategy_that_does_not_give_the_goal_proves_nothing() -> None:
    """From amber, one turn does not give red; nor may a second one follow where one is all there is."""
    question = light("possibly next", TO_RED)
    for ranks in ((1,), (1, 2)):
        assert rejection(question, "proved", Evidence(ways=turns(*ranks))) == "nowhere"
    checked(light("possibly next", TO_GREEN), "proved", Evidence(ways=turns(1)))


def test_a_strategy_is_for_those_who_count() -> None:
    """Who holds the key drops it; but the claim speaks of somebody else's requests."""
    claim = """for s: Safe, p: Person, q: Person where p is not q and p is not Bank
        always, if key(s) is p, then possibly next key(s) is absent by a request of """
    sorts = next(iter(asked(claim + "p").rules.values())).sorts
    given = {"sender": Variable("p", sorts["Person"]), "safe": Variable("s", sorts["Safe"])}
    drops = Evidence(ways=(Strategy(1, "dropping", {**given, "act": Value(sorts["Act"], "Drop")}),))
    checked(asked(claim + "p"), "proved", drops)
    assert rejection(asked(claim + "q"), "proved", drops) == "nowhere"


def test_a_strategy_names_what_is_there() -> None:
    """Anybody can be branded, and so the holder of a key; but a key may have no holder."""
    claim = "for s: Safe always, if {}, then possibly next (for some p: Person: marked(p)) by event brand"
    always, held = asked(claim.format(TO_RED)), asked(claim.format("key(s) is present"))
    sorts = next(iter(always.rules.values())).sorts
    holder = Apply("key", (Variable("s", sorts["Safe"]),), sorts["Person"])
    brands = Evidence(ways=(Strategy(1, "brand", {"p": holder}),))
    checked(held, "proved", brands)
    assert rejection(always, "proved", brands) == "nowhere"


def test_a_rank_that_does_not_fall_proves_nothing() -> None:
    """From amber it takes two turns to red: with one rank for both, the first leads no nearer."""
    question = light("possibly", TO_RED)
    assert rejection(question, "proved", Evidence(ways=turns(1, 1))) == "nowhere"
    checked(question, "proved", Evidence(ways=turns(1, 2)))


def test_never_needs_that_no_step_leads_there() -> None:
    """From amber, two turns lead to red; from broken, none."""
    assert rejection(light("never", TO_RED), "proved", Evidence(ways=())) == "step turn"
    checked(light("never", TO_RED, "light is Broken"), "proved", Evidence(ways=turns(1, 2)))


def test_a_trap_is_closed() -> None:
    """From amber, two turns lead to red, so a trap that has amber in it has a way out."""
    question = light("possibly", TO_RED)
    assert rejection(question, "refuted", amber(question)) == "step turn"


def test_a_story_ends_in_the_trap() -> None:
    """The strategies are complete, and so what is outside is a trap; but amber is not outside."""
    question = light("possibly", TO_RED)
    evidence = replace(amber(question), ways=turns(1, 2))
    assert rejection(question, "refuted", evidence) == "situation"


TAKER = """for s: Safe, p: Person where p is not Bank
    always, if key(s) is absent and not marked(p), then possibly next key(s) is p by a request of p"""


def test_a_situation_is_what_it_is_in_the_story() -> None:
    """Who is not marked takes a free key. That Ann is not marked, and the key free, must be known of the
    story. Were she marked, she could not pass a tight gate.
    """
    question = asked(TAKER, "tight")
    evidence = told(question, start("tight"), s="box", p="ann")
    assert rejection(question, "refuted", evidence) == "step taking"
    marked = asked(TAKER.replace(" and not marked(p)", ""), "tight")
    checked(marked, "refuted", told(marked, start("tight", marked="ann"), s="box", p="ann"))


TAKEN = "for s: Safe always, if key(s) is absent, then possibly next key(s) is present by requests"


def test_somebody_else_may_be_there_unless_it_is_said_that_nobody_is() -> None:
    """The bank takes no key. Somebody else could; but not where there is nobody else."""
    question = asked(TAKEN)
    lonely = told(question, start(people=("Bank",)), s="box")
    assert rejection(question, "refuted", lonely) == "step taking"
    checked(question, "refuted", replace(lonely, alone=True))
    both = told(question, start(people=("Bank", "ann")), s="box")
    assert rejection(question, "refuted", replace(both, alone=True)) == "step taking"


def test_that_nobody_else_is_there_is_told() -> None:
    """A tight gate lets nobody pass who is marked. Somebody else could take the key."""
    claim = """for s: Safe, p: Person where p is not Bank
        always, if key(s) is absent and marked(p), then possibly next key(s) is present by requests"""
    question = asked(claim, "tight")
    result = Prover(question.regime).decide(question.job)
    assert (result.verdict, result.evidence.alone) == ("refuted", True)
    assert "there is nobody else" in result.reason


# ------------------------------------------------------------------- liveness

DROP: Mapping[str, object] = {"sender": "p", "act": "Drop", "safe": "s"}
WAITING = """for s: Safe, p: Person where p is not Bank
    always, if key(s) is p, then eventually key(s) is absent,
        given that a request r where r.safe is s and r.sender is p and {made} is made, while {steps}"""


@pytest.mark.parametrize(
    ("made", "steps", "failing"),
    [
        ("r.act is Drop", "requests", "passing goes on waiting"),
        ("r.act is Pass and r.heir is p", "event brand", "the request brings the goal"),
    ],
)
def test_waiting_ends_with_the_goal_or_not_at_all(made: str, steps: str, failing: str) -> None:
    """Who passes the key on waits no longer, and cannot drop it; who passes it to himself can do so for ever.
    In both cases a request of the kind would be accepted as long as he waits.
    """
    question = asked(WAITING.format(made=made, steps=steps))
    act = "Drop" if "Drop" in made else "Pass"
    result = Prover(question.regime).decide(question.job)
    assert (result.verdict, failing in result.reason) == ("unknown", True)
    sorts = next(iter(question.rules.values())).sorts
    own = {"sender": Variable("p", sorts["Person"]), "safe": Variable("s", sorts["Safe"])}
    heir = {"heir": Variable("p", sorts["Person"])} if act == "Pass" else {}
    schema = "dropping" if act == "Drop" else "passing"
    way = Strategy(1, schema, {**own, "act": Value(sorts["Act"], act), **heir})
    assert rejection(question, "proved", Evidence(ways=(way,))) == failing


def test_waiting_proves_what_drops_the_key() -> None:
    """Nothing but the holder's own request ends the waiting, and that brings the goal."""
    question = asked(WAITING.format(made="r.act is Drop", steps="event brand"))
    assert Prover(question.regime).decide(question.job).verdict == "proved"


# --------------------------------------------------------- exact differences


def test_a_case_that_occurs_is_not_missing() -> None:
    """A marked sender is newly rejected; so that case occurs."""
    question = asked(ALL_CHANGES + TO_BANK, "tight")
    assert rejection(question, "refuted", Evidence(missing="a marked sender")) == "nowhere"


def test_every_case_has_its_story() -> None:
    """The difference is exact; but neither case is shown to occur."""
    question = asked(ALL_CHANGES + TO_BANK, "tight")
    with pytest.raises(NotReplayed):
        requirements.replay(question, "proved", Evidence())


# ------------------------------------------------------------------- replays


def refused(question: Question, verdict: requirements.Decided, evidence: Evidence) -> str:
    """Why the evidence's story is not taken."""
    with pytest.raises(NotReplayed) as why:
        requirements.replay(question, verdict, evidence)
    return str(why.value)


def test_a_story_begins_at_a_start() -> None:
    """The light is off at first, which no start allows, and then broken."""
    question = asked("always light is not Broken")
    assert "not a start" in refused(question, "refuted", told(question, start(light="Off"), TURN))


def test_a_story_shows_what_it_should() -> None:
    """The light turns amber; it is to be green."""
    question = asked(f"always not ({TO_GREEN})")
    assert "does not show" in refused(question, "refuted", told(question, start(), TURN))
    requirements.replay(question, "refuted", told(question, start(), TURN, TURN))


def test_a_story_has_accepted_requests_only() -> None:
    """The bank is nobody's heir at a tight vault."""
    question = asked("for s: Safe always key(s) is not Bank", "tight")
    steps = (request("ann", "Take"), request("ann", "Pass", heir="Bank"))
    assert "refused" in refused(question, "refuted", told(question, start("tight"), *steps, s="box"))


@pytest.mark.parametrize("vault", ["tight", "loose"])
def test_a_story_has_the_versions_of_its_column(vault: str) -> None:
    """At a loose vault the bank may be an heir; this one is tight, and no version changes by itself."""
    split = KEYS + 'deployment split "Only the vault is tight.": Gate at loose, Vault at tight\n'
    question = asked("for s: Safe always key(s) is not Bank", "split", split)
    first = start("loose")
    first = replace(first, versions={**first.versions, ("Vault", None): vault})
    loosened = Step("event", event="deploy", arguments={"component": "Vault", "version": "loose"})
    steps = (request("ann", "Take"), loosened, request("ann", "Pass", heir="Bank"))
    assert "deploy" in refused(question, "refuted", told(question, first, *steps, s="box"))


def test_a_story_has_what_is_given() -> None:
    """A dark lamp that nobody can switch stays dark; but that somebody can was given."""
    regime = load_texts({"lamps.md": LAW, "claims.md": CLAIMS})
    question = Question(regime, Job(regime.claims[1], Column("old")))
    dark = Situation({"User": ("ann",), "Lamp": ("lamp",)}, {}, {("Desk", None): "old"})
    evidence = Evidence(trace=Trace((dark,), ()), binding={"l": "lamp"})
    assert "does not show" in refused(question, "refuted", evidence)
    without = Question(regime, Job(regime.claims[1], Column("old", (), ("somebody-able",))))
    requirements.replay(without, "refuted", evidence)


def test_a_possibility_is_shown_by_steps_that_count() -> None:
    """The alarm is put on by an event; the claim speaks of requests."""
    claim = "for s: Safe possibly alarm(s) by "
    for steps in ("requests", "requests and event ring"):
        question = asked(claim + steps)
        evidence = told(question, start(), request("ann", "Take"), RING, s="box")
        if steps == "requests":
            assert "does not show" in refused(question, "proved", evidence)
        else:
            requirements.replay(question, "proved", evidence)


def test_a_never_is_refuted_by_steps_that_count() -> None:
    """The alarm is put off by an event; the claim speaks of requests."""
    for steps in ("requests", "any step"):
        question = asked(f"for s: Safe always, if alarm(s), then never not alarm(s) by {steps}")
        evidence = told(question, start(), request("ann", "Take"), RING, RESET, s="box")
        if steps == "requests":
            assert "does not count" in refused(question, "refuted", evidence)
        else:
            requirements.replay(question, "refuted", evidence)


@pytest.mark.parametrize("heir", ["", "ann"])
def test_a_request_is_well_formed(heir: str) -> None:
    """An heir is named by whoever passes a key on, and by nobody else."""
    question = asked("always, for every request r where r.act is Take: r.heir is present or r.sender is Bank")
    given = {"sender": "ann", "act": "Take", "safe": "box", **({"heir": heir} if heir else {})}
    evidence = replace(told(question, start()), requests={"r": Request(given)})
    if heir:
        question = asked("always, for every request r where r.act is Take: r.heir is absent")
        assert "well-formed" in refused(question, "refuted", evidence)
    else:
        requirements.replay(question, "refuted", evidence)


def test_a_variable_is_something_that_is_there() -> None:
    """Everybody is somebody; a name that nobody has is no example to the contrary."""
    question = asked("for p: Person always (for some q: Person: q is p)")
    assert "`p` stands for nothing" in refused(question, "refuted", told(question, start(), p="nobody"))


def test_the_order_matters_where_there_are_two_answers() -> None:
    """The bank cannot take a free key, for one reason; nor one that is taken, for two."""
    question = asked("any two orders of checks decide alike, with codes")
    bank = {"r": Request({"sender": "Bank", "act": "Take", "safe": "box"})}
    free, taken = start(), told(question, start(), request("ann", "Take")).trace
    assert taken is not None
    one = replace(told(question, free), requests=bank)
    assert "only one answer" in refused(question, "refuted", one)
    two = Evidence(trace=Trace(taken.situations[-1:], ()), requests=bank)
    requirements.replay(question, "refuted", two)


# ---------------------------------------------------- the prover's own search


def test_the_prover_believes_no_proof_that_its_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The light can turn green. Whatever the search says, that is never proved to be impossible."""
    question = asked(f"always not ({TO_GREEN})")
    for found in (StoryOrInvariant(None, None), StoryOrInvariant(None, ())):
        monkeypatch.setattr(prove, "decide_reach", lambda *_, found=found, **__: found)
        with pytest.raises(Disagreement):
            Prover(question.regime).decide(question.job)


def test_the_prover_believes_no_story_that_its_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one turn the light is amber, which refutes nothing."""
    question = asked(f"always not ({TO_GREEN})")
    found = StoryOrInvariant(Story(start(), (TURN,), {}))
    monkeypatch.setattr(prove, "decide_reach", lambda *_, **__: found)
    with pytest.raises(Disagreement):
        Prover(question.regime).decide(question.job)


def test_an_obligation_without_an_answer_is_not_shown() -> None:
    """The evidence is right; but there is no time left to ask the solver about it."""
    question = asked(f"{SAFE} always key(s) is not Bank", "tight")
    problem = question.problem(Workshop(question.regime, 0))
    claimed = tuple(requirements.obligations(question, problem, "proved", Evidence(excluded=())))
    check(problem, claimed[:1])
    problem.solver.deadline = Deadline(0.0)
    with pytest.raises(GaveUp):
        check(problem, claimed)


# ------------------------------------------------------------ second opinions


@pytest.mark.parametrize("steps", [None, 5])
def test_the_explorer_contradicts_what_is_wrong(steps: int | None) -> None:
    """The shortest story to green has two turns: it is wrong that there is none, or that it has five."""
    question = asked(f"always not ({TO_GREEN})")
    problem = question.problem(Workshop(question.regime, 0))
    largest = 1 << 16
    right = told(question, start(), TURN, TURN)
    agreed = second_opinion(problem, Replayer(question), right, largest)
    assert agreed.startswith("agrees")
    wrong = Evidence() if steps is None else told(question, start(), *[TURN] * steps)
    with pytest.raises(Disagreement):
        second_opinion(problem, Replayer(question), wrong, largest)

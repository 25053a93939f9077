"""False verdicts with the best evidence that somebody who knows the engines can invent for them.

The folders are written by the honest writer, so every file fits every other; only what they say is false.
Each was certified once.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from checker.logic.smtlib import Part, script
from checker.logic.terms import Terms
from checker.model.claim import Column
from checker.model.deadline import NEVER
from checker.model.expressions import Sort
from checker.model.situation import Request, Situation, Trace
from checker.prove.decide import Attempt, Prover
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Evidence, Finding, Result, Strategy
from checker.regime.regime import Regime
from checker.trusted.replay import NotReplayed
from checker.trusted.requirements import replay
from tests.support.evidence_made import certified, claim, decided, law, loaded, reasons, written
from tests.support.keys_to_safes import KEYS

LOOSE = Column("loose")


def witness(regime: Regime, name: str, column: Column) -> Evidence | None:
    """A story that shows what the claim speaks of."""
    attempt = Attempt(Prover(regime), Job(claim(regime, name), column), NEVER)
    return attempt.with_witness(Finding("proved", Evidence()))[1]


# ------------------------------------------------------------ strategies


def test_one_step_is_one_step_whatever_ranks_the_strategies_say_that_they_have() -> None:
    """From amber, two turns give red and one gives green: a strategy of rank 2 must not pass for one step."""
    sources = law(
        KEYS,
        """
        claim 1 red-next "Red comes next." from "K"
            always, if light is Amber, then possibly next light is Red by event turn
            expect refuted in loose
        """,
    )
    regime = loaded(sources)
    (honest,) = decided(regime)
    assert honest.verdict == "refuted"
    turns = (Strategy(1, "turn", {}), Strategy(2, "turn", {}))
    forged = Result(
        claim=honest.claim,
        column=LOOSE,
        verdict="proved",
        reason="",
        evidence=Evidence(ways=turns),
        expected="refuted",
        witness=witness(regime, "red-next", LOOSE),
    )
    found = certified(regime, sources, written(regime, sources, (forged,)))
    assert found.code == 5
    assert any("there are no more than 1" in each for each in reasons(found))


def test_what_comes_and_goes_is_not_assumed() -> None:
    """Nobody has a key at first, and then somebody has: the claim is about safes with a key that is held,
    and not only about safes of which the key is held from the start.
    """
    sources = law(
        KEYS,
        """
        claim 1 never-held "A key that is held is not held." from "K"
            for s: Safe where key(s) is present
            always key(s) is absent
            expect refuted in loose
        """,
    )
    (found,) = decided(loaded(sources))
    assert found.verdict == "refuted"


# ------------------------------------------------------ more than is needed

EXACTLY = """
claim 1 all-changes "These requests change, and no others." from "K"
    from loose to tight, exactly these requests r change: newly accepted never,
        newly rejected "a marked sender" when marked(r.sender) and r.sender is not Bank
            and ((r.act is Take and key(r.safe) is absent)
                 or (r.act in {Pass, Drop} and key(r.safe) is r.sender)),
        newly rejected "the bank as heir" when r.act is Pass and r.heir is Bank
            and r.sender is not Bank and key(r.safe) is r.sender,
        newly rejected "nobody" when marked(r.sender) and not marked(r.sender)
    expect refuted in tight
"""


def test_a_case_that_never_occurs_proves_nothing() -> None:
    """That nobody is ever marked and not marked refutes the difference; it must not pass for its proof."""
    sources = law(KEYS, EXACTLY)
    regime = loaded(sources)
    (honest,) = decided(regime)
    assert (honest.verdict, honest.evidence.missing) == ("refuted", "nobody")
    forged = replace(honest, verdict="proved", witness=witness(regime, "all-changes", Column("tight")))
    judged = certified(regime, sources, written(regime, sources, (forged,)))
    assert judged.code == 5
    assert any("a verdict of this kind does not rest on `missing`" in each for each in reasons(judged))


@pytest.mark.parametrize("by", ["nobody", "K 1"])
def test_a_violation_that_is_nobodys_doing_is_still_one(by: str) -> None:
    """A key can be passed to whoever has it already. No check refuses that request, so that the claim `holds`
    if only what a check refuses is looked for; but nobody asks for that.
    """
    sources = law(
        KEYS,
        """
        claim 1 moves "What is passed on moves." from "K"
            always, after an accepted request r where r.act is Pass: key(r.safe) is not before key(r.safe)
            expect refuted in loose
        """,
    )
    regime = loaded(sources)
    honest, narrowed = decided(regime, [Job(claim(regime, "moves"), LOOSE, by=each) for each in (None, by)])
    assert (honest.verdict, narrowed.verdict) == ("refuted", "proved")
    unknown = "no check or exemption is called `nobody` in loose"
    assert narrowed.reason.startswith(unknown if by == "nobody" else f"`{by}` causes no violation")
    judged = certified(regime, sources, written(regime, sources, (narrowed,)))
    assert judged.code == 5
    assert any(f"asks for a refutation by `{by}`" in each for each in reasons(judged))


# ---------------------------------------------------------- stories told

TAKEABLE = """
claim 1 takeable "A free key can be taken." from "K"
    for s: Safe
    always, if key(s) is absent, then possibly next key(s) is present by requests
    expect refuted in loose
"""
QUOTE = "q| () Safe)\n(assert false)\n(check-sat)\n(exit)\n; |r"
PEOPLE = {"Person": ("ann", "Bank"), "Safe": ("safe",)}


@pytest.mark.parametrize(
    ("things", "why"),
    [
        pytest.param(PEOPLE | {"Act": ("Take",)}, "`Act` is not a sort of things", id="an enum loses values"),
        pytest.param(
            PEOPLE | {"Light": ()}, "`Light` is not a sort of things", id="an enum loses all values"
        ),
        pytest.param(PEOPLE | {"Moon": ()}, "`Moon` is not a sort of things", id="a sort that there is not"),
        pytest.param(
            PEOPLE | {"Safe": ()}, "there is nothing of the sort `Safe`", id="a sort without things"
        ),
        pytest.param({"Safe": ("safe",)}, "there is nothing of the sort `Person`", id="a sort is left out"),
        pytest.param(PEOPLE | {"Safe": ("safe", "safe")}, "`Safe` is named twice", id="a thing named twice"),
        pytest.param(
            PEOPLE | {"Safe": ("safe", QUOTE.replace("|", "/"), QUOTE)},
            "`Safe` has no plain name",
            id="a name that ends its quotes in a script",
        ),
        pytest.param(
            PEOPLE | {"Safe": tuple(f"safe-{number}" for number in range(600_000))},
            "there are too many things in it",
            id="too many things to look at",
        ),
    ],
)
def test_a_story_has_the_things_of_the_law(things: dict[str, tuple[str, ...]], why: str) -> None:
    """A free key can be taken by anybody but the bank. Worlds that the solver does not speak of, in which
    nothing is left that could be asked for, must not refute that.
    """
    sources = law(KEYS, TAKEABLE)
    regime = loaded(sources)
    question = Question(regime, Job(claim(regime, "takeable"), LOOSE))
    start = Situation(things, {("light", ()): "Red"}, dict(regime.deployed(LOOSE)))
    evidence = Evidence(trace=Trace((start,), ()), binding={"s": "safe"}, alone=True)
    with pytest.raises(NotReplayed, match=re.escape(why)):
        replay(question, "refuted", evidence)


def test_no_name_ends_its_quotes_in_a_script() -> None:
    """What is put in place of marks that cannot be quoted is taken, so the name gets a number: it must not
    get the marks back.
    """
    terms = Terms()
    sort = Sort("Thing")
    different = terms.equal(terms.constant("a/b", sort), terms.symbol("x", sort))
    same = terms.equal(terms.constant("a|b", sort), terms.symbol("x", sort))
    text = script((), (Part("one", different), Part("two", same)), terms)
    assert "a/b (2)" in text
    assert "a|b" not in text


def test_a_request_that_is_tried_is_refused_for_good_reason() -> None:
    """A story may end with a request that one would make. Nothing rests on it; it must be what it seems."""
    sources = law(
        KEYS,
        """
        claim 1 given-back "Who has the key can give it back." from "K"
            for s: Safe
            always, if key(s) is present and key(s) is not Bank, then possibly next key(s) is absent
                by a request of key(s)
            expect refuted in tight
        """,
    )
    regime = loaded(sources)
    (honest,) = decided(regime)
    attempt = honest.evidence.attempt
    assert attempt is not None
    assert attempt.values["act"] == "Drop"
    assert certified(regime, sources, written(regime, sources, (honest,))).code == 0
    holder, safe = attempt.values["sender"], attempt.values["safe"]
    for values, why in (
        ({"sender": holder, "act": "Take", "safe": safe}, "would not lead to the goal"),
        ({"sender": "Bank", "act": "Drop", "safe": safe}, "must count and be refused"),
        ({"sender": holder, "act": "Drop"}, "must count and be refused"),
    ):
        forged = replace(honest, evidence=replace(honest.evidence, attempt=Request(values)))
        judged = certified(regime, sources, written(regime, sources, (forged,)))
        assert judged.code == 5
        assert any(why in each for each in reasons(judged)), reasons(judged)

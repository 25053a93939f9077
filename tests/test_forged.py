"""False verdicts with the best evidence that somebody who knows the engines can invent for them.

The folders are written by the honest writer, so every file fits every other; only what they say is false.
Each was certified once.
"""

from __future__ import annotations

from evidence_made import certified, claim, decided, law, loaded, reasons, written
from test_engines import KEYS

from checker.engines.job import Job
from checker.engines.prove import Attempt, Prover
from checker.engines.verdict import Evidence, Result, Strategy
from checker.model.claim import Column
from checker.model.situation import Request, Situation, Trace
from checker.regime.regime import Regime

LOOSE = Column("loose")


def witness(regime: Regime, name: str, column: Column) -> Evidence | None:
    """A story that shows what the claim speaks of."""
    return Attempt(Prover(regime), Job(claim(regime, name), column), float("inf")).witness()


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
    assert any("01-nowhere.smt2`: z3 says sat" in each for each in reasons(found))


# ------------------------------------------------ versions side by side

MIXED = """
deployment gate-first "The gate is tight, the vault is loose.": Gate at tight, Vault at loose
deployment vault-first "The vault is tight, the gate is loose.": Gate at loose, Vault at tight
"""


def test_an_effect_that_only_another_version_has_is_a_step_where_that_is_deployed() -> None:
    """Painting is new in the tight version, and is carried out at the gate: it raises the alarm where the
    gate is tight, also if the loose version is named first.
    """
    painting = """
    by TIGHT insert after dropping:
    effect painting when act is Paint
        alarm(safe) becomes true inference "x"
    """
    rules = KEYS.replace("Pass, Drop\n", "Pass, Drop, Paint\n")
    rules = rules.replace("event ring by Bank with s: Safe when key(s) is present\n", "", 1)
    rules = rules.replace('    alarm(s) becomes true inference "x"\n', "", 1)
    claims = """
    claim 1 quiet "The alarm is never on." from "K"
        for s: Safe
        always not alarm(s)
        expect proved in loose, vault-first
        expect refuted in tight, gate-first
    claim 2 quiet-while-moving "The alarm is never on." from "K"
        for s: Safe
        always not alarm(s)
            with deployment steps over loose, tight
        expect refuted in loose
    """
    found = decided(loaded(law(rules + painting + MIXED, claims)))
    assert [each.verdict for each in found] == [each.expected for each in found]


def test_orders_are_those_of_the_checks_that_are_deployed() -> None:
    """The loose version publishes the order of its three checks at the gate. The tight one has a fourth
    there, of which nothing is published: where the gate is tight, two of them may answer first.
    """
    published = 'order at Gate: vacancy, holder, no-bank because "it is said"'
    rules = KEYS.replace('order at Gate unpublished because "nobody says"', published) + MIXED
    claims = """
    claim 1 one-answer "It does not matter what is asked first." from "K"
        any two orders of checks decide alike, with codes
        expect proved in loose, vault-first
        expect refuted in tight, gate-first
    """
    sources = law(rules, claims)
    regime = loaded(sources)
    found = decided(regime)
    assert [each.verdict for each in found] == [each.expected for each in found]

    # Two checks refuse the bank that asks for a key that is taken, but their order is published.
    taken = Situation(
        {"Person": ("ann", "Bank"), "Safe": ("safe",)},
        {("light", ()): "Red", ("key", ("safe",)): "ann"},
        dict(regime.deployed(LOOSE)),
    )
    request = Request({"sender": "Bank", "act": "Take", "safe": "safe"})
    forged = Result(
        claim=found[0].claim,
        column=LOOSE,
        verdict="refuted",
        reason="which check answers depends on their order",
        evidence=Evidence(trace=Trace((taken,), ()), requests={"r": request}),
        expected="proved",
    )
    judged = certified(regime, sources, written(regime, sources, (forged,)))
    assert judged.code == 5
    assert reasons(judged) == ["claim 1, one-answer, in loose: the request has only one answer"]


def test_what_a_clause_does_is_what_any_of_its_checks_does_in_any_version_deployed() -> None:
    """In the tight version, K 3 has two checks. A marked sender is refused by the first of them, wherever the
    gate is tight.
    """
    second = """
    by TIGHT insert after unmarked:
    check sober for "K 3" at Gate, reject with T5
        requires light is not Off inference "x"
    """
    claims = """
    claim 1 passed "Whoever holds the key can pass it on." from "K"
        always, for every request r where r.act is Pass and key(r.safe) is r.sender and r.heir is not Bank:
            r accepted
        expect refuted by "K 3" in tight, gate-first
        expect proved in vault-first
    """
    found = decided(loaded(law(KEYS + second + MIXED, claims)))
    assert [each.verdict for each in found] == [each.expected for each in found]

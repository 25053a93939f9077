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

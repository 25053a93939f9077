"""Goals of every one of some things: brought about for one thing after the other, or out of reach for one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.model.claim import Column
from checker.prove.decide import Prover
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Evidence, Result
from checker.regime.regime import Regime
from checker.trusted.load_law import load_texts
from tests.support.evidence_made import bound, certified, claim, decided, law, manifest_of, reasons, written
from tests.support.params import with_thorough

HOUSE = """
sort User
sort Lamp
enum Act: Wire, Light
fixed locked(Lamp)
state wired(Lamp)
state lit(Lamp)
state charged
request "{sender} does {act} to {lamp}"
    sender: User
    act: Act
    lamp: Lamp
component Desk "the desk"
route Desk
start inference "s": for every l: Lamp: not lit(l) and not wired(l)
check k for "1" at Desk, reject with N1 "m"
    requires CHECKED inference "x"
EFFECTS
version v "v"
"""
ALL = "for every l: Lamp: lit(l)"
POSSIBLY = f"always, if true, then possibly ({ALL}) by requests"


def decision(effects: str, statement: str, checked: str = "true") -> tuple[Regime, dict[str, str], Result]:
    """The engines' answer to a claim about the house."""
    rules = HOUSE.replace("CHECKED", checked).replace("EFFECTS", effects)
    sources = law(rules, f'claim 1 all "All." from "x"\n    {statement}\n    expect proved in v')
    regime = load_texts(sources)
    (result,) = decided(regime)
    return regime, sources, result


def effect(*updates: str, when: str = "") -> str:
    """An effect with the updates."""
    name = f"e{len(when)}"
    return f"effect {name}{when}\n" + "".join(f'    {each} inference "x"\n' for each in updates)


LIGHTS = effect("lit(lamp) becomes true")
WIRES = effect("wired(lamp) becomes true", when=" when act is Wire") + effect(
    "lit(lamp) becomes true", when=" when act is Light and wired(lamp)"
)
MOVES = effect("lit(lamp) becomes true", "for every l: Lamp where l is not lamp: lit(l) becomes false")
SPENDS = effect("lit(lamp) becomes true", "charged becomes false")
PROVED = {
    "each by one step": (LIGHTS, POSSIBLY, "true"),
    "each by two steps": (WIRES, POSSIBLY, "true"),
    "by one person's steps": (
        LIGHTS,
        "always, if true, then possibly (for every m: Lamp where not locked(m): lit(m)) by requests of u",
        "not locked(lamp)",
    ),
    "pairs": (
        LIGHTS,
        "always, if true, then possibly (for every l: Lamp, m: Lamp: lit(l) or lit(m)) by requests",
        "true",
    ),
    "where it still can be": (
        LIGHTS,
        f"always, if charged, then possibly ({ALL}) by requests",
        "charged",
    ),
}
NOT_PROVED = {
    "one step undoes another": (MOVES, POSSIBLY, "true"),
    "what is needed is spent": (SPENDS, f"always, if charged, then possibly ({ALL}) by requests", "charged"),
}


@pytest.mark.parametrize("case", with_thorough(PROVED, lambda case: case == "by one person's steps"))
def test_what_can_be_done_for_each_can_be_done_for_all(case: str) -> None:
    """There is a strategy for any one thing that spoils no other: proved, and certified from the text."""
    effects, statement, checked = PROVED[case]
    statement = f"for u: User\n    {statement}" if "of u" in statement else statement
    regime, sources, result = decision(effects, statement, checked)
    assert result.verdict == "proved"
    assert result.evidence.one_by_one
    said = certified(regime, sources, written(regime, sources, [result]))
    assert not reasons(said)


@pytest.mark.parametrize("case", NOT_PROVED)
def test_what_spoils_it_for_others_proves_nothing(case: str) -> None:
    """Each lamp can be lit, and no two together: true of no house with two lamps."""
    *_, result = decision(*NOT_PROVED[case])
    assert result.verdict != "proved"


@pytest.mark.parametrize("case", NOT_PROVED)
def test_a_strategy_that_spoils_it_for_others_is_refused(case: str) -> None:
    """Evidence with the strategy that lights any one lamp does not pass as evidence for all of them."""
    _, _, result = decision(LIGHTS, POSSIBLY)
    ways = result.evidence.ways
    regime, sources, result = decision(*NOT_PROVED[case])
    evidence = Evidence(ways=ways, excluded=None, one_by_one=True)
    invented = replace(result, verdict="proved", reason="", evidence=evidence)
    assert reasons(certified(regime, sources, written(regime, sources, [invented])))


def test_one_thing_that_is_lost_refutes_it_for_all() -> None:
    """A locked lamp can never be lit; the story names it."""
    regime, sources, result = decision(LIGHTS, POSSIBLY, "not locked(lamp)")
    assert result.verdict == "refuted"
    assert set(result.evidence.binding) == {"l"}
    files = written(regime, sources, [result])
    assert not reasons(certified(regime, sources, files))
    document = manifest_of(files)
    (entry,) = document["verdicts"]
    entry["one by one"] = False
    assert reasons(certified(regime, sources, bound(files, document)))


def test_other_goals_are_not_asked_one_by_one() -> None:
    """Only “possibly, for every …” is such a goal: of others the question is refused."""
    regime, _, _ = decision(
        LIGHTS, "always, if true, then possibly next (for every l: Lamp: lit(l)) by requests"
    )
    job = Job(claim(regime, "all"), Column("v"), one_by_one=True)
    assert Prover(regime, budget=20).decide(job).verdict == "unknown"
    assert Question(regime, job).one_by_one is None

"""Random laws about days, gone through day by day: what is proved is so, what is refuted is not."""

from __future__ import annotations

import random

import pytest

from checker.language.diagnostics import SpecError
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from tests.support.day_by_day import Law, Remembers, So, World, late, law, statement
from tests.support.load import load
from tests.support.params import with_long


def _decided(law: str, claim: str) -> Result:
    regime = load(law, f'claim 1 a "A."\n    from "1"\n{claim}\n    expect proved in v\n')
    (job,) = jobs_for(regime.claims)
    return Prover(regime, budget=6, explore=0).decide(job)


def _comes(world: World, law: Law, so: So, t: int, days: int | None = None) -> bool:
    """Whether it comes about by waiting, so many days at most. In the end all days are long past."""
    seen: set[World] = set()
    while world not in seen if days is None else days >= 0:
        days = None if days is None else days - 1
        if so(world, t, 0):
            return True
        seen.add(world)
        world = law.tomorrow(world)
    return False


def _claim(chance: random.Random, law: Law, remembers: Remembers | None) -> tuple[str, bool]:
    """A claim, and whether it is so when it is gone through day by day."""
    everywhere = [(world, t) for world in law.reached(2) for t in range(len(world))]
    also = () if remembers is None else (remembers, remembers, late)
    way, days = chance.randrange(5 if remembers else 3), chance.randint(1, 4)
    given, goal = statement(chance, also), statement(chance, also)
    if way == 0:
        return f"always not {given.text}", not any(given.so(world, t, 0) for world, t in everywhere)
    if way == 1:
        cells = [world[t] for world, t in everywhere if given.so(world, t, 0)]
        said = f"always {given.text} and x(t) is present implies today within {days} days after x(t)"
        return said, all(cell.x is None or cell.x <= days for cell in cells)
    if way == 3:
        said = f"always, if {given.text}, then {goal.text}, within {days} days"
        return said, law.keeps(given.so, goal.so, days, 2)
    if way == 4:
        said = f"always, if {given.text}, then possibly {goal.text}, within {days} days by time"
        starts = [(world, t) for world, t in everywhere if given.so(world, t, 0)]
        return said, all(_comes(world, law, goal.so, t, days) for world, t in starts)
    able = all(_comes(world, law, goal.so, t) for world, t in everywhere if given.so(world, t, 0))
    return f"always, if {given.text}, then possibly {goal.text} by time", able


@pytest.mark.parametrize("seed", with_long(range(1000), lambda seed: seed >= 8))
def test_day_by_day_comes_to_the_same(seed: int) -> None:
    """A random law with lapses, half of them laws that ask what has been, is gone through day by day, for two
    things: its claim is proved if it is so, else refuted. Where time or strategies run out there is no
    verdict; a law in which two lapses may write different values is refused, and a story of three things is
    no matter of two.
    """
    chance, past = random.Random(f"days {seed}"), seed % 2 == 1
    made, remembers = law(chance, past=past)
    claim, so = _claim(chance, made, remembers if past else None)
    try:
        found = _decided(made.text, f"    for t: Thing\n    {claim}")
    except SpecError as error:
        refused = {each.code for each in error.diagnostics}
    else:
        _agrees(found, so, claim, made.text)
        return
    assert refused == {"two-values"}


def _agrees(found: Result, so: bool, claim: str, law: str) -> None:
    if found.verdict == "unknown":
        return
    things = 0
    if found.verdict == "refuted" and found.evidence is not None and found.evidence.trace is not None:
        things = len(found.evidence.trace.situations[0].things["Thing"])
    if things <= 2:
        assert found.verdict == ("proved" if so else "refuted"), (claim, law)

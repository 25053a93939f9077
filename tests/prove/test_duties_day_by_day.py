"""Duties in random laws about days, gone through day by day: what is proved is so, what is refuted is not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from checker.language.diagnostics import SpecError
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from tests.support.laws_with_days import OLD, WHY, Law, Said, World, law, statement
from tests.support.load import load
from tests.support.params import with_long, with_thorough

FEW = (6, 20)  # laws that are not refused


class _Clock:
    """Worlds with whether the duty about each thing was ever broken: it has to be done by the last moment of
    a day, so what the law does as the next day begins is too late.
    """

    def __init__(self, made: Law, owed: Said, days: int) -> None:
        self.made, self.owed, self.days = made, owed, days

    def breach(self, world: World, t: int, later: int = 0) -> bool:
        """Whether the last day is past, and it is still owed; as it would be so many days later."""
        age = world[t].x
        return age is not None and age + later > self.days and self.owed.so(world, t, 0)

    def reached(self, things: int, *, kept: bool) -> set[tuple[World, tuple[bool, ...]]]:
        """Everything that comes about; if it is `kept` for the first thing, only as far as it is."""
        start = self.made.start(things)
        first = (start, tuple(self.breach(start, t) for t in range(things)))
        found, waiting = {first}, [first]
        while waiting:
            for pair in self._next(*waiting.pop()):
                if pair not in found and not (kept and pair[1][0]):
                    found.add(pair)
                    waiting.append(pair)
        return found

    def _next(self, world: World, broken: tuple[bool, ...]) -> Iterator[tuple[World, tuple[bool, ...]]]:
        for at, after in enumerate(self.made.next(world)):
            missed = (at == 0 and self.breach(world, t, 1) for t in range(len(world)))
            now = (self.breach(after, t) for t in range(len(world)))
            yield after, tuple(any(each) for each in zip(broken, missed, now, strict=True))


Seen = tuple[World, tuple[bool, ...]]


class _Claim(NamedTuple):
    """What is claimed, and of which situations it is so. `kept`: of runs in which the duty is."""

    text: str
    so: Callable[[Seen], bool]
    kept: bool = False


def _claim(chance: random.Random, clock: _Clock) -> _Claim:
    given = statement(chance)
    ways = (
        _Claim("always not breach of d(t)", lambda seen: not any(clock.breach(seen[0], t) for t in range(2))),
        _Claim("always not ever breach of d(t)", lambda seen: not any(seen[1])),
        _Claim(
            f"always ever breach of d(t) implies {given.text}",
            lambda seen: all(given.so(seen[0], t, 0) for t in range(2) if seen[1][t]),
        ),
        _Claim(
            f"given kept(d, t)\n    always not {given.text}",
            lambda seen: not given.so(seen[0], 0, 0),
            kept=True,
        ),
    )
    return chance.choice(ways)


@pytest.mark.parametrize(
    "seed",
    [
        *FEW,
        *with_thorough((each for each in range(12) if each not in FEW), lambda _: True),
        *with_long((each for each in range(12, 1000) if each not in FEW), lambda _: True),
    ],
)
def test_duties_come_to_the_same(seed: int) -> None:
    """A random law with a duty and lapses is gone through day by day, for two things: what is claimed of the
    duty is so exactly if it is proved. There is no verdict on a breach while it lasts where a lapse may end
    it unseen; a law in which two lapses may write different values is refused.
    """
    chance = random.Random(f"duties {seed}")
    made = law(chance)
    owed, days = statement(chance), chance.randint(1, OLD - 3)
    clock = _Clock(made, owed, days)
    claim = _claim(chance, clock)
    heading = f'duty d for "D" of who(t) with t: Thing by x(t) plus {days} days'
    text = f"{made.text}sort Party\nstate who(Thing): Party\n{heading}\n    requires not {owed.text} {WHY}\n"
    try:
        found = decided(text, claim.text)
    except SpecError as error:
        refused = {each.code for each in error.diagnostics}
    else:
        _agrees(found, all(map(claim.so, clock.reached(2, kept=claim.kept))), claim.text, text)
        return
    assert refused == {"two-values"}


def decided(text: str, claim: str) -> Result:
    """What redline makes of it."""
    asked = f'claim 1 a "A."\n    from "1"\n    for t: Thing\n    {claim}\n    expect proved in v\n'
    regime = load(text, asked)
    (job,) = jobs_for(regime.claims)
    return Prover(regime, budget=6, explore=0).decide(job)


def _agrees(found: Result, expected: bool, claim: str, text: str) -> None:
    trace = None if found.evidence is None else found.evidence.trace
    few = trace is None or len(trace.situations[0].things["Thing"]) <= 2
    if found.verdict != "unknown" and few:
        assert found.verdict == ("proved" if expected else "refuted"), (claim, text)

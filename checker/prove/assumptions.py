"""Which suppositions a proof needs: every minimal set with which it goes through, and why fewer do not
suffice.

A supposition is an axiom, an adopted check, or a premise of the claim. Dropping axioms or premises never
makes a claim proved that was not; dropping adopted checks may, so every choice of those is examined
separately.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from checker.model.claim import Claim, Column, named_columns
from checker.model.expressions import Call
from checker.model.model import Model
from checker.prove.decide import Prover
from checker.prove.minimal_sets import border
from checker.prove.pool import spread
from checker.question.jobs import Effort, Job
from checker.question.question import Question
from checker.question.same_law import by_law, premises_of
from checker.question.verdict import Result
from checker.regime.regime import Regime

Kept: TypeAlias = frozenset[str]
"""The names of the suppositions that a column keeps."""

Known: TypeAlias = Mapping[tuple[str, Column], Result]
"""Results found earlier, by claim and column."""


@dataclass(frozen=True, slots=True)
class Sufficient:
    """A minimal set of suppositions, and the proof with exactly these."""

    names: tuple[str, ...]
    result: Result


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the proof of `result` needs. `supposed`: all that is in force, by name.

    `sets`: every minimal set with which it is proved; without any one member it is not. `dropped`: the
    results without one supposition that is in all the sets. `undecided`: the results without a verdict.
    """

    result: Result
    supposed: tuple[str, ...]
    sets: tuple[Sufficient, ...]
    dropped: tuple[tuple[str, Result], ...]
    undecided: tuple[Result, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """The results that this rests on."""
        return (*(each.result for each in self.sets), *(found for _, found in self.dropped))


def assumptions_of(
    regime: Regime, results: Sequence[Result], known: Sequence[Result], effort: Effort
) -> Iterator[tuple[int, Assumptions]]:
    """Yield (position, what the proof needs) for every result that is a proof, in order of completion.

    `known`: results that need not be decided again. Raises Disagreement if two engines contradict each other.
    """
    proofs = [number for number, each in enumerate(results) if each.verdict == "proved"]
    jobs = tuple(Job(results[number].claim, results[number].column) for number in proofs)
    chosen = tuple(results[number] for number in proofs)
    starting = partial(_needing, regime, chosen, tuple(known), effort)
    for number, found in spread(starting, by_law(regime, jobs), effort.processes, apart=True):
        yield proofs[number], found


def _needing(
    regime: Regime, proofs: tuple[Result, ...], known: tuple[Result, ...], effort: Effort
) -> Callable[[int], Assumptions]:
    prover = Prover(regime, budget=effort.budget, seed=effort.seed, explore=effort.explore)
    found = {(each.claim.name, each.column): each for each in known if each.by is None}

    def needed(number: int) -> Assumptions:
        return _Search(regime, proofs[number], prover, dict(found)).found()

    return needed


def suppositions(regime: Regime, claim: Claim, column: Column) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two groups: the axioms in force and the premises that are only assumed, without which nothing more is
    proved; and the adopted checks in force and the premises that rules or other words read, without which
    more may be proved.
    """
    models = tuple(_models(regime, claim, column))
    known = regime.suppositions
    # a staged column has further axioms, which describe requests under way
    axioms = (each.name for model in models for each in model.axioms if each.name in known)
    found = [premises_of(model, claim) for model in models]
    given, read = (frozenset[str]().union(*each) for each in zip(*found, strict=True))
    named = (each.definition for each in claim.premises if isinstance(each, Call))
    premises = tuple(name for name in named if name in given - read)
    adopted = (check.name for model in models for check in model.checks if check.adopted_because is not None)
    others = tuple(name for name in known if name in read)
    return tuple(dict.fromkeys((*axioms, *premises))), tuple(dict.fromkeys((*adopted, *others)))


def _models(regime: Regime, claim: Claim, column: Column) -> Iterable[Model]:
    yield from Question(regime, Job(claim, column)).rules.values()
    for each in named_columns(claim.statement):
        yield from regime.rules(replace(each, readings=(*each.readings, *column.readings))).values()


@dataclass(slots=True)
class _Search:
    """The search for one proof."""

    regime: Regime
    result: Result
    prover: Prover
    known: dict[tuple[str, Column], Result]
    supposed: tuple[str, ...] = ()
    undecided: list[Result] = field(default_factory=list)

    def found(self) -> Assumptions:
        """The minimal sets, and the results without each supposition that is in all of them."""
        result = self.result
        others, adopted = suppositions(self.regime, result.claim, result.column)
        self.supposed = (*others, *adopted)
        least = [frozenset[str]()] if self._suffices(frozenset()) else self._least(others, adopted)
        sets = sorted((self._in_order(each) for each in least), key=lambda each: (len(each), each))
        always = frozenset(self.supposed).intersection(*least) if least else frozenset[str]()
        dropped = ((name, self.without(self._all - {name})) for name in self._in_order(always))
        return Assumptions(
            result,
            self.supposed,
            tuple(Sufficient(each, self.without(frozenset(each))) for each in sets),
            tuple(dropped),
            tuple(self.undecided),
        )

    @property
    def _all(self) -> Kept:
        return frozenset(self.supposed)

    def _in_order(self, names: Kept) -> tuple[str, ...]:
        return tuple(each for each in self.supposed if each in names)

    def _least(self, others: tuple[str, ...], adopted: tuple[str, ...]) -> list[Kept]:
        """The minimal sets: for every choice of adopted checks, the minimal sets of the rest."""
        found: list[Kept] = []
        for size in range(len(adopted) + 1):
            for chosen in map(frozenset, itertools.combinations(adopted, size)):
                least = border(others, partial(self._with, chosen)).least
                found += [chosen | each for each in least]
        return [each for each in found if not any(other < each for other in found)]

    def _with(self, chosen: Kept, others: Kept) -> bool:
        return self._suffices(chosen | others)

    def _suffices(self, kept: Kept) -> bool:
        result = self.without(kept)
        if not result.decided and result not in self.undecided:
            self.undecided.append(result)
        return result.verdict == "proved"

    def without(self, kept: Kept) -> Result:
        """The result if exactly these are supposed."""
        column, claim = self.result.column, self.result.claim
        gone = tuple(each for each in self.supposed if each not in kept)
        asked = replace(column, without=(*column.without, *gone))
        if (claim.name, asked) not in self.known:
            self.known[claim.name, asked] = self.prover.decide(Job(claim, asked, told=False))
        return self.known[claim.name, asked]

"""Collects the evidence of a run, verdict by verdict, in several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from checker.evidence.write import Bundle, asked_of, folder_names, ground_bundle, verdict_bundle
from checker.prove.pool import spread
from checker.question.jobs import Job
from checker.question.question import Question
from checker.question.verdict import Result
from checker.question.workbench import Place, Workshop
from checker.regime.regime import Regime


def collect(regime: Regime, results: Sequence[Result], processes: int) -> Iterator[tuple[int, int, Bundle]]:
    """Yield (total number, place in the folder's order, bundle): grounds come first in that order, then
    verdicts.
    """
    places = places_of(regime, results)
    decided = (place for place, each in zip(places, results, strict=True) if each.decided)
    laws = tuple(dict.fromkeys(decided))
    count = len(laws) + len(results)
    groups = [[number] for number in range(count)]
    starting = partial(_bundling, regime, tuple(results), places, laws)
    for number, bundle in spread(starting, groups, processes):
        yield count, number, bundle


def places_of(regime: Regime, results: Sequence[Result]) -> tuple[Place, ...]:
    """The law that every result is about."""
    workshop = Workshop(regime, 0)
    return tuple(
        Question(regime, Job(each.claim, each.column, by=each.by)).place(workshop) for each in results
    )


def _bundling(
    regime: Regime, results: tuple[Result, ...], places: tuple[Place, ...], laws: tuple[Place, ...]
) -> Callable[[int], Bundle]:
    folders = tuple(folder_names(map(asked_of, results)))

    def bundle(number: int) -> Bundle:
        if number < len(laws):
            return ground_bundle(regime, laws[number])
        at = number - len(laws)
        return verdict_bundle(regime, results[at], places[at], folders[at])

    return bundle

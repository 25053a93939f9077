"""Folds cases that differ in one condition only: “for a contract”, “by law” and “by consent” are one case.

Where `a and x` and `a and y` are cases, `a and (x or y)` is both of them together: no request is added, and
none is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.model.expressions import Formula, Or
from checker.rooms.diff.cases import Case
from checker.story.bounds import united
from checker.story.phrases import Phrases


def folded(cases: Sequence[Case], phrases: Phrases) -> tuple[Case, ...]:
    """The same requests in fewer cases: as many as differ in one condition at a time are one, where the law
    has words for what they are together.
    """
    kept = list(cases)
    while (group := _largest(kept, phrases)) is not None:
        first, *others = group
        kept[kept.index(first)] = _together(group)
        kept = [each for each in kept if each not in others]
    return tuple(kept)


def _largest(cases: Sequence[Case], phrases: Phrases) -> tuple[Case, ...] | None:
    """The most cases that have all conditions but one in common; the first of them if there are several."""
    groups: dict[frozenset[Formula], list[Case]] = {}
    for case in cases:
        for condition in case.conditions:
            groups.setdefault(frozenset(case.conditions) - {condition}, []).append(case)
    several = (each for each in groups.values() if len(each) > 1)
    sayable = (each for each in several if phrases.said(_either(each)) is not None)
    found = max(sayable, key=len, default=None)
    return None if found is None else tuple(found)


def _together(cases: Sequence[Case]) -> Case:
    """One case that is all of these."""
    first, *others = cases
    own = _own(first, others[0])
    conditions = tuple(_either(cases) if each == own else each for each in first.conditions)
    alternatives = tuple(each for case in others for each in case.alternatives)
    return replace(first, conditions=conditions, others=(*first.others, *alternatives))


def _either(cases: Sequence[Case]) -> Formula:
    """That one of the conditions holds in which the cases differ."""
    first, second, *_ = cases
    own = (_own(first, second), *(_own(each, first) for each in cases[1:]))
    flat = [part for each in own for part in (each.parts if isinstance(each, Or) else (each,))]
    return united(flat) or Or(tuple(dict.fromkeys(flat)))


def _own(case: Case, other: Case) -> Formula:
    """The condition of a case that the other has not."""
    (own,) = frozenset(case.conditions) - frozenset(other.conditions)
    return own

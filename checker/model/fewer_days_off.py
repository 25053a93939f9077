"""Leaves out of a situation the days off that nothing turns on.

Days off come few in three steps, each of which does what the others cannot. A solver is asked for as few as
there can be (`checker.prove.ordinary_stories`): two periods may share one. Of its answer, only those that a
period counts are taken down (`checker.logic.decode`). What a story or a test does without is left out here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from checker.model.situation import Situation

FEW: Final = 40  # days off of which it is tried whether each is needed


def with_fewer_days_off(situation: Situation, serves: Callable[[Situation], bool]) -> Situation:
    """Return the situation without days off, if that still `serves`; else without each that it serves
    without, unless there are too many to try. `serves` is asked of every situation that may be returned.
    """
    days = [(name, day) for name, some in sorted(situation.days_off.items()) for day in some]
    if days and serves(none := replace(situation, days_off={})):
        return none
    for gone in days if 1 < len(days) <= FEW else ():
        left = [each for each in days if each != gone and each[1] in situation.days_off.get(each[0], ())]
        off = {name: tuple(day for of, day in left if of == name) for name, _ in left}
        if serves(fewer := replace(situation, days_off=off)):
            situation = fewer
    return situation

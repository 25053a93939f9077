"""Holds a verdict of the solver against the explorer, wherever the explorer applies."""

from __future__ import annotations

from checker.engines.explore import Explored, Explorer
from checker.engines.instance import TooLarge
from checker.engines.job import Disagreement
from checker.engines.problem import Problem
from checker.engines.reach import Asking
from checker.engines.verdict import Evidence
from checker.model.model import AlwaysAfter, Leads, PossiblyAfter, Statement
from checker.model.situation import Situation

USERS = 2  # things of each sort that no claim variable has, where the solver found no story to imitate


def second_opinion(
    problem: Problem, statement: Statement, asking: Asking | None, evidence: Evidence
) -> str:
    """Explore an instance: as large as the story, if there is one, else small. Returns what it showed.

    `asking` is the question of reaching (None for `Leads`). Raises Disagreement if the explorer finds a
    story where the solver proved that there is none, or none, or a longer or shorter one, where it did.
    """
    story = evidence.trace
    things = _small(problem) if story is None else _as_large_as(problem, story.situations[0])
    try:
        explorer = Explorer(problem, things)
        if isinstance(statement, Leads):
            found = explorer.leads(statement)
        else:
            assert asking is not None
            found = explorer.reach(asking)
    except TooLarge as reason:
        return f"not explored: {reason}"
    expected = None if story is None else len(story.steps) - _last_steps(statement)
    if found.length != expected:
        raise Disagreement(f"solver: {_said(expected)}; explorer: {_said(found.length)}")
    return _agreement(found, things)


def _agreement(found: Explored, things: dict[str, int]) -> str:
    instance = ", ".join(f"{count} {sort}" for sort, count in things.items())
    return f"agrees on all {found.situations} situations of an instance with {instance}"


def _said(length: int | None) -> str:
    return "no story" if length is None else f"a story of {length} steps"


def _last_steps(statement: Statement) -> int:
    """The steps that belong to the goal, not to the way there."""
    if isinstance(statement, AlwaysAfter):
        return 2 if statement.twice else 1
    return 1 if isinstance(statement, PossiblyAfter) else 0


def _small(problem: Problem) -> dict[str, int]:
    sorts = [s.name for s in problem.system.model.sorts.values() if not s.is_enum and s.name != "fact"]
    named = [v.value.sort.name for v in problem.variables.values() if v.value is not None]
    return {sort: named.count(sort) or USERS for sort in sorts}


def _as_large_as(problem: Problem, situation: Situation) -> dict[str, int]:
    constants = problem.system.model.constants
    small = _small(problem)
    return {
        sort: max(
            sum(1 for name in situation.things.get(sort, ()) if name not in constants),
            small[sort] if any(v.value and v.value.sort.name == sort for v in problem.variables.values()) else 1,
        )
        for sort in small
    }

"""Compares a verdict of the solver with the explorer's, wherever the explorer applies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from checker.explore.explorer import Explored, explored
from checker.explore.hold_against_meaning import Meaning
from checker.explore.placings import TooLarge
from checker.model.claim import (
    Always,
    AlwaysAfter,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    last_steps,
)
from checker.model.expressions import Counted
from checker.model.made_of import within_law
from checker.model.mixture import apart
from checker.model.situation import Situation, Trace
from checker.question.jobs import Disagreement
from checker.question.problem import Problem
from checker.question.question import Question
from checker.question.verdict import Evidence
from checker.question.which_laws import starts
from checker.trusted.replay import Replayer

BOUNDED = 1 << 16  # situations explored when there is no proof
FEW = 2  # senders in the smallest instance, if no variable of the claim is one


def second_opinion(problem: Problem, replayer: Replayer, evidence: Evidence, largest: int) -> str:
    """Explore a small instance and, if the story found needs more things, larger ones up to its own size.

    `largest`: how many situations are worth exploring. Returns what it showed, or why nothing was explored.
    Raises Disagreement if the explorer finds a story although the solver proved that there is none, a story
    shorter than the solver's shortest, or none in an instance as large as the story; and if what it explored
    differs from the meaning of the rules.
    """
    statement, asking = replayer.question.statement, replayer.question.asking
    why = unexplored(replayer.question)
    if why is not None:
        return f"not explored: {why}"
    meaning = Meaning(replayer)
    story = evidence.trace
    expected = None if story is None else len(story.steps) - last_steps(statement)
    agreed: str | None = None
    for things in _instances(problem, story):
        try:
            found = explored(problem, statement, asking, things, largest, meaning)
        except TooLarge as reason:
            return agreed or f"not explored: {reason}"
        if found.length == expected:
            agreed = f"{_agreement(found, things)}, and in {meaning.done} trials with what the rules mean"
            if _enough(problem, things):
                return agreed
            continue
        if found.length is not None and (expected is None or found.length < expected):
            break
    raise Disagreement(f"solver: {_said(expected)}; explorer: {_said(found.length)}")


def unexplored(question: Question) -> str | None:
    """Why a verdict on the question is not explored."""
    if question.job.column.staged:
        return "with requests under way there are too many situations"
    match question.statement:
        case Eventually() | Compare():
            return "the explorer does not know this form of claim"
        case Difference():
            raise AssertionError("differences are request claims by now")
        case (
            Leads() | Always() | AlwaysAfter() | EveryRequest() | Possibly() | PossiblyAfter() | SomeRequest()
        ):
            anywhere = not starts(question.statement)
            return "the claim is about every situation, reachable or not" if anywhere else None
        case _:
            assert_never(question.statement)


def explored_for_story(problem: Problem, replayer: Replayer) -> tuple[int | None, str] | None:
    """The length of the shortest violation in a small instance (None if it has none), and a description of
    the instance. None if the claim cannot be explored.

    Raises Disagreement if what was explored differs from the meaning of the rules.
    """
    statement, asking = replayer.question.statement, replayer.question.asking
    if asking is None and not isinstance(statement, Leads):
        return None
    claim = problem.claim
    words = (statement, claim.where, claim.premises)
    if apart(problem.system.encoder.rules.models, *words) is not None:
        return None  # these versions, deployed side by side, are not one law that can be explored or proved
    things = small_instance(problem)
    try:
        meaning = Meaning(replayer) if starts(statement) else None
        found = explored(problem, statement, asking, things, BOUNDED, meaning)
    except TooLarge:
        return None
    return found.length, f"an instance with {_told(things)}"


def _instances(problem: Problem, story: Trace | None) -> Iterator[dict[str, int]]:
    """Instances to explore: a small one, then larger ones, up to that of the story."""
    things = small_instance(problem)
    yield things
    of_story = {} if story is None else as_large_as(problem, story.situations[0])
    counted = counted_up_to(problem)
    full = {sort: max(count, of_story.get(sort, 0), counted.get(sort, 0)) for sort, count in things.items()}
    while any(things[sort] < count for sort, count in full.items()):
        things = {sort: max(count, min(count + 1, full.get(sort, 0))) for sort, count in things.items()}
        yield things
    if things != full:
        yield full


def _agreement(found: Explored, things: dict[str, int]) -> str:
    return f"agrees on all {found.situations} situations of an instance with {_told(things)}"


def _told(things: dict[str, int]) -> str:
    return ", ".join(f"{count} {sort}" for sort, count in things.items())


def _said(length: int | None) -> str:
    return "no story" if length is None else f"a story of {length} steps"


def small_instance(problem: Problem) -> dict[str, int]:
    """How many things of each sort the smallest instance worth exploring has, besides named ones."""
    sorts = [s.name for s in problem.system.model.sorts.values() if s.has_things]
    named = [v.value.sort.name for v in problem.variables.values() if v.value is not None]
    senders = next(each.sort.name for each in problem.system.model.request if each.sort.has_things)
    return {sort: named.count(sort) or (FEW if sort == senders else 1) for sort in sorts}


def counted_up_to(problem: Problem) -> dict[str, int]:
    """How many things of a sort tell apart what the law and the claim say by counting them."""
    claim = problem.claim
    found: dict[str, int] = {}
    for part in within_law(problem.system.model, claim.statement, claim.where, claim.premises):
        if isinstance(part, Counted) and not part.variable.sort.is_enum:
            sort = part.variable.sort.name
            found[sort] = max(found.get(sort, 0), part.number + 1)
    return found


def _enough(problem: Problem, things: dict[str, int]) -> bool:
    return all(things[sort] >= count for sort, count in counted_up_to(problem).items())


def as_large_as(problem: Problem, situation: Situation) -> dict[str, int]:
    """How many things of each sort the situation has, besides constants."""
    constants = problem.system.model.constants
    return {
        sort: sum(1 for name in names if name not in constants) for sort, names in situation.things.items()
    }

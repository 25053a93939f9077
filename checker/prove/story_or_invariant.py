"""Whether a goal can be reached: a shortest story, or an invariant that keeps every story away from it.

Nothing here is trusted: stories are replayed, and what a proof needs is asked by `obligations`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from checker.logic.incremental import Purse
from checker.logic.node import Node
from checker.logic.symbolic_state import State
from checker.model.claim import Eventually, Lemma, Steps
from checker.model.deadline import OutOfTime
from checker.model.expressions import Formula
from checker.prove.find_invariant import Unreached
from checker.prove.grow_region import grow
from checker.prove.invariant_search import InvariantSearch, lemmas
from checker.prove.ordinary_stories import Part, present, read_by
from checker.prove.search import Leg, find_story, shortest_story
from checker.prove.story_length import HIGHEST, Climb
from checker.question.goals import ANY_STEP, Asking, Condition, Ending, Reach, condition_of
from checker.question.problem import GaveUp, Problem, relevant
from checker.question.transition_system import Action
from checker.question.verdict import Evidence, Story, Strategy
from checker.trusted.eventually import Waiting, anything
from checker.trusted.region import LIMIT, Region
from checker.trusted.still_possible import Possible

SHORT = 3  # steps tried before an invariant is looked for
FEW_STEPS = 2  # tried to show how a situation may come about
LONG = 7  # steps tried of a story that comes past some place on its way
LONGER = 5  # the same where requests are under way: each step may be one more thing
FEW = 1  # below so many strategies describe an invariant where requests are under way


@dataclass(frozen=True, slots=True)
class Effort:
    """What may be spent before something else is tried: strategies in one region, steps of a story, and costs
    in Z3's units, some millions a second: of one question about a region, of all that are asked to find a
    story, to find an invariant among many clauses, and of each try to find one by what leads to the goal.
    """

    strategies: int
    question: int
    steps: int
    climb: int
    invariant: int
    directed: tuple[int, ...]


ENOUGH = 20_000_000  # what one question may cost before another is asked instead
EFFORTS: Final = (
    Effort(2, 500_000, 12, 1_000_000, 20_000_000, (30_000_000, 20_000_000)),
    Effort(LIMIT, ENOUGH, HIGHEST, 20_000_000, 0, (30_000_000,)),
)
OPEN: Final = (
    2_000_000  # what it may cost to find a situation that is not excluded, or where a lemma is false
)
_NEITHER: Final = "no story of at most {} steps, and no invariant against longer ones"


@dataclass(frozen=True, slots=True)
class StoryOrInvariant:
    """Either a story, or that there is none: `excluded` leads to the goal, and no story comes to where it
    does, or the `invariant` rules the goal out; neither if the goal holds in no situation at all.
    """

    story: Story | None
    excluded: tuple[Strategy, ...] | None = None
    invariant: tuple[Formula, ...] = ()

    def evidence(self, ways: tuple[Strategy, ...] = ()) -> Evidence:
        """Why there is no story, beside the ways to what a claim says can come about."""
        return Evidence(ways=ways, excluded=self.excluded, invariant=self.invariant)


def decide_reach(
    problem: Problem, asking: Asking, *, likely: bool = False, told: bool = True
) -> StoryOrInvariant:
    """Decide the question. Raises GaveUp when neither a story nor an invariant is found.

    `likely`: there should be a story, so a short one is looked for before anything else. `told`: people will
    read it, so that it should be an ordinary one. One of any situation, unless it was likely, is not: whoever
    asks looks for a way to such a situation first.
    """
    reach = asking(problem)
    if likely and reach.reachable:
        with _trying(problem, reach):
            story = _story(problem, reach, range(SHORT + 1), told=told)
            if story is not None:
                return StoryOrInvariant(story)
    target = condition_of(asking)
    story = None if reach.reachable else anywhere(problem, asking, told=likely and told)
    if story is not None:
        return StoryOrInvariant(story)
    first = 0
    with _trying(problem, reach):
        if problem.answer(*problem.frame, target(problem, problem.system.base)) is None:
            return StoryOrInvariant(None)
        if not reach.reachable:
            raise GaveUp("it comes about only where there is nobody but those whom the rules name")
        story = _story(problem, reach, range(SHORT + 1))
        if story is not None:
            return StoryOrInvariant(story)
        first = SHORT + 1
    if problem.system.model.staging is not None:
        return _under_way(problem, reach, target)
    return _one_or_the_other(problem, reach, target, first)


@contextlib.contextmanager
def _trying(problem: Problem, reach: Reach) -> Iterator[None]:
    """Go on where the solver gives up on one question and others may be asked instead."""
    if not reach.reachable or problem.system.model.staging is not None:
        yield
        return
    with contextlib.suppress(GaveUp), problem.costing(ENOUGH):
        yield
    problem.solver.deadline.keep()


def _one_or_the_other(problem: Problem, reach: Reach, target: Condition, first: int) -> StoryOrInvariant:
    """What is neither near nor nowhere: what takes little first, then what takes more of the same. `first`:
    the steps of the shortest story that there may be.
    """
    climb = Climb(problem, reach, partial(_sent, problem, reach))
    schemas = relevant(problem, (target(problem, problem.system.base),), problem.system.schemas(reach.steps))
    search = InvariantSearch(Unreached(problem, target, schemas, partial(_sent, problem, reach)))
    for effort in EFFORTS:
        with contextlib.suppress(GaveUp), problem.costing(effort.question):
            region = grow(problem, target, reach.steps, level=1, most=effort.strategies)
            if _kept_from_starts(problem, region):
                return StoryOrInvariant(None, region.strategies)
        problem.solver.deadline.keep()
        length = climb.on(Purse(effort.climb), first, effort.steps)
        story = None if length is None else _story(problem, reach, range(length, length + 1))
        if story is not None:
            return StoryOrInvariant(story)
        if search.among_many(Purse(effort.invariant)) or any(
            search.directed(Purse(each)) for each in effort.directed
        ):
            return StoryOrInvariant(None, invariant=search.clauses)
    tried = max(first, climb.steps)
    why = _NEITHER.format(tried - 1) if tried else "neither a story nor an invariant was found"
    for lemma in lemmas(problem):
        story = where_false(problem, lemma, reach.steps)
        if story is not None:
            raise Undecided(f"its lemma `{lemma.name}` is false; {why}", story, lemma)
    raise Undecided(why, _not_excluded(problem, reach, target, search.clauses))


class Undecided(GaveUp):
    """Neither a story nor a proof was found. `story`: one from a situation that was not found to be excluded,
    if there is one; or, from a start, to where the `lemma` is false.
    """

    def __init__(self, why: str, story: Story | None, lemma: Lemma | None = None) -> None:
        super().__init__(why)
        self.story, self.lemma = story, lemma


def where_false(problem: Problem, lemma: Lemma, steps: Steps = ANY_STEP) -> Story | None:
    """A story of the steps that count to where the lemma is false."""

    def goal(state: State) -> Iterator[Ending]:
        yield Ending(problem.terms.not_(problem.read(lemma.formula, problem.scope(state))))

    against = Reach(goal, universal=True, steps=steps)
    with contextlib.suppress(GaveUp, OutOfTime), problem.hurrying():
        length = Climb(problem, against, partial(_sent, problem, against)).on(Purse(OPEN), 0)
        return None if length is None else _story(problem, against, range(length, length + 1))
    return None


def _not_excluded(
    problem: Problem, reach: Reach, target: Condition, clauses: tuple[Formula, ...]
) -> Story | None:
    """A story to the goal in one step, from a situation of which the clauses hold, but not the goal."""
    steps = 0 if any(each.last for each in reach.goal(problem.system.base)) else 1

    def where(state: State) -> Node:
        known = (problem.read(each, problem.scope(state)) for each in clauses)
        return problem.terms.and_(*known, *((problem.terms.not_(target(problem, state)),) if steps else ()))

    leg = Leg(steps, problem.system.schemas(reach.steps), where, partial(_sent, problem, reach))
    with contextlib.suppress(GaveUp, OutOfTime), problem.hurrying(), problem.costing(OPEN):
        return find_story(problem, (leg,), reach.goal, reach.requests, start=False)
    return None


def story_of(problem: Problem, asking: Asking, length: int) -> Story | None:
    """A story of so many steps before the goal. Raises GaveUp."""
    reach = asking(problem)
    return _story(problem, reach, range(length, length + 1)) if reach.reachable else None


def anywhere(problem: Problem, asking: Asking, *, told: bool) -> Story | None:
    """A situation that answers a question about any situation. Raises GaveUp."""
    reach = asking(problem)
    return find_story(problem, (), reach.goal, reach.requests, start=False, told=told)


def arising(problem: Problem, asking: Asking) -> Story | None:
    """A story from a start to a situation that answers a question about any situation; None if few steps
    lead to none.
    """
    if problem.claim.deployment_over:
        return None
    reach = asking(problem)
    for each in (_with_something(problem, reach), reach):
        with contextlib.suppress(GaveUp, OutOfTime), problem.hurrying():
            story = _story(problem, each, range(FEW_STEPS + 1))
            if story is not None:
                return story
    return None


def _with_something(problem: Problem, reach: Reach) -> Reach:
    """The same of a situation in which there is something rather than nothing wherever a function is read at
    what the requests carry: a longer story may be the one that people think of.
    """

    def goal(state: State) -> Iterator[Ending]:
        asked = (*(each.values for each in problem.named_requests.values()), *reach.requests.values())
        parts = [Part(state, each, is_request=True) for each in asked]
        for ending in reach.goal(state):
            filled = present(problem, parts, read_by(problem, (ending.condition,)))
            yield replace(ending, condition=problem.terms.and_(ending.condition, *filled))

    return replace(reach, goal=goal)


def _under_way(problem: Problem, reach: Reach, target: Condition) -> StoryOrInvariant:
    """The same where requests are under way, of which a region may need ever more: so an invariant is small,
    or a story comes first.
    """
    with contextlib.suppress(GaveUp):
        region = grow(problem, target, reach.steps, level=1, most=FEW)
        if _kept_from_starts(problem, region):
            return StoryOrInvariant(None, region.strategies)
    story = _story(problem, reach, range(SHORT + 1, LONGER + 1))
    if story is None:
        raise GaveUp(_NEITHER.format(LONGER))
    return StoryOrInvariant(story)


def _kept_from_starts(problem: Problem, region: Region) -> bool:
    state = problem.system.base
    return problem.answer(*problem.frame, *problem.system.start(state), region.at(state)) is None


def _story(problem: Problem, reach: Reach, lengths: range, *, told: bool = True) -> Story | None:
    schemas, restrict = problem.system.schemas(reach.steps), partial(_sent, problem, reach)
    return shortest_story(problem, reach.goal, schemas, lengths, reach.requests, restrict, told=told)


def _sent(problem: Problem, reach: Reach, action: Action) -> Node:
    return problem.system.sent_by(reach.steps, action, problem.scope(action.before))


def led(problem: Problem, possible: Possible) -> Region:
    """From where what a claim says can still come about can be reached at all."""
    return grow(
        problem,
        possible.goal,
        possible.statement.steps,
        within=possible.condition if possible.single else None,
    )


def accepted(problem: Problem, waiting: Waiting) -> Region:
    """Where, while waiting, a just request would be accepted."""
    return grow(problem, anything, Steps(), within=waiting.waits, restrict=waiting.just)


def decide_eventually(problem: Problem, statement: Eventually) -> tuple[StoryOrInvariant, Region]:
    """Decide with one rank, or by a story to where nothing need ever happen. Raises GaveUp otherwise.

    The region is that of the situations in which a just request is possible.
    """
    waiting = Waiting(statement)
    possible = accepted(problem, waiting)
    decided = decide_reach(problem, waiting.stuck(possible))
    if decided.story is None:
        for each in waiting.proof(problem):
            if problem.answer(*each.formulas) is not None:
                raise GaveUp(f"one rank is not enough: {each.name} fails")
    return decided, possible

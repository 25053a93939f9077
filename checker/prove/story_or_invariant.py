"""Decides whether a goal can be reached: by a shortest story, or by an invariant that rules the goal out.

Nothing here is trusted: stories are replayed, and `obligations` checks what a proof needs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final, TypeAlias

from checker.logic.incremental import Purse
from checker.logic.node import Node
from checker.logic.symbolic_state import State
from checker.model.claim import Eventually, Lemma, Steps
from checker.model.deadline import OutOfTime
from checker.model.expressions import Formula
from checker.prove.find_invariant import Unreached
from checker.prove.grow_region import More, grow, nearest
from checker.prove.invariant_search import InvariantSearch, lemmas
from checker.prove.ordinary_stories import Part, present, read_by, usual
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
FEW_STEPS = 2  # tried to show how a situation can arise
LONG = 7  # steps tried of a story that must pass through an intermediate situation
LONGER = 5  # steps tried where requests are under way
FEW_WAYS = 5  # strategies that are held to lead to a goal from wherever stories come, at most
FEW = 1  # strategies that describe an invariant where requests are under way, at most


Wished: TypeAlias = Callable[[Problem, Sequence[Part], State], Iterator[Node]]
"""What had better be so of requests in a situation."""


@dataclass(frozen=True, slots=True)
class Effort:
    """The limits of one attempt. `strategies`: in one region; `steps`: of a story. The others are costs in
    Z3's units, some millions a second: `question` of one question about a region, `climb` of the search for a
    story, `invariant` of the search among many clauses, `directed` of each property-directed search.
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
    """A story, or why there is none. `excluded`: strategies that lead to the goal, from situations that no
    story reaches; `invariant`: clauses that rule the goal out. Neither is given if the goal holds in no
    situation at all.
    """

    story: Story | None
    excluded: tuple[Strategy, ...] | None = None
    invariant: tuple[Formula, ...] = ()

    def evidence(self, ways: tuple[Strategy, ...] = ()) -> Evidence:
        """The evidence that there is no story. `ways`: strategies for what the claim says is possible."""
        return Evidence(ways=ways, excluded=self.excluded, invariant=self.invariant)


def decide_reach(
    problem: Problem,
    asking: Asking,
    *,
    likely: bool = False,
    told: bool = True,
    efforts: Sequence[Effort] | None = None,
) -> StoryOrInvariant:
    """Decide the question. Raises GaveUp when neither a story nor an invariant is found.

    `likely`: a story is expected, so short ones are tried first. `told`: people will read the story, so it
    should be an ordinary one. If any situation may be its start, it is made ordinary only if it is `likely`:
    otherwise the caller looks for steps that lead there first. `efforts`: made one after the other,
    instead of the usual ones.
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
            raise GaveUp("it happens only if there is nobody but those whom the rules name")
        story = _story(problem, reach, range(SHORT + 1), told=told)
        if story is not None:
            return StoryOrInvariant(story)
        first = SHORT + 1
    if problem.system.model.staging is not None:
        return _under_way(problem, reach, target, told=told)
    made = EFFORTS if efforts is None else efforts
    return _one_or_the_other(problem, reach, target, first, made, told=told)


@contextlib.contextmanager
def _trying(problem: Problem, reach: Reach) -> Iterator[None]:
    """Go on if the solver gives up on a question and other questions can be asked instead."""
    if not reach.reachable or problem.system.model.staging is not None:
        yield
        return
    with contextlib.suppress(GaveUp), problem.costing(ENOUGH):
        yield
    problem.solver.deadline.keep()


def _one_or_the_other(
    problem: Problem, reach: Reach, target: Condition, first: int, efforts: Sequence[Effort], *, told: bool
) -> StoryOrInvariant:
    """Look for a story and for an invariant in turn, at first with little effort, then with more. `first`:
    the least number of steps that a story can still have.
    """
    climb = Climb(problem, reach, partial(_sent, problem, reach))
    schemas = relevant(problem, (target(problem, problem.system.base),), problem.system.schemas(reach.steps))
    search = InvariantSearch(Unreached(problem, target, schemas, partial(_sent, problem, reach)))
    for effort in efforts:
        with contextlib.suppress(GaveUp), problem.costing(effort.question):
            region = grow(problem, target, reach.steps, level=1, most=effort.strategies)
            if _kept_from_starts(problem, region):
                return StoryOrInvariant(None, region.strategies)
        problem.solver.deadline.keep()
        length = climb.on(Purse(effort.climb), first, effort.steps)
        story = None if length is None else _story(problem, reach, range(length, length + 1), told=told)
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
    """Neither a story nor a proof was found. `story`: if there is one, it begins in a situation that no
    clause excludes; with a `lemma`, it leads from a start to where the lemma is false.
    """

    def __init__(self, why: str, story: Story | None, lemma: Lemma | None = None) -> None:
        super().__init__(why)
        self.story, self.lemma = story, lemma


def where_false(problem: Problem, lemma: Lemma, steps: Steps = ANY_STEP) -> Story | None:
    """A story, made of the steps that count, to where the lemma is false; None if none is found."""

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
    """A story to the goal in one step, from a situation in which the clauses hold but the goal does not."""
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
    for each in (_expected(problem, reach, usual), _expected(problem, reach), reach):
        with contextlib.suppress(GaveUp, OutOfTime), problem.hurrying():
            story = _story(problem, each, range(FEW_STEPS + 1))
            if story is not None:
                return story
    return None


def _expected(problem: Problem, reach: Reach, *wished: Wished) -> Reach:
    """The same goal in situations that people expect, although more steps may lead there: optional functions
    have a value for what the requests carry, and what is `wished` is so.
    """

    def goal(state: State) -> Iterator[Ending]:
        asked = (*(each.values for each in problem.named_requests.values()), *reach.requests.values())
        parts = [Part(state, each, is_request=True) for each in asked]
        for ending in reach.goal(state):
            filled = present(problem, parts, read_by(problem, (ending.condition,)))
            more = chain.from_iterable(each(problem, parts, state) for each in wished)
            yield replace(ending, condition=problem.terms.and_(ending.condition, *filled, *more))

    return replace(reach, goal=goal)


def _under_way(problem: Problem, reach: Reach, target: Condition, *, told: bool) -> StoryOrInvariant:
    """Decide where requests are under way. A region may need ever more strategies there, so only a small one
    is tried before a story is looked for.
    """
    with contextlib.suppress(GaveUp):
        region = grow(problem, target, reach.steps, level=1, most=FEW)
        if _kept_from_starts(problem, region):
            return StoryOrInvariant(None, region.strategies)
    story = _story(problem, reach, range(SHORT + 1, LONGER + 1), told=told)
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


def led(problem: Problem, possible: Possible, *, most: int = LIMIT, begun: More | None = None) -> Region:
    """The situations from which the goal of a claim can be reached. `most`, `begun`: as in `grow`. Raises
    GaveUp.
    """
    inside = possible.condition if possible.single else None
    steps = possible.statement.steps
    return grow(problem, possible.goal, steps, within=inside, most=most, begun=begun)


def decide_possibly(problem: Problem, possible: Possible, *, told: bool) -> tuple[Region, StoryOrInvariant]:
    """The situations from which the goal of a “possibly” can be reached, and whether a story comes to one
    that the claim excludes. Raises GaveUp.
    """
    try:
        region = led(problem, possible, most=FEW_WAYS)
    except More as begun:
        if (found := _led_in_part(problem, possible, begun)) is not None:
            return found
        region = led(problem, possible, begun=begun)
    return region, decide_reach(problem, possible.failing(region), told=told)


def _led_in_part(problem: Problem, possible: Possible, begun: More) -> tuple[Region, StoryOrInvariant] | None:
    """A few strategies by which the goal can be reached wherever a story comes to the condition, and why;
    None if these are not found, or are not enough.
    """
    with contextlib.suppress(GaveUp), problem.costing(ENOUGH):
        region = nearest(problem, begun, FEW_WAYS)
        decided = decide_reach(problem, possible.failing(region), told=False, efforts=EFFORTS[:1])
        if decided.story is None:
            return region, decided
    problem.solver.deadline.keep()
    return None


def accepted(problem: Problem, waiting: Waiting) -> Region:
    """The waiting situations in which a just request would be accepted."""
    return grow(problem, anything, Steps(), within=waiting.waits, restrict=waiting.just)


def decide_eventually(problem: Problem, statement: Eventually) -> tuple[StoryOrInvariant, Region]:
    """Decide with one rank, or by a story to a situation in which no just request is possible. Raises GaveUp
    otherwise.

    The region has the situations in which one is possible.
    """
    waiting = Waiting(statement)
    possible = accepted(problem, waiting)
    decided = decide_reach(problem, waiting.stuck(possible))
    if decided.story is None:
        for each in waiting.proof(problem):
            if problem.answer(*each.formulas) is not None:
                raise GaveUp(f"one rank is not enough: {each.name} fails")
    return decided, possible

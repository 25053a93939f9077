"""Stories about what can still happen: one that reaches the goal, and a refused request that would have."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from checker.logic.counting import at_least
from checker.logic.decode import Structure
from checker.logic.node import Node
from checker.logic.preferences import Holds, Wish
from checker.logic.scope import RequestTerms
from checker.logic.solver import COSTLY, Satisfied
from checker.logic.symbolic_state import State
from checker.model.claim import Leads
from checker.model.situation import Request, Situation
from checker.prove.ordinary_stories import Part, ordinary
from checker.prove.search import Barring, Leg, find_story
from checker.prove.story_or_invariant import ENOUGH, LONG, StoryOrInvariant, decide_reach, led
from checker.question.goals import ANY_STEP, Ending
from checker.question.problem import GaveUp, Problem, relevant
from checker.question.transition_system import Action
from checker.question.verdict import Story
from checker.trusted.obligations import diagram, thing
from checker.trusted.region import Region
from checker.trusted.still_possible import Possible

_NONE_TRIED: Final = "no story of the length tried shows what the strategies promise"
MANY = 4  # requests that at least so many checks refuse count as equally bad


def through(
    problem: Problem,
    statement: Leads,
    least: int,
    deepest: int = 0,
    longest: int | None = None,
    barred: Barring | None = None,
    *,
    told: bool = True,
) -> Story | None:
    """The shortest story in which the condition holds somewhere and only steps that count lead from there to
    the goal. `least`: every story needs at least so many steps, not counting deployments, to a situation
    where the condition holds and the goal can be reached. `deepest`: how many steps the known ways from there
    have. `longest`: how many steps it may have; `barred`, `told`: as for `find_story`.
    """
    possible = Possible(statement)

    def counts(action: Action) -> Node:
        return problem.system.sent_by(statement.steps, action, problem.scope(action.before))

    base = problem.system.base
    reads = (possible.condition(problem, base), possible.goal(problem, base))

    def ending(state: State) -> tuple[Ending]:
        return (Ending(possible.goal(problem, state)),)

    before = relevant(problem, reads, problem.system.schemas(ANY_STEP))
    after = relevant(problem, reads, problem.system.schemas(statement.steps))
    for length in range(least, (max(LONG, least + deepest) if longest is None else longest) + 1):
        for counted in range(length - least + 1):
            legs = (
                Leg(length - counted, before),
                Leg(counted, after, lambda state: possible.condition(problem, state), counts),
            )
            if (counted and not after) or (length > counted and not before):
                continue
            story = find_story(problem, legs, ending, {}, start=True, told=told, barred=barred)
            if story is not None:
                return story
    return None


def escape(
    problem: Problem,
    statement: Leads,
    least: int,
    deepest: int = 0,
    why: str = _NONE_TRIED,
    *,
    told: bool = True,
) -> Story:
    """A story in which the condition holds at some point and the goal later; see `through`. Raises GaveUp."""
    story = through(problem, statement, least, deepest, told=told)
    if story is None:
        raise GaveUp(why)
    return story


def outright(problem: Problem, statement: Leads, *, told: bool) -> Story | None:
    """Such a story of a `never`, if one is found without knowing from which situations steps lead to the
    goal.
    """
    if statement.modality == "never":
        with contextlib.suppress(GaveUp), problem.costing(ENOUGH):
            return through(problem, statement, 0, told=told)
    return None


def decide_never(
    problem: Problem, statement: Leads, *, told: bool
) -> tuple[Region, StoryOrInvariant] | Story:
    """The situations from which the goal of a “never” can be reached, and whether a story comes to one that
    the claim excludes; or a story that refutes it, if one question about these situations takes much, so that
    what can be shown without them does not wait for it. Raises GaveUp.
    """
    possible = Possible(statement)
    try:
        with problem.costing(ENOUGH):
            region = led(problem, possible)
    except GaveUp as why:
        if str(why) != COSTLY:
            raise
        if (story := outright(problem, statement, told=told)) is not None:
            return story
        region = led(problem, possible)
    return region, decide_reach(problem, possible.failing(region), told=False)


def attempt(
    problem: Problem, statement: Leads, situation: Situation, binding: Mapping[str, str]
) -> Request | None:
    """A request that would lead to the goal in the situation if it were not refused. As few checks as
    possible refuse it, and among such requests it is the most ordinary.
    """
    system, terms = problem.system, problem.terms
    scope = problem.scope(system.base)
    for schema in system.schemas(statement.steps):
        if schema.event is not None:
            continue
        action = system.at(schema, system.base, system.fresh(schema, "try"), checked=False)
        wanted = terms.and_(
            action.guard,
            system.sent_by(statement.steps, action, scope),
            problem.read(statement.goal, problem.scope(action.after)),
        )
        asked = (*diagram(problem, situation, binding, (wanted,)), wanted)
        found = problem.answer(*asked)
        if found is not None:
            return _named(problem, action, _ordinary(problem, action, asked, found), situation)
    return None


def _ordinary(problem: Problem, action: Action, asked: tuple[Node, ...], found: Satisfied) -> Structure:
    """An answer in which few checks refuse the request."""
    part = Part(action.before, action.parameters, is_request=True)
    few = _few_refuse(problem, action)
    return Structure(ordinary(problem, asked, found, few, lambda _holds: (part,), action.before))


def _few_refuse(problem: Problem, action: Action) -> Iterator[Wish]:
    """Wishes that few checks refuse a request, and later checks rather than earlier ones."""
    terms, encoder = problem.terms, problem.system.encoder
    asked = replace(problem.scope(action.before), requests={"": RequestTerms(action.parameters)})
    names = dict.fromkeys(each.name for each in problem.system.checks)
    fails = [encoder.fails(name, asked) for name in names]
    failing = at_least(terms, fails, MANY)
    for number in reversed(range(1, min(len(fails), MANY))):
        yield Holds(terms.not_(failing[number + 1]))
    yield from (Holds(terms.not_(each)) for each in fails)


def _named(problem: Problem, action: Action, structure: Structure, situation: Situation) -> Request:
    """The request in the structure, with the situation's own names for things."""
    names = {
        (sort, structure.value(thing(problem, name, problem.system.model.sorts[sort]))): name
        for sort, things in situation.things.items()
        for name in things
    }
    request = problem.request(action.parameters, structure, situation)
    sorts = {each.name: each.sort.name for each in problem.system.model.request}
    return Request({p: names.get((sorts[p], value), value) for p, value in request.values.items()})

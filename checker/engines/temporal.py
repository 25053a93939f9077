"""What can still come about from every situation with a condition: `possibly next`, `possibly`, `never`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checker.engines.goals import ANY_STEP
from checker.engines.obligations import Schema, diagram, never_entered, thing
from checker.engines.problem import Problem, relevant
from checker.engines.reach import LONG, Decided, decide_reach, reaching
from checker.engines.region import Condition, Region, grow
from checker.engines.search import Ending, Leg, Story, find_story
from checker.engines.system import Action
from checker.logic.decode import Structure
from checker.logic.scope import RequestTerms
from checker.logic.state import State
from checker.logic.terms import Node
from checker.model.claim import Leads
from checker.model.expressions import FACT
from checker.model.situation import Request, Situation


@dataclass(frozen=True, slots=True)
class Answered:
    """`decided.story` leads to a situation from which the claim fails; `region` holds the strategies.

    `after`: what has to be shown, whatever the situation, for the story to count.
    """

    decided: Decided
    region: Region
    always: tuple[Schema, ...]
    after: tuple[Schema, ...] = ()


def decide_leads(problem: Problem, statement: Leads) -> Answered:
    """Decide `always, if P, then possibly next | possibly | never Q`. Raises GaveUp."""

    def condition(other: Problem, state: State) -> Node:
        scope = other.scope(state)
        return other.terms.and_(other.given(scope), other.read(statement.condition, scope))

    def goal(other: Problem, state: State) -> Node:
        return other.read(statement.goal, other.scope(state))

    single = statement.modality == "next"
    within = condition if single else None
    alike = (statement.goal, problem.encoder)
    region = grow(problem, goal, statement.steps, within=within, alike=alike)
    if statement.modality == "never":
        return _never(problem, region, condition)

    def stuck(other: Problem, state: State) -> Node:
        outside = other.terms.not_(region.for_problem(other).at(state))
        return other.terms.and_(condition(other, state), outside)

    closed = () if single else (never_entered(region),)
    return Answered(decide_reach(problem, reaching(stuck)), region, (), closed)


def _never(problem: Problem, region: Region, condition: Condition) -> Answered:
    """What must not occur is the condition in a situation from which the goal can be reached."""

    def escape(other: Problem, state: State) -> Node:
        return other.terms.and_(condition(other, state), region.for_problem(other).at(state))

    decided = decide_reach(problem, reaching(escape))
    return Answered(decided, region, (never_entered(region),))


def through(problem: Problem, statement: Leads, least: int) -> Story | None:
    """The shortest story that has the condition somewhere and, by the steps that count, ends in the goal.

    `least`: no story comes in fewer steps to where the condition holds and the goal can be reached.
    """

    def condition(other: Problem, state: State) -> Node:
        scope = other.scope(state)
        return other.terms.and_(other.given(scope), other.read(statement.condition, scope))

    def goal(other: Problem, state: State) -> Node:
        return other.read(statement.goal, other.scope(state))

    def counts(action: Action) -> Node:
        return problem.system.sent_by(statement.steps, action, problem.scope(action.before))

    base = problem.system.base
    reads = (condition(problem, base), goal(problem, base))
    before = relevant(problem, reads, problem.system.schemas(ANY_STEP))
    after = relevant(problem, reads, problem.system.schemas(statement.steps))
    for length in range(LONG + 1):
        for counted in range(length - least + 1):
            legs = (
                Leg(length - counted, before),
                Leg(counted, after, lambda state: condition(problem, state), counts),
            )
            if (counted and not after) or (length > counted and not before):
                continue
            story = find_story(problem, legs, lambda state: (Ending(goal(problem, state)),), {}, start=True)
            if story is not None:
                return story
    return None


def attempt(
    problem: Problem, statement: Leads, situation: Situation, binding: Mapping[str, str]
) -> Request | None:
    """A request that would give the goal in the situation if it were not refused, and that no fewer checks
    refuse than any such request of its kind."""
    system, terms = problem.system, problem.terms
    scope = problem.scope(system.base)
    for schema in system.schemas(statement.steps):
        if schema.event is not None:
            continue
        action = system.at(schema, system.base, system.fresh(schema, "try"), checked=False)
        asked = replace(scope, requests={"": RequestTerms(action.parameters)})
        fails = {
            terms.symbol(f"{name} fails", FACT): system.encoder.fails(name, asked)
            for name in dict.fromkeys(each.name for each in system.checks)
        }
        wanted = terms.and_(
            action.guard,
            system.sent_by(statement.steps, action, scope),
            problem.read(statement.goal, problem.scope(action.after)),
            *(terms.iff(name, node) for name, node in fails.items()),
        )
        here = diagram(problem, situation, binding, (wanted,))
        found = problem.satisfy(*here, wanted)
        best = found
        while found is not None:
            best = found
            failing = [name for name in fails if best.holds(name)]
            passing = [terms.not_(name) for name in fails if name not in failing]
            fewer = terms.not_(terms.and_(*failing))
            found = problem.satisfy(*here, wanted, *passing, fewer) if failing else None
        if best is not None:
            return _named(problem, action, best, situation)
    return None


def _named(problem: Problem, action: Action, structure: Structure, situation: Situation) -> Request:
    """The request that the structure shows, over the situation's own names for things."""
    names = {
        (sort, structure.value(thing(problem, name, problem.system.model.sorts[sort]))): name
        for sort, things in situation.things.items()
        for name in things
    }
    request = problem.request(action.parameters, structure, situation)
    sorts = {each.name: each.sort.name for each in problem.system.model.request}
    return Request({p: names.get((sorts[p], value), value) for p, value in request.values.items()})

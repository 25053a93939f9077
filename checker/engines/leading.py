"""Stories of what can still come about: one that comes there, and the request that would, if it were let."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checker.engines.deciding import LONG
from checker.engines.goals import ANY_STEP, Ending
from checker.engines.obligations import diagram, thing
from checker.engines.problem import Problem, relevant
from checker.engines.search import Leg, find_story
from checker.engines.system import Action
from checker.engines.temporal import Possible
from checker.engines.verdict import Story
from checker.logic.decode import Structure
from checker.logic.scope import RequestTerms
from checker.logic.state import State
from checker.logic.terms import Node
from checker.model.claim import Leads
from checker.model.expressions import FACT
from checker.model.situation import Request, Situation


def through(problem: Problem, statement: Leads, least: int) -> Story | None:
    """The shortest story that has the condition somewhere and, by the steps that count, ends in the goal.

    `least`: no story comes in fewer steps to where the condition holds and the goal can be reached.
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
    for length in range(LONG + 1):
        for counted in range(length - least + 1):
            legs = (
                Leg(length - counted, before),
                Leg(counted, after, lambda state: possible.condition(problem, state), counts),
            )
            if (counted and not after) or (length > counted and not before):
                continue
            story = find_story(problem, legs, ending, {}, start=True)
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

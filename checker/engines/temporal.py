"""What can still come about from every situation with a condition: `possibly next`, `possibly`, `never`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checker.engines.goals import ANY_STEP
from checker.engines.obligations import diagram, thing
from checker.engines.problem import Problem, relevant
from checker.engines.reach import LONG, Asking, reaching
from checker.engines.region import Region, grow
from checker.engines.search import Ending, Leg, Story, find_story
from checker.engines.system import Action
from checker.engines.verdict import Strategy
from checker.logic.decode import Structure
from checker.logic.scope import RequestTerms
from checker.logic.state import State
from checker.logic.terms import Node
from checker.model.claim import Leads
from checker.model.expressions import FACT
from checker.model.situation import Request, Situation


@dataclass(frozen=True, slots=True)
class Possible:
    """The pieces of an `always, if P, then possibly next | possibly | never Q`, as conditions."""

    statement: Leads

    def condition(self, problem: Problem, state: State) -> Node:
        """What is given and P hold."""
        scope = problem.scope(state)
        return problem.terms.and_(problem.given(scope), problem.read(self.statement.condition, scope))

    def goal(self, problem: Problem, state: State) -> Node:
        """Q holds."""
        return problem.read(self.statement.goal, problem.scope(state))

    @property
    def single(self) -> bool:
        """Exactly one step must lead to Q."""
        return self.statement.modality == "next"

    def ways(self, problem: Problem, strategies: tuple[Strategy, ...]) -> Region:
        """From where the strategies lead to Q."""
        return Region(problem, self.goal, self.statement.steps, strategies, next_only=self.single)

    def grown(self, problem: Problem) -> Region:
        """From where Q can be reached at all."""
        return grow(
            problem,
            self.goal,
            self.statement.steps,
            within=self.condition if self.single else None,
            alike=(self.statement.goal, problem.encoder),
        )

    def failing(self, region: Region) -> Asking:
        """The question whether a story comes to a situation that the claim excludes: P without a way or,
        for `never`, with one. The region is one of the problem that asks.
        """

        def excluded(problem: Problem, state: State) -> Node:
            inside = region.at(state)
            there = inside if self.statement.modality == "never" else problem.terms.not_(inside)
            return problem.terms.and_(self.condition(problem, state), there)

        return reaching(excluded)


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

"""A story as one formula, which says that the story happens and shows what it should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from checker.logic.node import Node
from checker.logic.symbolic_state import Maybe, State
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
)
from checker.model.expressions import Sort
from checker.model.situation import Request, Step, Trace
from checker.question.goals import Asking, Ending
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.transition_system import Action, Parameters
from checker.question.verdict import Evidence
from checker.trusted.eventually import Waiting
from checker.trusted.obligations import diagram, nobody_else, thing
from checker.trusted.still_possible import Possible


@dataclass(frozen=True, slots=True)
class Retold:
    """A story of a question, in the terms of its problem."""

    question: Question
    problem: Problem
    evidence: Evidence
    trace: Trace

    @classmethod
    def of(cls, question: Question, problem: Problem, evidence: Evidence) -> Retold:
        """Return the story in this form. Raises GaveUp for stories that cannot be written as a formula."""
        if evidence.trace is None:
            raise GaveUp("there is no story")
        if question.moving or question.of_orders:
            raise GaveUp("stories of this kind cannot be written as a formula")
        return cls(question, problem, evidence, evidence.trace)

    def denied(self, asking: Asking | None) -> tuple[Node, ...]:
        """Formulas that must be unsatisfiable together: the story's first situation, and the negation of "it
        happens and shows what it should". `asking`: what it should show, if not what the question asks.
        """
        problem, first = self.problem, self.trace.situations[0]
        happens = problem.terms.and_(*self._happens(asking or self.question.asking))
        denied = problem.terms.not_(happens)
        known = diagram(problem, first, self.evidence.binding, (denied,))
        return (*nobody_else(problem, first), *known, denied)

    def _happens(self, asking: Asking | None) -> Iterator[Node]:
        """Yield what must hold for the story to happen and to show what it should."""
        state = self.problem.system.base
        count = len(self.trace.steps)
        endings = None if asking is None else list(asking(self.problem).goal(state))
        last = len(endings[0].last) if endings else 0
        actions: list[Action] = []
        for step in self.trace.steps[: count - last]:
            action = self._taken(step, state)
            actions.append(action)
            state = action.after
            yield action.guard
        match self.question.statement:
            case Leads(modality="never") as statement:
                yield self._escapes(Possible(statement), actions, state)
            case Leads() as statement:
                yield Possible(statement).condition(self.problem, state)
            case Eventually() as statement:
                yield Waiting(statement).waits(self.problem, state)
            case Possibly() as statement:
                assert asking is not None
                yield self._shows(asking, state, last)
                yield from (self._counts(statement, each) for each in actions)
            case Compare() | Always() | AlwaysAfter() | EveryRequest() | PossiblyAfter() | SomeRequest():
                assert asking is not None
                yield self._shows(asking, state, last)
            case Difference():
                raise AssertionError("differences are request claims by now")
            case _:
                assert_never(self.question.statement)

    def _counts(self, statement: Possibly | Leads, action: Action) -> Node:
        scope = self.problem.scope(action.before)
        return self.problem.system.sent_by(statement.steps, action, scope)

    def _escapes(self, possible: Possible, actions: list[Action], end: State) -> Node:
        """P holds somewhere, only steps that count follow, and Q holds at the end."""
        terms = self.problem.terms
        states = [*(each.before for each in actions), end]
        counted = [self._counts(possible.statement, each) for each in actions]
        ways = (
            terms.and_(possible.condition(self.problem, state), *counted[number:])
            for number, state in enumerate(states)
        )
        return terms.and_(possible.goal(self.problem, end), terms.or_(*ways))

    def _shows(self, asking: Asking, state: State, last: int) -> Node:
        """One of the endings that the question asks for, with the story's own last steps and requests."""
        reach = asking(self.problem)
        steps = self.trace.steps[len(self.trace.steps) - last :]
        fitting = (each for each in reach.goal(state) if _fits(each, steps))
        named = {name: each.values for name, each in self.problem.named_requests.items()}
        replaced: dict[Node, Node] = {}
        for name, parameters in {**named, **reach.requests}.items():
            replaced |= self._given(parameters, self.evidence.requests[name].values)
        return self.problem.terms.or_(*(self._ending(each, steps, replaced) for each in fitting))

    def _ending(self, ending: Ending, steps: tuple[Step, ...], replaced: Mapping[Node, Node]) -> Node:
        known = dict(replaced)
        for action, step in zip(ending.last, steps, strict=True):
            known |= self._given(action.parameters, _arguments(step))
        return self.problem.terms.substitute(ending.condition, known)

    def _given(self, parameters: Parameters, values: Mapping[str, str]) -> dict[Node, Node]:
        """The values of the parameters' symbols when the parameters have these values."""
        terms = self.problem.terms
        found: dict[Node, Node] = {}
        for name, given in parameters.items():
            for node in terms.symbols(given.present):
                owner = terms.parameters.get(node)
                if owner is not None:
                    found[node] = terms.true if owner in values else terms.false
            if given.value is not None and given.value.operator == "symbol" and name in values:
                found[given.value] = thing(self.problem, values[name], given.value.sort)
        return found

    def _taken(self, step: Step, state: State) -> Action:
        """The step from a situation, with the values that it has in the story."""
        system = self.problem.system
        if step.request is not None:
            sorts = {each.name: each.sort for each in system.model.request}
            return system.at(system.every_request, state, self._parameters(sorts, step.request.values))
        schema = next(each for each in system.event_schemas if each.name == step.event)
        assert schema.event is not None
        sorts = {each.name: each.sort for each in schema.event.parameters}
        return system.at(schema, state, self._parameters(sorts, step.arguments))

    def _parameters(self, sorts: Mapping[str, Sort], values: Mapping[str, str]) -> Parameters:
        terms = self.problem.terms
        return {
            name: Maybe(terms.true, thing(self.problem, values[name], sort))
            if name in values
            else Maybe(terms.false, None)
            for name, sort in sorts.items()
        }


def _fits(ending: Ending, steps: tuple[Step, ...]) -> bool:
    """Whether the ending's last steps are of the same kinds as the story's."""
    kinds = [None if each.schema.event is None else each.schema.name for each in ending.last]
    return kinds == [each.event for each in steps]


def _arguments(step: Step) -> Mapping[str, str]:
    return (step.request or Request(step.arguments)).values

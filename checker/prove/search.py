"""Shortest stories: bounded search over sequences of steps, for any number of things."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from checker.logic.decode import Structure
from checker.logic.incremental import Incremental, Purse
from checker.logic.node import Node, subterms
from checker.logic.preferences import Early, Wish
from checker.logic.solver import Satisfied
from checker.logic.symbolic_state import State
from checker.logic.working_days import as_listed, reckoned, working_period_of
from checker.model.evaluate import DEPLOY
from checker.model.situation import Instance, Step
from checker.prove.ordinary_stories import Holding, Part, ordinary
from checker.question.goals import Ending, Goal
from checker.question.problem import GaveUp, Problem, relevant
from checker.question.transition_system import Action, Parameters, Schema
from checker.question.verdict import Story

ROUGHLY: Final = 400_000  # effort to see that no calendar has a story, as Z3 counts; some tenths of a second


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a story: a number of steps of the schemas, at whose start `where` holds."""

    count: int
    schemas: tuple[Schema, ...]
    where: Callable[[State], Node] | None = None
    restrict: Callable[[Action], Node] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One symbolic step of a path: the situation before it, and the schemas that it may be of."""

    before: State
    kinds: Mapping[str, Node]
    schemas: tuple[Schema, ...]


Barring: TypeAlias = Callable[[Sequence[Taken], State, Ending], Node]
"""A condition on stories of a path that come to a situation, and end there in this way."""


def find_story(
    problem: Problem,
    legs: tuple[Leg, ...],
    goal: Goal,
    requests: Mapping[str, Parameters],
    *,
    start: bool,
    told: bool = True,
    barred: Barring | None = None,
) -> Story | None:
    """A story of exactly these legs that reaches the goal, or None. `requests`: those that the goal names.
    `told`: people will read the story, so it should be an ordinary one. `barred`: such stories do not count.
    Raises GaveUp.
    """
    state = problem.system.base
    conditions = [*problem.frame, *(problem.system.start(state) if start else ())]
    path: list[Taken] = []
    begun: dict[int, State] = {}  # steps so far -> where a leg's condition holds, before deployments
    for number, leg in enumerate(legs):
        if leg.where is not None:
            conditions.append(leg.where(state))
            begun[len(path)] = state
            state = problem.system.moved(state, f"leg {number}")
        for _ in range(leg.count):
            before = state
            state, taken, kinds = problem.system.advance(state, len(path), leg.schemas, leg.restrict)
            conditions.append(taken)
            path.append(Taken(before, kinds, leg.schemas))
    for ending in goal(state):
        asked: tuple[Node, ...] = (*conditions, ending.condition)
        if barred is not None:
            asked = (*asked, problem.terms.not_(barred(path, state, ending)))
        asked, answer = _as_listed(problem, asked)
        if answer is not None:
            passed = (*(each.before for each in path), state)
            through = (s for n, each in enumerate(passed) for s in (begun.get(n, each), each))
            states = (*through, *(each.before for each in ending.last[1:]))
            peopled = _peopled(problem, asked, answer)
            if peopled is not None:
                asked, answer = _settled(problem, *peopled, states)
                if told:
                    cast = _Cast(problem, tuple(path), state, ending, requests)
                    answer = cast.ordinary(asked, answer)
                return _decode(problem, answer, path, begun, state, ending, requests)
    return None


def shortest_story(
    problem: Problem,
    goal: Goal,
    schemas: tuple[Schema, ...],
    lengths: range,
    requests: Mapping[str, Parameters],
    restrict: Callable[[Action], Node] | None = None,
    *,
    told: bool = True,
) -> Story | None:
    """The shortest story from a start with one of the `lengths` before the goal. Raises GaveUp."""
    reads = tuple(each.condition for each in goal(problem.system.base))
    useful = relevant(problem, reads, schemas)
    for count in lengths:
        if count and not useful:
            return None
        legs = (Leg(count, useful, restrict=restrict),)
        story = find_story(problem, legs, goal, requests, start=True, told=told)
        if story is not None:
            return story
    return None


def _as_listed(problem: Problem, conditions: tuple[Node, ...]) -> tuple[tuple[Node, ...], Satisfied | None]:
    """The conditions and an answer to them, if possible one in which only those days are no working days of
    which the law says so: such an answer is found sooner, and a story has less to suppose.
    """
    if any(not working_period_of(each).calendar.closed for each in reckoned(subterms(conditions))):
        plain = as_listed(problem.terms)
        with contextlib.suppress(GaveUp):
            answer = problem.answer(*conditions, plain)
            if answer is not None:
                return (*conditions, plain), answer
        if _in_no_calendar(problem, conditions):
            return conditions, None
    return conditions, problem.answer(*conditions)


def _in_no_calendar(problem: Problem, conditions: tuple[Node, ...]) -> bool:
    """Whether the conditions are soon seen to be impossible by what is so of every calendar: which of two
    periods ends later, and how long one takes at least.
    """
    roughly = Incremental(problem.solver, roughly=True)
    roughly.add(conditions)
    return roughly.possible((), Purse(ROUGHLY)) is False


def _peopled(
    problem: Problem, conditions: tuple[Node, ...], answer: Satisfied
) -> tuple[tuple[Node, ...], Satisfied] | None:
    """The conditions and an answer in which every sort has a thing that the rules do not name; None if there
    is no such answer. A goal that needs the absence of all other things is not worth a story.
    """
    terms, named = problem.terms, problem.system.named
    for name, constants in itertools.groupby(named, key=lambda each: each.sort.name):
        own = {each.name: each for each in constants}
        if any(node.sort.name == name and value not in own for node, value in answer.values.items()):
            continue
        another = terms.symbol(f"another {name}", problem.system.model.sorts[name])
        other = (terms.not_(terms.equal(another, each)) for each in own.values())
        conditions = (*conditions, *other)
        better = problem.answer(*conditions)
        if better is None:
            return None
        answer = better
    return conditions, answer


def _settled(
    problem: Problem, conditions: tuple[Node, ...], answer: Satisfied, states: tuple[State, ...]
) -> tuple[tuple[Node, ...], Satisfied]:
    """The conditions and an answer without the deployments that the story does not need."""
    system = problem.system
    before: Mapping[Instance, Node] = {
        at: system.encoder.version_value(name) for at, name in system.deployed.items()
    }
    for state in states if system.moving else ():
        for at, version in state.versions.items():
            stays = problem.terms.equal(version, before[at])
            better = problem.answer(*conditions, stays)
            if better is not None:
                conditions, answer = (*conditions, stays), better
        before = state.versions
    return conditions, answer


@dataclass(frozen=True, slots=True)
class _Cast:
    """The steps and requests of a story, among which an ordinary one is chosen."""

    problem: Problem
    path: tuple[Taken, ...]
    last: State
    ending: Ending
    requests: Mapping[str, Parameters]

    def ordinary(self, conditions: tuple[Node, ...], answer: Satisfied) -> Satisfied:
        """An answer with ordinary steps and, in these, ordinary values."""
        return ordinary(self.problem, conditions, answer, self._kinds(), self._parts, self.last)

    def _kinds(self) -> Iterator[Wish]:
        """Wish that steps before the last are events, the law's first ones first, rather than requests."""
        events = [each.name for each in self.problem.system.event_schemas]
        for each in self.path:
            names = [schema.name for schema in each.schemas]
            order = sorted(names, key=lambda name: events.index(name) if name in events else len(events))
            chosen = next(iter(each.kinds.values()))
            if chosen.operator == "member":
                yield Early(chosen.arguments[0], tuple(order), self.problem.terms.true)

    def _parts(self, holds: Holding) -> Iterator[Part]:
        """The steps of an answer, and the requests that are asked about."""
        for number, each in enumerate(self.path):
            schema = next(schema for schema in each.schemas if holds(each.kinds[schema.name]))
            given = self.problem.system.taken(schema, number)
            yield Part(each.before, given, schema.event is None)
        for action in self.ending.last:
            yield Part(action.before, action.parameters, action.schema.event is None)
        named = (each.values for each in self.problem.named_requests.values())
        for asked in (*named, *self.requests.values()):
            yield Part(self.last, asked, is_request=True)


class Deployments:
    """The deployment steps that a story needs between its other steps."""

    def __init__(self, problem: Problem, structure: Structure) -> None:
        self.structure = structure
        base = {at: str(structure.value(node)) for at, node in problem.system.base.versions.items()}
        self.moving = problem.system.moving
        self.first: Mapping[Instance, str] = dict(problem.system.deployed) if self.moving else base
        self.now = dict(self.first)

    def up_to(self, state: State) -> Iterator[Step]:
        """The deployment steps that lead to the versions of the situation."""
        for at, node in state.versions.items() if self.moving else ():
            version = str(self.structure.value(node))
            if version != self.now[at]:
                self.now[at] = version
                arguments = {"component": at[0], "version": version}
                index = {} if at[1] is None else {"index": at[1]}
                yield Step("event", event=DEPLOY, arguments={**arguments, **index})


def _decode(
    problem: Problem,
    answer: Satisfied,
    path: list[Taken],
    begun: Mapping[int, State],
    last: State,
    ending: Ending,
    requests: Mapping[str, Parameters],
) -> Story:
    structure = Structure(answer)
    situation = problem.situation(answer)
    taken: list[tuple[State, Schema, Parameters]] = []
    for number, each in enumerate(path):
        schema = next(s for s in each.schemas if structure.holds(each.kinds[s.name]))
        taken.append((each.before, schema, problem.system.taken(schema, number)))
    taken += [(each.before, each.schema, each.parameters) for each in ending.last]
    deployments = Deployments(problem, structure)
    steps: list[Step] = []
    for number, (state, schema, given) in enumerate(taken):
        steps += deployments.up_to(begun.get(number, state))
        steps += deployments.up_to(state)
        steps.append(problem.step(schema, given, structure, situation))
    if not ending.last:
        steps += deployments.up_to(begun.get(len(taken), last))
        steps += deployments.up_to(last)
    situation = replace(situation, versions=deployments.first)
    named = {name: given.values for name, given in problem.named_requests.items()} | dict(requests)
    found = {name: problem.request(given, structure, situation) for name, given in named.items()}
    return Story(situation, tuple(steps), problem.binding(structure, situation), found)

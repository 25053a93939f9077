"""The situations of a small instance and the steps between them, as a graph of networkx."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import networkx as nx

from checker.explore.concrete_situations import World
from checker.explore.explorer import Explorer, places_of
from checker.explore.finite_instance import Instance
from checker.explore.placings import TooLarge, things_of
from checker.explore.second_opinion import small_instance, unexplored
from checker.explore.state_graph import Graph
from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.interface.named_claims import chosen_claims
from checker.language.diagnostics import Diagnostic, SpecError
from checker.logic.node import Node as Term
from checker.question.jobs import Job
from checker.question.problem import GaveUp, Problem
from checker.question.question import Question
from checker.question.workbench import Workshop

State: TypeAlias = tuple[int, int, int]
"""A way of placing what the claim speaks of, a choice of what never changes, and a situation, all counted."""


def state_graph(
    law: LoadedLaw, claim: str, version: str, things: Mapping[str, int], largest: int
) -> nx.MultiDiGraph[State]:
    """Return the situations that steps lead to from a start, as far as the claim can tell them apart, in an
    instance with so many things of each sort (named ones apart); of sorts that are not given, as few as do.

    Of a node: `values` (`holder(street 1)` -> value, `None` for absent: of what the claim reads, through
    any number of steps), `start` (stories start there), `goals` (which goals it has: of an `always`, 0 for
    a violation; of a `possibly`, 0 for what is possible; of `if P, then possibly Q`, 0 for P and 1 for Q;
    where a claim speaks of a last step, it is still to come), `distance` (steps from the nearest start). Of
    an edge: `step` (`request`, or the event's name), `arguments` (parameter -> value, where it matters),
    `effect` (name of the effect that a request has, or of the event). Of the graph: `claim`, `column`,
    `things`.

    Raises SpecError if the claim is of a form that is not explored, or there is more than `largest` allows.
    """
    column = atomic_column(law.regime, version)
    found = chosen_claims(law.regime, (claim,))
    if len(found) > 1:
        named = tuple(f"`{each.number}`" for each in found)
        raise SpecError((Diagnostic("bad-option", f"`{claim}` names several claims", None, named),))
    question = Question(law.regime, Job(found[0], column))
    try:
        question.check_askable()
        why = unexplored(question)
        if why is not None:
            raise _refused(f"it is not explored: {why}")
        return _explored(question, question.problem(Workshop(law.regime, law.effort.seed)), things, largest)
    except TooLarge as wrong:
        raise _refused(f"the instance is too large: {wrong}, and `largest` is {largest}") from wrong
    except GaveUp as wrong:
        raise _refused(str(wrong)) from wrong


def _explored(
    question: Question, problem: Problem, things: Mapping[str, int], largest: int
) -> nx.MultiDiGraph[State]:
    counts = {**small_instance(problem), **things}
    name, column = question.job.claim.name, str(question.job.column)
    graph: nx.MultiDiGraph[State] = nx.MultiDiGraph(claim=name, column=column, things=counts)
    every = things_of(problem, counts)
    ways = places_of(problem, question.statement, question.asking, every)
    for place, places in enumerate(ways):
        instance = Instance(problem, every, places, largest)
        found = Explorer(problem, instance, None).graphs(question.statement, question.asking)
        for choice, each in enumerate(found):
            _Walk(graph, (place, choice), each, World(problem, instance, each)).walk()
    return graph


class _Walk:
    """Adds what is reached in one configuration, breadth first."""

    def __init__(
        self, graph: nx.MultiDiGraph[State], at: tuple[int, int], found: Graph, world: World
    ) -> None:
        self.graph, self.at, self.found, self.world = graph, at, found, world
        self.moves = tuple(
            (move, move.ground.action) for move in found.moves(found.plan.kinds[0]) if move.ground.action
        )

    def walk(self) -> None:
        waiting = deque(number for number in range(self.found.space.size) if self.found.starts >> number & 1)
        for number in waiting:
            self._add(number, 0)
        while waiting:
            number = waiting.popleft()
            for after in self._steps(number):
                waiting.append(after)

    def _node(self, number: int) -> State:
        return (*self.at, number)

    def _add(self, number: int, distance: int) -> None:
        space = self.found.space
        self.graph.add_node(
            self._node(number),
            values={_called(term): value for term, value in space.at(number)},
            start=bool(self.found.starts >> number & 1),
            goals=tuple(at for at, goal in enumerate(self.found.sets) if goal >> number & 1),
            distance=distance,
        )

    def _steps(self, number: int) -> Iterator[int]:
        """Add the steps from a situation; yield where they lead, if that is new."""
        before = self._node(number)
        for move, action in self.moves:
            after = move.image(self.found.space, number)
            if after is None:
                continue
            if self._node(after) not in self.graph:
                self._add(after, self.graph.nodes[before]["distance"] + 1)
                yield after
            structure = self.world.structure(self.world.situation(number), move.ground.chosen)
            step = self.world.taken(action, structure)
            self.graph.add_edge(
                before,
                self._node(after),
                step=step.event or "request",
                arguments=dict(step.arguments if step.request is None else step.request.values),
                effect=action.schema.name,
            )


def _called(term: Term) -> str:
    arguments = ", ".join(each.name for each in term.arguments)
    return f"{term.name}({arguments})" if arguments else term.name


def _refused(why: str) -> SpecError:
    return SpecError((Diagnostic("not-explored", why, None),))

"""Compares what was explored with the reference meaning, which is independent of the explorer. The explorer
reads the encoder's formulas, and would repeat its mistakes. So explored situations are written out, and
`evaluate` says of each whether it satisfies the axioms, the start and the claim, and where requests and
events lead: of all of them in a small instance, otherwise of some, the same ones in every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

from checker.explore.concrete_situations import TRIED, VARIANTS, Chance, Trials, World
from checker.explore.finite_instance import Instance
from checker.explore.state_graph import Case, Graph, Move
from checker.logic.decode import Completed
from checker.logic.node import ORDER, Node
from checker.logic.scope import RequestTerms
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
    Steps,
)
from checker.model.evaluate import holds, replay, situation_problem, step_problem, successor
from checker.model.expressions import FACT
from checker.model.situation import Situation, Step, Trace
from checker.question.goals import Reach, Simple
from checker.question.jobs import Disagreement
from checker.question.problem import Problem
from checker.question.verdict import Evidence
from checker.trusted.replay import Replayer

ALL: Final = 2_000  # situations and steps that are compared in configurations that are compared in full
SOME: Final = 600  # the same for configurations of which a sample is compared
LEAST: Final = 60  # of this sample, at least so many from each configuration, until SOME are used up
_STEPS: Final = "which steps there are, and where they lead"
_WORDS: Final = "where the claim's words hold"


class Meaning:
    """Compares one second opinion with the meaning. `done`: how many comparisons were made; `placings`: how
    many placings of what the claim mentions are left to be explored.
    """

    def __init__(self, replayer: Replayer) -> None:
        self.replayer = replayer
        self.statement = replayer.question.statement
        self.chance = Chance()
        self.done = 0
        self.placings = 1
        self._left = {True: ALL, False: SOME}

    def hold(
        self, problem: Problem, instance: Instance, reach: Reach | None, graph: Graph, graphs: int
    ) -> None:
        """Raise Disagreement if what was explored differs from the meaning. `reach`: the question of reaching
        for the statement, None for `Leads`; `graphs`: how many graphs of this placing are left.
        """
        held = _Held(self, problem, instance, reach, graph)
        every = graph.space.size * (held.world.many() + 1) * VARIANTS <= self._left[True]
        before = self.done
        share = max(LEAST, self._left[False] // (graphs * self.placings))
        last = before + (ALL if every else min(share, self._left[False]))
        for number in range(graph.space.size) if every else self._numbers(graph):
            instance.keep_time()
            if self.done >= last:
                break
            held.at(number, every=every)
        self._left[every] -= self.done - before

    def _numbers(self, graph: Graph) -> Iterator[int]:
        """Yield situations that stories reach, situations within the axioms, and arbitrary ones, in turn."""
        sets = (graph.reached, graph.within, graph.reached & ~graph.starts, graph.space.everything)
        for turn in range(SOME):
            number = self._one_of(sets[turn % len(sets)], graph.space.size)
            if number is not None:
                yield number

    def _one_of(self, situations: int, size: int) -> int | None:
        """A situation of the set: the first one after a random number."""
        if not situations:
            return None
        place = self.chance.below(size)
        later = situations >> place
        if later:
            return place + (later & -later).bit_length() - 1
        return (situations & -situations).bit_length() - 1


@dataclass(frozen=True, slots=True)
class _Try:
    """What is tried in one situation: values for the claim's names."""

    structure: Completed
    evidence: Evidence


class _Held:
    """Compares one configuration of an instance with the meaning."""

    def __init__(
        self, meaning: Meaning, problem: Problem, instance: Instance, reach: Reach | None, graph: Graph
    ) -> None:
        self.meaning = meaning
        self.replayer = meaning.replayer
        self.rules = meaning.replayer.rules
        self.deadline = meaning.replayer.deadline
        self.problem = problem
        self.reach = reach
        self.graph = graph
        self.world = World(problem, instance, graph)
        self.terms = problem.terms
        self._free = self._symbols(instance.places)
        self.trials = Trials(self.world, problem, self.rules, meaning.chance, self.deadline)

    def _symbols(self, places: Mapping[Node, Node]) -> tuple[Node, ...]:
        """The symbols of the claim's variables and requests that have no place."""
        found: set[Node] = set()
        given = [*self.problem.variables.values()]
        given += [each for terms in self.problem.named_requests.values() for each in terms.values.values()]
        for each in given:
            for node in each:
                found |= self.terms.symbols(node) if node is not None else frozenset()
        return tuple(sorted(found - places.keys(), key=ORDER))

    def _agreed(self, same: bool, what: str) -> None:
        """Count one comparison. Raises Disagreement if the answers differ."""
        self.meaning.done += 1
        if not same:
            raise Disagreement(f"what was explored differs from the meaning of the rules: {what}")

    # ----------------------------------------------------------- situations

    def at(self, number: int, *, every: bool) -> None:
        """Compare one situation with the meaning; with `every` step, otherwise with some."""
        situation = self.world.situation(number)
        if self.world.number(situation) != number:  # it is the same as one that keeps what is so by now
            self._agreed(not _has(self.graph.within, number), "what situations keep of the past")
            return
        allowed = situation_problem(self.rules, situation, self.deadline) is None
        self._agreed(allowed is _has(self.graph.within, number), "which situations the axioms allow")
        if not allowed:
            return
        starts = replay(self.rules, Trace((situation,), ()), starts=True, deadline=self.deadline) is None
        self._agreed(starts is _has(self.graph.starts, number), "where stories start")
        variants = self.trials.variants(situation)
        for each in variants if every else variants[-1:]:
            self._here(number, each, every=every)

    def _here(self, number: int, situation: Situation, *, every: bool) -> None:
        likely = list(self._moves(number, situation, every=every))
        steps = self.trials.all_of(situation) if every else self.trials.some_of(situation, likely)
        self._steps(number, situation, steps)
        for place in range(len(self.graph.sets)):
            self._found(place, number, situation)
            self._goal(place, number, situation, steps)

    def _read(self, situation: Situation, chosen: Mapping[Node, Node]) -> _Try:
        structure = self.world.structure(situation, chosen)
        given = self.problem.variables.items()
        binding = {name: str(structure.optional(each)) for name, each in given}
        requests = {name: structure.request(each) for name, each in self.problem.named_requests.items()}
        return _Try(structure, Evidence(binding=binding, requests=requests))

    def _any_names(self) -> Mapping[Node, Node]:
        """A random value for each symbol that has no place."""
        chosen: dict[Node, Node] = {}
        for symbol in self._free:
            sort, chance = symbol.sort, self.meaning.chance
            if sort == FACT:
                chosen[symbol] = chance.one_of((self.terms.true, self.terms.false))
            elif sort.is_enum:
                chosen[symbol] = self.terms.value(chance.one_of(sort.values), sort)
            elif sort.is_quantity:
                chosen[symbol] = self.terms.value(chance.one_of(self.world.amounts(sort)), sort)
            else:
                chosen[symbol] = self.terms.constant(chance.one_of(self.world.things[sort.name]), sort)
        return chosen

    # ---------------------------------------------------------------- steps

    def _moves(self, number: int, situation: Situation, *, every: bool) -> Iterator[Step]:
        """Yield some explored steps; check that the rules allow those that start here, and agree on where
        they lead.
        """
        for kind in self.graph.plan.kinds:
            moves = [each for each in self.graph.moves(kind) if each.ground.action is not None]
            for move in self._some(moves, number, every=every):
                assert move.ground.action is not None
                read = self._read(situation, move.ground.chosen)
                step = self.world.taken(move.ground.action, read.structure)
                yield step
                image = move.image(self.graph.space, number)
                if image is not None:
                    after = self._after(situation, step, kind, read.evidence)
                    self._agreed(after == image, _STEPS)

    def _some(self, moves: list[Move], number: int, *, every: bool) -> Iterable[Move]:
        """Steps that can be taken here; if not every step is tried, also some that cannot."""
        here = [each for each in moves if _has(each.guard, number)]
        if every:
            return here
        chance = self.meaning.chance
        few = [chance.one_of(here) for _ in range(TRIED)] if len(here) > TRIED else here
        return [*few, *(chance.one_of(moves) for _ in range(TRIED // 2) if moves)]

    def _steps(self, number: int, situation: Situation, steps: list[Step]) -> None:
        """Check that every step that the rules allow here and that counts was explored, if it changes
        anything.
        """
        evidence = self._read(situation, self._any_names()).evidence
        for kind in self.graph.plan.kinds:
            moves = self.graph.moves(kind)
            images = {each.image(self.graph.space, number) for each in moves} | {number}
            for step in steps:
                after = self._after(situation, step, kind, evidence)
                self._agreed(after is None or after in images, _STEPS)

    def _after(self, situation: Situation, step: Step, kind: Steps, evidence: Evidence) -> int | None:
        """The number of the situation that the step leads to, if it can be taken and counts."""
        if not self._can_be(situation, step) or not self.replayer.counts(situation, step, kind, evidence):
            return None
        after = self.world.number(successor(self.rules, situation, step, self.deadline))
        self._agreed(after is not None, _STEPS)
        return after

    def _can_be(self, situation: Situation, step: Step) -> bool:
        return step_problem(self.rules, situation, step, refused=False, deadline=self.deadline) is None

    # ---------------------------------------------------------------- goals

    def _found(self, place: int, number: int, situation: Situation) -> None:
        """Check that the goal holds, by one of its cases, if it was found to hold."""
        if not _has(self.graph.sets[place], number):
            return
        for case in self.graph.plan.cases[place]:
            read = self._read(situation, case.chosen)
            if read.structure.holds(case.condition):
                self._agreed(self._of_case(place, situation, read, case), _WORDS)
                return
        raise Disagreement("a goal holds where none of its cases does")

    def _of_case(self, place: int, situation: Situation, read: _Try, case: Case) -> bool:
        asked = {} if self.reach is None else self.reach.requests
        named = {name: read.structure.request(RequestTerms(each)) for name, each in asked.items()}
        evidence = replace(read.evidence, requests={**read.evidence.requests, **named})
        steps = tuple(self.world.taken(each, read.structure) for each in case.last)
        return self._holds(place, situation, evidence, steps)

    def _goal(self, place: int, number: int, situation: Situation, steps: list[Step]) -> None:
        """Check that the goal was found to hold, if it does."""
        found = _has(self.graph.sets[place], number)
        for request, last in self._ways(steps):
            evidence = self._read(situation, self._any_names()).evidence
            if request is not None and request.request is not None:
                asked = {} if self.reach is None else dict.fromkeys(self.reach.requests, request.request)
                evidence = replace(evidence, requests={**evidence.requests, **asked})
            held = self._holds(place, situation, evidence, last)
            self._agreed(found or not held, _WORDS)

    def _ways(self, steps: list[Step]) -> Iterator[tuple[Step | None, tuple[Step, ...]]]:
        """The requests that a goal may be about, and the last steps that it may have."""
        match self.meaning.statement:
            case Always() | Possibly() | Leads():
                yield from [(None, ())] * (2 if self._free else 1)
            case EveryRequest() | SomeRequest():
                yield from ((each, ()) for each in steps if each.request is not None)
            case AlwaysAfter(twice=True, event=event):
                again = [each for each in steps if each.event == event]
                yield from ((None, (one, self.meaning.chance.one_of(again))) for one in again)
            case AlwaysAfter() | PossiblyAfter():
                yield from ((None, (each,)) for each in steps)
            case Eventually() | Compare() | Difference():
                raise AssertionError("claims of this form are not explored")
            case _:
                assert_never(self.meaning.statement)

    def _holds(self, place: int, situation: Situation, evidence: Evidence, last: tuple[Step, ...]) -> bool:
        """Whether the goal holds in the situation, with these values of the claim's names and these last
        steps.
        """
        match self.meaning.statement:
            case Leads(goal=goal) if place == 1:
                here = self.replayer.environment(situation, evidence.binding, evidence.requests)
                return holds(goal, here)
            case Eventually() | Compare() | Difference():
                raise AssertionError("claims of this form are not explored")
            case (
                Leads()
                | Always()
                | AlwaysAfter()
                | EveryRequest()
                | Possibly()
                | PossiblyAfter()
                | SomeRequest() as statement
            ):
                return self._shown(statement, situation, evidence, last)
            case _:
                assert_never(self.meaning.statement)

    def _shown(
        self, statement: Simple | Leads, situation: Situation, evidence: Evidence, last: tuple[Step, ...]
    ) -> bool:
        replayer = self.replayer
        if not all(replayer.formed(name, evidence, situation) for name in evidence.requests):
            return False
        situations = [situation]
        for step in last:
            if not self._can_be(situations[-1], step):
                return False
            situations.append(successor(self.rules, situations[-1], step, self.deadline))
        trace = Trace(tuple(situations), last)
        return replayer.shown(trace, statement, evidence, replayer.question.job.by)


def _has(situations: int, number: int) -> bool:
    return bool(situations >> number & 1)

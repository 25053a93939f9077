"""The second opinion: explores every situation of a small instance, without solver, strategies or invariants.

An instance has a fixed number of things of every sort. Its situations are distinguished only by what the
claim reads, directly or through steps that may change that; values that no formula distinguishes count as
one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from checker.explore.finite_instance import Instance
from checker.explore.hold_against_meaning import Meaning
from checker.explore.placings import Things, TooLarge, placings, things_of
from checker.explore.slicing import needed, possible, unmet
from checker.explore.state_graph import Case, Graph, GroundMove, Plan
from checker.logic.ground_conditions import conjuncts
from checker.logic.node import Node
from checker.logic.simplify import consequence, is_unit
from checker.logic.symbolic_state import PRESENCE
from checker.model.claim import Leads, Statement, Steps
from checker.model.expressions import FACT
from checker.question.goals import ANY_STEP, Asking, Reach
from checker.question.problem import Problem
from checker.question.transition_system import Action, Schema

PLACINGS = 200  # ways to place what a claim mentions; with more, exploring takes too long


@dataclass(frozen=True, slots=True)
class Explored:
    """`length`: steps of the shortest story to the goal (for a claim: to its violation), None if the instance
    has no such story. `situations`: how many situations the instance has.
    """

    length: int | None
    situations: int


def explored(
    problem: Problem,
    statement: Statement,
    asking: Asking | None,
    counts: Mapping[str, int],
    largest: int,
    meaning: Meaning | None = None,
) -> Explored:
    """Explore the claim in an instance with `counts` things of each sort, for every placing of what the claim
    mentions. `asking`: the question of reaching, None for `Leads`. `meaning`: compares what was explored with
    the reference meaning. Raises TooLarge if that would take too long.
    """
    things = things_of(problem, counts)
    found: list[Explored] = []
    all_places = places_of(problem, statement, asking, things)
    for number, places in enumerate(all_places):
        if meaning is not None:
            meaning.placings = len(all_places) - number
        explorer = Explorer(problem, Instance(problem, things, places, largest), meaning)
        if isinstance(statement, Leads):
            found.append(explorer.leads(statement))
        else:
            assert asking is not None
            found.append(explorer.reach(asking))
    lengths = (each.length for each in found if each.length is not None)
    return Explored(min(lengths, default=None), sum(each.situations for each in found))


def places_of(
    problem: Problem, statement: Statement, asking: Asking | None, things: Mapping[str, Things]
) -> list[dict[Node, Node]]:
    """The ways to place what the claim mentions among the things. Raises TooLarge if there are too many."""
    ways = placings(problem, things, _read(problem, statement, asking))
    found = list(itertools.islice(ways, PLACINGS + 1))
    if len(found) > PLACINGS:
        raise TooLarge(f"more than {PLACINGS} ways to place what the claim mentions")
    return found


def _read(problem: Problem, statement: Statement, asking: Asking | None) -> frozenset[Node]:
    """The symbols that must have the same value wherever they occur: in the assumptions, in the restriction
    of senders and, for `Leads`, in both the condition and the goal.
    """
    scope = problem.scope(problem.system.base)
    nodes = list(problem.frame)
    if isinstance(statement, Leads):
        nodes += [problem.given(scope), problem.read(statement.condition, scope)]
        nodes.append(problem.read(statement.goal, scope))
    steps = statement.steps if isinstance(statement, Leads) else asking(problem).steps if asking else ANY_STEP
    for sender in (*steps.senders, *steps.others):
        term = problem.encoder.term(sender, scope)
        nodes += [term.present, *((term.value,) if term.value is not None else ())]
    return frozenset[Node]().union(*map(problem.terms.symbols, nodes))


class Explorer:
    """Explores one claim in one instance. Raises TooLarge if that would take too long."""

    def __init__(
        self,
        problem: Problem,
        instance: Instance,
        meaning: Meaning | None = None,
        pins: Mapping[Node, Node] | None = None,
    ) -> None:
        """`pins`: values for terms that never change, if only these values are explored. If pins are given,
        even an empty mapping, known values are substituted after every choice, which takes longer but gives
        fewer situations; and every condition that does not hold automatically is tracked.
        """
        self.problem = problem
        self.terms = problem.terms
        self.instance = instance
        self.meaning = meaning
        self.axioms = self._conjuncts(problem.frame, pins or {})
        self.start = self._conjuncts(problem.system.start(problem.system.base), pins or {})
        self.known = {
            **(pins or {}),
            **{
                old: new
                for unit in self.axioms
                if is_unit(unit)
                for old, new in consequence(self.terms, unit).items()
            },
        }

        self._thorough = pins is not None

    def choices(
        self, *nodes: Node, among: frozenset[Node] | None = None
    ) -> Iterator[tuple[Mapping[Node, Node], tuple[Node, ...]]]:
        """The nodes for every choice of their symbols, or of those in `among`, that does not make the first
        one false.
        """
        simple = tuple(map(self.simplified, nodes))
        return self.instance.choices(simple, self.known if self._thorough else None, among)

    def _conjuncts(self, parts: Iterable[Node], pins: Mapping[Node, Node]) -> tuple[Node, ...]:
        node = self.instance.ground(self.terms.and_(*parts))
        return conjuncts(self.terms, self.terms.substitute(node, pins) if pins else node)

    # ------------------------------------------------------------- questions

    def reach(self, asking: Asking) -> Explored:
        """The distance of the goal from the starts, by steps that count."""
        reach = asking(self.problem)
        plan = self._of_reach(reach)
        return self._shortest(plan, reach, lambda graph: _distance(graph, reach.steps, graph.sets[0]))

    def _of_reach(self, reach: Reach) -> Plan | None:
        endings = reach.goal(self.problem.system.base)
        goals = tuple(case for each in endings for case in self.cases(each.condition, each.last))
        given = (*self.axioms, *(self.start if reach.reachable else ()))
        return self.plan((goals,), (reach.steps,), given)

    def leads(self, statement: Leads) -> Explored:
        """The distance from the starts to a violation of `possibly next`, `possibly` or `never`."""
        return self._shortest(self._of_leads(statement), None, lambda graph: _violating(graph, statement))

    def graphs(self, statement: Statement, asking: Asking | None) -> tuple[Graph, ...]:
        """The state graph of every configuration of what never changes, for display."""
        plan = self.plan_of(statement, asking)
        configurations = () if plan is None else self.instance.configurations(plan)
        return tuple(Graph(self.instance, each) for each in configurations)

    def plan_of(self, statement: Statement, asking: Asking | None) -> Plan | None:
        """What to explore, with what never changes among its digits; None without situations."""
        if isinstance(statement, Leads):
            return self._of_leads(statement)
        assert asking is not None
        return self._of_reach(asking(self.problem))

    def _of_leads(self, statement: Leads) -> Plan | None:
        scope = self.problem.scope(self.problem.system.base)
        conditions = self.cases(
            self.terms.and_(self.problem.given(scope), self.problem.read(statement.condition, scope))
        )
        goals = self.cases(self.problem.read(statement.goal, scope))
        given = (*self.axioms, *self.start)
        idle = statement.modality == "next"
        return self.plan((conditions, goals), (ANY_STEP, statement.steps), given, idle=idle)

    def _shortest(
        self, plan: Plan | None, reach: Reach | None, distance: Callable[[Graph], int | None]
    ) -> Explored:
        """The least distance over all configurations of what never changes; None without situations."""
        if plan is None:
            return Explored(None, 0)
        graphs = [Graph(self.instance, each) for each in self.instance.configurations(plan)]
        lengths = [length for each in graphs if (length := distance(each)) is not None]
        if self.meaning is not None:
            for number, each in enumerate(graphs):
                self.meaning.hold(self.problem, self.instance, reach, each, len(graphs) - number)
        return Explored(min(lengths, default=None), sum(each.space.size for each in graphs))

    def cases(self, goal: Node, last: tuple[Action, ...] = ()) -> tuple[Case, ...]:
        """The ways for a goal to hold: values of its symbols, one for each group that it does not
        distinguish.
        """
        return tuple(Case(condition, chosen, last) for chosen, (condition,) in self.choices(goal))

    def simplified(self, node: Node) -> Node:
        """The ground node, with the values that axioms fix substituted."""
        return self.terms.substitute(self.instance.ground(node), self.known)

    # ---------------------------------------------------------------- plans

    def plan(
        self,
        goals: tuple[tuple[Case, ...], ...],
        kinds: tuple[Steps, ...],
        given: tuple[Node, ...],
        *,
        idle: bool = False,
    ) -> Plan | None:
        """The digits that matter to the goals through any number of steps, the steps, and the starts, which
        satisfy all conditions in `given`; None if no situation does. `idle`: steps of the last kind may
        change nothing.
        """
        sets = tuple(self.terms.or_(*(case.condition for case in each)) for each in goals)
        tracked = self.instance.digits(sets)
        while True:
            moves = [
                tuple(m for s in self.problem.system.schemas(kind) for m in self.moves(s, kind, tracked))
                for kind in kinds
            ]
            if idle:  # it makes no difference which of them is taken
                guards = (each.guard for each in self.idle_moves(kinds[-1], tracked))
                moves[-1] += (GroundMove(self.terms.or_(*guards)),)
            read = [n for kind in moves for m in kind for n in m.nodes]
            if self._thorough:
                axioms, start = (
                    self.terms.and_(*unmet(self.instance, e, tracked)) for e in (self.axioms, given)
                )
                apart: list[Node] = []
            else:
                axioms, _ = needed(self.instance, self.axioms, tracked)
                start, apart = needed(self.instance, given, tracked)
            axioms = self.terms.and_(axioms, *self._as_it_has_been(tracked))
            larger = tuple(dict.fromkeys((*tracked, *self.instance.digits((*read, axioms, start)))))
            if larger == tracked:
                break
            tracked = larger
        others = possible(self.instance, apart)
        if others is None:
            return None
        start = self.terms.and_(axioms, start)
        return Plan(sets, axioms, start, tuple(kinds), tuple(moves), tracked, goals, others)

    def _as_it_has_been(self, tracked: tuple[Node, ...]) -> Iterator[Node]:
        """Yield that digits keep of the past what is so by now. A situation that keeps more or less than that
        is the same as the one that does, which alone is explored: steps lead to such situations only.
        """
        system = self.problem.system
        for term in tracked:
            function = system.model.functions[term.name]
            if function.history is None:
                continue
            now = system.base.lookup(term.name, term.arguments)
            assert now.value is not None
            if not function.optional:
                yield self.simplified(self.terms.iff(term, now.value))
                continue
            known = self.terms.apply(term.name + PRESENCE, term.arguments, FACT)
            both = self.terms.and_(known, now.present, self.terms.equal(term, now.value))
            neither = self.terms.and_(self.terms.not_(known), self.terms.not_(now.present))
            yield self.simplified(self.terms.or_(both, neither))

    # --------------------------------------------------------------- moves

    def moves(self, schema: Schema, steps: Steps, tracked: tuple[Node, ...]) -> Iterator[GroundMove]:
        """Every concrete step of the schema that can change a tracked digit."""
        action, counts, written = self._written(schema, steps, tracked)
        if not written:
            return
        nodes: list[Node] = []
        for term in written:
            new = action.after.lookup(term.name, term.arguments)
            assert new.value is not None
            nodes += [new.present, new.value]
        touched = self.terms.or_(*written.values())
        guard = self.terms.and_(action.guard, counts, touched)
        for chosen, (possibly, *values) in self.choices(guard, *nodes):
            pairs = dict(zip(written, zip(values[::2], values[1::2], strict=True), strict=True))
            yield GroundMove(possibly, pairs, action, chosen)

    def idle_moves(self, steps: Steps, tracked: tuple[Node, ...]) -> Iterator[GroundMove]:
        """Every concrete step that counts, in the situations where it changes no tracked digit."""
        system = self.problem.system
        requests = (system.every_request,) if steps.requests or steps.any_step else ()
        for schema in (*requests, *(each for each in system.schemas(steps) if each.event is not None)):
            action, counts, written = self._written(schema, steps, tracked)
            untouched = self.terms.not_(self.terms.or_(*written.values()))
            guard = self.terms.and_(action.guard, counts, untouched)
            for chosen, (possibly,) in self.choices(guard):
                yield GroundMove(possibly, {}, action, chosen)

    def _written(
        self, schema: Schema, steps: Steps, tracked: tuple[Node, ...]
    ) -> tuple[Action, Node, dict[Node, Node]]:
        """A step of the schema, the condition that it counts, and each tracked digit that it may change, with
        the condition that it writes a new value there.
        """
        system = self.problem.system
        state = system.base
        action = system.at(schema, state, system.fresh(schema, "x"))
        counts = system.sent_by(steps, action, self.problem.scope(state))
        written = {}
        for term in tracked:
            arguments = term.arguments
            old = state.lookup(term.name, arguments)
            new = action.after.lookup(term.name, arguments)
            if new == old:
                continue
            if system.model.functions[term.name].history is not None:
                absent = self.terms.and_(self.terms.not_(old.present), self.terms.not_(new.present))
                written[term] = self.terms.not_(self.terms.or_(system.encoder.same(old, new), absent))
            else:
                matches = (w.match(arguments) for w in action.writes if w.function == term.name)
                written[term] = self.terms.or_(*(where for where, value in matches if value != old))
        return action, counts, written


def _distance(graph: Graph, steps: Steps, bad: int) -> int | None:
    """The number of steps from the starts to the nearest of the situations."""
    for length, layer in enumerate(graph.layers(steps)):
        if layer & bad:
            return length
    return None


def _violating(graph: Graph, statement: Leads) -> int | None:
    condition, goal = graph.sets
    match statement.modality:
        case "never":
            return graph.escape(condition, goal, statement.steps)
        case "next":
            good = graph.before(goal, statement.steps)
        case "possibly":
            good = graph.can_reach(goal, statement.steps)
        case _:
            assert_never(statement.modality)
    return _distance(graph, ANY_STEP, condition & ~good)

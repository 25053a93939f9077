"""Which part of a situation a claim's module follows, and which steps it takes: the plans of the explorer.
The second opinion explores the same instance. TLC, however, gets the law in its own terms, so here the digits
of a plan become places, and its steps become requests and events.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from checker.explore.explorer import Explorer, places_of
from checker.explore.finite_instance import Instance
from checker.explore.placings import Things, things_of
from checker.explore.state_graph import Case, Digit, Plan
from checker.logic.ground_conditions import conjuncts
from checker.logic.node import Node
from checker.model.claim import Steps
from checker.model.expressions import FACT
from checker.question.goals import ANY_STEP
from checker.question.problem import Problem
from checker.question.question import Question
from checker.question.transition_system import Parameters
from checker.tla.claim_shape import ClaimShape
from checker.tla.subjects import SEEN, Subject, Subjects

LARGE: Final = 20_000.0  # a part with more situations is cut once more
CONFIGURATIONS: Final = 40  # assignments to what never changes that are explored one by one
GROUPS: Final = 60  # with more groups, no merging is tried

Place: TypeAlias = tuple[str, tuple[str, ...]]
"""A function and its arguments."""

Values: TypeAlias = tuple[str, ...]
"""A value for each parameter or variable; `""` for absent."""

Taken: TypeAlias = dict[str, set[Values]]
"""The name of an event, or `""` for requests -> what they are given."""


@dataclass(slots=True)
class Part:
    """What is checked together: one way of placing what the claim mentions, and of choosing what never
    changes.

    `first`: a place that is followed -> the values that it may have at first; `also`: places that are read
    only after something may have been written there. `bindings`: values of the claim's variables; `asked`:
    the requests for which it is checked; `own`: those that its own names stand for. `steps`: the steps that
    change what is followed, `makes`: those that might bring a goal about, `happening`: the events for which
    it is checked. `situations`: an upper bound on how many are distinguished.
    """

    first: Mapping[Place, tuple[Digit, ...]] = field(default_factory=dict)
    also: set[Place] = field(default_factory=set)
    bindings: set[Values] = field(default_factory=set)
    asked: set[Values] = field(default_factory=set)
    own: dict[str, set[Values]] = field(default_factory=dict)
    steps: Taken = field(default_factory=dict)
    makes: Taken = field(default_factory=dict)
    happening: Taken = field(default_factory=dict)
    situations: float = 1.0


@dataclass(frozen=True, slots=True)
class Followed:
    """The parts of a claim in an instance. `things`: sort -> its things. `placed`: variables of the claim ->
    the one thing that suffices for them. `spoken`: the things that any of them may be.
    """

    things: Mapping[str, Things]
    placed: Mapping[str, str]
    spoken: frozenset[str]
    parts: tuple[Part, ...]


def followed(question: Question, shape: ClaimShape, problem: Problem, counts: Mapping[str, int]) -> Followed:
    """Return what the module of a claim follows in an instance with `counts` things of each sort, besides the
    named ones. Raises TooLarge.
    """
    things = things_of(problem, counts)
    ways = places_of(problem, question.statement, question.asking, things)
    parts = [part for places in ways for part in _Placed(shape, problem, things, places).parts()]
    symbols = {each.name: problem.variables[each.name].value for each in shape.variables}
    placed: dict[str, str] = {}
    for name, symbol in symbols.items() if len(ways) == 1 else ():
        if symbol in ways[0] and ways[0][symbol].name not in placed.values():
            placed[name] = ways[0][symbol].name
    spoken = frozenset(each.name for way in ways for each in way.values() if each.operator == "constant")
    return Followed(things, placed, spoken, tuple(parts) or (Part(),))


class _Placed:
    """One way of placing what the claim mentions among the things."""

    def __init__(
        self, shape: ClaimShape, problem: Problem, things: Mapping[str, Things], places: Mapping[Node, Node]
    ) -> None:
        self.shape = shape
        self.problem = problem
        self.terms = problem.terms
        self.instance = Instance(problem, things, places, SEEN)
        self.explorer = Explorer(problem, self.instance, pins={})

    def parts(self) -> Iterator[Part]:
        """Yield the parts. Only a question with many situations is cut: into subjects that depend on
        different places, and by the values of what never changes.
        """
        subjects = tuple(Subjects(self.shape, self.problem, self.explorer).found())
        whole = self._part(self.explorer, subjects) if subjects else None
        if whole is None:
            return
        for part, own in [(whole, subjects)] if whole.situations <= LARGE else self._grouped(whole, subjects):
            yield from self._pinned(part, own)

    def _grouped(self, whole: Part, subjects: tuple[Subject, ...]) -> list[tuple[Part, tuple[Subject, ...]]]:
        """The subjects in groups; groups are merged where that does not increase the number of situations."""
        groups: dict[tuple[Node, ...], list[Subject]] = {}
        for each in subjects:
            groups.setdefault(tuple(sorted(self.instance.digits(each.nodes), key=id)), []).append(each)
        if self.shape.form == "next" or not 1 < len(groups) <= GROUPS:
            return [(whole, subjects)]
        parts = [(part, tuple(own)) for own in groups.values() if (part := self._part(self.explorer, own))]
        done: list[tuple[Part, tuple[Subject, ...]]] = []
        for part, own in sorted(parts, key=lambda pair: pair[0].situations):
            for number, (other, theirs) in enumerate(done):
                both = self._part(self.explorer, (*theirs, *own))
                if both is not None and both.situations <= part.situations + other.situations:
                    done[number] = (both, (*theirs, *own))
                    break
            else:
                done.append((part, own))
        return done

    def _pinned(self, part: Part, subjects: tuple[Subject, ...]) -> Iterator[Part]:
        """The part; if it is large, cut by what never changes."""
        plan = self._plan(self.explorer, subjects) if part.situations > LARGE else None
        if plan is None:
            yield part
            return
        cut: list[Part | None] = []
        for each in self.instance.configurations(plan, self._to_pin(plan)):
            pins = dict(pair for t, v in each.others.items() for pair in self.instance.fixed(t, v))
            cut.append(self._part(Explorer(self.problem, self.instance, pins=pins), subjects))
        found = [each for each in cut if each is not None]
        yield from found if sum(each.situations for each in found) < part.situations else (part,)

    def _to_pin(self, plan: Plan) -> tuple[Node, ...]:
        """Digits that never change, have few values, and are the only followed place of their function."""
        names = [each.name for each in plan.digits]
        found: list[Node] = []
        ways = 1
        for each in self.instance.rigid(plan):
            values = len(self.instance.domains((each,), plan.nodes, ())[each])
            single = names.count(each.name) == 1 and (each.sort == FACT or each.sort.is_enum)
            if single and ways * values <= CONFIGURATIONS:
                found.append(each)
                ways *= values
        return tuple(found)

    # ---------------------------------------------------------------- plans

    def _plan(self, explorer: Explorer, subjects: Sequence[Subject]) -> Plan | None:
        """The explorer's plan for the subjects; None if there is no such situation."""
        read = dict.fromkeys(explorer.simplified(node) for each in subjects for node in each.nodes)
        shape = self.shape
        kinds: tuple[Steps, ...] = (ANY_STEP,)
        match shape.form:
            case "never":
                kinds = (ANY_STEP, shape.steps)
            case "situation":
                kinds = (shape.steps,)
            case "request" | "after" | "next":
                kinds = (ANY_STEP if shape.reachable else Steps(),)
        if shape.reachable:
            given = (*explorer.axioms, *explorer.start)
        else:  # the claim's `where` and premises restrict the situations, as axioms do
            about = explorer.simplified(self.problem.given(self.problem.scope(self.problem.system.base)))
            given = (*explorer.axioms, *conjuncts(self.terms, about))
        return explorer.plan(tuple((Case(each, {}),) for each in read), kinds, given)

    def _part(self, explorer: Explorer, subjects: Sequence[Subject]) -> Part | None:
        plan = self._plan(explorer, subjects)
        if plan is None:
            return None
        first, situations = self._values(explorer, plan)
        part = Part(first, situations=situations)
        for each in subjects:
            self._add(part, explorer, each)
        for move in (move for kind in plan.moves for move in kind):
            assert move.action is not None
            name = "" if move.action.schema.event is None else move.action.schema.event.name
            part.steps.setdefault(name, set()).update(
                self._given(explorer, move.action.parameters, move.chosen)
            )
        part.also -= part.first.keys()
        return part

    def _values(self, explorer: Explorer, plan: Plan) -> tuple[Mapping[Place, tuple[Digit, ...]], float]:
        """Where the plan's digits start; and how many situations they make."""
        terms, instance = self.terms, self.instance
        known = {old: new for old, new in explorer.known.items() if old.operator == "apply"}
        nodes = tuple(terms.iff(o, n) if o.sort == FACT else terms.equal(o, n) for o, n in known.items())
        fixed = instance.digits(old for old, new in known.items() if new is not terms.false)
        digits = tuple(dict.fromkeys((*plan.digits, *plan.others, *fixed)))
        axioms = (*explorer.axioms, *nodes)
        always = instance.domains(digits, (*plan.nodes, *nodes), axioms)
        starts = conjuncts(terms, terms.and_(*axioms, plan.start))
        first = instance.domains(digits, (*plan.nodes, *nodes), starts)
        followed = {_place(each): first[each] for each in digits if always[each] not in ((None,), (False,))}
        return followed, math.prod(float(len(each)) for each in always.values())

    def _add(self, part: Part, explorer: Explorer, subject: Subject) -> None:
        """Add a subject to its part."""
        bound = (self.problem.variables[each.name].value for each in self.shape.variables)
        part.bindings.add(tuple(self._value(each, subject.chosen) for each in bound))
        part.also.update(map(_place, self.instance.digits(map(explorer.simplified, subject.also))))
        for parameters in subject.requests.values():
            part.asked.update(self._given(explorer, parameters, subject.chosen))
        for name, request in self.problem.named_requests.items():
            part.own.setdefault(name, set()).update(self._given(explorer, request.values, subject.chosen))
        for action in subject.happens:
            event = action.schema.event
            taken = part.makes if self.shape.form == "next" else part.happening
            if event is not None or self.shape.form == "next":
                name = "" if event is None else event.name
                taken.setdefault(name, set()).update(self._given(explorer, action.parameters, subject.chosen))

    # --------------------------------------------------------------- values

    def _given(
        self, explorer: Explorer, parameters: Parameters, chosen: Mapping[Node, Node]
    ) -> Iterator[Values]:
        """The values of the parameters. Symbols that were not chosen make no difference and get any value. A
        parameter whose presence depends on the situation is both carried and left out.
        """
        ways: list[tuple[str, ...]] = []
        for given in parameters.values():
            present = explorer.simplified(self._put(given.present, chosen))
            value = "" if given.value is None else self._value(given.value, chosen)
            if present is self.terms.true:
                ways.append((value,))
            else:
                ways.append(("",) if present is self.terms.false else (value, ""))
        return itertools.product(*ways)

    def _value(self, node: Node | None, chosen: Mapping[Node, Node]) -> str:
        assert node is not None
        return self._put(node, chosen).name

    def _put(self, node: Node, chosen: Mapping[Node, Node]) -> Node:
        """The node with the chosen values, and any value for symbols that were not chosen."""
        known = {**self.instance.places, **chosen}
        return self.terms.substitute(
            node, {each: known.get(each) or self._some(each) for each in self.terms.symbols(node)}
        )

    def _some(self, symbol: Node) -> Node:
        if symbol.sort == FACT:
            return self.terms.false
        if symbol.sort.is_enum:
            return self.terms.value(symbol.sort.values[0], symbol.sort)
        return self.instance.things[symbol.sort.name][0]


def _place(term: Node) -> Place:
    return term.name, tuple(each.name for each in term.arguments)

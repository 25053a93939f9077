"""What a claim is checked for in an instance: values of its variables, requests and steps; and what they
read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from checker.explore.explorer import Explorer
from checker.explore.placings import TooLarge
from checker.explore.slicing import possible
from checker.logic.ground_conditions import conjuncts
from checker.logic.node import Node
from checker.model.claim import Steps
from checker.question.problem import Problem
from checker.question.transition_system import Action, Parameters, Schema
from checker.tla.claim_shape import ClaimShape

SEEN: Final = 1 << 16  # situations explored to see that a condition cannot hold


@dataclass(frozen=True, slots=True)
class Subject:
    """`nodes`: all that has to be known about a situation. `chosen`: the values of symbols that make it this
    subject. `requests`: the request asked about, under the claim's name for it; `happens`: the steps taken.
    `also`: nodes that the claim reads only after these steps.
    """

    nodes: tuple[Node, ...]
    chosen: Mapping[Node, Node]
    requests: Mapping[str, Parameters]
    happens: tuple[Action, ...] = ()
    also: tuple[Node, ...] = ()


class Subjects:
    """Finds the subjects: one of each group that cannot be distinguished by what is read."""

    def __init__(self, shape: ClaimShape, problem: Problem, explorer: Explorer) -> None:
        self.shape = shape
        self.problem = problem
        self.system = problem.system
        self.terms = problem.terms
        self.explorer = explorer
        self.base = problem.system.base
        self._axioms = [(each, set(explorer.instance.digits((each,)))) for each in explorer.axioms]

    def found(self) -> Iterator[Subject]:
        """Yield the subjects of the claim. Raises TooLarge."""
        match self.shape.form:
            case "situation" | "request" | "never":
                yield from self._here()
            case "after":
                for schema in self._last():
                    yield from self._after(schema)
            case "next":
                yield from self._next()

    def _choices(
        self, *nodes: Node, among: frozenset[Node] | None = None
    ) -> Iterator[tuple[Mapping[Node, Node], tuple[Node, ...]]]:
        """The nodes for every choice of their symbols, or of those in `among`, for which the first node may
        hold.
        """
        for chosen, found in self.explorer.choices(*nodes, among=among):
            if self._may_hold(found[0]):
                yield chosen, found

    def _may_hold(self, node: Node) -> bool:
        """Whether the condition holds in some situation; true if that takes too long to see. Axioms about the
        same places are added; conjuncts with symbols that were not chosen are left out.
        """
        instance, terms = self.explorer.instance, self.terms
        node = terms.and_(*(each for each in conjuncts(terms, node) if not terms.symbols(each)))
        read = set(instance.digits((node,)))
        said = (axiom for axiom, digits in self._axioms if digits <= read)
        try:
            return possible(instance, (self.terms.and_(node, *said),)) is not None
        except TooLarge:
            return True

    # ------------------------------------------------------------ situations

    def _here(self) -> Iterator[Subject]:
        """Claims about situations, and about requests in them."""
        shape, problem = self.shape, self.problem
        asked: dict[str, Parameters] = {}
        formed = self.terms.true
        if shape.form == "request":
            asked[shape.request], formed = problem.drawn(f"the goal's {shape.request}")
        scope = problem.scope(self.base, requests=asked)
        where, said = problem.read(shape.where, scope), problem.read(shape.formula, scope)
        if shape.reachable:
            where = self.terms.and_(problem.given(scope), where)
        where = self.terms.and_(formed, where)
        first = self.terms.and_(where, self._wrong(said)) if shape.requests else where
        for chosen, (_, here, now) in self.explorer.choices(first, where, said):
            if self._may_hold(here):
                yield Subject((here, now), chosen, asked)

    def _wrong(self, said: Node) -> Node:
        """What TLC looks for: the negation if the claim says "always", otherwise what it says is possible."""
        return self.terms.not_(said) if self.shape.universal else said

    # ----------------------------------------------------------------- steps

    def _last(self) -> Iterator[Schema]:
        """The kinds of steps that an `after` claim is about."""
        if self.shape.kind != "event":
            yield self.system.every_request
        for each in self.system.event_schemas:
            if self.shape.kind == "step" or each.name == self.shape.event:
                yield each

    def _after(self, schema: Schema) -> Iterator[Subject]:
        """Yield the steps after which the claim says something, except those that change nothing that it
        reads and leave it true.
        """
        shape, problem, terms = self.shape, self.problem, self.terms
        steps: tuple[Action, ...] = (self._step(schema, "last"),)
        if shape.twice:
            again = self.system.at(schema, steps[0].after, self.system.fresh(schema, "again"))
            steps = (*steps, again)
        last = steps[-1]
        asked = {} if schema.event is not None else {shape.request: last.parameters}
        events = {} if schema.event is None else {schema.event.name: terms.true}
        before = problem.scope(last.before, requests=asked)
        after, stay = (
            problem.scope(each, before=last.before, requests=asked, events=events)
            for each in (last.after, last.before)
        )
        given = terms.and_(problem.given(before), problem.read(shape.where, before))
        said, unchanged = (problem.read(shape.formula, each) for each in (after, stay))
        fails = terms.and_(given, self._wrong(said))
        guard = terms.and_(*(each.guard for each in steps), given)
        among = None
        if shape.requests:
            given_to = (node for each in steps for pair in each.parameters.values() for node in pair)
            among = frozenset[Node]().union(*(terms.symbols(each) for each in given_to if each is not None))
        for chosen, (here, now, then, wrong) in self._choices(guard, said, unchanged, fails, among=among):
            if shape.kind == "event" or now is not then or self._may_hold(wrong):
                subject = Subject((here, now), chosen, asked, steps, (then,))
                yield from self._with_requests(subject, wrong) if shape.requests else (subject,)

    def _with_requests(self, subject: Subject, wrong: Node) -> Iterator[Subject]:
        """Yield the subject with every choice of the claim's own requests that may make the claim false."""
        here, now = subject.nodes
        (then,) = subject.also
        both = self.terms.and_(here, wrong)
        for chosen, (_, said, unchanged, where) in self.explorer.choices(both, now, then, here):
            all_chosen = {**subject.chosen, **chosen}
            yield Subject((where, said), all_chosen, subject.requests, subject.happens, (unchanged,))

    def _step(self, schema: Schema, prefix: str) -> Action:
        return self.system.at(schema, self.base, self.system.fresh(schema, prefix))

    def _next(self) -> Iterator[Subject]:
        """Yield the condition before the step, and every step that may bring the goal about from there."""
        shape, problem, steps = self.shape, self.problem, self.shape.steps
        scope = problem.scope(self.base)
        condition = self.terms.and_(problem.given(scope), problem.read(shape.where, scope))
        for chosen, nodes in self._choices(condition):
            yield Subject(nodes, chosen, {})
        goal = problem.read(shape.formula, scope)
        for schema in self._counted(steps):
            action = self._step(schema, "x")
            counts = self.system.sent_by(steps, action, scope)
            after = problem.read(shape.formula, problem.scope(action.after))
            both = self.terms.and_(condition, after)
            for chosen, (guard, made, wanted) in self._choices(
                self.terms.and_(action.guard, counts), after, both
            ):
                if self._may_hold(wanted):
                    yield Subject((guard, made), chosen, {}, (action,), (goal,))

    def _counted(self, steps: Steps) -> Iterator[Schema]:
        if steps.requests or steps.any_step:
            yield self.system.every_request
        yield from (each for each in self.system.schemas(steps) if each.event is not None)

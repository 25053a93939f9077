"""What makes two stories of one claim the same: not who takes part, but what kinds of things happen.

A kind is read off a story twice: by the meaning, of a story that is there, and as a condition on all stories
that a search may find. Both read the same formulas. Nothing here is trusted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.symbolic_state import State
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
    Statement,
    last_steps,
)
from checker.model.evaluate import Environment, holds, is_deployment
from checker.model.expressions import And, Formula, Implies, Not, Or, Outcome, Parameter, Present, Truth
from checker.model.mixture import changes_alike
from checker.model.model import Model
from checker.model.situation import Request, Situation
from checker.prove.search import Taken
from checker.question.goals import Ending
from checker.question.problem import Problem
from checker.question.question import Question
from checker.question.transition_system import Parameters
from checker.question.verdict import Evidence
from checker.trusted.replay import Replayer

ATTEMPT = "the attempt"  # the request that one would make; no request of a claim has a name with a blank
_IN_KIND = "this request"


@dataclass(frozen=True, slots=True)
class Facet:
    """Formulas by which requests, or ends of stories, are told apart. `exact`: they are the same if the same
    formulas hold; otherwise already if some hold of each, and all that hold of one hold of the other.
    """

    formulas: tuple[Formula, ...]
    exact: bool = False


Side: TypeAlias = tuple[frozenset[int], ...]
"""For each facet, which of its formulas hold."""


@dataclass(frozen=True, slots=True)
class StepKind:
    """A step of a story: an event, by its name, or (None) a request with what distinguishes it."""

    event: str | None
    request: Side = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A story: its steps, the requests that the claim or the story asks about at the end, and the end."""

    steps: tuple[StepKind, ...]
    asked: Mapping[str, Side]
    end: Side


class Kinds:
    """The kinds of the stories of one question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.statement = question.statement
        self.last = last_steps(question.statement)
        self.end = tuple(_ends(question.statement))
        self._models = tuple(question.rules.values())

    # ------------------------------------------------------------- of a story

    def of(self, evidence: Evidence) -> Kind:
        """The kind of a story that has been replayed."""
        trace = evidence.trace
        assert trace is not None
        replayer = Replayer(self.question)
        steps = []
        for before, step in zip(trace.situations, trace.steps, strict=False):
            if is_deployment(self.question.model, step):
                continue
            side: Side = ()
            if step.request is not None:
                named = {_IN_KIND: step.request, "": step.request}
                side = _side(self._taken(), replayer.environment(before, evidence.binding, named))
            steps.append(StepKind(step.event, side))
        here = trace.situations[-2] if self.last else trace.situations[-1]
        asked = dict(evidence.requests)
        asked |= {} if evidence.attempt is None else {ATTEMPT: evidence.attempt}
        sides = {
            name: _side(self._asked(name), replayer.environment(here, evidence.binding, asked))
            for name in asked
        }
        return Kind(tuple(steps), sides, _side(self.end, self._at_the_end(replayer, evidence, here)))

    def _at_the_end(self, replayer: Replayer, evidence: Evidence, before: Situation) -> Environment:
        assert evidence.trace is not None
        last = evidence.trace.steps[-1] if self.last else None
        requests: dict[str, Request] = dict(evidence.requests)
        if last is not None and last.request is not None:
            requests[_request_of(self.statement)] = last.request
        return replayer.environment(
            evidence.trace.situations[-1],
            evidence.binding,
            requests,
            before if last is not None else None,
            None if last is None else last.event,
        )

    def alike(self, one: Kind, other: Kind) -> bool:
        """Whether two stories are the same, or one is the other with more steps before its last ones."""
        short, long = sorted((one, other), key=lambda each: len(each.steps))
        both = _compared(short.asked, long.asked)
        asked = all(_alike(self._asked(each), short.asked[each], long.asked[each]) for each in both)
        return asked and _alike(self.end, short.end, long.end) and self._within(short.steps, long.steps)

    def _within(self, short: Sequence[StepKind], long: Sequence[StepKind]) -> bool:
        cut = len(short) - self.last
        ends = zip(short[cut:], long[len(long) - self.last :], strict=True)
        if not all(self._same_step(*each) for each in ends):
            return False
        left = iter(long[: len(long) - self.last])
        return all(any(self._same_step(each, other) for other in left) for each in short[:cut])

    def _same_step(self, one: StepKind, other: StepKind) -> bool:
        return one.event == other.event and (
            one.event is not None or _alike(self._taken(), one.request, other.request)
        )

    # ------------------------------------------------------- of all that there may be

    def read(self, problem: Problem, state: State, asked: Mapping[str, Parameters]) -> Iterator[Node]:
        """What kinds depend on, besides the ends: steps that change it may lead to another story."""
        named = {**{name: each.values for name, each in problem.named_requests.items()}, **asked}
        step = problem.system.fresh(problem.system.every_request, "kind")
        scope = problem.scope(state, requests={**named, _IN_KIND: step, "": step})
        for facet in (*self._taken(), *(facet for name in named for facet in self._asked(name))):
            yield from (problem.read(each, scope) for each in facet.formulas)

    def again(
        self,
        problem: Problem,
        told: Kind,
        path: Sequence[Taken],
        state: State,
        ending: Ending,
        asked: Mapping[str, Parameters],
    ) -> Node:
        """The condition that a story of this path and ending is the same as the one told, as `alike` says.
        `asked`: the requests that it asks about.
        """
        terms = problem.terms
        named = {**{name: each.values for name, each in problem.named_requests.items()}, **asked}
        cut = len(told.steps) - len(ending.last)
        if len(ending.last) != self.last or cut > len(path):
            return terms.false
        here = ending.last[-1].before if ending.last else state
        scope = problem.scope(here, requests=named)
        both = _compared(named, told.asked)
        parts = [_again(problem, self._asked(name), told.asked[name], scope) for name in both]
        for kind, action in zip(told.steps[cut:], ending.last, strict=True):
            event = action.schema.event
            parts.append(
                terms.true
                if kind.event is not None and event is not None and event.name == kind.event
                else self._request_again(problem, kind, action.before, action.parameters)
                if kind.event is None and event is None
                else terms.false
            )
        parts.append(self._end_again(problem, told, state, ending, named))
        known: dict[tuple[int, int], Node] = {}

        def within(first: int, place: int) -> Node:
            """The told steps from `first` on are among those of the path from `place` on, in this order."""
            if first == cut:
                return terms.true
            if cut - first > len(path) - place:
                return terms.false
            if (first, place) not in known:
                here = self._step_again(problem, told.steps[first], path[place], place)
                now = terms.and_(here, within(first + 1, place + 1))
                known[first, place] = terms.or_(now, within(first, place + 1))
            return known[first, place]

        return terms.and_(*parts, within(0, 0))

    def _step_again(self, problem: Problem, kind: StepKind, taken: Taken, number: int) -> Node:
        terms = problem.terms
        if kind.event is not None:
            found = (each for each in taken.schemas if each.event is not None and each.name == kind.event)
            return next((taken.kinds[each.name] for each in found), terms.false)
        ways = []
        for schema in taken.schemas:
            if schema.event is None:
                given = problem.system.taken(schema, number)
                same = self._request_again(problem, kind, taken.before, given)
                ways.append(terms.and_(taken.kinds[schema.name], same))
        return terms.or_(*ways)

    def _request_again(self, problem: Problem, kind: StepKind, before: State, given: Parameters) -> Node:
        scope = problem.scope(before, requests={_IN_KIND: given, "": given})
        return _again(problem, self._taken(), kind.request, scope)

    def _end_again(
        self, problem: Problem, told: Kind, state: State, ending: Ending, named: Mapping[str, Parameters]
    ) -> Node:
        if not self.end:
            return problem.terms.true
        scope = problem.scope(state, requests=named)
        if ending.last:
            action = ending.last[-1]
            event = action.schema.event
            requests = {**named, **({} if event else {_request_of(self.statement): action.parameters})}
            events = {} if event is None else {event.name: problem.terms.true}
            scope = problem.scope(action.after, before=action.before, requests=requests, events=events)
        return _again(problem, self.end, told.end, scope)

    # --------------------------------------------------------------- facets

    def _taken(self) -> tuple[Facet, ...]:
        """Of a request that is accepted: what it carries, what exempts it, what it changes."""
        return (self._carried(_IN_KIND), self._exempting(_IN_KIND), self._changing())

    def _asked(self, name: str) -> tuple[Facet, ...]:
        """Of a request that is asked about: what it carries, and in each law of the claim whether it is
        accepted, what exempts it, and which checks refuse it.
        """
        outcomes, refusing = [], []
        for law in self.question.about.laws:
            outcomes += [Outcome("accepted", name, None, law), Outcome("rejected", name, None, law)]
            refusing.append(Facet(tuple(Outcome("rejected", name, each, law) for each in self._checks())))
        return (
            self._carried(name),
            Facet(tuple(outcomes), exact=True),
            self._exempting(name),
            *refusing,
        )

    def _carried(self, name: str) -> Facet:
        given = self.question.model.request
        carried = tuple(Present(Parameter(name, each.name, each.sort)) for each in given)
        return Facet(carried, exact=True)

    def _exempting(self, name: str) -> Facet:
        laws, clauses = self.question.about.laws, self._clauses()
        return Facet(tuple(Outcome("exempted", name, each, law) for law in laws for each in clauses))

    def _changing(self) -> Facet:
        first = self._models[0]
        if not all(changes_alike(first, each) for each in self._models):
            return Facet(())
        return Facet(tuple(each.when or Truth(value=True) for each in first.effects))

    def _checks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.name for model in self._laws() for each in model.checks))

    def _clauses(self) -> tuple[str, ...]:
        limbs = (limb for model in self._laws() for check in model.checks for limb in check.limbs)
        return tuple(dict.fromkeys(each.clause for each in limbs))

    def _laws(self) -> Iterator[Model]:
        yield from self._models
        for each in self.question.compared:
            yield from self.question.regime.rules(each).values()


def _compared(one: Collection[str], other: Collection[str]) -> tuple[str, ...]:
    """The requests that two stories ask about. Of a story without a request that one would make, nothing is
    compared with that of another.
    """
    assert {*one} - {ATTEMPT} == {*other} - {ATTEMPT}
    return tuple(each for each in one if each in other)


def _request_of(statement: Statement) -> str:
    """The request that the statement's last step is."""
    match statement:
        case AlwaysAfter(request=request) | PossiblyAfter(request=request):
            return request
        case (
            Always()
            | EveryRequest()
            | Possibly()
            | SomeRequest()
            | Leads()
            | Eventually()
            | Compare()
            | Difference()
        ):
            return ""
        case _:
            assert_never(statement)


def _ends(statement: Statement) -> Iterator[Facet]:
    """Which parts of what is claimed are false at the end or, of a `possibly`, which are true."""
    match statement:
        case Always(formula=formula) | AlwaysAfter(formula=formula) | EveryRequest(formula=formula):
            while isinstance(formula, Implies):
                formula = formula.conclusion
            if isinstance(formula, And):
                yield Facet(tuple(Not(each) for each in formula.parts))
        case Possibly(formula=formula) | PossiblyAfter(formula=formula) | SomeRequest(formula=formula):
            if isinstance(formula, Or):
                yield Facet(formula.parts)
        case Leads() | Eventually() | Compare() | Difference():
            return
        case _:
            assert_never(statement)


def _side(facets: Iterable[Facet], here: Environment) -> Side:
    return tuple(
        frozenset(number for number, each in enumerate(facet.formulas) if holds(each, here))
        for facet in facets
    )


def _alike(facets: Sequence[Facet], one: Side, other: Side) -> bool:
    for facet, left, right in zip(facets, one, other, strict=True):
        nested = bool(left) == bool(right) and (left <= right or right <= left)
        if left != right and (facet.exact or not nested):
            return False
    return True


def _again(problem: Problem, facets: Iterable[Facet], side: Side, scope: Scope) -> Node:
    """What `_alike` says, of what is read in the scope."""
    pairs = zip(facets, side, strict=True)
    return problem.terms.and_(*(_same(problem, facet, held, scope) for facet, held in pairs))


def _same(problem: Problem, facet: Facet, held: frozenset[int], scope: Scope) -> Node:
    terms = problem.terms
    found = [problem.read(each, scope) for each in facet.formulas]
    denied = [terms.not_(each) for each in found]
    if facet.exact or not held:
        return terms.and_(*(node if n in held else denied[n] for n, node in enumerate(found)))
    more = terms.and_(*(found[each] for each in sorted(held)))
    less = terms.and_(*(node for n, node in enumerate(denied) if n not in held))
    return terms.and_(terms.or_(*found), terms.or_(more, less))

"""Regions: situations from which a goal can be reached, as ranked strategies found by counterexample.

A strategy says, in terms of the situation itself, which step to take next (`the certificate is that of
the registered operator`). Each comes from one concrete step that the solver found, generalised. When no step
leads into the region from outside, what is outside is a trap. Nothing here is trusted: see `obligations`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable
from typing import TypeAlias

from checker.engines.problem import GaveUp, Problem, relevant
from checker.engines.system import REQUEST, Action, Parameters, Schema
from checker.engines.verdict import Strategy
from checker.logic.decode import Structure
from checker.logic.state import Maybe, State
from checker.logic.terms import Node
from checker.model.claim import Steps
from checker.model.expressions import FACT, Apply, Call, Constant, Sort, Term, Value, Variable

HERE = "here"  # the moment at which a region asks what may have been deployed
LIMIT = 40  # strategies in one region; beyond that it is not a description any more


Restriction: TypeAlias = Callable[[Problem, Action], Node]
"""A condition of a step, in the terms of a problem."""

Condition: TypeAlias = Callable[[Problem, State], Node]
"""A condition of a situation, in the terms of a problem."""


class Region:
    """The situations from which the strategies lead to the target.

    Free symbols of the target (a request that the claim speaks of) keep their value along a story.
    `next_only`: exactly one step must lead there; otherwise none or several may. `restrict`: a further
    condition on the steps that count. `level`: 1 if the target speaks of a region itself.
    """

    def __init__(
        self,
        problem: Problem,
        target: Condition,
        steps: Steps,
        strategies: tuple[Strategy, ...] = (),
        *,
        next_only: bool = False,
        restrict: Restriction | None = None,
        level: int = 0,
        built: dict[object, Node] | None = None,
    ) -> None:
        self.problem = problem
        self.target = target
        self.steps = steps
        self.strategies = strategies
        self.next_only = next_only
        self.restrict = restrict
        self.level = level
        self.schemas = {each.name: each for each in problem.system.schemas(steps)}
        if next_only and (steps.requests or steps.any_step):
            # A request that changes nothing leads to a goal that is there already.
            self.schemas[REQUEST] = problem.system.every_request
        self._followed = {} if built is None else built

    def having(self, strategies: tuple[Strategy, ...]) -> Region:
        """The region of the same target with other strategies; what both have in common is built once."""
        return Region(
            self.problem,
            self.target,
            self.steps,
            strategies,
            next_only=self.next_only,
            restrict=self.restrict,
            level=self.level,
            built=self._followed,
        )

    def at(self, state: State) -> Node:
        """The condition that `state` is in the region."""
        if self.next_only:
            return self._by_strategies(state, None)
        return self._reaches(state, None)

    def _reaches(self, state: State, rank: int | None) -> Node:
        """The condition that the state has the target or a lower rank, perhaps after versions have moved."""
        if self.next_only:
            return self._below(state, rank)
        system = self.problem.system
        return system.somehow_moved(self._below(system.moved(state, HERE), rank), HERE)

    def _below(self, state: State, rank: int | None) -> Node:
        """The condition that the state has the target or a lower rank."""
        return self.problem.terms.or_(self.target(self.problem, state), self._by_strategies(state, rank))

    def _nearer(self, state: State, rank: int) -> Node:
        """The condition that a strategy of the rank may lead to the state: if one step is all that there
        is, only to the target, whatever ranks the strategies say that they have.
        """
        if self.next_only:
            return self.target(self.problem, state)
        return self._reaches(state, rank)

    def _by_strategies(self, state: State, rank: int | None) -> Node:
        nearer = (each for each in self.strategies if rank is None or each.rank < rank)
        return self.problem.terms.or_(*(self._follow(each, state) for each in nearer))

    def rank(self, structure: Structure, state: State) -> int:
        """The least rank that the state is known to have, 0 for the target itself."""
        ranks = [0] if self.next_only else sorted({0, *(each.rank for each in self.strategies)})
        return next((r for r in ranks if structure.holds(self._reaches(state, r + 1))), ranks[-1])

    def reached_by(self, action: Action) -> Node:
        """The condition that the step is one that counts and leads into the region."""
        after = self.target(self.problem, action.after) if self.next_only else self.at(action.after)
        return self.problem.terms.and_(action.guard, self._counts(action), after)

    def _counts(self, action: Action) -> Node:
        scope = self.problem.scope(action.before)
        sent = self.problem.system.sent_by(self.steps, action, scope)
        if self.restrict is None:
            return sent
        return self.problem.terms.and_(sent, self.restrict(self.problem, action))

    def _follow(self, strategy: Strategy, state: State) -> Node:
        """The condition that the strategy can be followed in `state` and gets nearer to the target."""
        below = tuple(id(each) for each in self.strategies if each.rank < strategy.rank)
        key = (id(strategy), state, below)
        if key not in self._followed:
            self._followed[key] = self._new_follow(strategy, state)
        return self._followed[key]

    def _new_follow(self, strategy: Strategy, state: State) -> Node:
        terms = self.problem.terms
        schema = self.schemas.get(strategy.schema)
        if schema is None:  # a step that does not count leads nowhere
            return terms.false
        bound, given, defined = self._parameters(strategy, schema, state)
        if defined is terms.false:
            return defined
        action = self.problem.system.at(schema, state, given)
        allowed = terms.and_(defined, action.guard, self._counts(action))
        if allowed is terms.false:
            return allowed
        follows = terms.and_(allowed, self._nearer(action.after, strategy.rank))
        return terms.exists(bound, follows) if bound else follows

    def _parameters(
        self, strategy: Strategy, schema: Schema, state: State
    ) -> tuple[tuple[Node, ...], Parameters, Node]:
        """Symbols for "any thing that will do", the strategy's parameters in `state`, and the condition
        that they make a well-formed step.
        """
        problem, terms = self.problem, self.problem.terms
        bound: list[Node] = []
        scope = problem.scope(state)
        replacement: dict[Node, Node] = {}
        conditions: list[Node] = []
        blank = problem.system.fresh(schema, "strategy")
        for name, given in blank.items():
            assert given.value is not None
            named = name in strategy.parameters
            if given.present.operator == "symbol":
                replacement[given.present] = terms.true if named else terms.false
            if not named or given.value.operator != "symbol":
                continue
            term = strategy.parameters[name]
            if term is None:
                # Ranks fall from one strategy to the next, so no quantifier binds a symbol again inside.
                symbol = f"any {name}, rank {strategy.rank}{'*' * self.level}"
                replacement[given.value] = terms.symbol(symbol, given.value.sort)
                bound.append(replacement[given.value])
                continue
            value = problem.system.encoder.term(term, scope)
            conditions.append(value.present)
            if value.value is not None:
                replacement[given.value] = value.value
        filled: dict[str, Maybe] = {}
        for name, given in blank.items():
            assert given.value is not None
            carried = terms.substitute(given.present, replacement)
            conditions.append(carried if name in strategy.parameters else terms.not_(carried))
            filled[name] = Maybe(carried, terms.substitute(given.value, replacement))
        return tuple(bound), filled, terms.and_(*conditions)


def grow(
    problem: Problem,
    target: Condition,
    steps: Steps,
    *,
    within: Condition | None = None,
    restrict: Restriction | None = None,
    alike: Hashable = None,
    level: int = 0,
    most: int = LIMIT,
) -> Region:
    """The region of everything from which the target can be reached, by `steps`, within the frame.

    With `within`, only situations where it holds, and only by a single next step. `alike`: what tells the
    target and the restriction from others, so that claims that have them in common grow one region; None
    if nothing does. `level`: as of the region. `most`: strategies that may be needed. Raises GaveUp.
    """
    region = Region(problem, target, steps, next_only=within is not None, restrict=restrict, level=level)
    inside = None if within is None else within(problem, problem.system.base)
    key = (alike, steps, inside, problem.frame, tuple(problem.variables.items()))
    if alike is not None and key in problem.grown:
        return region.having(problem.grown[key])
    candidates = Candidates(problem)
    while len(region.strategies) < most:
        found = _one_more(problem, region, candidates, inside)
        if found is None:
            if alike is not None:
                problem.grown[key] = region.strategies
            return region
        region = region.having((*region.strategies, found))
    raise GaveUp(f"more than {most} strategies are needed")


def _one_more(
    problem: Problem, region: Region, candidates: Candidates, inside: Node | None
) -> Strategy | None:
    """A strategy for some situation outside the region from which one step leads into it."""
    base = problem.system.base
    frame = [*problem.frame, problem.terms.not_(region.at(base))]
    if inside is not None:
        frame.append(inside)
    goals = (region.target(problem, base), region.at(base))
    schemas = tuple(region.schemas.values())
    for schema in schemas if region.next_only else relevant(problem, goals, schemas):
        action = problem.system.at(schema, base, problem.system.fresh(schema, "w"))
        structure = problem.satisfy(*frame, region.reached_by(action))
        if structure is not None:
            rank = 1 + region.rank(structure, action.after)
            return candidates.strategy(structure, action, rank)
    return None


class Candidates:
    """Terms of the situation by which a strategy may name what it needs."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._terms: dict[str, tuple[Term, ...]] = {}

    def of(self, sort: Sort) -> tuple[Term, ...]:
        """Candidate terms, the most telling first."""
        if sort.name not in self._terms:
            self._terms[sort.name] = tuple(self._build(sort))
        return self._terms[sort.name]

    def _build(self, sort: Sort) -> Iterable[Term]:
        model = self.problem.system.model
        variables = [Variable(v.name, v.sort) for v in self.problem.claim.variables if v.sort is not None]
        yield from (each for each in variables if each.sort == sort)
        for definition in model.definitions.values():
            sorts = tuple(each.sort for each in definition.parameters)
            if definition.result == sort and not definition.reads_request and sorts:
                for arguments in _fill(sorts, variables, enums=False, model_terms=self):
                    yield Call(definition.name, arguments, sort)
        if sort.is_enum:
            yield from (Value(sort, each) for each in sort.values)
            return
        for function in model.functions.values():
            if function.result == sort and function.table is None:
                for arguments in _fill(function.parameters, variables, enums=True, model_terms=self):
                    yield Apply(function.name, arguments, sort)
        yield from (Constant(c.sort, c.name) for c in model.constants.values() if c.sort == sort)

    def strategy(self, structure: Structure, action: Action, rank: int) -> Strategy:
        """The step that the structure takes, with every parameter named by a term of its situation."""
        named: dict[str, Term | None] = {}
        for name, given in action.parameters.items():
            if given.value is None or not structure.holds(given.present):
                continue
            value = structure.value(given.value)
            named[name] = self._name(structure, given.value.sort, value)
        return Strategy(rank, action.schema.name, named)

    def _name(self, structure: Structure, sort: Sort, value: str | bool | None) -> Term | None:
        encoder = self.problem.system.encoder
        if sort == FACT:
            return None
        for term in self.of(sort):
            given = encoder.term(term, self.problem.scope(self.problem.system.base))
            if given.value is None or not structure.holds(given.present):
                continue
            known = structure.value(given.value)
            if known is not None and (value is None or known == value):
                return term
        return None


def _fill(
    sorts: tuple[Sort, ...], variables: list[Variable], *, enums: bool, model_terms: Candidates
) -> Iterable[tuple[Term, ...]]:
    """Every way to fill the places with the claim's variables and, if `enums`, with enum terms."""
    choices: list[tuple[Term, ...]] = []
    for sort in sorts:
        if sort.is_enum:
            choices.append(model_terms.of(sort) if enums else ())
        else:
            choices.append(tuple(each for each in variables if each.sort == sort))
    return itertools.product(*choices)

"""Regions: situations from which a goal can be reached, as ranked strategies.

A strategy says, in terms of the situation itself, which step to take next (`the certificate is that of the
registered operator`). If no step leads into the region from outside, the outside is a trap. Trusted: it says
which situations strategies describe, and obligations are built from that. The strategies themselves are found
by `grow_region`, and are not trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from checker.logic.node import Node
from checker.logic.symbolic_state import Maybe, State
from checker.model.claim import Steps
from checker.question.goals import Asking, Condition, condition_of
from checker.question.problem import Problem
from checker.question.transition_system import REQUEST, Action, Parameters, Schema
from checker.question.verdict import Strategy

HERE = "here"  # name of the moment at which a region asks what may have been deployed
LIMIT = 40  # strategies in one region; with more, it is no longer a readable description


Restriction: TypeAlias = Callable[[Problem, Action], Node]
"""A condition of a step, in the terms of a problem."""


class Region:
    """The situations from which the strategies lead to the target.

    Free symbols of the target (a request that the claim names) keep their value along a story. `next_only`:
    exactly one step must lead there; otherwise any number of steps may. `restrict`: a further condition on
    the steps that count. `level`: 1 if the target itself mentions a region.
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
            # A request that changes nothing leads to a goal that already holds.
            self.schemas[REQUEST] = problem.system.every_request
        self._followed = {} if built is None else built

    def having(self, strategies: tuple[Strategy, ...]) -> Region:
        """The region of the same target with other strategies; what both share is built once."""
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
            return self.problem.terms.or_(self._by_strategies(state, None), self._by_deployment(state))
        return self.reaches(state, None)

    def _by_deployment(self, state: State) -> Node:
        """The condition that a deployment is the one step that leads to the target, if deployments count."""
        terms = self.problem.terms
        if self.restrict is not None:
            return terms.false
        ways = self.problem.system.deployments(state)
        return terms.or_(*(terms.and_(taken, self.target(self.problem, after)) for taken, after in ways))

    def reaches(self, state: State, rank: int | None) -> Node:
        """The condition that the state meets the target or has a lower rank, perhaps after deployments."""
        if self.next_only:
            return self._below(state, rank)
        system, when = self.problem.system, self._moment(rank)
        return system.somehow_moved(self._below(system.moved(state, when), rank), when)

    def _moment(self, rank: int | None) -> str:
        """The name of the moment at which it is asked what may have been deployed. Before and after a
        strategy's step are different moments; ranks fall from one step to the next, so they tell moments
        apart.
        """
        return f"{HERE}{'' if rank is None else f', rank {rank}'}{'*' * self.level}"

    def _below(self, state: State, rank: int | None) -> Node:
        """The condition that the state meets the target or has a lower rank."""
        return self.problem.terms.or_(self.target(self.problem, state), self._by_strategies(state, rank))

    def _nearer(self, state: State, rank: int) -> Node:
        """The condition that a strategy of the rank may lead to the state. With `next_only`, that is the
        target alone, whatever ranks the strategies have.
        """
        if self.next_only:
            return self.target(self.problem, state)
        return self.reaches(state, rank)

    def _by_strategies(self, state: State, rank: int | None) -> Node:
        nearer = (each for each in self.strategies if rank is None or each.rank < rank)
        return self.problem.terms.or_(*(self._follow(each, state) for each in nearer))

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
        number = self.problem.terms.objects.number
        below = tuple(number(each) for each in self.strategies if each.rank < strategy.rank)
        key = (number(strategy), state, below)
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
                # Ranks fall from one strategy to the next, so no symbol is bound again inside its own
                # quantifier.
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


def exclusion(problem: Problem, asking: Asking, strategies: tuple[Strategy, ...]) -> Region:
    """The region from which the goal could be reached by the strategies."""
    return Region(problem, condition_of(asking), asking(problem).steps, strategies, level=1)
